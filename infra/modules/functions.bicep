// The function app, on Flex Consumption.
param location string
param tags object
param token string
param identityId string
param identityClientId string
param hostAccountName string
param deploymentContainerUrl string
param dataAccountName string
param serviceBusHost string
param schedulerEndpoint string
param taskHubName string
param applicationInsightsConnection string
param batchSchedule string

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: 'asp-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: 'func-${token}'
  location: location
  // azd finds the app by the service's name in azure.yaml.
  tags: union(tags, { 'azd-service-name': 'functions' })
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    siteConfig: { minTlsVersion: '1.2', ftpsState: 'Disabled', http20Enabled: true }
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: deploymentContainerUrl
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      // A request brings up to 50 MB. Preparing a picture of 24 megapixels takes 0.5 … 0.65 GB, one of 64 with transparency 1.5 GB: one is
      // prepared at a time. The platform would send an instance of this size 16 requests at a time.
      scaleAndConcurrency: {
        instanceMemoryMB: 2048
        maximumInstanceCount: 100
        triggers: { http: { perInstanceConcurrency: 8 } }
      }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${identityClientId}'
      APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnection
      AZURE_CLIENT_ID: identityClientId
      AzureWebJobsStorage__accountName: hostAccountName
      AzureWebJobsStorage__clientId: identityClientId
      AzureWebJobsStorage__credential: 'managedidentity'
      // The page is at /, and not the platform's.
      AzureWebJobsDisableHomepage: 'true'
      BatchSchedule: batchSchedule
      Data__accountName: dataAccountName
      Data__clientId: identityClientId
      Data__credential: 'managedidentity'
      DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identityClientId}'
      ServiceBus__clientId: identityClientId
      ServiceBus__credential: 'managedidentity'
      ServiceBus__fullyQualifiedNamespace: serviceBusHost
      TASKHUB_NAME: taskHubName
    }
  }

  // Deploying goes through Resource Manager: no user name and password of the site's own.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
