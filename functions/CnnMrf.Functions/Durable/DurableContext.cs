using CnnMrf.Pipeline.Workflows;
using Microsoft.DurableTask;

namespace CnnMrf.Functions.Durable;

/// <summary>What a workflow may use, on the durable engine.</summary>
internal sealed class DurableContext(TaskOrchestrationContext context) : IWorkflowContext
{
    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new(ActivityRetries.Attempts, ActivityRetries.First, backoffCoefficient: 2, ActivityRetries.Longest));

    private Task? _cancelled;

    /// <inheritdoc/>
    public string InstanceId => context.InstanceId;

    /// <inheritdoc/>
    public DateTimeOffset UtcNow => new(DateTime.SpecifyKind(context.CurrentUtcDateTime, DateTimeKind.Utc));

    /// <inheritdoc/>
    public Task Cancelled => _cancelled ??= Event(WorkflowEvents.Cancel);

    /// <inheritdoc/>
    // Without a time-out: the waiter of one that timed out stays, and swallows the next event.
    public Task Event(string name) => context.WaitForExternalEvent<object?>(name);

    /// <inheritdoc/>
    public async Task<TResult> CallAsync<TInput, TResult>(Activity<TInput, TResult> activity, TInput input)
    {
        ArgumentNullException.ThrowIfNull(activity);
        try
        {
#pragma warning disable CA2007 // An orchestrator goes on in its own context only.
            return await context.CallActivityAsync<TResult>(activity.Name, input, Retries);
#pragma warning restore CA2007
        }
        catch (TaskFailedException e)
        {
            throw new ActivityFailedException(activity.Name, e.FailureDetails.ErrorMessage, e);
        }
    }

    /// <inheritdoc/>
    public Task TimerUntil(DateTimeOffset until, CancellationToken ct) => context.CreateTimer(until.UtcDateTime, ct);

    /// <inheritdoc/>
    public void ContinueAsNew<TInput>(TInput input) => context.ContinueAsNew(input);
}
