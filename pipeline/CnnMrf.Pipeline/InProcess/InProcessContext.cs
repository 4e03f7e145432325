using CnnMrf.Pipeline.Diagnostics;
using CnnMrf.Pipeline.Workflows;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Pipeline.InProcess;

/// <summary>What a workflow may use, in this process: activities are called, timers are the clock's.</summary>
internal sealed class InProcessContext(
    InProcessInstance instance, PipelineActivities activities, SemaphoreSlim slots, TimeProvider time, ILogger logger, CancellationToken ct)
    : IWorkflowContext
{
    private Task? _cancelled;

    /// <summary>The input of the next execution, where the workflow asked for one.</summary>
    public object? Next { get; private set; }

    /// <inheritdoc/>
    public string InstanceId => instance.Id;

    /// <inheritdoc/>
    public DateTimeOffset UtcNow => time.GetUtcNow();

    /// <inheritdoc/>
    public Task Cancelled => _cancelled ??= Event(WorkflowEvents.Cancel);

    /// <inheritdoc/>
    public Task Event(string name) => instance.WaitFor(name).WaitAsync(ct);

    /// <inheritdoc/>
    public async Task<TResult> CallAsync<TInput, TResult>(Activity<TInput, TResult> activity, TInput input)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await slots.WaitAsync(ct).ConfigureAwait(false);
                try
                {
                    // On another thread, so that decoding a large picture holds up neither a request nor another workflow.
                    return await Task.Run(() => activities.InvokeAsync(activity, input, ct), ct).ConfigureAwait(false);
                }
                finally
                {
                    slots.Release();
                }
            }
            catch (Exception e) when (e is not OutOfMemoryException && !ct.IsCancellationRequested)
            {
                if (attempt == ActivityRetries.Attempts)
                {
                    throw new ActivityFailedException(activity.Name, e.Message, e);
                }

                logger.ActivityFailed(activity.Name, InstanceId, attempt, e);
            }

            await Task.Delay(ActivityRetries.After(attempt), time, ct).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task TimerUntil(DateTimeOffset until, CancellationToken stop)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, ct);
        var left = until - time.GetUtcNow();
        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, both.Token).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void ContinueAsNew<TInput>(TInput input) => Next = input;
}
