using System.Diagnostics.Metrics;
using CnnMrf.Pipeline.Diagnostics;

namespace CnnMrf.Worker.Diagnostics;

/// <summary>The worker's instruments on the one meter.</summary>
internal static class WorkerDiagnostics
{
    /// <summary>Levels ended, by <c>end</c>.</summary>
    public static Counter<long> Ended { get; } = PipelineDiagnostics.Meter.CreateCounter<long>("cnnmrf.levels.ended");

    /// <summary>Levels resumed from a checkpoint.</summary>
    public static Counter<long> Resumed { get; } = PipelineDiagnostics.Meter.CreateCounter<long>("cnnmrf.levels.resumed");

    /// <summary>Levels lost to another owner, or with the message's lock, by <c>what</c>.</summary>
    public static Counter<long> Lost { get; } = PipelineDiagnostics.Meter.CreateCounter<long>("cnnmrf.levels.lost");

    /// <summary>Seconds of computing a level, those before resumptions included.</summary>
    public static Histogram<double> Seconds { get; } = PipelineDiagnostics.Meter.CreateHistogram<double>("cnnmrf.level.duration", "s");

    /// <summary>L-BFGS iterations done.</summary>
    public static Counter<long> Iterations { get; } = PipelineDiagnostics.Meter.CreateCounter<long>("cnnmrf.iterations");

    /// <summary>Sizes of checkpoints written.</summary>
    public static Histogram<long> CheckpointBytes { get; } =
        PipelineDiagnostics.Meter.CreateHistogram<long>("cnnmrf.checkpoint.size", "By");

    /// <summary>Operations tried again because the store or a queue could not be reached.</summary>
    public static Counter<long> Retries { get; } = PipelineDiagnostics.Meter.CreateCounter<long>("cnnmrf.worker.retries");
}
