using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;

namespace CnnMrf.Pipeline.Levels;

/// <summary>The message that says: a level's outcome was written. It wakes the workflow and decides nothing.</summary>
public sealed record LevelNotice : IDocument
{
    /// <inheritdoc/>
    public static string Kind => "level notice";

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
}
