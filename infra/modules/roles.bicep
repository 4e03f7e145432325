// Everything that anybody may do, and nothing else: tests/CnnMrf.Infra.Tests/Roles/AllowedRoles.cs has the same list with the reasons.
param functionsName string
param functionsPrincipalId string
param workerName string
param workerPrincipalId string
param platformName string
param platformPrincipalId string
param deployerId string
param deployerType string
param hostAccountName string
param dataAccountName string
param serviceBusName string
param schedulerName string
param taskHubName string
param registryName string
param applicationInsightsName string

var acrPull = '7f951dda-4ed3-4680-a7ca-43fe172d538d'
var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var blobDataOwner = 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
var blobDataReader = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
var durableTaskDataContributor = '0ad04412-c4d5-4796-b79c-f76d14c8d402'
var monitoringMetricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb'
var queueDataContributor = '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
var serviceBusDataOwner = '090c5cfd-751d-490a-894a-3ce6f1109419'
var serviceBusDataReceiver = '4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0'
var serviceBusDataSender = '69a216fc-b8fb-44d8-bc22-1f3c2cd27a39'
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

var application = 'ServicePrincipal'
var hostGrants = [
  { name: functionsName, principal: functionsPrincipalId, role: blobDataOwner }
  { name: functionsName, principal: functionsPrincipalId, role: queueDataContributor }
  { name: functionsName, principal: functionsPrincipalId, role: tableDataContributor }
]
var dataGrants = [{ name: functionsName, principal: functionsPrincipalId, role: queueDataContributor }]
var containerGrants = concat(
  [
    {
      on: 'uploads'
      name: functionsName
      principal: functionsPrincipalId
      type: application
      role: blobDataContributor
    }
    {
      on: 'batches'
      name: functionsName
      principal: functionsPrincipalId
      type: application
      role: blobDataContributor
    }
    {
      on: 'syntheses'
      name: functionsName
      principal: functionsPrincipalId
      type: application
      role: blobDataContributor
    }
    { on: 'weights', name: functionsName, principal: functionsPrincipalId, type: application, role: blobDataReader }
    { on: 'syntheses', name: workerName, principal: workerPrincipalId, type: application, role: blobDataOwner }
    { on: 'weights', name: workerName, principal: workerPrincipalId, type: application, role: blobDataReader }
  ],
  empty(deployerId)
    ? []
    : [
        { on: 'uploads', name: deployerId, principal: deployerId, type: deployerType, role: blobDataContributor }
        { on: 'weights', name: deployerId, principal: deployerId, type: deployerType, role: blobDataContributor }
      ]
)
var queueGrants = [
  { on: 'levels', name: functionsName, principal: functionsPrincipalId, role: serviceBusDataSender }
  { on: 'levels', name: functionsName, principal: functionsPrincipalId, role: serviceBusDataReceiver }
  { on: 'level-outcomes', name: functionsName, principal: functionsPrincipalId, role: serviceBusDataReceiver }
  { on: 'levels', name: workerName, principal: workerPrincipalId, role: serviceBusDataReceiver }
  { on: 'level-outcomes', name: workerName, principal: workerPrincipalId, role: serviceBusDataSender }
  { on: 'levels', name: platformName, principal: platformPrincipalId, role: serviceBusDataOwner }
]
var telemetryGrants = [
  { name: functionsName, principal: functionsPrincipalId }
  { name: workerName, principal: workerPrincipalId }
]

resource hostAccount 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: hostAccountName
}

resource dataAccount 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: dataAccountName

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource containers 'containers' existing = [
      for grant in containerGrants: {
        name: grant.on
      }
    ]
  }
}

resource serviceBus 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: serviceBusName

  resource queues 'queues' existing = [
    for grant in queueGrants: {
      name: grant.on
    }
  ]
}

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' existing = {
  name: schedulerName

  resource taskHub 'taskHubs' existing = {
    name: taskHubName
  }
}

resource registry 'Microsoft.ContainerRegistry/registries@2025-04-01' existing = {
  name: registryName
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource onHostAccount 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in hostGrants: {
    scope: hostAccount
    name: guid(hostAccount.id, grant.name, grant.role)
    properties: {
      principalId: grant.principal
      principalType: application
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    }
  }
]

resource onDataAccount 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in dataGrants: {
    scope: dataAccount
    name: guid(dataAccount.id, grant.name, grant.role)
    properties: {
      principalId: grant.principal
      principalType: application
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    }
  }
]

resource onContainers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, i) in containerGrants: {
    scope: dataAccount::blobs::containers[i]
    name: guid(dataAccount::blobs::containers[i].id, grant.name, grant.role)
    properties: {
      principalId: grant.principal
      principalType: grant.type
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    }
  }
]

resource onQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (grant, i) in queueGrants: {
    scope: serviceBus::queues[i]
    name: guid(serviceBus::queues[i].id, grant.name, grant.role)
    properties: {
      principalId: grant.principal
      principalType: application
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    }
  }
]

resource onTaskHub 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: scheduler::taskHub
  name: guid(scheduler::taskHub.id, functionsName, durableTaskDataContributor)
  properties: {
    principalId: functionsPrincipalId
    principalType: application
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', durableTaskDataContributor)
  }
}

resource onRegistry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: registry
  name: guid(registry.id, platformName, acrPull)
  properties: {
    principalId: platformPrincipalId
    principalType: application
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', acrPull)
  }
}

resource onApplicationInsights 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in telemetryGrants: {
    scope: applicationInsights
    name: guid(applicationInsights.id, grant.name, monitoringMetricsPublisher)
    properties: {
      principalId: grant.principal
      principalType: application
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', monitoringMetricsPublisher)
    }
  }
]
