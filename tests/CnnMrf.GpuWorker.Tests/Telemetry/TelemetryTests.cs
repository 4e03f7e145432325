using CnnMrf.Pipeline.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace CnnMrf.GpuWorker.Tests.Telemetry;

/// <summary>What the worker sends to whoever watches it.</summary>
public sealed partial class TelemetryTests
{
    // More at once than an exporter that samples would keep.
    private const int Spans = 200;

    [Fact]
    public async Task Application_insights_gets_every_trace_and_every_log_and_the_metrics()
    {
        using var collector = new Collector();
        await RunAsync(
            ("APPLICATIONINSIGHTS_CONNECTION_STRING", $"InstrumentationKey={Guid.NewGuid()};IngestionEndpoint={collector.Address}"));

        Assert.Equal(Spans, collector.Count("\"name\":\"span of the test\""));
        Assert.Equal(Spans, collector.Count("log within span"));
        Assert.Equal(1, collector.Count("log without span"));
        Assert.True(collector.Count("metric.of.the.test") > 0, "no metric");
        Assert.True(collector.Count("cnnmrf-worker") > 0, "does not say who");
    }

    [Fact]
    public async Task An_otlp_collector_gets_traces_logs_and_metrics()
    {
        using var collector = new Collector();
        await RunAsync(("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));

        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], collector.Received.Select(r => r.Path).Distinct().Order());
        Assert.Equal(Spans, collector.Count("span of the test"));
    }

    [Fact]
    public void Where_nobody_is_named_nothing_is_collected()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddTelemetry(builder.Configuration);
        using var host = builder.Build();

        Assert.Null(host.Services.GetService<TracerProvider>());
        Assert.Null(host.Services.GetService<MeterProvider>());
    }

    private static async Task RunAsync(params (string Name, string Value)[] configuration)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(configuration.ToDictionary(c => c.Name, c => (string?)c.Value));
        builder.Services.AddTelemetry(builder.Configuration);
        using var host = builder.Build();
        await host.StartAsync();
        var logger = host.Services.GetRequiredService<ILogger<TelemetryTests>>();
        using (var meter = new System.Diagnostics.Metrics.Meter(PipelineDiagnostics.Name))
        {
            meter.CreateCounter<int>("metric.of.the.test").Add(1);
            for (var i = 0; i < Spans; i++)
            {
                using var span = PipelineDiagnostics.Source.StartActivity("span of the test");
                Within(logger);
            }

            Without(logger);
        }

        // Ending sends what is left.
        await host.StopAsync();
    }

    [LoggerMessage(1, LogLevel.Information, "log within span")]
    private static partial void Within(ILogger logger);

    [LoggerMessage(2, LogLevel.Information, "log without span")]
    private static partial void Without(ILogger logger);
}
