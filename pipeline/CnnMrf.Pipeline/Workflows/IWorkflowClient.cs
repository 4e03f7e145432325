namespace CnnMrf.Pipeline.Workflows;

/// <summary>What the workflow engine knows of an instance.</summary>
public enum InstanceState
{
    /// <summary>It never heard of it, or forgot it.</summary>
    Unknown,

    /// <summary>Waiting or running.</summary>
    Running,

    /// <summary>It ended, well or not.</summary>
    Ended,
}

/// <summary>The workflow engine could not be reached or did not answer: what was asked may or may not have happened; try again
/// later.</summary>
public sealed class WorkflowsUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Starts workflows and wakes them.</summary>
/// <remarks>Every operation may fail with <see cref="WorkflowsUnavailableException"/>, and can be asked for again.</remarks>
public interface IWorkflowClient
{
    /// <summary>Starts a synthesis' run under its instance id. Idempotent: an instance of that id, running or ended, is left as it
    /// is.</summary>
    Task StartSynthesisAsync(RunInput input, CancellationToken ct);

    /// <summary>Starts a batch under its instance id. Idempotent likewise.</summary>
    Task StartBatchAsync(BatchInput input, CancellationToken ct);

    /// <summary>Raises an event, with no content: the blobs have that. Events may come before they are waited for, twice, or get
    /// lost.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="eventName">See <see cref="WorkflowEvents"/>.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>False when there is no such instance or it has ended.</returns>
    Task<bool> RaiseAsync(string instanceId, string eventName, CancellationToken ct);

    /// <summary>What the engine knows of an instance.</summary>
    Task<InstanceState> GetStateAsync(string instanceId, CancellationToken ct);

    /// <summary>Forgets an instance that has ended; one that runs is left alone. Idempotent.</summary>
    Task PurgeAsync(string instanceId, CancellationToken ct);
}

/// <summary>Names of events; those of levels are <see cref="Identity.LevelKey.EventName"/>.</summary>
public static class WorkflowEvents
{
    /// <summary>The run shall stop.</summary>
    public const string Cancel = "cancel";
}
