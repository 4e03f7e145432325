using Azure.Messaging.ServiceBus;
using CnnMrf.Functions.Durable;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Pipeline.Running;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CnnMrf.Functions.Levels;

/// <summary>Ends the level of a job that no worker could work off.</summary>
public sealed class LevelDeadLettered(LevelNotices notices, DurableWorkflows workflows, TimeProvider time)
{
    /// <summary>Handles a dead letter; the host completes it unless this throws.</summary>
    [Function("LevelDeadLettered")]
    public Task RunAsync(
        [ServiceBusTrigger(QueueNames.Levels + "/$DeadLetterQueue", Connection = Connections.ServiceBus)] ServiceBusReceivedMessage message,
        [DurableClient] DurableTaskClient client,
        CancellationToken ct)
    {
        workflows.Use(client);
        return notices.HandleDeadLetterAsync(new LevelDeadLetter
        {
            MessageId = message.MessageId ?? "",
            Body = TextOf(message),
            Reason = message.DeadLetterReason ?? "unknown",
            Description = message.DeadLetterErrorDescription,
            DeliveryCount = message.DeliveryCount,
            EnqueuedAt = message.EnqueuedTime,
            RecordedAt = time.GetUtcNow(),
        }, ct);
    }

    // A body of another kind than our programs send cannot be read; it must not come again and again for that.
    private static string TextOf(ServiceBusReceivedMessage message)
    {
        try
        {
            return message.Body.ToString();
        }
        catch (NotSupportedException)
        {
            return "";
        }
    }
}
