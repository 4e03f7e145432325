using CnnMrf.Core.Pyramid;
using CnnMrf.Pipeline.Syntheses;

namespace CnnMrf.Pipeline.Running;

/// <summary>How the work of a run is spread over its levels, as far as can be said before.</summary>
internal static class LevelShares
{
    /// <summary>The levels with their shares, which make 1 together.</summary>
    public static IReadOnlyList<LevelStatus> Of(PyramidPlan plan)
    {
        var costs = plan.Levels.Select(Cost).ToArray();
        var sum = costs.Sum();
        return [.. plan.Levels.Select((l, i) => new LevelStatus(l.Size.Width, l.Size.Height, l.Iterations, costs[i] / sum))];
    }

    // An evaluation grows with the pixels, the matching in it faster; two more evaluations and the style's features come on top.
    private static double Cost(LevelPlan level)
    {
        var pixels = (double)level.Canvas.Width * level.Canvas.Height;
        return (level.Iterations + 2) * Math.Pow(pixels, 1.2);
    }
}
