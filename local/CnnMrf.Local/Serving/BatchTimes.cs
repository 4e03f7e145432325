using NCrontab;

namespace CnnMrf.Local.Serving;

/// <summary>
/// A schedule in NCRONTAB with six fields (second, minute, hour, day, month, weekday), UTC: what Azure Functions reads, too.
/// </summary>
internal sealed class BatchTimes
{
    /// <summary>Every night at two.</summary>
    internal const string Nightly = "0 0 2 * * *";

    private static readonly CrontabSchedule.ParseOptions SixFields = new() { IncludingSeconds = true };

    private readonly CrontabSchedule _schedule;

    private BatchTimes(string text, CrontabSchedule schedule) => (Text, _schedule) = (text, schedule);

    /// <summary>As given.</summary>
    internal string Text { get; }

    /// <summary>Reads a schedule.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    internal static BatchTimes Parse(string text) => CrontabSchedule.TryParse(text, SixFields) is { } schedule ? new(text, schedule)
        : throw new UsageException($"--batch-schedule '{text}' is no schedule; expects six fields (second minute hour day month weekday), "
            + $"such as '{Nightly}' for every night at two, UTC");

    /// <summary>The first time after a time; null: never.</summary>
    internal DateTimeOffset? After(DateTimeOffset time)
    {
        var next = _schedule.GetNextOccurrence(time.UtcDateTime);
        return next.Year >= DateTime.MaxValue.Year ? null : new(DateTime.SpecifyKind(next, DateTimeKind.Utc));
    }
}
