using CnnMrf.Pipeline.Queues;
using CnnMrf.Storage.Checks;

namespace CnnMrf.Storage.InProcess;

/// <summary>A delivery of a message in memory.</summary>
internal sealed class InProcessReceivedMessage(InProcessMessageQueue owner, MessageLine line, MessageEntry entry, bool isDeadLetter)
    : ReceivedMessage
{
    private readonly object key = entry.Lock!;
    private long lockedUntilTicks = entry.VisibleAt.UtcTicks;

    public override DateTimeOffset LockedUntil => new(Interlocked.Read(ref lockedUntilTicks), TimeSpan.Zero);

    public override Task RenewAsync(CancellationToken ct) => Do(
        () =>
        {
            entry.VisibleAt = owner.LockFromNow();
            Interlocked.Exchange(ref lockedUntilTicks, entry.VisibleAt.UtcTicks);
        },
        ct);

    public override Task CompleteAsync(CancellationToken ct) => Do(() => line.Remove(entry), ct);

    public override Task AbandonAsync(TimeSpan delay, CancellationToken ct) => Do(
        () =>
        {
            entry.Lock = null;
            entry.VisibleAt = owner.FromNow(delay);
        },
        ct);

    public override Task DeadLetterAsync(string reason, string description, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        ArgumentNullException.ThrowIfNull(description);
        if (isDeadLetter)
        {
            throw new InvalidOperationException($"Message {Id} is a dead letter already.");
        }

        return Do(
            () =>
            {
                line.Remove(entry);
                owner.Bury(entry, reason, QueueMessages.Cut(description));
            },
            ct);
    }

    private Task Do(Action action, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return line.TryWithLock(entry, key, action) ? Task.CompletedTask : throw new MessageLockLostException(Id);
    }
}
