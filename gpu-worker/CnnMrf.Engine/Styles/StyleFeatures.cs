using System.Diagnostics.CodeAnalysis;
using CnnMrf.Core.Labels;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Labels;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Patches;
using CnnMrf.Engine.Places;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Styles;

/// <summary>
/// Φ(Xs) of every copy of every style picture that takes part at the layers that one level needs: the pools to match in, and the maps that induced
/// layers pull towards. Computed once a level.
/// </summary>
public sealed class StyleFeatures : IDisposable
{
    private readonly Dictionary<LayerName, StylePool> _pools = [];
    private readonly Dictionary<LayerName, IReadOnlyList<FeatureMap>> _maps = [];
    private readonly IReadOnlyList<FeatureMap> _own = [];
    private readonly SynthesisSettings _settings;

    /// <summary>Computes the features.</summary>
    /// <param name="spaces">What is matched and what is pulled.</param>
    /// <param name="settings">Layers, patches and preferences.</param>
    /// <param name="styles">[1, 3, H, W] in the space that <paramref name="spaces"/> hold pictures in, one a style picture; those that do
    /// not take part are not looked at and may be null.</param>
    /// <param name="matching">Layers to match at, with patch size and style stride.</param>
    /// <param name="labels">Label maps: patches are then offered by class.</param>
    /// <param name="leastCopy">The least side of a copy that is used, px; null: that of the largest patch among
    /// <paramref name="matching"/>.</param>
    /// <param name="mirrored">For each style picture whether its copies come mirrored too; null: as the settings say, none for
    /// auto.</param>
    /// <exception cref="SettingsException">A style picture has no whole patch.</exception>
    public StyleFeatures(
        SpacePair spaces, SynthesisSettings settings, IReadOnlyList<Tensor?> styles, IReadOnlyList<MatchLayer> matching,
        LabelSet? labels = null, int? leastCopy = null, IReadOnlyList<bool>? mirrored = null)
    {
        _settings = settings;
        Spaces = spaces;
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var most = settings.StyleWeights.Max();
        LayerName[] matched = [.. matching.Select(m => m.Layer)];
        LayerName[] pulled = [.. matched.Concat(settings.InducedLayers.Layers).Distinct()];
        var upright = Measured(styles, matched, pulled);
        var maps = matched.ToDictionary(l => l, _ => new List<StyleMap>());
        var pulls = pulled.Where(l => !spaces.IsOne || !maps.ContainsKey(l)).ToDictionary(l => l, _ => new List<FeatureMap>());
        var copies = new List<(int Style, CopyTransform Transform)>();
        for (var i = 0; i < styles.Count; i++)
        {
            if (!settings.TakesPart(i))
            {
                continue;
            }

            var style = styles[i]!;
            foreach (var transform in StyleCopies.Transforms(settings, mirrored?[i] ?? settings.Mirrored == MirroredCopies.On))
            {
                using var perCopy = NewDisposeScope();
                var (w, h) = StyleCopies.Size((int)style.shape[3], (int)style.shape[2], transform);
                var least = leastCopy ?? matching.Max(m => m.Layer.Scale * m.PatchSize);
                if (Math.Min(w, h) < least)
                {
                    // A shrunk copy without a whole patch has nothing to offer; the picture itself must have one.
                    if (transform == CopyTransform.Identity)
                    {
                        throw new SettingsException("style", $"picture {i + 1} is {w}x{h} px at this level, smaller than one patch of "
                            + $"{least} px: take a larger size, a larger styleScale or fewer levels");
                    }

                    continue;
                }

                var features = upright.Length > 0 && transform == CopyTransform.Identity
                    ? upright[i]!
                    : spaces.Forward(StyleCopies.Apply(style, transform), matched, pulled, style: true);
                copies.Add((i, transform));
                var frame = transform is { Degrees: 0, Mirrored: false } ? (Affine?)null
                    : StyleCopies.Frame((int)style.shape[3], (int)style.shape[2], transform);
                foreach (var m in matching)
                {
                    var map = Match.Join(features, m.Layer);
                    maps[m.Layer].Add(new(map, map.Grid(m.PatchSize, m.StyleStride), settings.StyleWeights.For(i) / most)
                    {
                        Style = i,
                        Frame = frame,
                    });
                }

                foreach (var (layer, list) in pulls)
                {
                    list.Add(Pull.Join(features, layer));
                }
            }
        }

        Copies = copies;
        foreach (var (layer, list) in maps)
        {
            var pool = new StylePool(list);
            _pools[layer] = pool;
            if (spaces.IsOne)
            {
                _maps[layer] = [.. pool.Select(m => m.Features)];
            }
        }

        if (labels is not null)
        {
            Labels = [.. copies.Select(c => new StyleLabels(
                labels.Styles[c.Style], new((int)styles[c.Style]!.shape[3], (int)styles[c.Style]!.shape[2]), c.Transform))];
            int[] wanted = [.. labels.Content.Classes.ToArray().Distinct().Select(k => (int)k)];
            foreach (var (layer, pool) in _pools)
            {
                OfferedClasses.Mark(pool, Labels, wanted, layer.Scale);
            }
        }

        foreach (var (layer, list) in pulls)
        {
            (_maps[layer], _own) = (list, [.. _own, .. list]);
        }
    }

