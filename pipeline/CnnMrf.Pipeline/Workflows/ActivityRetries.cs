namespace CnnMrf.Pipeline.Workflows;

/// <summary>How often an activity is tried that throws: faults of storage and network, since what is wrong with a request is
/// returned.</summary>
public static class ActivityRetries
{
    /// <summary>Most attempts.</summary>
    public const int Attempts = 8;

    /// <summary>The wait after the first attempt; it doubles.</summary>
    public static TimeSpan First { get; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(1);

    /// <summary>The wait after an attempt, 1….</summary>
    public static TimeSpan After(int attempt) =>
        TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(attempt - 1, 10)));
}
