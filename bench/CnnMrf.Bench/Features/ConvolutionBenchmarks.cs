using BenchmarkDotNet.Attributes;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Arithmetic;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CnnMrf.Bench.Features;

/// <summary>A convolution of the network and its transpose, by padding and type, beside the bare convolution with zeros.</summary>
public class ConvolutionBenchmarks : IDisposable
{
    private Tensor input = null!;
    private Tensor slope = null!;
    private Tensor weight = null!;
    private PaddedConvolution convolution = null!;
    private WorkerTeam team = null!;

    /// <summary>Channels and side of the maps: VGG-19's conv1_2, 2_2, 3_2 and 4_2 of a picture of 384 px.</summary>
    [Params("64x384", "128x192", "256x96", "512x48")]
    public string Map { get; set; } = "";

    [Params(PaddingChoice.Zero, PaddingChoice.Replicate)]
    public PaddingChoice Padding { get; set; }

    [Params(ScalarType.Float32, ScalarType.BFloat16)]
    public ScalarType Type { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        TorchRuntime.EnsureLoaded();
        var parts = Map.Split('x').Select(int.Parse).ToArray();
        var (channels, side) = (parts[0], parts[1]);
        input = ChannelsLast(rand(1, channels, side, side));
        slope = ChannelsLast(rand(1, channels, side, side));
        weight = ChannelsLast(rand(channels, channels, 3, 3));
        team = new(get_num_threads());
        convolution = new(weight, zeros([channels], Type), Padding);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        input.Dispose();
        slope.Dispose();
        convolution.Dispose();
        team.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void Bare() => conv2d(input, weight, strides: [1, 1], padding: [1, 1]).Dispose();

    [Benchmark]
    public void Forward()
    {
        using var quiet = no_grad();
        convolution.ApplyQuietly(input, team).Dispose();
    }

    [Benchmark]
    public void Backward()
    {
        using var quiet = no_grad();
        convolution.Adjoint(slope, team).Dispose();
    }

    private Tensor ChannelsLast(Tensor x) => x.to(Type).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}
