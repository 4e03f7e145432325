using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Storage.Queues;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Storage.Checks;

namespace CnnMrf.Storage.StorageQueues;

/// <summary>A message whose visibility time-out is its receiver's lock; the pop receipt, new with every renewal, is its key.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle has nothing to dispose of.")]
internal sealed class AzureReceivedMessage(
    AzureMessageQueue owner, QueueClient queue, bool isDeadLetter, string messageId, string popReceipt, DateTimeOffset lockedUntil,
    QueueEnvelope envelope) : ReceivedMessage
{
    private static readonly TimeSpan MostDelay = TimeSpan.FromDays(7);

    // Renewing goes on beside settling, and either needs the latest receipt.
    private readonly SemaphoreSlim turn = new(1, 1);
    private string receipt = popReceipt;
    private bool settled;
    private long lockedUntilTicks = lockedUntil.UtcTicks;

    public override DateTimeOffset LockedUntil => new(Interlocked.Read(ref lockedUntilTicks), TimeSpan.Zero);

    public override Task RenewAsync(CancellationToken ct) => Do(() => RenewNowAsync(ct), ct);

    public override Task CompleteAsync(CancellationToken ct)
        => Do(() => queue.DeleteMessageAsync(messageId, receipt, ct), ct);

    public override Task AbandonAsync(TimeSpan delay, CancellationToken ct)
    {
        var whole = TimeSpan.FromSeconds(Math.Ceiling(Math.Clamp(delay.TotalSeconds, 0, MostDelay.TotalSeconds)));
        return Do(
            async () =>
            {
                // The receipt that comes back is not kept: this receiver is done with the message.
                await queue.UpdateMessageAsync(messageId, receipt, (string?)null, whole, ct).ConfigureAwait(false);
                settled = true;
            },
            ct);
    }

    public override Task DeadLetterAsync(string reason, string description, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        ArgumentNullException.ThrowIfNull(description);
        if (isDeadLetter)
        {
            throw new InvalidOperationException($"Message {Id} is a dead letter already.");
        }

        var letter = envelope with { Sent = EnqueuedAt, Reason = reason, Description = QueueMessages.Cut(description) };
        return Do(
            async () =>
            {
                // Whoever has lost the lock must not bury what another works on.
                await RenewNowAsync(ct).ConfigureAwait(false);
                await owner.BuryAsync(letter, ct).ConfigureAwait(false);
                await queue.DeleteMessageAsync(messageId, receipt, ct).ConfigureAwait(false);
            },
            ct);
    }

    private async Task RenewNowAsync(CancellationToken ct)
    {
        var until = owner.LockFromNow();
        var answer = await queue.UpdateMessageAsync(messageId, receipt, (string?)null, owner.LockDuration, ct).ConfigureAwait(false);
        receipt = answer.Value.PopReceipt;
        Interlocked.Exchange(ref lockedUntilTicks, until.UtcTicks);
    }

    private async Task Do(Func<Task> action, CancellationToken ct)
    {
        await turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (settled)
            {
                throw new MessageLockLostException(Id);
            }

            await owner.Ask(
                async () =>
                {
                    try
                    {
                        await action().ConfigureAwait(false);
                        return true;
                    }
                    catch (RequestFailedException e) when (e.ErrorCode is "MessageNotFound" or "PopReceiptMismatch")
                    {
                        throw new MessageLockLostException(Id, e);
                    }
                },
                ct).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }
}
