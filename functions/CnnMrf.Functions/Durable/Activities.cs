using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace CnnMrf.Functions.Durable;

/// <summary>The activities. A name is what <see cref="SynthesisActivities"/> and <see cref="BatchActivities"/> call it.</summary>
public sealed class Activities(PipelineActivities activities, DurableWorkflows workflows)
{
    /// <summary><see cref="SynthesisActivities.Plan"/>.</summary>
    [Function("Plan")]
    public Task<PlanResult> PlanAsync([ActivityTrigger] RunKey input, CancellationToken ct) => activities.PlanAsync(input, ct);

    /// <summary><see cref="SynthesisActivities.DispatchLevel"/>.</summary>
    [Function("DispatchLevel")]
    public Task<LevelReading> DispatchLevelAsync([ActivityTrigger] DispatchInput input, CancellationToken ct) =>
        activities.DispatchLevelAsync(input, ct);

    /// <summary><see cref="SynthesisActivities.InspectLevel"/>.</summary>
    [Function("InspectLevel")]
    public Task<LevelReading> InspectLevelAsync([ActivityTrigger] LevelKey input, CancellationToken ct) =>
        activities.InspectLevelAsync(input, ct);

    /// <summary><see cref="SynthesisActivities.Finish"/>.</summary>
    [Function("Finish")]
    public Task<ConcludeResult> FinishAsync([ActivityTrigger] RunKey input, CancellationToken ct) => activities.FinishAsync(input, ct);

    /// <summary><see cref="SynthesisActivities.CleanUp"/>.</summary>
    [Function("CleanUp")]
    public Task<ConcludeResult> CleanUpAsync([ActivityTrigger] CleanUpInput input, CancellationToken ct) =>
        activities.CleanUpAsync(input, ct);

    /// <summary><see cref="BatchActivities.Open"/>.</summary>
    [Function("OpenBatch")]
    public Task<int> OpenBatchAsync([ActivityTrigger] BatchInput input, CancellationToken ct) => activities.OpenBatchAsync(input, ct);

    /// <summary><see cref="BatchActivities.Start"/>.</summary>
    [Function("StartBatchItems")]
    public Task<int> StartBatchItemsAsync(
        [ActivityTrigger] BatchItems input, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        workflows.Use(client);
        return activities.StartBatchItemsAsync(input, ct);
    }

    /// <summary><see cref="BatchActivities.Poll"/>.</summary>
    [Function("PollBatch")]
    public Task<bool> PollBatchAsync([ActivityTrigger] BatchInput input, [DurableClient] DurableTaskClient client, CancellationToken ct)
    {
        workflows.Use(client);
        return activities.PollBatchAsync(input, ct);
    }

    /// <summary><see cref="BatchActivities.Close"/>.</summary>
    [Function("CloseBatch")]
    public Task<bool> CloseBatchAsync([ActivityTrigger] BatchClosing input, CancellationToken ct) => activities.CloseBatchAsync(input, ct);
}
