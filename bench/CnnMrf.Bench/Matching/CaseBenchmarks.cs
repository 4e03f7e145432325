using BenchmarkDotNet.Attributes;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Patches;

namespace CnnMrf.Bench.Matching;

/// <summary>What is measured at each size of matching.</summary>
[MemoryDiagnoser]
public abstract class CaseBenchmarks : IDisposable
{
    [ParamsSource(nameof(Cases))]
    public MatchingCase Case { get; set; } = null!;

    public static IEnumerable<MatchingCase> Cases => MatchingCase.All;

    protected FeatureMap Query { get; private set; } = null!;

    protected StylePool Pool { get; private set; } = null!;

    protected PatchGrid Grid { get; private set; } = null!;

    [GlobalSetup]
    public virtual void SetUp()
    {
        TorchRuntime.EnsureLoaded();
        Query = Case.Features(1);
        Pool = Case.Pool();
        Grid = Query.Grid(MatchingCase.PatchSize, Case.Stride);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        Query.Dispose();
        Pool.Dispose();
    }
}
