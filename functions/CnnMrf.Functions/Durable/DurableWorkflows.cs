using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Workflows;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CnnMrf.Functions.Durable;

/// <summary>
/// Starts and wakes workflows on the durable engine. The runtime gives its client to functions only, by a binding: each that may start or
/// wake one hands it over first. All clients are of the one task hub, so whose it is does not matter.
/// </summary>
public sealed class DurableWorkflows : IWorkflowClient
{
    // All that an instance can be in: one that exists in any of them is left as it is, where the default would terminate and replace it.
    private static readonly OrchestrationRuntimeStatus[] Existing =
    [
        OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated,
    ];

    private volatile DurableTaskClient? _client;

    private DurableTaskClient Client => _client
        ?? throw new InvalidOperationException("No function of this app that has a durable client has run yet.");

    /// <summary>Takes the client of the function that runs.</summary>
    public void Use(DurableTaskClient client) => _client = client;

    /// <inheritdoc/>
    public Task StartSynthesisAsync(RunInput input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(input);
        return StartAsync(SynthesisWorkflow.Name, new RunKey(input.Id, input.Run).InstanceId, input, ct);
    }

    /// <inheritdoc/>
    public Task StartBatchAsync(BatchInput input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(input);
        return StartAsync(BatchWorkflow.Name, BatchName.InstanceId(input.Name, input.ManifestHash), input, ct);
    }

    /// <inheritdoc/>
    public async Task<bool> RaiseAsync(string instanceId, string eventName, CancellationToken ct)
    {
        // Raising an event for an unknown instance returns as if it were heard.
        if (await GetStateAsync(instanceId, ct).ConfigureAwait(false) != InstanceState.Running)
        {
            return false;
        }

        await AskAsync(Client.RaiseEventAsync(instanceId, eventName, null, ct)).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    public async Task<InstanceState> GetStateAsync(string instanceId, CancellationToken ct) =>
        await AskAsync(Client.GetInstanceAsync(instanceId, false, ct)).ConfigureAwait(false) switch
        {
            null => InstanceState.Unknown,
            { IsCompleted: true } => InstanceState.Ended,
            _ => InstanceState.Running,
        };

    /// <inheritdoc/>
    public async Task PurgeAsync(string instanceId, CancellationToken ct)
    {
        if (await GetStateAsync(instanceId, ct).ConfigureAwait(false) == InstanceState.Ended)
        {
            await AskAsync(Client.PurgeInstanceAsync(instanceId, null, ct)).ConfigureAwait(false);
        }
    }

    private async Task StartAsync(string name, string instanceId, object input, CancellationToken ct)
    {
        if (await GetStateAsync(instanceId, ct).ConfigureAwait(false) != InstanceState.Unknown)
        {
            return;
        }

        try
        {
            var options = new StartOrchestrationOptions(instanceId).WithDedupeStatuses(Existing);
            await AskAsync(Client.ScheduleNewOrchestrationInstanceAsync(name, input, options, ct)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Backends refuse an id that exists by exceptions of their own: somebody else started it in between.
            if (await GetStateAsync(instanceId, ct).ConfigureAwait(false) == InstanceState.Unknown)
            {
                throw;
            }
        }
    }

    private static async Task<T> AskAsync<T>(Task<T> answer)
    {
        await AskAsync((Task)answer).ConfigureAwait(false);
        return await answer.ConfigureAwait(false);
    }

    // Which exceptions a client has for a scheduler that does not answer depends on the backend.
    private static async Task AskAsync(Task answer)
    {
        try
        {
            await answer.ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (OperationCanceledException or ArgumentException or InvalidOperationException))
        {
            throw new WorkflowsUnavailableException($"The durable task scheduler does not answer: {e.Message}", e);
        }
    }
}
