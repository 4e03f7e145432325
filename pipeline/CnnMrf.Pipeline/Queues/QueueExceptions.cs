namespace CnnMrf.Pipeline.Queues;

/// <summary>The lock on a message has ended: it is no longer the receiver's to settle.</summary>
public sealed class MessageLockLostException(string messageId, Exception? inner = null)
    : Exception($"The lock on message {messageId} is lost.", inner)
{
    /// <summary>The message's id.</summary>
    public string MessageId { get; } = messageId;
}

/// <summary>The queue could not be reached or did not answer: try again later.</summary>
public sealed class QueueUnavailableException(string queue, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The queue's name.</summary>
    public string Queue { get; } = queue;
}
