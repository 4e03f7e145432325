namespace CnnMrf.Pipeline.Workflows;

/// <summary>
/// All that a workflow may use. Workflows are deterministic: given the same history they make the same calls in the same order. They
/// do no I/O, read no clock, draw no random number, start no thread, await nothing but what this gives (and
/// <see cref="Task.WhenAny(Task[])"/>
/// of it), and never say <c>ConfigureAwait(false)</c>.
/// </summary>
public interface IWorkflowContext
{
    /// <summary>The instance's id.</summary>
    string InstanceId { get; }

    /// <summary>The time, the same at every replay, UTC.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>Done once the event <see cref="WorkflowEvents.Cancel"/> was raised. One waiter, opened at the first use and kept.</summary>
    Task Cancelled { get; }

    /// <summary>Opens a waiter for an event; events raised before are kept for it. A second waiter of the same name gets the second
    /// event.</summary>
    /// <param name="name">The event.</param>
    Task Event(string name);

    /// <summary>Calls an activity, with the retries of <see cref="ActivityRetries"/>.</summary>
    /// <exception cref="ActivityFailedException">It failed for good.</exception>
    Task<TResult> CallAsync<TInput, TResult>(Activity<TInput, TResult> activity, TInput input);

    /// <summary>Done at a time. One that is no longer wanted must be cancelled, or it keeps the instance alive.</summary>
    Task TimerUntil(DateTimeOffset until, CancellationToken ct);

    /// <summary>Ends this execution and begins anew with another input and no history; the caller returns right after.</summary>
    void ContinueAsNew<TInput>(TInput input);
}
