using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using OpenTelemetry;
using IConfiguration = Microsoft.Extensions.Configuration.IConfiguration;

namespace CnnMrf.Hosting;

/// <summary>
/// Telemetry to Application Insights. One file for the two programs of the deployment, so that what they send fits together.
/// </summary>
internal static class ApplicationInsights
{
    private const string Connection = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string ClientId = "AZURE_CLIENT_ID";

    /// <summary>Whether the configuration names a place to send to.</summary>
    public static bool IsNamed(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[Connection]);

    /// <summary>Sends traces, metrics and logs to where the configuration says, if it does: as the managed identity that it names, else
    /// by the connection string alone. Nothing is sampled away.</summary>
    public static void UseApplicationInsights(this IOpenTelemetryBuilder telemetry, IConfiguration configuration)
    {
        if (!IsNamed(configuration))
        {
            return;
        }

        telemetry.UseAzureMonitorExporter(options =>
        {
            options.ConnectionString = configuration[Connection];
            // Half of a synthesis explains nothing, and alerts read logs. Unless told otherwise the exporter keeps 5 traces a second, and
            // of logs only those that belong to one of them.
            options.TracesPerSecond = null;
            options.SamplingRatio = 1;
            options.EnableTraceBasedLogsSampler = false;
            options.EnableLiveMetrics = false;
            if (configuration[ClientId] is { Length: > 0 } id)
            {
                options.Credential = new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(id));
            }
        });
    }
}
