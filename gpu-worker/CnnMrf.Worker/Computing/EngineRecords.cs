using CnnMrf.Engine.Figures;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Pipeline.Levels;

namespace CnnMrf.Worker.Computing;

/// <summary>The engine's reports as the pipeline keeps them.</summary>
internal static class EngineRecords
{
    public static Energies ToRecord(this EnergyTerms terms) => new(terms.Style, terms.Content, terms.Smoothness, terms.Total);

    public static MatchRecord ToRecord(this MatchStatistics matches) =>
        new(matches.MeanNcc, matches.StylePatchesUsed, matches.Copy, matches.Layout, matches.Warning, matches.MirroredStyles);

    public static FitReport ToRecord(this FitStatistics fit) =>
        new() { Fit = fit.Fit, MeanNcc = fit.MeanNcc, Coverage = fit.Coverage, Copy = fit.Copy, Advice = fit.Advice };

    public static EngineRecord ToRecord(this EngineReport engine) => new(
        engine.Weights, engine.WeightsWhy, engine.Device, engine.Threads, engine.Precision, engine.Versions, engine.PeakMemoryBytes,
        engine.WeightsSha256);

    public static LevelRecord ToRecord(this LevelReport level) => new(
        level.Width,
        level.Height,
        level.Iterations,
        level.Evaluations,
        level.Seconds,
        new(level.Energy.First.ToRecord(), level.Energy.Last.ToRecord()),
        new(
            level.Objective.First,
            level.Objective.Last,
            [.. level.Objective.Trace.Select(s => new LevelSample(s.Iteration, s.Seconds, s.Objective))]));
}
