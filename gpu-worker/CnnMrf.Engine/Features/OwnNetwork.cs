using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Weights;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Features;

/// <summary>Features of our own at relu4_1, by which pictures are compared at small sizes whatever weights a synthesis uses.</summary>
internal sealed class OwnNetwork : IDisposable
{
    /// <summary>Side of the patches that are compared, cells.</summary>
    public const int PatchSide = 3;

    private readonly NetworkWeights _weights;

    /// <summary>Loads the features; the build has to carry them (<see cref="OwnWeights.AreEmbedded"/>).</summary>
    public OwnNetwork()
    {
        _weights = NetworkWeights.FromFile(OwnWeights.Load(VggArchitecture.Parse(Layer.ToString())));
        Features = new(_weights, Layer, PoolingChoice.Auto, PaddingChoice.Auto, ScalarType.Float32, CPU);
    }

    /// <summary>relu4_1.</summary>
    public static LayerName Layer { get; } = new(4, 1);

    /// <summary>The network, in float32 on the CPU.</summary>
    public FeatureNetwork Features { get; }

    /// <summary>A picture's size, as near to a long side as a whole patch allows.</summary>
    public static PixelSize SizeOf(PixelSize picture, double longSide)
    {
        var least = Math.Ceiling((double)PatchSide * Layer.Scale * picture.LongSide / picture.ShortSide);
        return picture.WithLongSide(Math.Max(longSide, least));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Features.Dispose();
        _weights.Dispose();
    }
}
