using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Patches;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Styles;

/// <summary>
/// Φ(Xs) of every copy of every style picture at the layers that one level needs: the pools to match in, and the maps that induced
/// layers pull towards. Computed once a level.
/// </summary>
public sealed class StyleFeatures : IDisposable
{
    private readonly Dictionary<LayerName, StylePool> _pools = [];
    private readonly Dictionary<LayerName, IReadOnlyList<FeatureMap>> _maps = [];
    private readonly SynthesisSettings _settings;

    /// <summary>Computes the features.</summary>
    /// <param name="network">Φ; it never sees a wrapped style.</param>
    /// <param name="settings">Layers, patches and preferences.</param>
    /// <param name="styles">[1, 3, H, W] in the network's space, one a style picture.</param>
    /// <param name="matching">Layers to match at, with patch size and style stride.</param>
    /// <exception cref="SettingsException">A style picture has no whole patch.</exception>
    public StyleFeatures(
        FeatureNetwork network, SynthesisSettings settings, IReadOnlyList<Tensor> styles, IReadOnlyList<MatchLayer> matching)
    {
        _settings = settings;
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var transforms = StyleCopies.Transforms(settings);
        var most = settings.StyleWeights.Max();
        var layers = matching.Select(m => m.Layer).Concat(settings.InducedLayers.Layers).Distinct().ToArray();
        var maps = matching.ToDictionary(m => m.Layer, _ => new List<StyleMap>());
        var induced = settings.InducedLayers.Layers.Distinct().ToDictionary(l => l, _ => new List<FeatureMap>());
        var copies = new List<(int Style, CopyTransform Transform)>();
        for (var i = 0; i < styles.Count; i++)
        {
            foreach (var transform in transforms)
            {
                using var perCopy = NewDisposeScope();
                var (w, h) = StyleCopies.Size((int)styles[i].shape[3], (int)styles[i].shape[2], transform);
                var least = matching.Max(m => m.Layer.Scale * m.PatchSize);
                if (Math.Min(w, h) < least)
                {
                    // A shrunk copy without a whole patch has nothing to offer; the picture itself must have one.
                    if (transform == CopyTransform.Identity)
                    {
                        throw new SettingsException("style", $"picture {i + 1} is {w}x{h} px at this level, smaller than one patch of {least} px: "
                            + "take a larger size, a larger styleScale or fewer levels");
                    }

                    continue;
                }

                var features = network.Forward(StyleCopies.Apply(styles[i], transform), layers);
                copies.Add((i, transform));
                foreach (var m in matching)
                {
                    var map = FeatureMap.FromNchw(features[m.Layer]);
                    maps[m.Layer].Add(new(map, map.Grid(m.PatchSize, m.StyleStride), settings.StyleWeights.For(i) / most));
                }

                foreach (var (layer, list) in induced)
                {
                    list.Add(FeatureMap.FromNchw(features[layer]));
                }
            }
        }

        Copies = copies;
        foreach (var (layer, list) in maps)
        {
            var pool = new StylePool(list);
            _pools[layer] = pool;
            _maps[layer] = [.. pool.Select(m => m.Features)];
        }

        foreach (var (layer, list) in induced.Where(i => !maps.ContainsKey(i.Key)))
        {
            _maps[layer] = list;
        }
    }

    /// <summary>What each map is a copy of, in the order of the pools.</summary>
    public IReadOnlyList<(int Style, CopyTransform Transform)> Copies { get; }

    /// <summary>The pool of a layer matched at.</summary>
    public StylePool Pool(LayerName layer) => _pools[layer];

    /// <summary>The maps of a layer, one a copy.</summary>
    public IReadOnlyList<FeatureMap> Maps(LayerName layer) => _maps[layer];

    /// <summary>Mean over cells and channels of (Φ − mean)² over all maps of a layer; pictures that are left out do not count.</summary>
    public double Variance(LayerName layer)
    {
        using var scope = NewDisposeScope();
        double sum = 0, squares = 0, count = 0;
        foreach (var map in _maps[layer].Where((_, m) => _settings.StyleWeights.For(Copies[m].Style) > 0))
        {
            sum += map.Values.sum(ScalarType.Float64).ToDouble();
            squares += map.Values.square().sum(ScalarType.Float64).ToDouble();
            count += map.Values.numel();
        }

        return Math.Max(1e-12, (squares / count) - (sum / count * (sum / count)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var map in _maps.Where(m => !_pools.ContainsKey(m.Key)).SelectMany(m => m.Value))
        {
            map.Dispose();
        }

        foreach (var pool in _pools.Values)
        {
            pool.Dispose();
        }
    }
}

/// <summary>A layer to match at.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="PatchSize">k, cells.</param>
/// <param name="Stride">Grid step over X, cells.</param>
/// <param name="StyleStride">Grid step over the style, cells.</param>
public sealed record MatchLayer(LayerName Layer, int PatchSize, int Stride, int StyleStride)
{
    /// <summary>The MRF layers of the settings.</summary>
    public static IReadOnlyList<MatchLayer> Of(SynthesisSettings settings) =>
        [.. settings.MrfLayers.Select((l, i) => new MatchLayer(l.Layer, settings.PatchSize.For(i), settings.Stride.For(i), settings.StyleStrideFor(i)))];
}
