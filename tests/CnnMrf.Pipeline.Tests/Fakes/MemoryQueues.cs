using System.Collections.Concurrent;
using CnnMrf.Pipeline.Queues;

namespace CnnMrf.Pipeline.Tests.Fakes;

/// <summary>
/// Queues in memory without locks that end: what is received and not completed is gone. A message with the id of one that was sent in the
/// hour before is dropped, as the deployed queues do.
/// </summary>
internal sealed class MemoryQueues(TimeProvider time) : IMessageQueues
{
    private readonly ConcurrentDictionary<string, MemoryQueue> _queues = new();

    public Task EnsureQueuesAsync(CancellationToken ct) => Task.CompletedTask;

    public IMessageQueue Get(string name) => _queues.GetOrAdd(name, n => new(n, time));

    public MemoryQueue Levels => (MemoryQueue)Get(QueueNames.Levels);

    public MemoryQueue Outcomes => (MemoryQueue)Get(QueueNames.LevelOutcomes);
}

internal sealed class MemoryQueue(string name, TimeProvider time) : IMessageQueue
{
    public string Name { get; } = name;

    public ConcurrentQueue<QueueMessage> Messages { get; } = new();

    public ConcurrentQueue<ReceivedMessage> Dead { get; } = new();

    public List<QueueMessage> Sent { get; } = [];

    private readonly Dictionary<string, DateTimeOffset> _ids = [];

    public Task SendAsync(QueueMessage message, CancellationToken ct)
    {
        lock (Sent)
        {
            Sent.Add(message);
            if (_ids.TryGetValue(message.Id, out var before) && time.GetUtcNow() - before < TimeSpan.FromHours(1))
            {
                return Task.CompletedTask;
            }

            _ids[message.Id] = time.GetUtcNow();
        }

        Messages.Enqueue(message);
        return Task.CompletedTask;
    }

    public void GiveBack(QueueMessage message) => Messages.Enqueue(message);

    public async Task<ReceivedMessage?> ReceiveAsync(TimeSpan wait, CancellationToken ct)
    {
        if (Messages.TryDequeue(out var message))
        {
            return new MemoryMessage(this, time)
            {
                Id = message.Id,
                Body = message.Body,
                DeliveryCount = 1,
                EnqueuedAt = time.GetUtcNow(),
                TraceParent = message.TraceParent,
            };
        }

        await Task.Delay(TimeSpan.FromMilliseconds(5), ct);
        return null;
    }

    public async Task<ReceivedMessage?> ReceiveDeadLetterAsync(TimeSpan wait, CancellationToken ct)
    {
        if (Dead.TryDequeue(out var message))
        {
            return message;
        }

        await Task.Delay(TimeSpan.FromMilliseconds(5), ct);
        return null;
    }
}

internal sealed class MemoryMessage(MemoryQueue queue, TimeProvider time) : ReceivedMessage
{
    public override DateTimeOffset LockedUntil => time.GetUtcNow() + TimeSpan.FromMinutes(5);

    public override Task RenewAsync(CancellationToken ct) => Task.CompletedTask;

    public override Task CompleteAsync(CancellationToken ct) => Task.CompletedTask;

    public override Task AbandonAsync(TimeSpan delay, CancellationToken ct)
    {
        queue.GiveBack(new(Id, Body));
        return Task.CompletedTask;
    }

    public override Task DeadLetterAsync(string reason, string description, CancellationToken ct)
    {
        queue.Dead.Enqueue(new MemoryMessage(queue, time)
        {
            Id = Id,
            Body = Body,
            DeliveryCount = DeliveryCount,
            EnqueuedAt = EnqueuedAt,
            DeadLetterReason = reason,
            DeadLetterDescription = description,
        });
        return Task.CompletedTask;
    }
}
