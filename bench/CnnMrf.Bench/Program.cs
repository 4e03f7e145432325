using System.Globalization;
using BenchmarkDotNet.Running;
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

BenchmarkSwitcher.FromAssembly(typeof(MatchingBenchmarks).Assembly).Run(args);
return 0;
