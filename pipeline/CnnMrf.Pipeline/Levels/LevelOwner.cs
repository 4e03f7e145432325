using CnnMrf.Pipeline.Json;

namespace CnnMrf.Pipeline.Levels;

/// <summary>The blob <c>owner</c>: who computes a level, by a lease on it, and how often that was tried in vain.</summary>
public sealed record LevelOwner : IDocument
{
    /// <summary>Deliveries without progress that make a level poison.</summary>
    public const int MaxDeliveriesWithoutProgress = 5;

    /// <inheritdoc/>
    public static string Kind => "level owner";

    /// <inheritdoc/>
    public static int CurrentVersion => 1;

    /// <inheritdoc/>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The worker; null before the first.</summary>
    public string? Worker { get; init; }

    /// <summary>When it acquired the level, UTC.</summary>
    public DateTimeOffset? AcquiredAt { get; init; }

    /// <summary>How often the level was acquired since it last progressed: raised on acquiring, before any work, and set to 1 where there
    /// is a newer checkpoint than at the acquisition before.</summary>
    public int DeliveriesWithoutProgress { get; init; }

    /// <summary>The checkpoint's iteration at the last acquisition; −1 without one.</summary>
    public int CheckpointIteration { get; init; } = -1;

    /// <summary>The checkpoint that could not be used, by what its blob says of it: finding it again is no progress.</summary>
    public string? RefusedCheckpoint { get; init; }

    /// <summary>What the last attempt that failed said, so that the poisoned level's outcome can say it.</summary>
    public string? LastFailure { get; init; }
}
