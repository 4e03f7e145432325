using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using CnnMrf.Pipeline.Diagnostics;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using OpenTelemetry.Trace;

namespace CnnMrf.Functions;

/// <summary>Traces, metrics and logs; to Application Insights where it is named, by this app's identity.</summary>
internal static class Telemetry
{
    private const string Insights = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string ClientId = "AZURE_CLIENT_ID";

    /// <summary>Registers them.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var telemetry = services.AddOpenTelemetry()
            // Every trace is kept: a synthesis is a few dozen spans, and half of one explains nothing.
            .WithTracing(tracing => tracing.AddSource(PipelineDiagnostics.Name).SetSampler(new AlwaysOnSampler()))
            .WithMetrics(metrics => metrics.AddMeter(PipelineDiagnostics.Name));
        telemetry.UseFunctionsWorkerDefaults();
        if (configuration[Insights] is { Length: > 0 } connection)
        {
            telemetry.UseAzureMonitorExporter(options =>
            {
                options.ConnectionString = connection;
                options.SamplingRatio = 1;
                if (configuration[ClientId] is { Length: > 0 } id)
                {
                    options.Credential = new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(id));
                }
            });
        }

        return services;
    }
}
