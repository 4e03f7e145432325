using CnnMrf.Core.Settings;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Weights;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Features;

/// <summary>One 3×3 convolution.</summary>
/// <param name="Layer">The rectified layer it feeds.</param>
/// <param name="Weight">[out, in, 3, 3].</param>
/// <param name="Bias">[out].</param>
public sealed record Convolution(LayerName Layer, Tensor Weight, Tensor Bias);

/// <summary>The convolutions of a VGG-19-shaped network, shallowest first, of any width, and what they expect.</summary>
public sealed class NetworkWeights : IDisposable
{
    /// <summary>Takes over the tensors.</summary>
    public NetworkWeights(string name, PixelSpace input, bool maxPooling, WeightsKind kind, IReadOnlyList<Convolution> convolutions)
    {
        (Name, Input, PrefersMaxPooling, Kind, Convolutions) = (name, input, maxPooling, kind, convolutions);
        foreach (var convolution in convolutions)
        {
            convolution.Weight.DetachFromDisposeScope();
            convolution.Bias.DetachFromDisposeScope();
        }
    }

    /// <summary>What reports call them.</summary>
    public string Name { get; }

    /// <summary>The space that the first convolution reads.</summary>
    public PixelSpace Input { get; }

    /// <summary>Whether they were made for maximum pooling.</summary>
    public bool PrefersMaxPooling { get; }

    /// <summary>The padding that they were made for.</summary>
    public PaddingChoice PreferredPadding { get; init; } = PaddingChoice.Zero;

    /// <summary>What they learnt from.</summary>
    public WeightsKind Kind { get; }

    /// <summary>SHA-256 of the file that they came from, 64 hexadecimal digits; null for random weights.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Shallowest first.</summary>
    public IReadOnlyList<Convolution> Convolutions { get; }

    /// <summary>All layers of VGG-19 in order.</summary>
    public static IEnumerable<LayerName> Layers =>
        from block in Enumerable.Range(1, 5)
        from position in Enumerable.Range(1, LayerName.ConvolutionsIn(block))
        select new LayerName(block, position);

    /// <summary>
    /// Seeded He initialisation: N(0, 2/fan-in), zero bias. Every layer draws from a generator of its own, so a deeper network has the
    /// same shallow layers.
    /// </summary>
    /// <param name="seed">The seed.</param>
    /// <param name="deepest">The last layer needed.</param>
    /// <param name="widths">Channels of the five blocks.</param>
    public static NetworkWeights Random(int seed, LayerName deepest, IReadOnlyList<int>? widths = null)
    {
        widths ??= [64, 128, 256, 512, 512];
        var inputs = 3;
        var convolutions = new List<Convolution>();
        foreach (var layer in Layers.TakeWhile(l => l <= deepest))
        {
            var outputs = widths[layer.Block - 1];
            using var generator = new Generator((((ulong)(uint)seed) << 8) + (ulong)((layer.Block * 10) + layer.Position), CPU);
            using var normal = randn([outputs, inputs, 3, 3], ScalarType.Float32, CPU, generator: generator);
            convolutions.Add(new(layer, normal * Scalars.Of(Math.Sqrt(2.0 / (9 * inputs))), zeros(outputs)));
            inputs = outputs;
        }

        return new($"random, seed {seed}", PixelSpace.Torchvision, false, WeightsKind.Random, convolutions);
    }

    /// <summary>The weights of a file.</summary>
    public static NetworkWeights FromFile(WeightsFile file) => new(
        file.Name,
        file.Input == InputConvention.Caffe ? PixelSpace.Caffe : PixelSpace.Torchvision,
        file.Pooling == PoolingKind.Max,
        file.Kind,
        [.. file.Convolutions.Select(c => new Convolution(
            LayerName.Parse(c.Layer.Rectifier, "weights"), tensor(c.Weight, [c.Outputs, c.Inputs, 3, 3]), tensor(c.Bias)))])
    {
        PreferredPadding = file.Padding,
        Sha256 = file.Sha256,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var convolution in Convolutions)
        {
            convolution.Weight.Dispose();
            convolution.Bias.Dispose();
        }
    }
}
