using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Optimization;
using CnnMrf.Engine.Patches;
using CnnMrf.Engine.Styles;
using CnnMrf.Engine.Synthesis;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Energies;

/// <summary>
/// E(X) of one pyramid level and its gradient by the variable (Li and Wand, eq. 1; DESIGN §1): matches are found anew at every
/// evaluation and are constant within it, so one backward pass through the network carries the gradients of all terms to the pixels.
/// </summary>
public sealed class LevelEnergy : IDisposable
{
    private readonly SynthesisSettings _settings;
    private readonly FeatureNetwork _network;
    private readonly StyleFeatures _styles;
    private readonly IReadOnlyList<MatchLayer> _matching;
    private readonly IPatchMatcher _matcher;
    private readonly Tensor? _content;
    private readonly LayerName _contentLayer;
    private readonly double _contentWeight;
    private readonly double _contentVariance;
    private readonly MatchOptions _match;
    private readonly int _threads;
    private readonly PixelMap? _toNetwork;
    private readonly HashSet<LayerName> _layers;
    private readonly Dictionary<LayerName, double> _variance = [];
    private readonly Dictionary<LayerName, (PatchGrid Grid, PatchPull Pull)> _grids = [];
    private readonly Dictionary<LayerName, PatchField> _fields = [];
    private readonly Dictionary<LayerName, PatchField> _injected = [];

    /// <summary>Puts the terms together.</summary>
    /// <param name="settings">Terms and weights.</param>
    /// <param name="network">Φ.</param>
    /// <param name="styles">Style features of this level; not owned.</param>
    /// <param name="content">[1, 3, H, W] in the network's space, or null for a texture.</param>
    /// <param name="contentWeight">α1 at this level.</param>
    /// <param name="positionWeight">λ at this level.</param>
    /// <param name="matcher">Finds NN(i); not owned.</param>
    /// <param name="threads">Threads.</param>
    public LevelEnergy(
        SynthesisSettings settings, FeatureNetwork network, StyleFeatures styles, Tensor? content,
        double contentWeight, double positionWeight, IPatchMatcher matcher, int threads)
    {
        (_settings, _network, _styles, _contentWeight, _matcher, _threads) = (settings, network, styles, contentWeight, matcher, threads);
        _matching = MatchLayer.Of(settings);
        _match = new(positionWeight);
        _contentLayer = LayerName.Parse(settings.ContentLayer, "contentLayer");
        Space = settings.Variable == VariableSpace.Caffe ? PixelSpace.AuthorsVariable : network.Input;
        _toNetwork = Space.To(network.Input);
        _layers = [.. _matching.Select(m => m.Layer), .. settings.InducedLayers.Layers];
        if (content is not null)
        {
            using var scope = NewDisposeScope();
            using var quiet = no_grad();
            _content = _network.Forward(content, [_contentLayer])[_contentLayer].detach().DetachFromDisposeScope();
            _contentVariance = Math.Max(1e-12, _content.var(unbiased: false).ToDouble());
            _layers.Add(_contentLayer);
        }

        if (settings.Objective == ObjectiveKind.Normalized)
        {
            foreach (var layer in _matching.Select(m => m.Layer).Concat(settings.InducedLayers.Layers).Distinct())
            {
                _variance[layer] = styles.Variance(layer);
            }
        }
    }

    /// <summary>The space of the variable.</summary>
    public PixelSpace Space { get; }

    /// <summary>The raw terms at the last evaluation; total with weights 1, 1 and 1e-3.</summary>
    public EnergyTerms Terms { get; private set; } = new(new Dictionary<string, double>(), 0, 0, 0);

    /// <summary>Matches of the last evaluation by MRF layer.</summary>
    public IReadOnlyDictionary<LayerName, PatchField> Fields => _fields;

    /// <summary>Evaluations done.</summary>
    public int Evaluations { get; private set; }

    /// <summary>Fixes the matches of a layer instead of finding them (tests, and matches that are re-used); null lets go.</summary>
    internal void Inject(LayerName layer, PatchField? field)
    {
        if (field is null)
        {
            _injected.Remove(layer);
        }
        else
        {
            _injected[layer] = field;
        }
    }

