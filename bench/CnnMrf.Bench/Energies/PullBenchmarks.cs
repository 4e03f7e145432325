using BenchmarkDotNet.Attributes;
using CnnMrf.Bench.Matching;
using CnnMrf.Engine.Energies;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;

namespace CnnMrf.Bench.Energies;

/// <summary>Energy and gradient of the MRF term of one layer, under matches that are given: as a CPU pulls, and as a GPU does.</summary>
public class PullBenchmarks : CaseBenchmarks
{
    private FeatureMap[] styles = [];
    private PatchField field = null!;
    private PatchPull pull = null!;

    public override void SetUp()
    {
        base.SetUp();
        using var matcher = new FusedMatcher(Environment.ProcessorCount);
        field = matcher.Match(Query, Grid, Pool, MatchOptions.Default);
        pull = new(Grid, Query.Height, Query.Width);
        styles = [Pool[0].Features];
    }

    [Benchmark(Baseline = true)]
    public void EnergyAndGradient() => pull.Evaluate(
        Query, styles, Pool, field, averaged: false, threshold: -1, Environment.ProcessorCount).Gradient.Dispose();

    [Benchmark]
    public void ByTensors() => pull.EvaluateByTensors(Query, styles, Pool, field, averaged: false, threshold: -1).Gradient.Dispose();

    protected override void Dispose(bool disposing)
    {
        pull.Dispose();
        base.Dispose(disposing);
    }
}
