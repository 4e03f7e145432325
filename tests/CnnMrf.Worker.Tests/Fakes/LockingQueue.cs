using CnnMrf.Pipeline.Queues;

namespace CnnMrf.Worker.Tests.Fakes;

/// <summary>Queues in memory whose locks end.</summary>
internal sealed class LockingQueues(TimeProvider time) : IMessageQueues
{
    public LockingQueue Levels { get; } = new(QueueNames.Levels, time);

    public LockingQueue Outcomes { get; } = new(QueueNames.LevelOutcomes, time);

    public Task EnsureQueuesAsync(CancellationToken ct) =>
        Levels.IsDown() ? throw new QueueUnavailableException(Levels.Name, "The queue is down.") : Task.CompletedTask;

    public IMessageQueue Get(string name) => name == QueueNames.Levels ? Levels : Outcomes;
}

internal sealed class LockingQueue(string name, TimeProvider time) : IMessageQueue
{
    public static readonly TimeSpan LockTime = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private readonly List<(string Id, string Reason, string Description)> _dead = [];

    public string Name { get; } = name;

    public List<QueueMessage> Sent { get; } = [];

    /// <summary>False: abandoned messages come again at once, as from Service Bus.</summary>
    public bool CanDelay { get; set; } = true;

    public Func<bool> IsDown { get; set; } = static () => false;

    public int Count => With(() => _entries.Count);

    public IReadOnlyList<(string Id, string Reason, string Description)> Dead => With(() => _dead.ToArray());

    /// <summary>When the message can be received next; null when there is none.</summary>
    public DateTimeOffset? NextAt => With(() => _entries.Count == 0 ? (DateTimeOffset?)null : _entries.Min(e => e.VisibleAt));

    public Task SendAsync(QueueMessage message, CancellationToken ct)
    {
        Reach();
        return Task.FromResult(With(() =>
        {
            Sent.Add(message);
            _entries.Add(new(message, time.GetUtcNow()));
            return true;
        }));
    }

    public ReceivedMessage? TryReceive() => With(() =>
    {
        Reach();
        if (_entries.Find(e => e.VisibleAt <= time.GetUtcNow()) is not { } entry)
        {
            return null;
        }

        entry.VisibleAt = time.GetUtcNow() + LockTime;
        entry.Deliveries++;
        entry.Lock = Guid.NewGuid();
        return new Message(this, entry, entry.Lock)
        {
            Id = entry.Sent.Id,
            Body = entry.Sent.Body,
            DeliveryCount = entry.Deliveries,
            EnqueuedAt = entry.SentAt,
            TraceParent = entry.Sent.TraceParent,
        };
    });

    public async Task<ReceivedMessage?> ReceiveAsync(TimeSpan wait, CancellationToken ct)
    {
        if (TryReceive() is { } message)
        {
            return message;
        }

        await Task.Delay(wait, time, ct);
        return TryReceive();
    }

    public Task<ReceivedMessage?> ReceiveDeadLetterAsync(TimeSpan wait, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Ends the locks of all receivers: the messages are there again.</summary>
    public void EndLocks() => With(() =>
    {
        foreach (var entry in _entries)
        {
            (entry.Lock, entry.VisibleAt) = (Guid.NewGuid(), time.GetUtcNow());
        }

        return true;
    });

    private T With<T>(Func<T> action)
    {
        lock (_lock)
        {
            return action();
        }
    }

    private void Reach()
    {
        if (IsDown())
        {
            throw new QueueUnavailableException(Name, "The queue is down.");
        }
    }

    private sealed class Entry(QueueMessage sent, DateTimeOffset now)
    {
        public QueueMessage Sent { get; } = sent;

        public DateTimeOffset SentAt { get; } = now;

        public DateTimeOffset VisibleAt { get; set; } = now;

        public int Deliveries { get; set; }

        public Guid Lock { get; set; }
    }

    private sealed class Message(LockingQueue queue, Entry entry, Guid @lock) : ReceivedMessage
    {
        public override DateTimeOffset LockedUntil => queue.With(() => entry.VisibleAt);

        public override bool CanBeDelayed => queue.CanDelay;

        public override Task RenewAsync(CancellationToken ct) => Own(() => entry.VisibleAt = queue.Now + LockTime);

        public override Task CompleteAsync(CancellationToken ct) => Own(() => queue._entries.Remove(entry));

        public override Task AbandonAsync(TimeSpan delay, CancellationToken ct) =>
            Own(() => entry.VisibleAt = queue.Now + (CanBeDelayed ? delay : TimeSpan.Zero));

        public override Task DeadLetterAsync(string reason, string description, CancellationToken ct) => Own(() =>
        {
            queue._entries.Remove(entry);
            queue._dead.Add((Id, reason, description));
        });

        private Task<bool> Own(Action action) => Task.FromResult(queue.With(() =>
        {
            queue.Reach();
            if (!queue._entries.Contains(entry) || entry.Lock != @lock || entry.VisibleAt <= queue.Now)
            {
                throw new MessageLockLostException(Id);
            }

            action();
            return true;
        }));
    }

    private DateTimeOffset Now => time.GetUtcNow();
}
