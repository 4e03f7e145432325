// Who acts: the function app, the workers, and the platform on the workers' behalf. What each may do is in roles.bicep.
param location string
param tags object
param functionsName string
param workerName string
param platformName string

resource functionsIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: functionsName
  location: location
  tags: tags
}

resource workerIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: workerName
  location: location
  tags: tags
}

// Pulls the image and asks for the queue's length. No container ever gets its tokens.
resource platformIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: platformName
  location: location
  tags: tags
}

@description('An identity.')
type identity = {
  id: string
  clientId: string
  principalId: string
}

output functions identity = {
  id: functionsIdentity.id
  clientId: functionsIdentity.properties.clientId
  principalId: functionsIdentity.properties.principalId
}
output worker identity = {
  id: workerIdentity.id
  clientId: workerIdentity.properties.clientId
  principalId: workerIdentity.properties.principalId
}
output platform identity = {
  id: platformIdentity.id
  clientId: platformIdentity.properties.clientId
  principalId: platformIdentity.properties.principalId
}
