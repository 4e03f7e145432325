using System.Diagnostics;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Labels;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Optimization;
using CnnMrf.Engine.Patches;
using CnnMrf.Engine.Places;
using CnnMrf.Engine.Styles;
using CnnMrf.Engine.Synthesis;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Energies;

/// <summary>
/// E(X) of one pyramid level and its gradient by the variable (Li and Wand, eq. 1; DESIGN §1): matches are found anew at every
/// evaluation and are constant within it, so one backward pass through the network carries the gradients of all terms to the pixels.
/// </summary>
public sealed class LevelEnergy : IDisposable
{
    private readonly SynthesisSettings _settings;
    private readonly StyleFeatures _styles;
    private readonly SpacePair _spaces;
    private readonly IReadOnlyList<MatchLayer> _matching;
    private readonly IPatchMatcher _matcher;
    private readonly FeatureMap? _content;
    private readonly LayerName _contentLayer;
    private readonly double _contentWeight;
    private readonly double _contentVariance;
    private readonly MatchOptions _match;
    private readonly Dictionary<LayerName, MatchGuide> _guides = [];
    private readonly int _threads;
    private readonly ContentLabels? _labels;
    private readonly Dictionary<LayerName, byte[]> _classes = [];
    private readonly PixelMap? _toNetwork;
    private readonly LayerName[] _matched;
    private readonly HashSet<LayerName> _pulled;
    private readonly Dictionary<LayerName, double> _variance = [];
    private readonly Dictionary<LayerName, (PatchGrid Grid, PatchPull Pull)> _grids = [];
    private Dictionary<LayerName, PatchField> _fields = [];
    private readonly Dictionary<LayerName, PatchField> _injected = [];
    private double _matchingTime;

    // Evaluations of the level, of which some may have been done elsewhere.
    private int _age;

