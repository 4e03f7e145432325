// What people give and get.
param location string
param tags object
param name string
param sku string
param intermediateDays int

var containers = ['uploads', 'batches', 'syntheses', 'weights']

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    // No versions and no soft delete of blobs: checkpoints are overwritten every few seconds, and each would be kept, 17 MB or more.
    isVersioningEnabled: false
    deleteRetentionPolicy: { enabled: false }
    containerDeleteRetentionPolicy: { enabled: true, days: 14 }
  }
}

resource dataContainers 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [
  for container in containers: {
    parent: blobs
    name: container
  }
]

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2024-01-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          // The names of tensors begin with the synthesis' id, so no prefix tells them from results: their tag does.
          name: 'delete-intermediate-tensors'
          type: 'Lifecycle'
          enabled: true
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['syntheses/']
              blobIndexMatch: [{ name: 'cnnmrf', op: '==', value: 'intermediate' }]
            }
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: intermediateDays } } }
          }
        }
      ]
    }
  }
  dependsOn: [blobs]
}
