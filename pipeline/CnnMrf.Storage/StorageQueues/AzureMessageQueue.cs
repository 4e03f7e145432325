using System.Globalization;
using System.Text;
using Azure;
using Azure.Storage.Queues;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Storage.AzureBlobs;
using CnnMrf.Storage.Checks;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Storage.StorageQueues;

/// <summary>A queue and the queue of its dead letters.</summary>
internal sealed partial class AzureMessageQueue(
    string name, QueueClient main, QueueClient deadLetters, StorageQueueOptions options, TimeProvider time, ILogger log) : IMessageQueue
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ForEver = TimeSpan.FromSeconds(-1);

    public string Name => name;

    internal TimeSpan LockDuration => options.LockDuration;

    public async Task SendAsync(QueueMessage message, CancellationToken ct)
    {
        QueueMessages.Check(message);
        var text = new QueueEnvelope(message.Id, message.Body) { TraceParent = message.TraceParent }.Write();
        if (Encoding.UTF8.GetByteCount(text) > QueueEnvelope.MostBytes)
        {
            throw new ArgumentException($"Message {message.Id} is larger than the 64 KB that a storage queue takes.", nameof(message));
        }

        var seconds = Math.Min(Math.Floor(message.TimeToLive.TotalSeconds), int.MaxValue);
        await Ask(() => main.SendMessageAsync(text, timeToLive: TimeSpan.FromSeconds(seconds), cancellationToken: ct), ct)
            .ConfigureAwait(false);
    }

    public Task<ReceivedMessage?> ReceiveAsync(TimeSpan wait, CancellationToken ct) => ReceiveAsync(main, wait, ct);

    public Task<ReceivedMessage?> ReceiveDeadLetterAsync(TimeSpan wait, CancellationToken ct) => ReceiveAsync(deadLetters, wait, ct);

    internal async Task EnsureAsync(CancellationToken ct)
    {
        await Ask(() => main.CreateIfNotExistsAsync(cancellationToken: ct), ct).ConfigureAwait(false);
        await Ask(() => deadLetters.CreateIfNotExistsAsync(cancellationToken: ct), ct).ConfigureAwait(false);
    }

    internal DateTimeOffset LockFromNow() => time.GetUtcNow() + LockDuration;

    internal Task BuryAsync(QueueEnvelope letter, CancellationToken ct)
        => Ask(() => deadLetters.SendMessageAsync(letter.Write(), timeToLive: ForEver, cancellationToken: ct), ct);

    internal async Task<T> Ask<T>(Func<Task<T>> call, CancellationToken ct)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (RequestFailedException e) when (e.Status == 404 && e.ErrorCode == "QueueNotFound")
        {
            throw new QueueUnavailableException(
                name, $"The storage account has no queue for {name}; starting the front or a worker makes it.", e);
        }
        catch (AggregateException e) when (AzureFailures.IsCancelled(e, ct))
        {
            throw AzureFailures.Cancelled(e, ct);
        }
        catch (Exception e) when (AzureFailures.IsOfService(e, ct))
        {
            throw new QueueUnavailableException(name, $"Queue {name}: {AzureFailures.Explain(e)}", e);
        }
    }

    private async Task<ReceivedMessage?> ReceiveAsync(QueueClient queue, TimeSpan wait, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < options.PollInterval ? pause * 2 : options.PollInterval)
        {
            if (await TakeAsync(queue, ct).ConfigureAwait(false) is { } message)
            {
                return message;
            }

            var left = wait - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                return null;
            }

            await Task.Delay(left < pause ? left : pause, time, ct).ConfigureAwait(false);
        }
    }

    private async Task<AzureReceivedMessage?> TakeAsync(QueueClient queue, CancellationToken ct)
    {
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var asked = TakeOneAsync(queue);
            AzureReceivedMessage? message;
            try
            {
                message = await asked.WaitAsync(ct).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                // A message that is on its way already is given back, instead of hiding until its lock ends.
                _ = GiveBackAsync(asked);
                throw;
            }

            if (message is null || queue != main || message.DeliveryCount <= options.MaxDeliveries)
            {
                return message;
            }

            LogGivenUp(message.Id, name, message.DeliveryCount - 1);
            var deliveries = (message.DeliveryCount - 1).ToString(CultureInfo.InvariantCulture);
            await message.DeadLetterAsync(QueueMessages.GivenUp, $"Delivered {deliveries} times and never settled.", ct)
                .ConfigureAwait(false);
        }
    }

    private async Task<AzureReceivedMessage?> TakeOneAsync(QueueClient queue)
    {
        var until = LockFromNow();
        var answer = await Ask(() => queue.ReceiveMessageAsync(LockDuration), CancellationToken.None).ConfigureAwait(false);
        if (answer.Value is not { } received)
        {
            return null;
        }

        var envelope = QueueEnvelope.Read(received.Body.ToString(), received.MessageId);
        return new(this, queue, isDeadLetter: queue != main, received.MessageId, received.PopReceipt, until, envelope)
        {
            Id = envelope.Id,
            Body = envelope.Body,
            DeliveryCount = (int)Math.Min(received.DequeueCount, int.MaxValue),
            EnqueuedAt = envelope.Sent ?? received.InsertedOn ?? time.GetUtcNow(),
            TraceParent = envelope.TraceParent,
            DeadLetterReason = envelope.Reason,
            DeadLetterDescription = envelope.Description,
        };
    }

    private static async Task GiveBackAsync(Task<AzureReceivedMessage?> asked)
    {
        try
        {
            if (await asked.ConfigureAwait(false) is { } message)
            {
                await message.AbandonAsync(TimeSpan.Zero, CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is QueueUnavailableException or MessageLockLostException)
        {
            // Then it comes again when its lock ends.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Message {Id} of queue {Queue} is a dead letter: delivered {Deliveries} times.")]
    private partial void LogGivenUp(string id, string queue, int deliveries);
}
