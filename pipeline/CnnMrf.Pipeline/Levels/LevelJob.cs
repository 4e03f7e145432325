using System.Text.Json.Serialization;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Pyramid;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Weights;

namespace CnnMrf.Pipeline.Levels;

/// <summary>
/// One pyramid level to compute: all that a worker needs, but for the blobs that it names. Two messages of the same level and different
/// attempts ask for the same work.
/// </summary>
public sealed record LevelJob : IDocument
{
    /// <inheritdoc/>
    public static string Kind => "level job";

    /// <inheritdoc/>
    public static int CurrentVersion => 1;

    /// <inheritdoc/>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The synthesis.</summary>
    public required SynthesisId Id { get; init; }

    /// <summary>The run, 1….</summary>
    public required int Run { get; init; }

    /// <summary>The level, 1…<see cref="Levels"/>; 1 is the coarsest. The image of the level before is its start.</summary>
    public required int Level { get; init; }

    /// <summary>Levels of the run.</summary>
    public required int Levels { get; init; }

    /// <summary>The dispatch, 1….</summary>
    public required int Attempt { get; init; }

    /// <summary>The whole synthesis' settings, validated; <c>weights</c> names those of <see cref="Weights"/>, never <c>auto</c>.</summary>
    [JsonConverter(typeof(SettingsConverter))]
    public required SynthesisSettings Settings { get; init; }

    /// <summary>The weights, fixed when the synthesis was started.</summary>
    public required WeightsReference Weights { get; init; }

    /// <summary>The prepared pictures; their blobs are <c>BlobLayout.Run(…).Input(name)</c>.</summary>
    public required IReadOnlyList<PreparedInput> Inputs { get; init; }

    /// <summary>The level as planned. The engine plans anew from settings and pictures; a difference is a fault.</summary>
    public required LevelPlan Plan { get; init; }

    /// <summary>Size of the result.</summary>
    public required PixelSize Output { get; init; }

    /// <summary>When the run was planned, UTC. Null in jobs of programs that did not say it.</summary>
    public DateTimeOffset? PlannedAt { get; init; }

    /// <summary>When this attempt was dispatched, UTC.</summary>
    public required DateTimeOffset DispatchedAt { get; init; }

    /// <summary>When the level fails if it is not done, UTC.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>The level.</summary>
    [JsonIgnore]
    public LevelKey Key => new(Id, Run, Level);

    /// <summary>The dispatch, by which queues know its message and the notice of its end.</summary>
    [JsonIgnore]
    public DispatchKey Dispatch => new(Key, Attempt, PlannedAt);

    /// <summary>True for the level that also finishes the picture.</summary>
    [JsonIgnore]
    public bool IsLast => Level == Levels;
}
