namespace CnnMrf.Pipeline.Queues;

/// <summary>A message to send.</summary>
/// <param name="Id">Its id; a queue may drop a second message with the id of a recent one. At most 128 characters.</param>
/// <param name="Body">JSON, at most 48 KB.</param>
public sealed record QueueMessage(string Id, ReadOnlyMemory<byte> Body)
{
    /// <summary>How long the queue keeps it undelivered.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The sender's trace (W3C <c>traceparent</c>), so that the receiver's work belongs to it.</summary>
    public string? TraceParent { get; init; }
}
