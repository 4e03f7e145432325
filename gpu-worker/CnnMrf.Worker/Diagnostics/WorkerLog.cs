using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Levels;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Worker.Diagnostics;

internal static partial class WorkerLog
{
    [LoggerMessage(101, LogLevel.Information, "Worker {Worker} waits for levels, {Concurrency} at once")]
    public static partial void Waiting(this ILogger logger, string worker, int concurrency);

    [LoggerMessage(102, LogLevel.Information, "No work for {Idle}: exiting")]
    public static partial void Idle(this ILogger logger, TimeSpan idle);

    [LoggerMessage(103, LogLevel.Information, "{Level} owned, attempt {Attempt}, delivery {Deliveries} without progress")]
    public static partial void Owned(this ILogger logger, LevelKey level, int attempt, int deliveries);

    [LoggerMessage(104, LogLevel.Information, "{Level} is another worker's; waiting for it")]
    public static partial void WaitingForOwner(this ILogger logger, LevelKey level);

    [LoggerMessage(105, LogLevel.Information, "{Level} goes on at iteration {Iteration}")]
    public static partial void Resumed(this ILogger logger, LevelKey level, int iteration);

    [LoggerMessage(106, LogLevel.Warning, "{Level}: the checkpoint cannot be used, the level starts anew: {Reason}")]
    public static partial void CheckpointRefused(this ILogger logger, LevelKey level, string reason);

    [LoggerMessage(107, LogLevel.Information, "{Level} ended: {End}")]
    public static partial void Ended(this ILogger logger, LevelKey level, LevelEnd end);

    [LoggerMessage(108, LogLevel.Information, "{Level} had ended already: {End}")]
    public static partial void Adopted(this ILogger logger, LevelKey level, LevelEnd end);

    [LoggerMessage(109, LogLevel.Warning, "{Level} cannot be computed ({Code}): {Reason}")]
    public static partial void CannotCompute(this ILogger logger, LevelKey level, string code, string reason);

    [LoggerMessage(110, LogLevel.Error, "{Level} failed, delivery {Deliveries} without progress")]
    public static partial void AttemptFailed(this ILogger logger, LevelKey level, int deliveries, Exception exception);

    [LoggerMessage(111, LogLevel.Warning, "{Level}: the {What} is lost; nothing more is written")]
    public static partial void OwnershipLost(this ILogger logger, LevelKey level, string what);

    [LoggerMessage(112, LogLevel.Information, "{Level} given back at iteration {Iteration}")]
    public static partial void GivenBack(this ILogger logger, LevelKey level, int iteration);

    [LoggerMessage(113, LogLevel.Warning, "{What} did not work, trying again in {Delay}: {Reason}")]
    public static partial void Retrying(this ILogger logger, string what, TimeSpan delay, string reason);

    [LoggerMessage(114, LogLevel.Warning, "A message cannot be read and is put among the dead letters: {Reason}")]
    public static partial void Unreadable(this ILogger logger, string reason);

    [LoggerMessage(115, LogLevel.Information, "{Level} belongs to no run any more; its message is dropped")]
    public static partial void Orphan(this ILogger logger, LevelKey level);

    [LoggerMessage(116, LogLevel.Error, "{Level}: something unexpected; the message is given back")]
    public static partial void Unexpected(this ILogger logger, string level, Exception exception);

    [LoggerMessage(117, LogLevel.Information, "Weights {Name} fetched into {Path}")]
    public static partial void WeightsFetched(this ILogger logger, string name, string path);

    [LoggerMessage(118, LogLevel.Error, "A message cannot be received; trying again in {Delay}")]
    public static partial void ReceiveFailed(this ILogger logger, TimeSpan delay, Exception exception);
}
