using CnnMrf.Core.Settings;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Features;

/// <summary>The features of one picture by several networks, as these gave them.</summary>
internal sealed class SpaceFeatures
{
    private readonly Dictionary<SpaceNetwork, IReadOnlyDictionary<LayerName, Tensor>> _features = [];
    private readonly Dictionary<SpaceNetwork, FeatureTrace> _traces = [];

    /// <summary>[1, C, H, W], channels-last in memory.</summary>
    public Tensor this[SpaceNetwork network, LayerName layer] => _features[network][layer];

    /// <summary>The shallowest features of the first network.</summary>
    public (LayerName Layer, Tensor Features) Shallowest
    {
        get
        {
            var (layer, features) = _features.First().Value.First();
            return (layer, features);
        }
    }

    public void Add(SpaceNetwork network, IReadOnlyDictionary<LayerName, Tensor> features) => _features.Add(network, features);

    public void Add(SpaceNetwork network, FeatureTrace trace)
    {
        _traces.Add(network, trace);
        _features.Add(network, trace.Features);
    }

    /// <summary>Frees the features; what their gradient needs stays.</summary>
    public void Drop()
    {
        foreach (var map in _features.Values.SelectMany(f => f.Values))
        {
            map.Dispose();
        }

        _features.Clear();
    }

    /// <summary>What the gradient of a network's features needs.</summary>
    public FeatureTrace Trace(SpaceNetwork network) => _traces[network];
}
