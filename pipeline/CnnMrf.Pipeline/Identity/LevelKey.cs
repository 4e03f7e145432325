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

    /// <summary>The event of a level.</summary>
    public static string EventNameOf(int level) => string.Create(CultureInfo.InvariantCulture, $"level-{level}");

    /// <inheritdoc/>
    public override string ToString() => $"{Id} run {Run} level {Level}";
}
