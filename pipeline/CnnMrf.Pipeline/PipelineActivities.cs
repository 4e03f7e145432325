using CnnMrf.Pipeline.Batches;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Running;
using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Pipeline;

/// <summary>What each activity's name stands for. Every one can be repeated: it then finds its work done.</summary>
public sealed class PipelineActivities(
    PlanRun plan, LevelDispatcher dispatcher, LevelReader levels, FinishRun finish, RunCloser closer, BatchSteps batches)
{
    /// <summary><see cref="SynthesisActivities.Plan"/>.</summary>
    public Task<PlanResult> PlanAsync(RunKey input, CancellationToken ct) => plan.RunAsync(input, ct);

    /// <summary><see cref="SynthesisActivities.DispatchLevel"/>.</summary>
    public Task<LevelReading> DispatchLevelAsync(DispatchInput input, CancellationToken ct) => dispatcher.DispatchAsync(input, ct);

    /// <summary><see cref="SynthesisActivities.InspectLevel"/>.</summary>
    public Task<LevelReading> InspectLevelAsync(LevelKey input, CancellationToken ct) => levels.ReadAsync(input, ct);

    /// <summary><see cref="SynthesisActivities.Finish"/>.</summary>
    public Task<ConcludeResult> FinishAsync(RunKey input, CancellationToken ct) => finish.RunAsync(input, ct);

    /// <summary><see cref="SynthesisActivities.CleanUp"/>.</summary>
    public Task<ConcludeResult> CleanUpAsync(CleanUpInput input, CancellationToken ct) => closer.CleanUpAsync(input, ct);

    /// <summary><see cref="BatchActivities.Open"/>.</summary>
    public Task<int> OpenBatchAsync(BatchInput input, CancellationToken ct) => batches.OpenAsync(input, ct);

    /// <summary><see cref="BatchActivities.Start"/>.</summary>
    public Task<int> StartBatchItemsAsync(BatchItems input, CancellationToken ct) => batches.StartAsync(input, ct);

    /// <summary><see cref="BatchActivities.Poll"/>.</summary>
    public Task<bool> PollBatchAsync(BatchInput input, CancellationToken ct) => batches.PollAsync(input, ct);

    /// <summary><see cref="BatchActivities.Close"/>.</summary>
    public Task<bool> CloseBatchAsync(BatchClosing input, CancellationToken ct) => batches.CloseAsync(input, ct);

    /// <summary>Runs an activity by its name, for hosts that do so.</summary>
    /// <exception cref="ArgumentException">There is none of that name, or the input is another's.</exception>
    public async Task<TResult> InvokeAsync<TInput, TResult>(Activity<TInput, TResult> activity, TInput input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(activity);
        Task running = (activity.Name, input) switch
        {
            ("Plan", RunKey i) => PlanAsync(i, ct),
            ("DispatchLevel", DispatchInput i) => DispatchLevelAsync(i, ct),
            ("InspectLevel", LevelKey i) => InspectLevelAsync(i, ct),
            ("Finish", RunKey i) => FinishAsync(i, ct),
            ("CleanUp", CleanUpInput i) => CleanUpAsync(i, ct),
            ("OpenBatch", BatchInput i) => OpenBatchAsync(i, ct),
            ("StartBatchItems", BatchItems i) => StartBatchItemsAsync(i, ct),
            ("PollBatch", BatchInput i) => PollBatchAsync(i, ct),
            ("CloseBatch", BatchClosing i) => CloseBatchAsync(i, ct),
            _ => throw new ArgumentException($"There is no activity {activity.Name} that takes {typeof(TInput).Name}.", nameof(activity)),
        };
        return await ((Task<TResult>)running).ConfigureAwait(false);
    }
}
