using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Patches;
using static TorchSharp.torch;

namespace CnnMrf.Training.Evaluation;

/// <summary>A network, read at the two layers that matching uses.</summary>
internal sealed class FeatureReader : IDisposable
{
    private readonly FeatureNetwork _network;

    /// <summary>Takes a copy of the weights.</summary>
    /// <param name="weights">At least up to relu4_1.</param>
    public FeatureReader(NetworkWeights weights) =>
        _network = new(
            weights, Layers[^1], PoolingChoice.Auto,
            weights.PreferredPadding == PaddingChoice.Zero ? PaddingChoice.Replicate : weights.PreferredPadding, ScalarType.Float32, CPU);

    /// <summary>Shallowest first.</summary>
    public static IReadOnlyList<LayerName> Layers { get; } = [new(3, 1), new(4, 1)];

    /// <summary>The features of a picture.</summary>
    public Dictionary<LayerName, FeatureMap> Read(Picture picture)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var features = _network.Forward(_network.Input.FromPicture(picture, ScalarType.Float32, CPU), Layers);
        return features.ToDictionary(f => f.Key, f => FeatureMap.FromNchw(f.Value));
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();
}
