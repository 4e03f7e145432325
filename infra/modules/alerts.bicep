// docs/operations.md says what each alert means and what to do. The queries are those of ../queries.
param location string
param tags object
param email string
param workspaceId string
param serviceBusId string

var queryAlerts = [
  {
    name: 'dead-lettered-levels'
    description: 'A level\'s message became a dead letter: no worker could compute it. The synthesis has failed.'
    severity: 2
    query: loadTextContent('../queries/dead-lettered-levels.kql')
    window: 'PT15M'
  }
  {
    name: 'oldest-level'
    description: 'A level was dispatched more than 2 hours ago and has not ended: no workers, or slow ones.'
    severity: 2
    query: loadTextContent('../queries/oldest-level.kql')
    window: 'P2D'
  }
  {
    name: 'failed-syntheses'
    description: 'Syntheses failed within the last hour.'
    severity: 3
    query: loadTextContent('../queries/failed-syntheses.kql')
    window: 'PT1H'
  }
  {
    name: 'failed-workers'
    description: 'Executions of the GPU job failed within the last hour, or could not start.'
    severity: 2
    query: loadTextContent('../queries/failed-workers.kql')
    window: 'PT1H'
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-cnnmrf'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'cnnmrf'
    emailReceivers: [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

// The workflow takes dead letters of jobs away within seconds. Those that stay: it does not run, or nobody reads that queue's.
resource undrained 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'undrained-dead-letters'
  location: 'global'
  tags: tags
  properties: {
    description: 'Dead letters have been lying in a queue for 15 minutes.'
    severity: 1
    enabled: true
    scopes: [serviceBusId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'dead-letters'
          criterionType: 'StaticThresholdCriterion'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'DeadletteredMessages'
          timeAggregation: 'Minimum'
          operator: 'GreaterThan'
          threshold: 0
          dimensions: [{ name: 'EntityName', operator: 'Include', values: ['*'] }]
        }
      ]
    }
    actions: empty(email) ? [] : [{ actionGroupId: people.id }]
  }
}

resource byQuery 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in queryAlerts: {
    name: alert.name
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      // A window is at most a day; a query may look back two.
      ...(alert.window == 'P2D' ? { overrideQueryTimeRange: alert.window } : {})
      displayName: alert.name
      description: alert.description
      severity: alert.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT15M'
      windowSize: alert.window == 'P2D' ? 'PT1H' : alert.window
      autoMitigate: true
      // A new workspace lacks the tables until something was logged.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: alert.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: empty(email) ? [] : [people.id] }
    }
  }
]
