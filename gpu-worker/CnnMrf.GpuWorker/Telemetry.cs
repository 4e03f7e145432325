using CnnMrf.Hosting;
using CnnMrf.Pipeline.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace CnnMrf.GpuWorker;

/// <summary>Traces, metrics and logs, exported where the environment says, else not at all: by OTLP
/// (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>), to Application Insights (<c>APPLICATIONINSIGHTS_CONNECTION_STRING</c>), or both.</summary>
internal static class Telemetry
{
    private const string Otlp = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Registers them.</summary>
    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var otlp = !string.IsNullOrEmpty(configuration[Otlp]);
        if (!otlp && !ApplicationInsights.IsNamed(configuration))
        {
            return;
        }

        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("cnnmrf-worker").AddEnvironmentVariableDetector())
            .WithTracing(t => t.AddSource(PipelineDiagnostics.Name))
            .WithMetrics(m => m.AddMeter(PipelineDiagnostics.Name));
        telemetry.UseApplicationInsights(configuration);
        if (otlp)
        {
            telemetry.UseOtlpExporter();
        }
    }
}
