using Microsoft.Extensions.Logging;

namespace CnnMrf.Local.Serving;

internal static partial class ServeLog
{
    [LoggerMessage(1, LogLevel.Error, "Batches could not be taken up; the next time tries again")]
    public static partial void BatchesFailed(this ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "Unfinished syntheses could not be read; trying again")]
    public static partial void ResumingFailed(this ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Error, "The uploads '{Name}' could not be looked at; the next sweep tries again")]
    public static partial void UploadsFailed(this ILogger logger, string name, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "The system does not watch {Folder}; it is looked through every {Every} instead: {Reason}")]
    public static partial void NotWatched(this ILogger logger, string folder, TimeSpan every, string reason);
}
