using System.Text.Json.Serialization;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Levels;

namespace CnnMrf.Pipeline.Syntheses;

/// <summary>Where a synthesis stands.</summary>
[JsonConverter(typeof(WordConverter<SynthesisState>))]
public enum SynthesisState
{
    /// <summary>Accepted.</summary>
    Queued,

    /// <summary>Planned, and at one of its levels.</summary>
    Running,

    /// <summary>The result is there.</summary>
    Completed,

    /// <summary>It failed; a retry is possible.</summary>
    Failed,

    /// <summary>It was cancelled; a retry is possible.</summary>
    Cancelled,
}

/// <summary>A level in a status.</summary>
/// <param name="Width">Width of its picture, px.</param>
/// <param name="Height">Height, px.</param>
/// <param name="Iterations">L-BFGS iterations planned.</param>
/// <param name="Share">Its estimated share of the run's work; those of all levels make 1.</param>
/// <param name="Seconds">Seconds of computing, when done.</param>
public sealed record LevelStatus(int Width, int Height, int Iterations, double Share, double? Seconds = null);

/// <summary>
/// status.json: the truth about a synthesis, written if-match by the workflow's activities. While a level runs, its finer numbers are in
/// progress.json: <see cref="StatusView"/> puts both together.
/// </summary>
public sealed record SynthesisStatus : IDocument
{
    /// <inheritdoc/>
    public static string Kind => "synthesis status";

    /// <inheritdoc/>
    public static int CurrentVersion => 1;

    /// <inheritdoc/>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The synthesis.</summary>
    public required SynthesisId Id { get; init; }

    /// <summary>What its asker calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The run, 1….</summary>
    public required int Run { get; init; }

    /// <summary>Where it stands.</summary>
    public required SynthesisState Status { get; init; }

    /// <summary>True once everything of it is being removed: no further run begins.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Removing { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When this was written, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the run was planned, UTC.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the run ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The door it came by.</summary>
    public RequestSource Source { get; init; }

    /// <summary>The preset.</summary>
    [JsonConverter(typeof(WordConverter<Preset>))]
    public Preset? Preset { get; init; }

    /// <summary>Size of the result.</summary>
    public PixelSize? Size { get; init; }

    /// <summary>The level being computed or waited for, 1…; 0 before the plan.</summary>
    public int Level { get; init; }

    /// <summary>The levels, coarsest first; empty before the plan.</summary>
    public IReadOnlyList<LevelStatus> Levels { get; init; } = [];

    /// <summary>Iterations of the level done.</summary>
    public int Iteration { get; init; }

    /// <summary>Raw energies now.</summary>
    public Energies? Energy { get; init; }

    /// <summary>0…100; never falls within a run.</summary>
    public double Percent { get; init; }

    /// <summary>Estimated seconds to the end; null while unknown and after the end.</summary>
    public double? EtaSeconds { get; init; }

    /// <summary>How well content and style go together, once estimated.</summary>
    public FitReport? Fit { get; init; }

    /// <summary>Why it failed.</summary>
    public Problem? Problem { get; init; }

    /// <summary>What people should know although it worked.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>What states mean.</summary>
public static class SynthesisStates
{
    /// <summary>True when the run has ended.</summary>
    public static bool IsFinal(this SynthesisState state) => state is not (SynthesisState.Queued or SynthesisState.Running);
}
