using CnnMrf.Pipeline.Levels;

namespace CnnMrf.Api.Syntheses.Levels;

/// <summary>A level as it is computed, or was; see <see cref="LevelProgress"/>.</summary>
/// <param name="Level">The level; 1 is the coarsest.</param>
/// <param name="Run">The run, 1….</param>
/// <param name="Attempt">The attempt that is being worked on.</param>
/// <param name="Phase">What the worker does.</param>
/// <param name="Iteration">Iterations done.</param>
/// <param name="Iterations">Iterations of the level.</param>
/// <param name="Seconds">Seconds of computing.</param>
/// <param name="StartedAt">When the first worker began, UTC.</param>
/// <param name="Heartbeat">When the worker was heard of last, UTC.</param>
/// <param name="Energy">Raw energies now.</param>
/// <param name="Objective">What is minimised, now.</param>
/// <param name="Trace">The course so far, thinned.</param>
public sealed record LevelView(
    int Level,
    int Run,
    int Attempt,
    LevelPhase Phase,
    int Iteration,
    int Iterations,
    double Seconds,
    DateTimeOffset StartedAt,
    DateTimeOffset Heartbeat,
    Energies? Energy,
    double? Objective,
    IReadOnlyList<LevelSample> Trace)
{
    internal static LevelView Of(LevelProgress progress) => new(
        progress.Level,
        progress.Run,
        progress.Attempt,
        progress.Phase,
        progress.Iteration,
        progress.Iterations,
        progress.Seconds,
        progress.StartedAt,
        progress.Heartbeat,
        progress.Energy,
        progress.Objective,
        progress.Trace);
}
