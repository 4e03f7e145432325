using CnnMrf.Pipeline.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace CnnMrf.GpuWorker;

/// <summary>Traces and metrics, exported where the environment says (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>), else not at all.</summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Registers them.</summary>
    public static void AddTelemetry(this IServiceCollection services)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Endpoint)))
        {
            return;
        }

        services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("cnnmrf-worker").AddEnvironmentVariableDetector())
            .WithTracing(t => t.AddSource(PipelineDiagnostics.Name))
            .WithMetrics(m => m.AddMeter(PipelineDiagnostics.Name))
            .UseOtlpExporter();
    }
}
