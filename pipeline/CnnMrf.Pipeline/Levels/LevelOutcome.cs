using System.Text.Json.Serialization;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;

namespace CnnMrf.Pipeline.Levels;

/// <summary>How a level ended.</summary>
[JsonConverter(typeof(WordConverter<LevelEnd>))]
public enum LevelEnd
{
    /// <summary>The image is there.</summary>
    Completed,

    /// <summary>It cannot be computed.</summary>
    Failed,

    /// <summary>It was not worth computing: the fit is below the setting <c>minimumFit</c>.</summary>
    PoorFit,

    /// <summary>The run's cancel marker was found.</summary>
    Cancelled,
}

/// <summary>outcome.json: how a level ended, once and for all attempts.</summary>
public sealed record LevelOutcome : IDocument
{
    /// <inheritdoc/>
    public static string Kind => "level outcome";

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

    /// <summary>The attempt that ended it.</summary>
    public required int Attempt { get; init; }

    /// <summary>How it ended.</summary>
    public required LevelEnd End { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Why it is not completed.</summary>
    public Problem? Problem { get; init; }

    /// <summary>Of what the image was made (see <see cref="Fingerprint"/>), 64 hexadecimal digits.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>SHA-256 of the file image.safetensors, hexadecimal: enters the next level's fingerprint.</summary>
    public string? ImageSha256 { get; init; }

    /// <summary>The numbers.</summary>
    public LevelRecord? Record { get; init; }

    /// <summary>What it was computed with.</summary>
    public EngineRecord? Engine { get; init; }

    /// <summary>The settings with everything automatic decided, as the engine did.</summary>
    [JsonConverter(typeof(SettingsConverter))]
    public SynthesisSettings? Settings { get; init; }

    /// <summary>How the finest level's patches were picked; only of the last level.</summary>
    public MatchRecord? Matches { get; init; }

    /// <summary>The worker that ended it.</summary>
    public string? Worker { get; init; }

    /// <summary>The iterations at which it was resumed from a checkpoint, in order of time.</summary>
    public IReadOnlyList<int> ResumedAt { get; init; } = [];

    /// <summary>What people should know: that L-BFGS memory was not kept, for instance.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
