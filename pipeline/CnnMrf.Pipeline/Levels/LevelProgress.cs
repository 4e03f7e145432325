using System.Text.Json.Serialization;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;

namespace CnnMrf.Pipeline.Levels;

/// <summary>What a worker is doing with a level.</summary>
[JsonConverter(typeof(WordConverter<LevelPhase>))]
public enum LevelPhase
{
    /// <summary>Reading inputs, loading weights, computing the style's features.</summary>
    Preparing,

    /// <summary>Estimating whether the pictures go together.</summary>
    Fitting,

    /// <summary>Iterating.</summary>
    Optimizing,

    /// <summary>Making the picture and writing it.</summary>
    Finishing,
}

/// <summary>progress.json: where a level is. Written by its owner only, if-match, every few seconds: its time is the heartbeat.</summary>
public sealed record LevelProgress : IDocument
{
    /// <summary>Most samples kept in <see cref="Trace"/>.</summary>
    public const int MaxTrace = 256;

    /// <inheritdoc/>
    public static string Kind => "level progress";

    /// <inheritdoc/>
    public static int CurrentVersion => 1;

    /// <inheritdoc/>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The synthesis.</summary>
    public required SynthesisId Id { get; init; }

    /// <summary>The run, 1….</summary>
    public required int Run { get; init; }

    /// <summary>The level, 1….</summary>
    public required int Level { get; init; }

    /// <summary>The attempt that is being worked on.</summary>
    public required int Attempt { get; init; }

    /// <summary>The worker's name: host and process.</summary>
    public required string Worker { get; init; }

    /// <summary>What it does.</summary>
    public required LevelPhase Phase { get; init; }

    /// <summary>Iterations done, of which those since the last checkpoint would be lost.</summary>
    public required int Iteration { get; init; }

    /// <summary>The most iterations that any owner had done; a new owner takes it over, so that percent never falls.</summary>
    public required int Furthest { get; init; }

    /// <summary>Iterations of the level.</summary>
    public required int Iterations { get; init; }

    /// <summary>Seconds of computing on the level, those of earlier owners up to their checkpoint included.</summary>
    public required double Seconds { get; init; }

    /// <summary>When the first owner began, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When this was written, by the worker's clock, UTC.</summary>
    public required DateTimeOffset Heartbeat { get; init; }

    /// <summary>Raw energies now.</summary>
    public Energies? Energy { get; init; }

    /// <summary>What is minimised, now.</summary>
    public double? Objective { get; init; }

    /// <summary>The course so far, thinned to at most <see cref="MaxTrace"/> samples, the last one always among them.</summary>
    public IReadOnlyList<LevelSample> Trace { get; init; } = [];
}
