namespace CnnMrf.Pipeline.Queues;

/// <summary>
/// A message under its receiver's lock. While the lock lasts nobody else receives it; when it ends unsettled, or the receiver dies, the
/// message is delivered again. It is settled once: completed, abandoned or dead-lettered. One caller at a time but for renewing, which may
/// go on beside.
/// </summary>
public abstract class ReceivedMessage
{
    /// <summary>The sender's id.</summary>
    public required string Id { get; init; }

    /// <summary>The body.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>How often it was delivered, this time included: 1 at first.</summary>
    public required int DeliveryCount { get; init; }

    /// <summary>When it was sent, UTC.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>The sender's trace, where it gave one.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Why it was dead-lettered; null for a message of the queue itself.</summary>
    public string? DeadLetterReason { get; init; }

    /// <summary>The same in more words.</summary>
    public string? DeadLetterDescription { get; init; }

    /// <summary>When the lock ends unless renewed, UTC.</summary>
    public abstract DateTimeOffset LockedUntil { get; }

    /// <summary>Whether the queue can keep an abandoned message back for a time.</summary>
    public virtual bool CanBeDelayed => true;

    /// <summary>Prolongs the lock by its full time from now.</summary>
    /// <exception cref="MessageLockLostException">The lock has ended.</exception>
    public abstract Task RenewAsync(CancellationToken ct);

    /// <summary>Removes the message for good.</summary>
    /// <exception cref="MessageLockLostException">The lock has ended; the message will come, or came, again.</exception>
    public abstract Task CompleteAsync(CancellationToken ct);

    /// <summary>Gives the message back.</summary>
    /// <param name="delay">Not to be delivered before this has passed, where <see cref="CanBeDelayed"/>; at once elsewhere.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="MessageLockLostException">The lock has ended; the message will come, or came, again.</exception>
    public abstract Task AbandonAsync(TimeSpan delay, CancellationToken ct);

    /// <summary>Puts the message among the queue's dead letters, where it is kept until somebody completes it.</summary>
    /// <param name="reason">A short word, for grouping.</param>
    /// <param name="description">The whole story; cut at 4,096 characters.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="MessageLockLostException">The lock has ended; the message will come, or came, again.</exception>
    public abstract Task DeadLetterAsync(string reason, string description, CancellationToken ct);
}
