using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CnnMrf.Pipeline.Diagnostics;

/// <summary>The one source of traces and the one meter of all programs.</summary>
public static class PipelineDiagnostics
{
    /// <summary>The name of both.</summary>
    public const string Name = "CnnMrf";

    /// <summary>Traces.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Metrics.</summary>
    public static Meter Meter { get; } = new(Name);

    /// <summary>Syntheses accepted, by <c>source</c>.</summary>
    public static Counter<long> Started { get; } = Meter.CreateCounter<long>("cnnmrf.syntheses.started");

    /// <summary>Syntheses ended, by <c>status</c>.</summary>
    public static Counter<long> Ended { get; } = Meter.CreateCounter<long>("cnnmrf.syntheses.ended");

    /// <summary>Levels dispatched, by <c>attempt</c>.</summary>
    public static Counter<long> Dispatched { get; } = Meter.CreateCounter<long>("cnnmrf.levels.dispatched");
}
