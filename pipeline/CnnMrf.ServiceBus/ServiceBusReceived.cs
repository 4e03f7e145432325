using Azure.Messaging.ServiceBus;
using CnnMrf.Pipeline.Queues;

namespace CnnMrf.ServiceBus;

/// <summary>A message under the broker's lock. The broker moves the lock's end when it is renewed, by its own clock.</summary>
internal sealed class ServiceBusReceived(string queue, ServiceBusReceiver receiver, ServiceBusReceivedMessage message, bool isDeadLetter)
    : ReceivedMessage
{
    private const int MostCharacters = 4_096;

    public override DateTimeOffset LockedUntil => message.LockedUntil;

    public override bool CanBeDelayed => false;

    public override Task RenewAsync(CancellationToken ct) => DoAsync(() => receiver.RenewMessageLockAsync(message, ct), ct);

    public override Task CompleteAsync(CancellationToken ct) => DoAsync(() => receiver.CompleteMessageAsync(message, ct), ct);

    public override Task AbandonAsync(TimeSpan delay, CancellationToken ct) =>
        DoAsync(() => receiver.AbandonMessageAsync(message, null, ct), ct);

    public override Task DeadLetterAsync(string reason, string description, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        ArgumentNullException.ThrowIfNull(description);
        return isDeadLetter
            ? throw new InvalidOperationException($"Message {Id} is a dead letter already.")
            : DoAsync(() => receiver.DeadLetterMessageAsync(message, Cut(reason), Cut(description), ct), ct);
    }

    private Task DoAsync(Func<Task> action, CancellationToken ct) => ServiceBusFailures.AskAsync(queue, action, ct, Id);

    // The broker refuses longer ones.
    private static string Cut(string text) => text.Length <= MostCharacters ? text : text[..MostCharacters];
}
