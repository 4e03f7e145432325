using System.Diagnostics;
using CnnMrf.Engine.Measuring;
using CnnMrf.Engine.Native;

namespace CnnMrf.Bench.Evaluation;

/// <summary>Seconds of one evaluation beside the arithmetic floor, interleaved; and the memory over many evaluations.</summary>
internal static class EvaluationStopwatch
{
    public static void Run(int width, int height, int threads, int rounds)
    {
        TorchRuntime.EnsureLoaded();
        using var one = new EvaluationCase(width, height, threads);
        var (evaluations, floors, _) = LevelStopwatch.Measure(one.Problem, one.X, rounds);
        var ratios = evaluations.Zip(floors, (e, f) => e / f).ToArray();
        Console.WriteLine($"{width}x{height}, {threads} threads, {rounds} rounds, medians: "
            + $"evaluation {LevelStopwatch.Median(evaluations):F3} s, "
            + $"floor {LevelStopwatch.Median(floors):F3} s, ratio {LevelStopwatch.Median(ratios):F2}");
    }

    public static void Peer(int width, int height, int threads, int rounds)
    {
        TorchRuntime.EnsureLoaded();
        using var one = new EvaluationCase(width, height, threads);
        using var peer = one.Peer();
        one.Evaluate();
        peer.Evaluate(one.X);
        var (ours, theirs) = (new double[rounds], new double[rounds]);
        for (var i = 0; i < rounds; i++)
        {
            ours[i] = Seconds(one.Evaluate);
            theirs[i] = Seconds(() => peer.Evaluate(one.X));
        }

        var (evaluation, plain) = (LevelStopwatch.Median(ours), LevelStopwatch.Median(theirs));
        Console.WriteLine($"{width}x{height}, {threads} threads, {rounds} rounds, medians: "
            + $"evaluation {evaluation:F3} s, the ports' algorithm {plain:F3} s, {plain / evaluation:F1} times as long");

        static double Seconds(Action action)
        {
            var started = Stopwatch.GetTimestamp();
            action();
            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        }
    }

    public static void Memory(int width, int height, int threads, int evaluations)
    {
        TorchRuntime.EnsureLoaded();
        using var one = new EvaluationCase(width, height, threads);
        for (var i = 1; i <= evaluations; i++)
        {
            one.Evaluate();
            if (i is 1 or 2 or 10 or 20 or 50 || i % 100 == 0)
            {
                using var process = Process.GetCurrentProcess();
                Console.WriteLine(
                    $"after {i} evaluations: {process.WorkingSet64 / 1e6:F0} MB resident, peak {process.PeakWorkingSet64 / 1e6:F0} MB");
            }
        }
    }
}
