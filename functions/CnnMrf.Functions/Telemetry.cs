using CnnMrf.Hosting;
using CnnMrf.Pipeline.Diagnostics;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using OpenTelemetry.Trace;

namespace CnnMrf.Functions;

/// <summary>Traces, metrics and logs; to Application Insights where it is named, by this app's identity.</summary>
internal static class Telemetry
{
    /// <summary>Registers them.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var telemetry = services.AddOpenTelemetry()
            // Every trace is kept: a synthesis is a few dozen spans, and half of one explains nothing.
            .WithTracing(tracing => tracing.AddSource(PipelineDiagnostics.Name).SetSampler(new AlwaysOnSampler()))
            .WithMetrics(metrics => metrics.AddMeter(PipelineDiagnostics.Name));
        telemetry.UseFunctionsWorkerDefaults();
        telemetry.UseApplicationInsights(configuration);
        // What the worker exports does not pass host.json's levels, and Kestrel has five lines to say about each request.
        return services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning));
    }
}
