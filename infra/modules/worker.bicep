// The GPU workers: an event-driven job. Each execution is one worker, which drains the queue and ends when idle. (Replicas of a scaled app
// would be taken away in the middle of a level.)
param location string
param tags object
param token string
param gpuProfile string
param image string
param maxWorkers int
param identityId string
param identityClientId string
param platformIdentityId string
param registryServer string
param dataAccountName string
param serviceBusName string
param serviceBusHost string
param workspaceId string
param applicationInsightsConnection string

// What a replica of each profile has: one GPU and all of this.
var sizes = {
  'Consumption-GPU-NC8as-T4': { cpu: 8, memory: '56Gi' }
  'Consumption-GPU-NC24-A100': { cpu: 24, memory: '220Gi' }
}

resource environment 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: 'cae-${token}'
  location: location
  tags: tags
  properties: {
    // By diagnostic settings, which need no key of the workspace.
    appLogsConfiguration: { destination: 'azure-monitor' }
    workloadProfiles: [
      { name: 'Consumption', workloadProfileType: 'Consumption' }
      { name: 'gpu', workloadProfileType: gpuProfile }
    ]
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: environment
  name: 'logs'
  properties: {
    workspaceId: workspaceId
    logs: [
      { category: 'ContainerAppConsoleLogs', enabled: true }
      { category: 'ContainerAppSystemLogs', enabled: true }
    ]
  }
}

resource job 'Microsoft.App/jobs@2025-01-01' = {
  name: 'caj-${token}'
  location: location
  tags: tags
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {}, '${platformIdentityId}': {} } }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'gpu'
    configuration: {
      triggerType: 'Event'
      replicaTimeout: 86400
      // A worker that crashed left its message to the queue: the scaler starts the next one.
      replicaRetryLimit: 0
      identitySettings: [
        { identity: identityId, lifecycle: 'Main' }
        { identity: platformIdentityId, lifecycle: 'None' }
      ]
      registries: [{ server: registryServer, identity: platformIdentityId }]
      eventTriggerConfig: {
        parallelism: 1
        replicaCompletionCount: 1
        scale: {
          minExecutions: 0
          maxExecutions: maxWorkers
          pollingInterval: 30
          rules: [
            {
              name: 'levels'
              type: 'azure-servicebus'
              identity: platformIdentityId
              metadata: { namespace: serviceBusName, queueName: 'levels', messageCount: '1' }
            }
          ]
        }
      }
    }
    template: {
      containers: [
        {
          name: 'worker'
          image: image
          args: ['--queue', 'servicebus', '--exit-when-idle', '5m']
          resources: { cpu: sizes[gpuProfile].cpu, memory: sizes[gpuProfile].memory }
          env: [
            { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: applicationInsightsConnection }
            { name: 'AZURE_CLIENT_ID', value: identityClientId }
            { name: 'Data__accountName', value: dataAccountName }
            { name: 'Data__clientId', value: identityClientId }
            { name: 'Data__credential', value: 'managedidentity' }
            { name: 'ServiceBus__clientId', value: identityClientId }
            { name: 'ServiceBus__credential', value: 'managedidentity' }
            { name: 'ServiceBus__fullyQualifiedNamespace', value: serviceBusHost }
          ]
        }
      ]
    }
  }
}

output jobName string = job.name
