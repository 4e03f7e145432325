using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Syntheses;

namespace CnnMrf.Pipeline.Running;

/// <summary>Puts report.json together.</summary>
internal static class RunReport
{
    /// <summary>The report of a run.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="run">The run.</param>
    /// <param name="outcomes">Of every level, coarsest first, each with record and engine.</param>
    /// <param name="fit">Where it was estimated.</param>
    /// <param name="now">The time of the end.</param>
    public static SynthesisReport Of(
        SynthesisRequest request, int run, IReadOnlyList<LevelOutcome> outcomes, FitReport? fit, DateTimeOffset now)
    {
        var last = outcomes[^1];
        var engine = last.Engine!;
        return new()
        {
            Id = request.Id,
            Name = request.Name,
            Run = run,
            Settings = last.Settings ?? request.Settings!,
            Inputs = request.Inputs,
            Weights = engine.Weights,
            WeightsWhy = engine.WeightsWhy,
            WeightsSha256 = engine.WeightsSha256,
            Device = string.Join(", ", outcomes.Select(o => o.Engine!.Device).Distinct()),
            Threads = engine.Threads,
            Precision = engine.Precision,
            Versions = engine.Versions,
            Levels = [.. outcomes.Select(Level)],
            Matches = last.Matches,
            Fit = fit,
            Seconds = outcomes.Sum(o => o.Record!.Seconds),
            PeakMemoryBytes = outcomes.Max(o => o.Engine!.PeakMemoryBytes),
            CreatedAt = request.CreatedAt,
            FinishedAt = now,
        };
    }

    private static ReportedLevel Level(LevelOutcome outcome)
    {
        var record = outcome.Record!;
        return new(
            record.Width, record.Height, record.Iterations, record.Evaluations, record.Seconds, record.Energy, record.Objective,
            outcome.Attempt, outcome.ResumedAt, outcome.Notes, outcome.Worker, outcome.Fingerprint);
    }
}
