using Azure.Messaging.ServiceBus;
using CnnMrf.Pipeline.Queues;

namespace CnnMrf.ServiceBus;

/// <summary>A queue and its dead letters.</summary>
internal sealed class ServiceBusQueue(string name, ServiceBusClient client) : IMessageQueue
{
    internal const int MostBodyBytes = 48 * 1_024;
    internal const int MostIdCharacters = 128;

    private readonly Lazy<ServiceBusSender> sender = new(() => client.CreateSender(name));
    private readonly Lazy<ServiceBusReceiver> main = new(() => Receiver(client, name, SubQueue.None));
    private readonly Lazy<ServiceBusReceiver> deadLetters = new(() => Receiver(client, name, SubQueue.DeadLetter));

    public string Name => name;

    public Task SendAsync(QueueMessage message, CancellationToken ct)
    {
        Check(message);
        var sent = new ServiceBusMessage(message.Body)
        {
            MessageId = message.Id,
            ContentType = "application/json",
            TimeToLive = message.TimeToLive,
        };
        if (message.TraceParent is { } trace)
        {
            sent.ApplicationProperties[TraceContext.Property] = trace;
        }

        return ServiceBusFailures.AskAsync(name, () => sender.Value.SendMessageAsync(sent, ct), ct);
    }

    public Task<ReceivedMessage?> ReceiveAsync(TimeSpan wait, CancellationToken ct) =>
        ReceiveAsync(main.Value, isDeadLetter: false, wait, ct);

    public Task<ReceivedMessage?> ReceiveDeadLetterAsync(TimeSpan wait, CancellationToken ct) =>
        ReceiveAsync(deadLetters.Value, isDeadLetter: true, wait, ct);

    private static ServiceBusReceiver Receiver(ServiceBusClient client, string name, SubQueue which) =>
        client.CreateReceiver(name, new ServiceBusReceiverOptions { SubQueue = which });

    private async Task<ReceivedMessage?> ReceiveAsync(ServiceBusReceiver receiver, bool isDeadLetter, TimeSpan wait, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        // The broker knows no wait of no time.
        var least = wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1);
        var asked = TakeAsync(receiver, isDeadLetter, least);
        try
        {
            return await asked.WaitAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // A message that is on its way already is given back, instead of hiding until its lock ends.
            _ = GiveBackAsync(asked);
            throw;
        }
    }

    private async Task<ReceivedMessage?> TakeAsync(ServiceBusReceiver receiver, bool isDeadLetter, TimeSpan wait)
    {
        ServiceBusReceivedMessage? message = null;
        await ServiceBusFailures.AskAsync(
            name, async () => message = await receiver.ReceiveMessageAsync(wait, CancellationToken.None).ConfigureAwait(false),
            CancellationToken.None).ConfigureAwait(false);
        return message is null ? null : new ServiceBusReceived(name, receiver, message, isDeadLetter)
        {
            Id = message.MessageId ?? "",
            Body = BodyOf(message),
            // Of a dead letter it is how often it was delivered before it became one.
            DeliveryCount = Math.Max(1, message.DeliveryCount),
            EnqueuedAt = message.EnqueuedTime,
            TraceParent = TraceContext.Of(message.ApplicationProperties),
            DeadLetterReason = isDeadLetter ? message.DeadLetterReason ?? "unknown" : null,
            DeadLetterDescription = isDeadLetter ? message.DeadLetterErrorDescription : null,
        };
    }

    // A body of another kind than our programs send: whoever takes the message finds that it is nothing, and buries it.
    private static ReadOnlyMemory<byte> BodyOf(ServiceBusReceivedMessage message)
    {
        try
        {
            return message.Body.ToMemory();
        }
        catch (NotSupportedException)
        {
            return ReadOnlyMemory<byte>.Empty;
        }
    }

    private static async Task GiveBackAsync(Task<ReceivedMessage?> asked)
    {
        try
        {
            if (await asked.ConfigureAwait(false) is { } message)
            {
                await message.AbandonAsync(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is QueueUnavailableException or MessageLockLostException or ObjectDisposedException)
        {
            // Then it comes again when its lock ends.
        }
    }

    private static void Check(QueueMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Id is not { Length: > 0 and <= MostIdCharacters })
        {
            throw new ArgumentException($"A message's id has 1 to {MostIdCharacters} characters.", nameof(message));
        }

        if (message.Body.Length > MostBodyBytes)
        {
            throw new ArgumentException(
                $"The body of message {message.Id} has {message.Body.Length:N0} bytes; at most {MostBodyBytes:N0} fit.", nameof(message));
        }

        if (message.TimeToLive < TimeSpan.FromSeconds(1))
        {
            throw new ArgumentException($"Message {message.Id} would live shorter than a second.", nameof(message));
        }
    }
}
