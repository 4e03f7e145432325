using Azure.Messaging.ServiceBus;

namespace CnnMrf.ServiceBus.Tests.Broker;

/// <summary>The SDK's clients with a broker behind them that does as it is told.</summary>
internal sealed class FakeBroker : ServiceBusClient
{
    public FakeBroker() => Receiver = new(this);

    public List<(string Queue, ServiceBusMessage Message)> Sent { get; } = [];

    /// <summary>What was done to messages: <c>complete id</c>, ….</summary>
    public List<string> Done { get; } = [];

    /// <summary>Thrown by whatever is asked next, until it is null.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What the next receive gives.</summary>
    public Task<ServiceBusReceivedMessage?> Next { get; set; } = Task.FromResult<ServiceBusReceivedMessage?>(null);

    public List<(string Queue, SubQueue Which)> Receivers { get; } = [];

    private FakeReceiver Receiver { get; }

    public override ServiceBusSender CreateSender(string queueOrTopicName) => new FakeSender(this, queueOrTopicName);

    public override ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions options)
    {
        Receivers.Add((queueName, options.SubQueue));
        return Receiver;
    }

#pragma warning disable CA2215 // There is no connection that the base class could close.
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
#pragma warning restore CA2215

    private Task Do(string what)
    {
        if (Failure is { } failure)
        {
            return Task.FromException(failure);
        }

        Done.Add(what);
        return Task.CompletedTask;
    }

    private sealed class FakeSender(FakeBroker broker, string queue) : ServiceBusSender
    {
        public override Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default)
        {
            broker.Sent.Add((queue, message));
            return broker.Do("send");
        }
    }

    private sealed class FakeReceiver(FakeBroker broker) : ServiceBusReceiver
    {
        public override async Task<ServiceBusReceivedMessage> ReceiveMessageAsync(
            TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default)
        {
            await broker.Do($"receive {maxWaitTime?.TotalMilliseconds}");
            return (await broker.Next)!;
        }

        public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
            broker.Do($"renew {message.MessageId}");

        public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
            broker.Do($"complete {message.MessageId}");

        public override Task AbandonMessageAsync(
            ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null,
            CancellationToken cancellationToken = default) => broker.Do($"abandon {message.MessageId}");

        public override Task DeadLetterMessageAsync(
            ServiceBusReceivedMessage message, string deadLetterReason, string? deadLetterErrorDescription = null,
            CancellationToken cancellationToken = default) =>
            broker.Do($"bury {message.MessageId} {deadLetterReason} {deadLetterErrorDescription?.Length}");
    }
}