    /// <summary>Puts the terms together.</summary>
    /// <param name="settings">Terms and weights.</param>
    /// <param name="styles">Style features of this level, and the feature spaces; not owned.</param>
    /// <param name="content">[1, 3, H, W] in the space that these hold pictures in, or null for a texture.</param>
    /// <param name="contentWeight">α1 at this level.</param>
    /// <param name="positionWeight">λ at this level.</param>
    /// <param name="matcher">Finds NN(i); not owned.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="guidance">μ at this level; without a content picture nothing guides.</param>
    /// <param name="labels">Classes of the content, where patches are matched by class.</param>
    /// <param name="places">Where the content's parts lie in the styles, where patches are expected there.</param>
    public LevelEnergy(
        SynthesisSettings settings, StyleFeatures styles, Tensor? content, double contentWeight, double positionWeight,
        IPatchMatcher matcher, int threads, double guidance = 0, ContentLabels? labels = null, PartPlaces? places = null)
    {
        _labels = labels;
        (_settings, _styles, _contentWeight, _matcher, _threads) = (settings, styles, contentWeight, matcher, threads);
        _spaces = styles.Spaces;
        _matching = MatchLayer.Of(settings);
        _match = new(positionWeight, Coherence: settings.Coherence, Places: places);
        _contentLayer = LayerName.Parse(settings.ContentLayer, "contentLayer");
        Space = settings.Variable == VariableSpace.Caffe ? PixelSpace.AuthorsVariable : _spaces.Input;
        _toNetwork = Space.To(_spaces.Input);
        _matched = [.. _matching.Select(m => m.Layer)];
        _pulled = [.. _matched, .. settings.InducedLayers.Layers];
        if (content is not null)
        {
            using var scope = NewDisposeScope();
            using var quiet = no_grad();
            LayerName[] guided = guidance > 0 ? _matched : [];
            var features = _spaces.Forward(content, guided, [_contentLayer]);
            foreach (var layer in guided)
            {
                _guides[layer] = new(styles.Match.Join(features, layer), guidance);
            }

            _content = styles.Pull.Join(features, _contentLayer);
            _contentVariance = Math.Max(1e-12, _content.Values.var(unbiased: false).Number());
            _pulled.Add(_contentLayer);
        }

        if (settings.Objective == ObjectiveKind.Normalized)
        {
            foreach (var layer in _matched.Concat(settings.InducedLayers.Layers).Distinct())
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

    /// <summary>Where the time of all evaluations went.</summary>
    public EvaluationTimes Times { get; private set; }

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

    /// <summary>The matches that the next evaluation will use again, by MRF layer (<see cref="SynthesisSettings.MatchEvery"/>).</summary>
    internal IReadOnlyDictionary<LayerName, PatchField> Kept =>
        _matching.Where(m => IsKept(m) && _fields.ContainsKey(m.Layer)).ToDictionary(m => m.Layer, m => _fields[m.Layer]);

    /// <summary>Forgets what was evaluated, as if by another energy: a level begins, or goes on where it was left.</summary>
    /// <param name="evaluations">Those of the level so far.</param>
    /// <param name="size">Of the variable, px; only looked at where matches are given.</param>
    /// <param name="kept">What <see cref="Kept"/> was: for each query patch the style patch and the NCC.</param>
    /// <exception cref="SafetensorsException">These are not matches of this level.</exception>
    internal void Begin(
        int evaluations = 0, PixelSize size = default, IReadOnlyDictionary<LayerName, (int[] Index, float[] Score)>? kept = null)
    {
        (_age, _fields) = (evaluations, []);
        foreach (var (layer, (index, score)) in kept ?? new Dictionary<LayerName, (int[] Index, float[] Score)>())
        {
            var grid = _matching.FirstOrDefault(m => m.Layer == layer) is { } matching
                ? GridOf(layer, size.Height / layer.Scale, size.Width / layer.Scale, matching).Grid : null;
            if (grid is null || index.Length != grid.Count || score.Length != grid.Count
                || index.Any(j => j < 0 || j >= _styles.Pool(layer).PatchCount))
            {
                throw new SafetensorsException($"The level state is damaged, or another level's: its matches at {layer} do not fit.");
            }

            _fields[layer] = new(grid, index, score);
        }
    }

    /// <summary>The objective and its gradient.</summary>
    /// <param name="v">[1, 3, H, W] in <see cref="Space"/>.</param>
    /// <param name="ct">Looked at during matching.</param>
    /// <returns>The value and a gradient of v's shape.</returns>
    public Evaluation Evaluate(Tensor v, CancellationToken ct = default)
    {
        var evaluation = EvaluateTerms(v, ct);
        NativeHeap.EvaluationDone();
        return evaluation;
    }

    /// <summary>
    /// The matches of the shallowest MRF layer, as <see cref="Evaluate"/> finds them, without the rest of the evaluation.
    /// </summary>
    /// <param name="v">[1, 3, H, W] in <see cref="Space"/>.</param>
    /// <param name="ct">Looked at during matching.</param>
    public PatchField MatchShallowest(Tensor v, CancellationToken ct = default)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var matching = _matching.MinBy(m => m.Layer)!;
        var features = _spaces.Forward(_toNetwork is null ? v.detach() : _toNetwork.Apply(v.detach()), [matching.Layer], []);
        using var query = _styles.Match.Join(features, matching.Layer);
        return Match(matching, query, ct);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _content?.Dispose();
        foreach (var guide in _guides.Values)
        {
            guide.Dispose();
        }

        foreach (var (_, pull) in _grids.Values)
        {
            pull.Dispose();
        }
    }

    private static void Add(Dictionary<LayerName, Tensor> slopes, LayerName layer, Tensor slope)
    {
        if (slopes.TryGetValue(layer, out var there))
        {
            there.Accumulate(slope);
        }
        else
        {
            slopes[layer] = slope;
        }
    }

    private Evaluation EvaluateTerms(Tensor v, CancellationToken ct)
    {
        using var scope = NewDisposeScope();
        var started = Stopwatch.GetTimestamp();
        _matchingTime = 0;
        var x = (_toNetwork is null ? v.detach().clone() : _toNetwork.Apply(v.detach())).requires_grad_();
        var features = _spaces.Forward(x, _matched, _pulled);
        var forward = Stopwatch.GetTimestamp();
        var slopes = new Dictionary<LayerName, Tensor>();
        var objective = 0.0;
        var style = new Dictionary<string, double>();
        var fields = new Dictionary<LayerName, PatchField>();
        using (no_grad())
        {
            foreach (var matching in _matching)
            {
                objective += PullMrf(matching, features, slopes, style, fields, ct);
            }

            foreach (var induced in _settings.InducedLayers)
            {
                objective += PullInduced(induced, features, fields, slopes);
            }
        }

        var content = 0.0;
        if (_content is not null)
        {
            using var quiet = no_grad();
            using var here = _styles.Pull.Join(features, _contentLayer);
            var difference = here.Values - _content.Values;
            content = difference.Squared().sum(ScalarType.Float64).Number();
            var factor = _contentWeight * (_settings.Objective switch
            {
                ObjectiveKind.Sum => 1,
                ObjectiveKind.Authors => 1.0 / difference.numel(),
                _ => x.numel() / (difference.numel() * _contentVariance),
            });
            objective += factor * content;
            Add(slopes, _contentLayer, Nchw(difference * Scalars.Of(2 * factor)));
        }

        using var quietly = no_grad();
        var pulled = Stopwatch.GetTimestamp();
        var gradient = SpacePair.Gradient(features, slopes.SelectMany(s => _styles.Pull.Split(features, s.Key, s.Value)));
        var (smoothness, smoothnessSlope) = Smoothness.Evaluate(x.detach(), wraps: _settings.Tileable);
        if (_settings.Objective != ObjectiveKind.Authors)
        {
            objective += _settings.SmoothnessWeight * smoothness;
            gradient.add_(smoothnessSlope, alpha: Scalars.Of(_settings.SmoothnessWeight));
        }

        if (_toNetwork is not null)
        {
            gradient = _toNetwork.Pull(gradient);
        }

        if (_settings.Objective == ObjectiveKind.Authors)
        {
            var (own, slope) = Smoothness.Evaluate(v.detach(), interiorOnly: !_settings.Tileable, wraps: _settings.Tileable);
            objective += 0.5 * _settings.SmoothnessWeight * own;
            gradient.add_(slope, alpha: Scalars.Of(0.5 * _settings.SmoothnessWeight));
        }

        Times += new EvaluationTimes(
            Seconds(started, forward), _matchingTime, Seconds(forward, pulled) - _matchingTime, Seconds(pulled, Stopwatch.GetTimestamp()));
        Terms = new(style, content, smoothness, style.Values.Sum() + content + (1e-3 * smoothness));
        Evaluations++;
        _age++;

        // Matches of what is not finite are none.
        _fields = double.IsFinite(objective) ? fields : [];
        return new(objective, gradient.MoveToOuterDisposeScope());
    }

    private double PullMrf(
        MatchLayer matching, SpaceFeatures features, Dictionary<LayerName, Tensor> slopes, Dictionary<string, double> style,
        Dictionary<LayerName, PatchField> fields, CancellationToken ct)
    {
        var layer = matching.Layer;
        using var query = _styles.Match.Join(features, layer);
        var (grid, pull) = GridOf(layer, query.Height, query.Width, matching);
        var pool = _styles.Pool(layer);
        var field = _injected.TryGetValue(layer, out var given) ? given
            : IsKept(matching) && _fields.TryGetValue(layer, out var kept) ? kept
            : Match(matching, query, ct);
        fields[layer] = field;
        var averaged = _settings.Objective == ObjectiveKind.Authors;
        using var other = _spaces.IsOne ? null : _styles.Pull.Join(features, layer);
        var pulled = other ?? query;
        var (raw, mean, slope) = pull.Evaluate(
            pulled, _styles.Maps(layer), pool, field, averaged, _settings.ConfidenceThreshold, _threads);
        style[layer.ToString()] = raw;
        var factor = matching.Weight * _settings.StyleWeight * (_settings.Objective switch
        {
            ObjectiveKind.Sum => 1,
            ObjectiveKind.Authors => 0.5,
            _ => Pixels(features) / ((double)grid.Count * grid.Size * grid.Size * pulled.Channels * _variance[layer]),
        });
        Add(slopes, layer, Nchw(slope.mul_(Scalars.Of(factor))));
        return factor * (averaged ? mean : raw);
    }

    private PatchField Match(MatchLayer matching, FeatureMap query, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var field = _matcher.Match(
            query, GridOf(matching.Layer, query.Height, query.Width, matching).Grid, _styles.Pool(matching.Layer),
            _match with { Guide = _guides.GetValueOrDefault(matching.Layer), Classes = _classes.GetValueOrDefault(matching.Layer) }, ct);
        _matchingTime += Seconds(started, Stopwatch.GetTimestamp());
        return field;
    }

    private static double Seconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalSeconds;

    private double PullInduced(
        LayerWeight induced, SpaceFeatures features, Dictionary<LayerName, PatchField> fields, Dictionary<LayerName, Tensor> slopes)
    {
        var guide = _matching.MinBy(m => m.Layer)!;
        var field = fields[guide.Layer];
        using var query = _styles.Pull.Join(features, induced.Layer);
        var zoom = guide.Layer.Scale / induced.Layer.Scale;
        var key = induced.Layer;
        if (!_grids.TryGetValue(key, out var laid) || laid.Grid != field.Grid)
        {
            laid.Pull?.Dispose();
            laid = (field.Grid, new(field.Grid, query.Height, query.Width, zoom));
            _grids[key] = laid;
        }

        var (raw, _, slope) = laid.Pull.Evaluate(
            query, _styles.Maps(key), _styles.Pool(guide.Layer), field, averaged: false, _settings.ConfidenceThreshold, _threads);
        var size = field.Grid.Size * zoom;
        var factor = induced.Weight * _settings.StyleWeight * (_settings.Objective == ObjectiveKind.Normalized
            ? Pixels(features) / ((double)field.Grid.Count * size * size * query.Channels * _variance[key])
            : 1);
        Add(slopes, key, Nchw(slope.mul_(Scalars.Of(factor))));
        return factor * raw;
    }

    // Whether a layer is matched anew at a later evaluation than the next.
    private bool IsKept(MatchLayer matching) => _age % matching.MatchEvery != 0;

    private (PatchGrid Grid, PatchPull Pull) GridOf(LayerName layer, int height, int width, MatchLayer matching)
    {
        if (!_grids.TryGetValue(layer, out var laid))
        {
            var grid = PatchGrid.Create(height, width, matching.PatchSize, matching.Stride, _settings.Tileable);
            laid = (grid, new(grid, height, width));
            _grids[layer] = laid;
            if (_labels is not null)
            {
                _classes[layer] = _labels.Of(grid, layer.Scale);
            }
        }

        return laid;
    }

    // Number of values of X: what every normalised term is scaled by, so the gradient per pixel does not depend on the size.
    private static double Pixels(SpaceFeatures features)
    {
        var (layer, map) = features.Shallowest;
        return 3.0 * map.shape[2] * map.shape[3] * layer.Scale * layer.Scale;
    }

    private static Tensor Nchw(Tensor slope) => slope.unsqueeze(0).permute(0, 3, 1, 2);
}
