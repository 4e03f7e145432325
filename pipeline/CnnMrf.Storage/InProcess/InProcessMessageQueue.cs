using System.Globalization;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Storage.Checks;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Storage.InProcess;

/// <summary>A queue and its dead letters.</summary>
internal sealed partial class InProcessMessageQueue(string name, InProcessQueueOptions options, TimeProvider time, ILogger log)
    : IMessageQueue
{
    private readonly MessageLine main = new(time);
    private readonly MessageLine deadLetters = new(time);

    public string Name => name;

    internal TimeSpan LockDuration => options.LockDuration;

    public Task SendAsync(QueueMessage message, CancellationToken ct)
    {
        QueueMessages.Check(message);
        ct.ThrowIfCancellationRequested();
        // The sender may use its buffer again.
        var now = time.GetUtcNow();
        var ends = DateTimeOffset.MaxValue - now > message.TimeToLive ? now + message.TimeToLive : DateTimeOffset.MaxValue;
        main.Add(new(message with { Body = message.Body.ToArray() }, now, ends));
        return Task.CompletedTask;
    }

    public async Task<ReceivedMessage?> ReceiveAsync(TimeSpan wait, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var left = wait - time.GetElapsedTime(started);
            if (await main.TakeAsync(left, LockDuration, LogForgotten, ct).ConfigureAwait(false) is not { } entry)
            {
                return null;
            }

            var received = Received(main, entry);
            if (received.DeliveryCount <= options.MaxDeliveries)
            {
                return received;
            }

            var deliveries = (received.DeliveryCount - 1).ToString(CultureInfo.InvariantCulture);
            LogGivenUp(received.Id, name, deliveries);
            await received.DeadLetterAsync(QueueMessages.GivenUp, $"Delivered {deliveries} times and never settled.", ct)
                .ConfigureAwait(false);
        }
    }

    public async Task<ReceivedMessage?> ReceiveDeadLetterAsync(TimeSpan wait, CancellationToken ct)
        => await deadLetters.TakeAsync(wait, LockDuration, LogForgotten, ct).ConfigureAwait(false) is { } entry
            ? Received(deadLetters, entry)
            : null;

    internal DateTimeOffset LockFromNow() => FromNow(LockDuration);

    internal DateTimeOffset FromNow(TimeSpan delay) => time.GetUtcNow() + (delay > TimeSpan.Zero ? delay : TimeSpan.Zero);

    internal void Bury(MessageEntry entry, string reason, string description)
        => deadLetters.Add(new(entry.Message, entry.SentAt, DateTimeOffset.MaxValue) { Reason = reason, Description = description });

    private InProcessReceivedMessage Received(MessageLine line, MessageEntry entry) => new(this, line, entry, isDeadLetter: line != main)
    {
        Id = entry.Message.Id,
        Body = entry.Message.Body,
        DeliveryCount = entry.Deliveries,
        EnqueuedAt = entry.SentAt,
        TraceParent = entry.Message.TraceParent,
        DeadLetterReason = entry.Reason,
        DeadLetterDescription = entry.Description,
    };

    private void LogForgotten(MessageEntry entry) => LogForgotten(entry.Message.Id, name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Id} of queue {Queue} is a dead letter: delivered {Deliveries} times.")]
    private partial void LogGivenUp(string id, string queue, string deliveries);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Id} of queue {Queue} is forgotten: its time to live is over.")]
    private partial void LogForgotten(string id, string queue);
}