    /// <summary>What is matched and what is pulled.</summary>
    public SpacePair Spaces { get; }

    /// <summary>What each map is a copy of, in the order of the pools.</summary>
    public IReadOnlyList<(int Style, CopyTransform Transform)> Copies { get; }

    /// <summary>The label map over each copy; null where there are none.</summary>
    internal IReadOnlyList<StyleLabels>? Labels { get; }

    /// <summary>The matching space at the scales of this style.</summary>
    internal JoinedSpace Match { get; private set; }

    /// <summary>The pulling space at the scales of this style.</summary>
    internal JoinedSpace Pull { get; private set; }

    /// <summary>The pool of a layer matched at, in the matching space.</summary>
    public StylePool Pool(LayerName layer) => _pools[layer];

    /// <summary>The maps of a layer in the pulling space, one a copy.</summary>
    public IReadOnlyList<FeatureMap> Maps(LayerName layer) => _maps[layer];

    /// <summary>Mean over cells and channels of (Φ − mean)² over all maps of a layer.</summary>
    public double Variance(LayerName layer)
    {
        using var scope = NewDisposeScope();
        double sum = 0, squares = 0, count = 0;
        foreach (var map in _maps[layer])
        {
            sum += map.Values.sum(ScalarType.Float64).Number();
            squares += map.Values.Squared().sum(ScalarType.Float64).Number();
            count += map.Values.numel();
        }

        return Math.Max(1e-12, (squares / count) - (sum / count * (sum / count)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var map in _own)
        {
            map.Dispose();
        }

        foreach (var pool in _pools.Values)
        {
            pool.Dispose();
        }
    }

    // Scales follow from the upright pictures, whose features are then at hand for their own maps; empty where nothing is scaled.
    [MemberNotNull(nameof(Match), nameof(Pull))]
    private SpaceFeatures?[] Measured(IReadOnlyList<Tensor?> styles, LayerName[] matched, LayerName[] pulled)
    {
        LayerName[] targets = [.. pulled, LayerName.Parse(_settings.ContentLayer, "contentLayer")];
        SpaceFeatures?[] upright = Spaces.Match.IsJoint || Spaces.Pull.IsJoint
            ? [.. styles.Select((s, i) => _settings.TakesPart(i) ? Upright(s!, i) : null)]
            : [];
        SpaceFeatures[] counting = [.. upright.OfType<SpaceFeatures>()];
        Pull = JoinedSpace.Measure(Spaces.Pull, targets, counting);
        Match = Spaces.IsOne ? Pull : JoinedSpace.Measure(Spaces.Match, matched, counting);
        return upright;

        SpaceFeatures Upright(Tensor style, int i)
        {
            var least = targets.Max(l => l.Scale);
            return Math.Min(style.shape[2], style.shape[3]) >= least ? Spaces.Forward(style, matched, targets, style: true)
                : throw new SettingsException("style", $"picture {i + 1} is {style.shape[3]}x{style.shape[2]} px at this level, but to "
                    + $"compare networks at {targets.Max()} takes at least {least} px: take a larger size, a larger styleScale or fewer levels");
        }
    }
}

/// <summary>A layer to match at.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Weight">Its share in E_s.</param>
/// <param name="PatchSize">k, cells.</param>
/// <param name="Stride">Grid step over X, cells.</param>
/// <param name="StyleStride">Grid step over the style, cells.</param>
/// <param name="MatchEvery">Evaluations from one matching to the next; 1: matched anew at every one.</param>
public sealed record MatchLayer(LayerName Layer, double Weight, int PatchSize, int Stride, int StyleStride, int MatchEvery)
{
    /// <summary>The MRF layers of the settings.</summary>
    public static IReadOnlyList<MatchLayer> Of(SynthesisSettings settings) =>
        [.. settings.MrfLayers.Select((l, i) => new MatchLayer(
            l.Layer, l.Weight, settings.PatchSize.For(i), settings.Stride.For(i), settings.StyleStrideFor(i), settings.MatchEvery.For(i)))];
}
