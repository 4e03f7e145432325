using CnnMrf.Pipeline.Queues;

namespace CnnMrf.Storage.InProcess;

/// <summary>A message in memory.</summary>
/// <param name="message">As it was sent.</param>
/// <param name="sentAt">When.</param>
/// <param name="endsAt">When it is forgotten, if it is not locked.</param>
internal sealed class MessageEntry(QueueMessage message, DateTimeOffset sentAt, DateTimeOffset endsAt)
{
    internal QueueMessage Message { get; } = message;

    internal DateTimeOffset SentAt { get; } = sentAt;

    internal DateTimeOffset EndsAt { get; } = endsAt;

    internal string? Reason { get; init; }

    internal string? Description { get; init; }

    internal int Deliveries { get; set; }

    /// <summary>The latest delivery's; null while nobody has the message.</summary>
    internal object? Lock { get; set; }

    /// <summary>When the message can be taken: the end of its lock or delay.</summary>
    internal DateTimeOffset VisibleAt { get; set; }
}

/// <summary>Messages in the order they were sent, some hidden for a while. Safe for concurrent use.</summary>
internal sealed class MessageLine(TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly LinkedList<MessageEntry> entries = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void Add(MessageEntry entry)
    {
        lock (gate)
        {
            entries.AddLast(entry);
        }

        Announce();
    }

    /// <summary>Takes the first message that can be taken and locks it, or null when none came in time.</summary>
    internal async Task<MessageEntry?> TakeAsync(TimeSpan wait, TimeSpan lockFor, Action<MessageEntry> forgotten, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var signal = Volatile.Read(ref changed);
            if (TryTake(lockFor, forgotten, out var next) is { } entry)
            {
                return entry;
            }

            var left = wait - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            var pause = next is { } due && due < left ? due : left;
            try
            {
                await signal.Task.WaitAsync(pause, time, ct).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // Time to look again.
            }
        }
    }

    /// <summary>Does something with a message if the lock on it still holds.</summary>
    internal bool TryWithLock(MessageEntry entry, object key, Action action)
    {
        lock (gate)
        {
            if (!ReferenceEquals(entry.Lock, key) || time.GetUtcNow() >= entry.VisibleAt)
            {
                return false;
            }

            action();
        }

        Announce();
        return true;
    }

    /// <summary>To be called under the lock of the message.</summary>
    internal void Remove(MessageEntry entry)
    {
        entry.Lock = null;
        entries.Remove(entry);
    }

    private MessageEntry? TryTake(TimeSpan lockFor, Action<MessageEntry> forgotten, out TimeSpan? next)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            next = null;
            for (var node = entries.First; node is not null;)
            {
                var entry = node.Value;
                var following = node.Next;
                if (entry.VisibleAt > now)
                {
                    var due = entry.VisibleAt - now;
                    next = next < due ? next : due;
                }
                else if (entry.EndsAt <= now)
                {
                    entries.Remove(node);
                    forgotten(entry);
                }
                else
                {
                    entry.Deliveries++;
                    entry.Lock = new();
                    entry.VisibleAt = now + lockFor;
                    return entry;
                }

                node = following;
            }

            return null;
        }
    }

    private void Announce()
        => Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
