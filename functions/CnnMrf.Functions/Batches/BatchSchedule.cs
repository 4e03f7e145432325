using CnnMrf.Functions.Durable;
using CnnMrf.Pipeline.Batches;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CnnMrf.Functions.Batches;

/// <summary>Takes up batches on the schedule of the setting <c>BatchSchedule</c>.</summary>
public sealed class BatchSchedule(BatchScheduler scheduler, DurableWorkflows workflows)
{
    /// <summary>Runs it.</summary>
    [Function("BatchSchedule")]
    public Task RunAsync([TimerTrigger("%BatchSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        workflows.Use(client);
        return scheduler.RunAsync(ct);
    }
}
