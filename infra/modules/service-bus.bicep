// The two queues between workflow and workers. Standard is the least plan with duplicate detection.
param location string
param tags object
param name string

var queues = [
  // A job is worth nothing after the time that its level may take.
  { name: 'levels', timeToLive: 'P1D' }
  { name: 'level-outcomes', timeToLive: 'P7D' }
]

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Standard', tier: 'Standard' }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
  }
}

resource namespaceQueues 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = [
  for queue in queues: {
    parent: namespace
    name: queue.name
    properties: {
      lockDuration: 'PT5M'
      // Each eviction of a worker is a delivery. What is poison is counted where the level is owned, at 5 without progress.
      maxDeliveryCount: 2000
      requiresDuplicateDetection: true
      duplicateDetectionHistoryTimeWindow: 'PT1H'
      defaultMessageTimeToLive: queue.timeToLive
      deadLetteringOnMessageExpiration: true
      maxSizeInMegabytes: 5120
    }
  }
]

output id string = namespace.id
// The endpoint is a URL with a port; clients want the host.
output host string = split(split(namespace.properties.serviceBusEndpoint, '/')[2], ':')[0]
