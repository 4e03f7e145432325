// Logs and traces of everything, in one workspace.
param location string
param tags object
param token string
param applicationInsightsName string
param logDays int

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: 'log-${token}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: logDays
    features: { disableLocalAuth: true }
  }
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' = {
  name: applicationInsightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    // The connection string names the place only; sending needs a role.
    DisableLocalAuth: true
  }
}

output workspaceId string = workspace.id
output applicationInsightsConnection string = applicationInsights.properties.ConnectionString
