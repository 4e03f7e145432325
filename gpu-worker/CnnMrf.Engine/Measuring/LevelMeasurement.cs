using CnnMrf.Engine.Energies;

namespace CnnMrf.Engine.Measuring;

/// <summary>What an energy evaluation costs at one pyramid level; medians over the rounds.</summary>
/// <param name="Level">The level, 0 is the coarsest.</param>
/// <param name="Width">Of the canvas, in pixels.</param>
/// <param name="Height">Of the canvas, in pixels.</param>
/// <param name="Iterations">Of this level in a run of these settings; it evaluates once more.</param>
/// <param name="Setup">Seconds before the first evaluation: style and content features.</param>
/// <param name="Seconds">Seconds of an evaluation.</param>
/// <param name="Parts">The mean seconds of its parts.</param>
/// <param name="Floor">Seconds of its arithmetic alone, measured between the evaluations.</param>
/// <param name="Ratio">Evaluation over floor, round by round.</param>
public sealed record LevelMeasurement(
    int Level, int Width, int Height, int Iterations, double Setup, double Seconds, EvaluationTimes Parts, double Floor, double Ratio);
