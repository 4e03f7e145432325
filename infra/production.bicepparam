// What differs where people depend on it: redundant storage, longer logs, somebody who is told, nobody with standing rights to the data.
//   az deployment sub create --location "$AZURE_LOCATION" --parameters infra/production.bicepparam
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param gpuLocation = readEnvironmentVariable('CNNMRF_GPU_LOCATION', readEnvironmentVariable('AZURE_LOCATION'))
param gpuProfile = readEnvironmentVariable('CNNMRF_GPU_PROFILE', 'Consumption-GPU-NC8as-T4')
param maxWorkers = int(readEnvironmentVariable('CNNMRF_MAX_WORKERS'))
param workerImage = readEnvironmentVariable('CNNMRF_WORKER_IMAGE')
param batchSchedule = readEnvironmentVariable('CNNMRF_BATCH_SCHEDULE', '0 0 1 * * *')
param alertEmail = readEnvironmentVariable('CNNMRF_ALERT_EMAIL')
param storageSku = 'Standard_GZRS'
param schedulerSku = 'Dedicated'
param registrySku = 'Premium'
param logDays = 90
