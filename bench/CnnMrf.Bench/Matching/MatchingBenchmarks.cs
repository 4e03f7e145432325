using BenchmarkDotNet.Attributes;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Patches;
using static TorchSharp.torch;

namespace CnnMrf.Bench.Matching;

/// <summary>Exact matching three ways, beside the matrix products that the fastest of them cannot do without.</summary>
[MemoryDiagnoser]
public class MatchingBenchmarks : IDisposable
{
    private readonly PlainMatcher plain = new();
    private FusedMatcher fused = null!;
    private FeatureMap query = null!;
    private StylePool pool = null!;
    private PatchGrid grid = null!;
    private Tensor filters = null!;

    [ParamsSource(nameof(Cases))]
    public MatchingCase Case { get; set; } = null!;

    public static IEnumerable<MatchingCase> Cases => MatchingCase.All;

    [GlobalSetup]
    public void SetUp()
    {
        TorchRuntime.EnsureLoaded();
        fused = new FusedMatcher(Environment.ProcessorCount);
        query = Case.Features(1);
        pool = Case.Pool();
        grid = query.Grid(MatchingCase.PatchSize, Case.Stride);
        filters = MatchingCase.Filters(pool[0]);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        fused.Dispose();
        plain.Dispose();
        query.Dispose();
        pool.Dispose();
        filters.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void ProductsAlone() => Case.Products(query, pool[0].Features);

    [Benchmark]
    public PatchField Fused() => fused.Match(query, grid, pool, MatchOptions.Default);

    [Benchmark]
    public PatchField Plain() => plain.Match(query, grid, pool, MatchOptions.Default);

    [Benchmark]
    public void Convolution() => MatchingCase.ByConvolution(query, filters, Case.Stride).Dispose();
}
