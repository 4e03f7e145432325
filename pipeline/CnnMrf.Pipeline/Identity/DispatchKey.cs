using System.Globalization;

namespace CnnMrf.Pipeline.Identity;

/// <summary>One dispatch of a level: what the queues know a message by, and drop a second one of.</summary>
/// <param name="Level">The level.</param>
/// <param name="Attempt">Which dispatch of it; 1 is the first.</param>
/// <param name="PlannedAt">When its run was planned, to the millisecond. A synthesis that is removed and started again has the same id,
/// and must not be taken for a duplicate of what it was: its plan is a later one. Null in messages of programs that did not say it.</param>
public readonly record struct DispatchKey(LevelKey Level, int Attempt, DateTimeOffset? PlannedAt)
{
    private static readonly long LastMillisecond = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The message's id: <c>{id}/{run}/{level}/{attempt}/{plan}</c>, the last in milliseconds since 1970.</summary>
    public string MessageId => string.Create(CultureInfo.InvariantCulture, $"{Level.Id.Value}/{Level.Run}/{Level.Level}/{Attempt}{Plan}");

    private string Plan => PlannedAt is { } at ? string.Create(CultureInfo.InvariantCulture, $"/{at.ToUnixTimeMilliseconds()}") : "";

    /// <summary>Reads a message's id.</summary>
    public static bool TryParse(string? messageId, out DispatchKey dispatch)
    {
        dispatch = default;
        if (messageId?.Split('/') is not [var id, var run, var level, var attempt, .. { Length: <= 1 } rest]
            || !SynthesisId.TryParse(id, out var synthesis) || !Number(run, out var r) || !Number(level, out var l)
            || !Number(attempt, out var a))
        {
            return false;
        }

        DateTimeOffset? planned = null;
        if (rest is [var plan])
        {
            if (!long.TryParse(plan, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || at > LastMillisecond)
            {
                return false;
            }

            planned = DateTimeOffset.FromUnixTimeMilliseconds(at);
        }

        dispatch = new(new(synthesis, r, l), a, planned);
        return true;

        static bool Number(string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value > 0;
    }

    /// <summary>True if this was dispatched by that plan, or does not say by which.</summary>
    public bool IsOf(DateTimeOffset plannedAt) =>
        PlannedAt is not { } at || at.ToUnixTimeMilliseconds() == plannedAt.ToUnixTimeMilliseconds();
}