    /// <summary>The objective and its gradient.</summary>
    /// <param name="v">[1, 3, H, W] in <see cref="Space"/>.</param>
    /// <param name="ct">Looked at during matching.</param>
    /// <returns>The value and a gradient of v's shape.</returns>
    public Evaluation Evaluate(Tensor v, CancellationToken ct = default)
    {
        using var scope = NewDisposeScope();
        Evaluations++;
        var x = (_toNetwork is null ? v.detach().clone() : _toNetwork.Apply(v.detach())).requires_grad_();
        var features = _network.Forward(x, _layers);
        var slopes = new Dictionary<LayerName, Tensor>();
        var objective = 0.0;
        var style = new Dictionary<string, double>();
        using (no_grad())
        {
            for (var i = 0; i < _matching.Count; i++)
            {
                objective += PullMrf(_matching[i], _settings.MrfLayers[i].Weight, features, slopes, style, ct);
            }

            foreach (var induced in _settings.InducedLayers)
            {
                objective += PullInduced(induced, features, slopes);
            }
        }

        var content = 0.0;
        if (_content is not null)
        {
            using var quiet = no_grad();
            var difference = features[_contentLayer].detach() - _content;
            content = difference.square().sum(ScalarType.Float64).ToDouble();
            var factor = _contentWeight * (_settings.Objective switch
            {
                ObjectiveKind.Sum => 1,
                ObjectiveKind.Authors => 1.0 / difference.numel(),
                _ => x.numel() / (difference.numel() * _contentVariance),
            });
            objective += factor * content;
            Add(slopes, _contentLayer, difference * (2 * factor));
        }

        var used = slopes.Keys.ToArray();
        var gradient = autograd.grad(
            [.. used.Select(l => features[l])], [x], [.. used.Select(l => slopes[l])])[0];
        using var quietly = no_grad();
        gradient = gradient.contiguous();
        var (smoothness, smoothnessSlope) = Smoothness.Evaluate(x.detach(), wraps: _settings.Tileable);
        if (_settings.Objective != ObjectiveKind.Authors)
        {
            objective += _settings.SmoothnessWeight * smoothness;
            gradient.add_(smoothnessSlope, alpha: _settings.SmoothnessWeight);
        }

        if (_toNetwork is not null)
        {
            gradient = _toNetwork.Pull(gradient);
        }

        if (_settings.Objective == ObjectiveKind.Authors)
        {
            var (own, slope) = Smoothness.Evaluate(v.detach(), interiorOnly: !_settings.Tileable, wraps: _settings.Tileable);
            objective += 0.5 * _settings.SmoothnessWeight * own;
            gradient.add_(slope, alpha: 0.5 * _settings.SmoothnessWeight);
        }

        Terms = new(style, content, smoothness, style.Values.Sum() + content + (1e-3 * smoothness));
        return new(objective, gradient.MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public void Dispose() => _content?.Dispose();

    private static void Add(Dictionary<LayerName, Tensor> slopes, LayerName layer, Tensor slope)
    {
        if (slopes.TryGetValue(layer, out var there))
        {
            there.add_(slope);
        }
        else
        {
            slopes[layer] = slope;
        }
    }

    private double PullMrf(
        MatchLayer matching, double weight, Dictionary<LayerName, Tensor> features, Dictionary<LayerName, Tensor> slopes,
        Dictionary<string, double> style, CancellationToken ct)
    {
        var layer = matching.Layer;
        using var query = FeatureMap.FromNchw(features[layer]);
        var (grid, pull) = GridOf(layer, query, matching);
        var pool = _styles.Pool(layer);
        var field = _injected.TryGetValue(layer, out var given) ? given : _matcher.Match(query, grid, pool, _match, ct);
        _fields[layer] = field;
        var averaged = _settings.Objective == ObjectiveKind.Authors;
        var (raw, mean, slope) = pull.Evaluate(
            query, _styles.Maps(layer), pool, field, averaged, _settings.ConfidenceThreshold, _threads);
        style[layer.ToString()] = raw;
        var factor = weight * _settings.StyleWeight * (_settings.Objective switch
        {
            ObjectiveKind.Sum => 1,
            ObjectiveKind.Authors => 0.5,
            _ => Pixels(features) / ((double)grid.Count * grid.Size * grid.Size * query.Channels * _variance[layer]),
        });
        Add(slopes, layer, Nchw(slope.mul_(factor)));
        return factor * (averaged ? mean : raw);
    }

    private double PullInduced(LayerWeight induced, Dictionary<LayerName, Tensor> features, Dictionary<LayerName, Tensor> slopes)
    {
        var guide = _matching.MinBy(m => m.Layer)!;
        var field = _fields[guide.Layer];
        using var query = FeatureMap.FromNchw(features[induced.Layer]);
        var zoom = guide.Layer.Scale / induced.Layer.Scale;
        var key = induced.Layer;
        if (!_grids.TryGetValue(key, out var laid) || laid.Grid != field.Grid)
        {
            laid = (field.Grid, new(field.Grid, query.Height, query.Width, zoom));
            _grids[key] = laid;
        }

        var (raw, _, slope) = laid.Pull.Evaluate(
            query, _styles.Maps(key), _styles.Pool(guide.Layer), field, averaged: false, _settings.ConfidenceThreshold, _threads);
        var size = field.Grid.Size * zoom;
        var factor = induced.Weight * _settings.StyleWeight * (_settings.Objective == ObjectiveKind.Normalized
            ? Pixels(features) / ((double)field.Grid.Count * size * size * query.Channels * _variance[key])
            : 1);
        Add(slopes, key, Nchw(slope.mul_(factor)));
        return factor * raw;
    }

    private (PatchGrid Grid, PatchPull Pull) GridOf(LayerName layer, FeatureMap query, MatchLayer matching)
    {
        if (!_grids.TryGetValue(layer, out var laid))
        {
            var grid = query.Grid(matching.PatchSize, matching.Stride, _settings.Tileable);
            laid = (grid, new(grid, query.Height, query.Width));
            _grids[layer] = laid;
        }

        return laid;
    }

    // Number of values of X: what every normalised term is scaled by, so the gradient per pixel does not depend on the size.
    private static double Pixels(Dictionary<LayerName, Tensor> features)
    {
        var (layer, map) = features.First();
        return 3.0 * map.shape[2] * map.shape[3] * layer.Scale * layer.Scale;
    }

    private static Tensor Nchw(Tensor slope) => slope.unsqueeze(0).permute(0, 3, 1, 2);
}
