// CnnMrf in a resource group of its own. README.md beside this file says how to deploy it.
targetScope = 'subscription'

@description('Names the installation; part of every resource\'s name. azd calls it the environment.')
@minLength(1)
@maxLength(32)
param environmentName string

@description('Region of everything but the GPUs.')
param location string

@description('Region of the GPU workers and the registry that they pull from: where the subscription has GPU quota.')
param gpuLocation string = location

@description('The GPU. T4 has 16 GB of memory, A100 has 80.')
@allowed(['Consumption-GPU-NC8as-T4', 'Consumption-GPU-NC24-A100'])
param gpuProfile string = 'Consumption-GPU-NC8as-T4'

@description('Most workers at a time; at most the GPU quota.')
@minValue(1)
@maxValue(1000)
param maxWorkers int = 1

@description('The workers\' image. The default runs and ends at once: it holds the place until a hook has published the real one.')
param workerImage string = 'mcr.microsoft.com/k8se/quickstart-jobs:latest'

@description('When batches are taken up: NCRONTAB, six fields, UTC.')
param batchSchedule string = '0 0 1 * * *'

@description('Days after which intermediate tensors are deleted. More than the 24 hours that a level may take.')
@minValue(2)
@maxValue(365)
param intermediateDays int = 7

@description('Redundancy of both storage accounts.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_LRS'

@description('The Durable Task Scheduler\'s plan: paid by action, or by capacity unit.')
@allowed(['Consumption', 'Dedicated'])
param schedulerSku string = 'Consumption'

@description('Who may reach the scheduler, as CIDR ranges. Whoever does still needs its role.')
param schedulerAllowedAddresses string[] = ['0.0.0.0/0']

@description('The registry\'s plan. Premium can stream images, which shortens the workers\' cold start.')
@allowed(['Basic', 'Standard', 'Premium'])
param registrySku string = 'Basic'

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logDays int = 30

@description('Who is told of alerts. Empty: alerts are raised, and nobody is told.')
param alertEmail string = ''

@description('Object id of whoever deploys: may write weights and uploads. Empty: nobody.')
param deployerId string = ''

@description('What the deployer is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param deployerType string = 'User'

@description('Tags of every resource, besides azd-env-name.')
param extraTags object = {}

var token = uniqueString(subscription().id, environmentName, location)
// Known before anything is deployed, so that what-if can tell what will change.
var names = {
  applicationInsights: 'appi-${token}'
  dataAccount: 'stdata${token}'
  functionsIdentity: 'id-functions-${token}'
  hostAccount: 'sthost${token}'
  platformIdentity: 'id-platform-${token}'
  registry: 'cr${token}'
  scheduler: 'dts-${token}'
  serviceBus: 'sb-${token}'
  taskHub: 'cnnmrf'
  workerIdentity: 'id-worker-${token}'
}
var tags = union(extraTags, { 'azd-env-name': environmentName, application: 'cnnmrf' })

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identities 'modules/identities.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    functionsName: names.functionsIdentity
    workerName: names.workerIdentity
    platformName: names.platformIdentity
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    applicationInsightsName: names.applicationInsights
    logDays: logDays
  }
}

module hostStorage 'modules/host-storage.bicep' = {
  scope: group
  params: { location: location, tags: tags, name: names.hostAccount, sku: storageSku }
}

module dataStorage 'modules/data-storage.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    name: names.dataAccount
    sku: storageSku
    intermediateDays: intermediateDays
  }
}

module serviceBus 'modules/service-bus.bicep' = {
  scope: group
  params: { location: location, tags: tags, name: names.serviceBus }
}

module durableTask 'modules/durable-task.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    name: names.scheduler
    taskHubName: names.taskHub
    sku: schedulerSku
    allowedAddresses: schedulerAllowedAddresses
  }
}

module registry 'modules/registry.bicep' = {
  scope: group
  params: { location: gpuLocation, tags: tags, name: names.registry, sku: registrySku }
}

module roles 'modules/roles.bicep' = {
  scope: group
  params: {
    functionsName: names.functionsIdentity
    functionsPrincipalId: identities.outputs.functions.principalId
    workerName: names.workerIdentity
    workerPrincipalId: identities.outputs.worker.principalId
    platformName: names.platformIdentity
    platformPrincipalId: identities.outputs.platform.principalId
    deployerId: deployerId
    deployerType: deployerType
    hostAccountName: names.hostAccount
    dataAccountName: names.dataAccount
    serviceBusName: names.serviceBus
    schedulerName: names.scheduler
    taskHubName: names.taskHub
    registryName: names.registry
    applicationInsightsName: names.applicationInsights
  }
  dependsOn: [hostStorage, dataStorage, serviceBus, durableTask, registry, monitoring]
}

module functions 'modules/functions.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    identityId: identities.outputs.functions.id
    identityClientId: identities.outputs.functions.clientId
    hostAccountName: names.hostAccount
    deploymentContainerUrl: hostStorage.outputs.deploymentContainerUrl
    dataAccountName: names.dataAccount
    serviceBusHost: serviceBus.outputs.host
    schedulerEndpoint: durableTask.outputs.endpoint
    taskHubName: names.taskHub
    applicationInsightsConnection: monitoring.outputs.applicationInsightsConnection
    batchSchedule: batchSchedule
  }
  // The host reads its storage at its first start: by then it must be allowed to.
  dependsOn: [roles]
}

module worker 'modules/worker.bicep' = {
  scope: group
  params: {
    location: gpuLocation
    tags: tags
    token: token
    gpuProfile: gpuProfile
    image: workerImage
    maxWorkers: maxWorkers
    identityId: identities.outputs.worker.id
    identityClientId: identities.outputs.worker.clientId
    platformIdentityId: identities.outputs.platform.id
    registryServer: registry.outputs.server
    dataAccountName: names.dataAccount
    serviceBusName: names.serviceBus
    serviceBusHost: serviceBus.outputs.host
    workspaceId: monitoring.outputs.workspaceId
    applicationInsightsConnection: monitoring.outputs.applicationInsightsConnection
  }
  // Pulling the image and asking for the queue's length need their roles.
  dependsOn: [roles]
}

module eventGrid 'modules/event-grid.bicep' = {
  scope: group
  params: { location: location, tags: tags, token: token, dataAccountName: names.dataAccount }
  dependsOn: [dataStorage]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    email: alertEmail
    workspaceId: monitoring.outputs.workspaceId
    serviceBusId: serviceBus.outputs.id
  }
}

// azd keeps these as environment variables: hooks read them.
output AZURE_RESOURCE_GROUP string = group.name
output CNNMRF_FUNCTIONS_NAME string = functions.outputs.name
output CNNMRF_URL string = functions.outputs.url
output CNNMRF_DATA_ACCOUNT string = names.dataAccount
output CNNMRF_EVENT_TOPIC string = eventGrid.outputs.topicName
output CNNMRF_REGISTRY string = names.registry
output CNNMRF_WORKER_JOB string = worker.outputs.jobName
output CNNMRF_SCHEDULER string = names.scheduler
