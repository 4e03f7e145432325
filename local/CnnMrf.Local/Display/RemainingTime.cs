using CnnMrf.Core.Pyramid;

namespace CnnMrf.Local.Display;

/// <summary>
/// How long a run will still take. An iteration's cost is taken as proportional to the level's pixels until the level itself has been
/// timed; finer levels are extrapolated from the level at hand.
/// </summary>
internal sealed class RemainingTime
{
    private readonly double[] _work;
    private readonly double[] _pixels;
    private readonly double _secondsPerWork;

    /// <summary>Takes the plan and an estimate of the whole, s; 0 when there is none.</summary>
    internal RemainingTime(PyramidPlan plan, double estimate)
    {
        _pixels = [.. plan.Levels.Select(l => (double)l.Canvas.Width * l.Canvas.Height)];
        _work = [.. plan.Levels.Select((l, i) => l.Iterations * _pixels[i])];
        _secondsPerWork = _work.Sum() > 0 ? estimate / _work.Sum() : 0;
    }

    /// <summary>Seconds to go.</summary>
    /// <param name="level">The level at hand, from 0.</param>
    /// <param name="iteration">Iterations done in it.</param>
    /// <param name="iterations">Iterations that it will have.</param>
    /// <param name="levelSeconds">Seconds spent in it.</param>
    internal double Seconds(int level, int iteration, int iterations, double levelSeconds)
    {
        var measured = iteration > 0 && levelSeconds > 0 ? levelSeconds / (iteration * _pixels[level]) : _secondsPerWork;
        // One iteration of a small level says little about the large ones; the estimate was timed on them.
        var later = _secondsPerWork > 0 ? _secondsPerWork : measured;
        return ((iterations - iteration) * _pixels[level] * measured) + (_work.Skip(level + 1).Sum() * later);
    }
}
