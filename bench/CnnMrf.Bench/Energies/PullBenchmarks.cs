using BenchmarkDotNet.Attributes;
using CnnMrf.Bench.Matching;
using CnnMrf.Engine.Energies;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Patches;

namespace CnnMrf.Bench.Energies;

/// <summary>Energy and gradient of the MRF term of one layer, under matches that are given.</summary>
[MemoryDiagnoser]
public class PullBenchmarks : IDisposable
{
    private FeatureMap query = null!;
    private StylePool pool = null!;
    private PatchField field = null!;
    private PatchPull pull = null!;

    [ParamsSource(nameof(Cases))]
    public MatchingCase Case { get; set; } = null!;

    public static IEnumerable<MatchingCase> Cases => MatchingCase.All;

    [GlobalSetup]
    public void SetUp()
    {
        TorchRuntime.EnsureLoaded();
        query = Case.Features(1);
        pool = Case.Pool();
        var grid = query.Grid(MatchingCase.PatchSize, Case.Stride);
        using var matcher = new FusedMatcher(Environment.ProcessorCount);
        field = matcher.Match(query, grid, pool, MatchOptions.Default);
        pull = new(grid, query.Height, query.Width);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        query.Dispose();
        pool.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void EnergyAndGradient() => pull.Evaluate(
        query, [pool[0].Features], pool, field, averaged: false, threshold: -1, Environment.ProcessorCount).Gradient.Dispose();
}
