namespace Microsoft.DurableTask
{
    public abstract class TaskOrchestrationContext
    {
        public abstract string InstanceId { get; }
        public abstract DateTime CurrentUtcDateTime { get; }
        public abstract T? GetInput<T>();
        public abstract Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null);
        public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);
        public abstract Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default);
        public abstract void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);
    }

    public readonly struct TaskName
    {
        public static implicit operator TaskName(string value) => throw null!;
    }

    public class TaskOptions
    {
        internal TaskOptions() => throw null!;
        public static TaskOptions FromRetryPolicy(RetryPolicy policy) => throw null!;
    }

    public class RetryPolicy
    {
        public RetryPolicy(
            int maxNumberOfAttempts, TimeSpan firstRetryInterval, double backoffCoefficient = 1.0, TimeSpan? maxRetryInterval = null,
            TimeSpan? retryTimeout = null) => throw null!;
    }

    public class StartOrchestrationOptions
    {
        public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null) => throw null!;
    }

    public sealed class TaskFailedException : Exception
    {
        internal TaskFailedException() => throw null!;
        public TaskFailureDetails FailureDetails => throw null!;
    }

    public class TaskFailureDetails
    {
        internal TaskFailureDetails() => throw null!;
        public string ErrorMessage => throw null!;
    }
}

namespace Microsoft.DurableTask.Client
{
    public abstract class DurableTaskClient
    {
        public abstract Task<string> ScheduleNewOrchestrationInstanceAsync(
            TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null,
            CancellationToken cancellation = default);
        public abstract Task RaiseEventAsync(
            string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default);
        public virtual Task<OrchestrationMetadata?> GetInstanceAsync(
            string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw null!;
        public virtual Task<PurgeResult> PurgeInstanceAsync(
            string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) => throw null!;
    }

    public class PurgeInstanceOptions
    {
        internal PurgeInstanceOptions() => throw null!;
    }

    public class PurgeResult
    {
        internal PurgeResult() => throw null!;
    }

    public sealed class OrchestrationMetadata
    {
        internal OrchestrationMetadata() => throw null!;
        public bool IsCompleted => throw null!;
    }

    public enum OrchestrationRuntimeStatus
    {
        Running = 0,
        Completed = 1,
        Failed = 3,
        Terminated = 5,
        Pending = 6,
        Suspended = 7,
    }

    public static class StartOrchestrationOptionsExtensions
    {
        public static StartOrchestrationOptions WithDedupeStatuses(
            this StartOrchestrationOptions options, params OrchestrationRuntimeStatus[] dedupeStatuses) => throw null!;
    }
}
