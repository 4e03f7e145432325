// The values of an azd environment (azd env set NAME VALUE); without azd, of the shell's environment.
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME')
param location = readEnvironmentVariable('AZURE_LOCATION')
param gpuLocation = readEnvironmentVariable('CNNMRF_GPU_LOCATION', readEnvironmentVariable('AZURE_LOCATION'))
param gpuProfile = readEnvironmentVariable('CNNMRF_GPU_PROFILE', 'Consumption-GPU-NC8as-T4')
param maxWorkers = int(readEnvironmentVariable('CNNMRF_MAX_WORKERS', '1'))
param workerImage = readEnvironmentVariable('CNNMRF_WORKER_IMAGE', 'mcr.microsoft.com/k8se/quickstart-jobs:latest')
param batchSchedule = readEnvironmentVariable('CNNMRF_BATCH_SCHEDULE', '0 0 1 * * *')
param alertEmail = readEnvironmentVariable('CNNMRF_ALERT_EMAIL', '')
param deployerId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param deployerType = readEnvironmentVariable('AZURE_PRINCIPAL_TYPE', 'User')
