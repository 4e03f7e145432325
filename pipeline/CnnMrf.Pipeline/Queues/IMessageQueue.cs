namespace CnnMrf.Pipeline.Queues;

/// <summary>
/// A queue. Each message sent is delivered at least once, in no promised order, until it is settled. Safe for concurrent use.
/// </summary>
public interface IMessageQueue
{
    /// <summary>One of <see cref="QueueNames"/>.</summary>
    string Name { get; }

    /// <summary>Sends. What returned is durable (an in-process queue: as long as the process).</summary>
    /// <exception cref="QueueUnavailableException">It may or may not have been sent.</exception>
    Task SendAsync(QueueMessage message, CancellationToken ct);

    /// <summary>Receives the next message under a lock, or null when none came in time.</summary>
    /// <param name="wait">How long to wait for one.</param>
    /// <param name="ct">Cancels the waiting; never loses a message.</param>
    /// <exception cref="QueueUnavailableException">The queue cannot be reached.</exception>
    Task<ReceivedMessage?> ReceiveAsync(TimeSpan wait, CancellationToken ct);

    /// <summary>The same for dead letters: those put there by a receiver, and those that the queue itself gave up.</summary>
    Task<ReceivedMessage?> ReceiveDeadLetterAsync(TimeSpan wait, CancellationToken ct);
}

/// <summary>The queues of an installation.</summary>
public interface IMessageQueues
{
    /// <summary>Makes the queues where that is this program's to do. Idempotent.</summary>
    Task EnsureQueuesAsync(CancellationToken ct);

    /// <summary>A queue.</summary>
    /// <param name="name">One of <see cref="QueueNames"/>.</param>
    IMessageQueue Get(string name);
}
