using CnnMrf.Engine.Synthesis;

namespace CnnMrf.Engine.Optimization;

/// <summary>
/// When a level is worth no more iterations. It follows from the objectives alone, which are a level's state: a resumed level ends where
/// the uninterrupted one does.
/// </summary>
internal static class Convergence
{
    /// <summary>Iterations that are looked at together: the objective rises now and then, when matches change.</summary>
    public const int Window = 4;

    /// <summary>Whether the last <see cref="Window"/> iterations lowered the least objective by less than a share of it.</summary>
    /// <param name="trace">The objective at the start and after every iteration.</param>
    /// <param name="tolerance">The share, 0…1; with 0 nothing converges.</param>
    public static bool Reached(IReadOnlyList<ObjectiveSample> trace, double tolerance)
    {
        if (tolerance <= 0 || trace.Count <= Window)
        {
            return false;
        }

        var before = trace.SkipLast(Window).Min(s => s.Objective);
        var now = Math.Min(before, trace.TakeLast(Window).Min(s => s.Objective));
        return before - now <= tolerance * Math.Abs(before);
    }
}
