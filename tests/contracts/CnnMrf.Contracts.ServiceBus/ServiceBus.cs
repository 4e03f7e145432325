using Azure.Core;

namespace Azure.Messaging.ServiceBus;

public class ServiceBusClient : IAsyncDisposable
{
    public ServiceBusClient(string connectionString) => throw null!;
    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential) => throw null!;
    public virtual ServiceBusSender CreateSender(string queueOrTopicName) => throw null!;
    public virtual ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions options) => throw null!;
    public virtual ValueTask DisposeAsync() => throw null!;
}

public class ServiceBusSender
{
    internal ServiceBusSender() => throw null!;
    public virtual Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default) => throw null!;
}

public class ServiceBusReceiverOptions
{
    public SubQueue SubQueue { get; set; }
}

public enum SubQueue
{
    None = 0,
    DeadLetter = 1,
}

public class ServiceBusReceiver
{
    internal ServiceBusReceiver() => throw null!;
    public virtual Task<ServiceBusReceivedMessage> ReceiveMessageAsync(
        TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default) => throw null!;
    public virtual Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
        => throw null!;
    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
        => throw null!;
    public virtual Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null,
        CancellationToken cancellationToken = default) => throw null!;
    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message, string deadLetterReason, string? deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) => throw null!;
}

public class ServiceBusMessage
{
    public ServiceBusMessage(ReadOnlyMemory<byte> body) => throw null!;
    public string MessageId { get; set; } = null!;
    public string ContentType { get; set; } = null!;
    public TimeSpan TimeToLive { get; set; }
    public IDictionary<string, object> ApplicationProperties => throw null!;
}

public class ServiceBusReceivedMessage
{
    internal ServiceBusReceivedMessage() => throw null!;
    public BinaryData Body => throw null!;
    public string MessageId => throw null!;
    public int DeliveryCount => throw null!;
    public DateTimeOffset EnqueuedTime => throw null!;
    public DateTimeOffset LockedUntil => throw null!;
    public string DeadLetterReason => throw null!;
    public string DeadLetterErrorDescription => throw null!;
    public IReadOnlyDictionary<string, object> ApplicationProperties => throw null!;
}

public class ServiceBusException : Exception
{
    internal ServiceBusException() => throw null!;
    public ServiceBusFailureReason Reason => throw null!;
}

public enum ServiceBusFailureReason
{
    MessagingEntityNotFound = 1,
    MessageLockLost = 2,
    MessageNotFound = 3,
}
