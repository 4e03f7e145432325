using CnnMrf.Pipeline.Json;

namespace CnnMrf.Pipeline.Levels;

/// <summary>dead-letter.json: a level's message that nobody could work off.</summary>
public sealed record LevelDeadLetter : IDocument
{
    /// <inheritdoc/>
    public static string Kind => "dead letter";

    /// <inheritdoc/>
    public static int CurrentVersion => 1;

    /// <inheritdoc/>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The message's id.</summary>
    public required string MessageId { get; init; }

    /// <summary>Its body, as text.</summary>
    public required string Body { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>The same in more words.</summary>
    public string? Description { get; init; }

    /// <summary>How often it was delivered.</summary>
    public required int DeliveryCount { get; init; }

    /// <summary>When it was sent, UTC.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>When it was taken from the dead letters, UTC.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
