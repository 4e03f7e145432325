using System.Globalization;

namespace CnnMrf.Pipeline.Identity;

/// <summary>A level of a run.</summary>
/// <param name="Id">The synthesis.</param>
/// <param name="Run">The run, 1….</param>
/// <param name="Level">The level; 1 is the coarsest.</param>
public readonly record struct LevelKey(SynthesisId Id, int Run, int Level)
{
    /// <summary>The run.</summary>
    public RunKey RunKey => new(Id, Run);

    /// <summary>The event by which the workflow is woken: <c>level-{n}</c>.</summary>
    public string EventName => EventNameOf(Level);

    /// <summary>The id of the message that dispatches the level: <c>{id}/{run}/{level}/{attempt}</c>.</summary>
    /// <param name="attempt">1 is the first.</param>
    public string MessageId(int attempt) => string.Create(CultureInfo.InvariantCulture, $"{Id.Value}/{Run}/{Level}/{attempt}");

    /// <summary>Reads a message's id.</summary>
    public static bool TryParseMessageId(string? messageId, out LevelKey level, out int attempt)
    {
        (level, attempt) = (default, 0);
        if (messageId?.Split('/') is not [var id, var run, var number, var last] || !SynthesisId.TryParse(id, out var synthesis)
            || !Number(run, out var r) || !Number(number, out var l) || !Number(last, out attempt))
        {
            return false;
        }

        level = new(synthesis, r, l);
        return true;

        static bool Number(string text, out int value) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value > 0;
    }

    /// <summary>The event of a level.</summary>
    public static string EventNameOf(int level) => string.Create(CultureInfo.InvariantCulture, $"level-{level}");

    /// <inheritdoc/>
    public override string ToString() => $"{Id} run {Run} level {Level}";
}
