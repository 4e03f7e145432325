using System.Diagnostics;
using CnnMrf.Engine.Synthesis;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Measuring;

/// <summary>
/// Times energy evaluations beside the floor of their arithmetic, interleaved, so that other work on the machine hits both.
/// </summary>
public static class LevelStopwatch
{
    /// <summary>Measures one level, at the level's own start.</summary>
    /// <param name="synthesizer">Settings and weights.</param>
    /// <param name="input">The pictures.</param>
    /// <param name="level">The level, 0 is the coarsest.</param>
    /// <param name="rounds">Evaluations timed, 1 or more; one more comes before, to warm up.</param>
    /// <param name="ct">Looked at before each evaluation.</param>
    public static LevelMeasurement Measure(
        Synthesizer synthesizer, SynthesisInput input, int level, int rounds, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(synthesizer);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        using var scope = NewDisposeScope();
        var plan = synthesizer.Plan(input).Levels[level];
        var prepared = synthesizer.Prepare(input, ct);
        var started = Stopwatch.GetTimestamp();
        using var problem = synthesizer.Problem(prepared, plan, synthesizer.WholeSearch());
        var setup = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var start = synthesizer.Initial(prepared, plan, problem);
        var (seconds, floors, parts) = Measure(problem, start, rounds, ct);
        return new(
            level, plan.Canvas.Width, plan.Canvas.Height, plan.Iterations, setup, Median(seconds), parts, Median(floors),
            Median([.. seconds.Zip(floors, (s, f) => s / f)]));
    }

    /// <summary>Seconds of each evaluation and of the floor before it.</summary>
    internal static (double[] Seconds, double[] Floors, Energies.EvaluationTimes Parts) Measure(
        LevelProblem problem, Tensor start, int rounds, CancellationToken ct = default)
    {
        using var floor = new ArithmeticFloor(problem);
        problem.Energy.Evaluate(start, ct).Gradient.Dispose();
        floor.Measure();
        var before = problem.Energy.Times;
        var (seconds, floors) = (new double[rounds], new double[rounds]);
        for (var i = 0; i < rounds; i++)
        {
            ct.ThrowIfCancellationRequested();
            floors[i] = floor.Measure();
            var started = Stopwatch.GetTimestamp();
            problem.Energy.Evaluate(start, ct).Gradient.Dispose();
            seconds[i] = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        return (seconds, floors, (problem.Energy.Times - before) / rounds);
    }

    /// <summary>The middle value; of two the greater.</summary>
    internal static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
