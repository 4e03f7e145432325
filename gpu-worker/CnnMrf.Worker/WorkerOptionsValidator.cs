using Microsoft.Extensions.Options;

namespace CnnMrf.Worker;

internal sealed class WorkerOptionsValidator : IValidateOptions<WorkerOptions>
{
    public ValidateOptionsResult Validate(string? name, WorkerOptions options)
    {
        var problems = new List<string>();
        Check(options.Name is { Length: >= 1 and <= 128 }, nameof(options.Name), options.Name, "1 … 128 characters");
        Check(options.Concurrency is >= 1 and <= 64, nameof(options.Concurrency), options.Concurrency, "1 … 64");
        Check(options.Threads is null or (>= 1 and <= 1024), nameof(options.Threads), options.Threads, "1 … 1024");
        Check(options.ExitAfterFailures is null or (>= 1 and <= 1000), nameof(options.ExitAfterFailures), options.ExitAfterFailures,
            "1 … 1000");
        Check(options.PreviewSide is >= 16 and <= 4096, nameof(options.PreviewSide), options.PreviewSide, "16 … 4096 px");
        Check(options.MaxCheckpointBytes is >= 0 and <= 1L << 30, nameof(options.MaxCheckpointBytes),
            options.MaxCheckpointBytes, "0 … 1 GiB");
        Positive(options.ReceiveWait, nameof(options.ReceiveWait));
        Positive(options.LeaseDuration, nameof(options.LeaseDuration));
        Positive(options.LeaseRenewEvery, nameof(options.LeaseRenewEvery));
        Positive(options.LockRenewEvery, nameof(options.LockRenewEvery));
        Positive(options.OwnerPollEvery, nameof(options.OwnerPollEvery));
        Positive(options.HeartbeatEvery, nameof(options.HeartbeatEvery));
        Positive(options.CheckpointEvery, nameof(options.CheckpointEvery));
        Positive(options.CancelPollEvery, nameof(options.CancelPollEvery));
        Positive(options.RetryEvery, nameof(options.RetryEvery));
        Positive(options.ShutdownTime, nameof(options.ShutdownTime));
        Positive(options.ExitWhenIdle ?? TimeSpan.MaxValue, nameof(options.ExitWhenIdle));
        Check(options.FailureDelay >= TimeSpan.Zero, nameof(options.FailureDelay), options.FailureDelay, "no negative time");
        Check(
            options.LeaseRenewEvery <= options.LeaseDuration / 2,
            nameof(options.LeaseRenewEvery),
            options.LeaseRenewEvery,
            $"at most half of {nameof(options.LeaseDuration)} ({options.LeaseDuration})");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Positive(TimeSpan value, string option) => Check(value > TimeSpan.Zero, option, value, "more than no time");

        void Check(bool holds, string option, object? value, string expected)
        {
            if (!holds)
            {
                problems.Add($"{WorkerOptions.Section}:{option} is {value}; expects {expected}.");
            }
        }
    }
}
