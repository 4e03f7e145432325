using System.Text;
using CnnMrf.Functions.Durable;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Pipeline.Running;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CnnMrf.Functions.Levels;

/// <summary>Wakes the workflow whose level has an outcome.</summary>
public sealed class LevelEnded(LevelNotices notices, DurableWorkflows workflows)
{
    /// <summary>Handles a notice; the host completes it unless this throws.</summary>
    [Function("LevelEnded")]
    public Task RunAsync(
        [ServiceBusTrigger(QueueNames.LevelOutcomes, Connection = Connections.ServiceBus)] string body,
        [DurableClient] DurableTaskClient client,
        CancellationToken ct)
    {
        workflows.Use(client);
        return notices.HandleNoticeAsync(Encoding.UTF8.GetBytes(body), ct);
    }
}
