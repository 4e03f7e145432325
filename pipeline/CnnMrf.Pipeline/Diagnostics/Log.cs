using CnnMrf.Pipeline.Identity;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Pipeline.Diagnostics;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Synthesis {Id} accepted by {Source} with {Inputs} pictures")]
    public static partial void Accepted(this ILogger logger, SynthesisId id, Syntheses.RequestSource source, int inputs);

    [LoggerMessage(2, LogLevel.Information, "{Run} planned: {Levels} levels, {Size}")]
    public static partial void Planned(this ILogger logger, RunKey run, int levels, Core.Pictures.PixelSize size);

    [LoggerMessage(3, LogLevel.Information, "{Level} dispatched, attempt {Attempt}")]
    public static partial void Dispatched(this ILogger logger, LevelKey level, int attempt);

    [LoggerMessage(4, LogLevel.Information, "{Run} ended: {Status}")]
    public static partial void Ended(this ILogger logger, RunKey run, Syntheses.SynthesisState status);

    [LoggerMessage(5, LogLevel.Warning, "{Run} failed ({Code}): {Reason}")]
    public static partial void Failed(this ILogger logger, RunKey run, string code, string reason);

    [LoggerMessage(6, LogLevel.Warning, "{Level} became a dead letter after {Deliveries} deliveries: {Reason}")]
    public static partial void DeadLettered(this ILogger logger, LevelKey level, int deliveries, string reason);

    [LoggerMessage(7, LogLevel.Warning, "A message of {Queue} cannot be read and is dropped: {Reason}")]
    public static partial void Unreadable(this ILogger logger, string queue, string reason);

    [LoggerMessage(8, LogLevel.Information, "Event {Event} for {Instance} came to an instance that is unknown or has ended")]
    public static partial void Unheard(this ILogger logger, string @event, string instance);

    [LoggerMessage(9, LogLevel.Warning, "The upload {Folder} cannot be used: {Reason}")]
    public static partial void UploadRefused(this ILogger logger, string folder, string reason);

    [LoggerMessage(10, LogLevel.Error, "The upload {Folder} could not be looked at; the next sweep tries again")]
    public static partial void UploadFailed(this ILogger logger, string folder, Exception exception);

    [LoggerMessage(11, LogLevel.Information, "Batch {Name} taken up")]
    public static partial void BatchStarted(this ILogger logger, string name);

    [LoggerMessage(12, LogLevel.Warning, "The batch manifest {Name} is skipped: {Reason}")]
    public static partial void BatchSkipped(this ILogger logger, string name, string reason);

    [LoggerMessage(13, LogLevel.Warning, "{Activity} of {Instance} failed, attempt {Attempt}; it is tried again")]
    public static partial void ActivityFailed(this ILogger logger, string activity, string instance, int attempt, Exception exception);

    [LoggerMessage(14, LogLevel.Error, "The workflow {Instance} failed")]
    public static partial void WorkflowFailed(this ILogger logger, string instance, Exception exception);

    [LoggerMessage(15, LogLevel.Warning, "The queue {Queue} cannot be reached; trying again")]
    public static partial void QueueUnavailable(this ILogger logger, string queue, Exception exception);

    [LoggerMessage(16, LogLevel.Information, "{Count} unfinished workflows go on")]
    public static partial void Resumed(this ILogger logger, int count);

    [LoggerMessage(17, LogLevel.Error, "The batch {Name} could not be taken up; the next schedule tries again")]
    public static partial void BatchFailed(this ILogger logger, string name, Exception exception);

    [LoggerMessage(18, LogLevel.Error, "{Blob} cannot be read; what it is about does not go on")]
    public static partial void Damaged(this ILogger logger, string blob, Exception exception);
}
