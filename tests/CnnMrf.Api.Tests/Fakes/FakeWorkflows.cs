using System.Collections.Concurrent;
using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Api.Tests.Fakes;

/// <summary>A workflow engine that starts nothing and remembers what it was asked for.</summary>
internal sealed class FakeWorkflows : IWorkflowClient
{
    public ConcurrentDictionary<string, InstanceState> Instances { get; } = new();

    public ConcurrentQueue<string> Events { get; } = new();

    /// <summary>True while the engine cannot be reached.</summary>
    public bool AreAway { get; set; }

    public Task StartSynthesisAsync(RunInput input, CancellationToken ct) =>
        Start(new Pipeline.Identity.RunKey(input.Id, input.Run).InstanceId);

    public Task StartBatchAsync(BatchInput input, CancellationToken ct) =>
        Start(Pipeline.Identity.BatchName.InstanceId(input.Name, input.ManifestHash));

    public Task<bool> RaiseAsync(string instanceId, string eventName, CancellationToken ct)
    {
        Events.Enqueue($"{instanceId} {eventName}");
        return Task.FromResult(Instances.GetValueOrDefault(instanceId) == InstanceState.Running);
    }

    public Task<InstanceState> GetStateAsync(string instanceId, CancellationToken ct) =>
        Task.FromResult(Instances.GetValueOrDefault(instanceId));

    public Task PurgeAsync(string instanceId, CancellationToken ct)
    {
        Instances.TryRemove(instanceId, out _);
        return Task.CompletedTask;
    }

    /// <summary>A run's workflow has come to its end.</summary>
    public void End(string instanceId) => Instances[instanceId] = InstanceState.Ended;

    private Task Start(string instance)
    {
        if (AreAway)
        {
            throw new WorkflowsUnavailableException("The scheduler secretname does not answer.");
        }

        Instances.TryAdd(instance, InstanceState.Running);
        return Task.CompletedTask;
    }
}
