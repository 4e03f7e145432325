using BenchmarkDotNet.Attributes;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Optimization;
using static TorchSharp.torch;

namespace CnnMrf.Bench.Optimization;

/// <summary>One iteration of L-BFGS with a full memory, without the evaluation: a parabola stands in for it.</summary>
[MemoryDiagnoser]
public class LbfgsBenchmarks : IDisposable
{
    private Tensor scale = null!;
    private Lbfgs optimizer = null!;

    /// <summary>Side of the picture, px.</summary>
    [Params(128, 384, 1024)]
    public int Side { get; set; }

    [Params(5, 25)]
    public int History { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        TorchRuntime.EnsureLoaded();
        scale = rand(1, 3, Side, Side);
        using var start = rand(1, 3, Side, Side);
        optimizer = new(start, Parabola(start), new(History));
        for (var i = 0; i <= History; i++)
        {
            Iteration();
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        optimizer.Dispose();
        scale.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void Iteration() => optimizer.Step(Parabola);

    private Engine.Optimization.Evaluation Parabola(Tensor x)
    {
        var gradient = x * scale;
        return new(1, gradient);
    }
}
