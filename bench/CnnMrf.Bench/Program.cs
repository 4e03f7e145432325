using System.Globalization;
using BenchmarkDotNet.Running;
using CnnMrf.Bench.Evaluation;
using CnnMrf.Bench.Matching;
using CnnMrf.Engine.Native;

// quick [threads]: seconds, by a stopwatch. Anything else: BenchmarkDotNet.
if (args is ["quick", ..])
{
    var threads = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Environment.ProcessorCount;
    TorchRuntime.EnsureLoaded();
    MatchingStopwatch.Run(threads, rounds: 9);
    return 0;
}

// evaluation | peer | memory [width height [threads]]: one energy evaluation beside its arithmetic floor; beside the ports' algorithm;
// resident memory over 300.
if (args is ["evaluation" or "peer" or "memory", ..])
{
    int At(int i, int otherwise) => args.Length > i ? int.Parse(args[i], CultureInfo.InvariantCulture) : otherwise;
    var (width, height, threads) = (At(1, 298), At(2, 384), At(3, Environment.ProcessorCount));
    if (args[0] == "memory")
    {
        EvaluationStopwatch.Memory(width, height, threads, At(4, 300));
    }
    else if (args[0] == "peer")
    {
        EvaluationStopwatch.Peer(width, height, threads, rounds: 5);
    }
    else
    {
        EvaluationStopwatch.Run(width, height, threads, rounds: 9);
    }

    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(MatchingBenchmarks).Assembly).Run(args);
return 0;
