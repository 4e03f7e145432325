using BenchmarkDotNet.Attributes;
using CnnMrf.Engine.Matching;
using static TorchSharp.torch;

namespace CnnMrf.Bench.Matching;

/// <summary>Exact matching three ways, beside the matrix products that the fastest of them cannot do without.</summary>
public class MatchingBenchmarks : CaseBenchmarks
{
    private readonly PlainMatcher plain = new();
    private FusedMatcher fused = null!;
    private Tensor filters = null!;

    public override void SetUp()
    {
        base.SetUp();
        fused = new FusedMatcher(Environment.ProcessorCount);
        filters = MatchingCase.Filters(Pool[0]);
    }

    [Benchmark(Baseline = true)]
    public void ProductsAlone() => Case.Products(Query, Pool[0].Features);

    [Benchmark]
    public PatchField Fused() => fused.Match(Query, Grid, Pool, MatchOptions.Default);

    [Benchmark]
    public PatchField Plain() => plain.Match(Query, Grid, Pool, MatchOptions.Default);

    [Benchmark]
    public void Convolution() => MatchingCase.ByConvolution(Query, filters, Case.Stride).Dispose();

    protected override void Dispose(bool disposing)
    {
        fused.Dispose();
        plain.Dispose();
        filters.Dispose();
        base.Dispose(disposing);
    }
}
