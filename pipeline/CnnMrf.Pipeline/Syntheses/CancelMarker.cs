using CnnMrf.Pipeline.Json;

namespace CnnMrf.Pipeline.Syntheses;

/// <summary>The blob <c>cancel</c> of a run: created once; from then on everybody stops.</summary>
public sealed record CancelMarker : IDocument
{
    /// <inheritdoc/>
    public static string Kind => "cancel marker";

    /// <inheritdoc/>
    public static int CurrentVersion => 1;

    /// <inheritdoc/>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTimeOffset RequestedAt { get; init; }
}
