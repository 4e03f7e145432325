using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;

namespace CnnMrf.Engine.Synthesis;

/// <summary>The networks that a synthesis needs, and the feature spaces that they make at each level.</summary>
internal sealed class NetworkBank : IDisposable
{
    private static readonly int[] NarrowWidths = [32, 64, 128, 256, 256];

    private readonly SynthesisSettings _settings;
    private readonly Dictionary<NetworkKind, SpaceNetwork> _networks = [];
    private readonly List<FeatureNetwork> _owned = [];
    private readonly MapPool _maps = new();

    /// <summary>Makes the networks.</summary>
    /// <param name="context">Device, type and weights.</param>
    /// <param name="settings">With both spaces decided.</param>
    /// <exception cref="SettingsException">A network does not reach the layers asked of it.</exception>
    public NetworkBank(EngineContext context, SynthesisSettings settings)
    {
        _settings = settings;
        Input = context.Weights.Input;
        try
        {
            foreach (var kind in settings.MatchSpace.Networks.Concat(settings.PullSpace.Networks).Distinct())
            {
                _networks[kind] = Make(context, kind);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The space that pictures are held in: that of the weights, whether or not they take part.</summary>
    public PixelSpace Input { get; }

    /// <summary>The spaces of a level; 0 is the coarsest.</summary>
    public SpacePair At(int level)
    {
        var (match, pull) = (Parts(_settings.MatchSpace), Parts(_settings.PullSpace));
        var pulling = new FeatureSpace(pull);
        return new(match.SequenceEqual(pull) ? pulling : new(match), pulling, Input);

        SpacePart[] Parts(NetworkMix mix)
        {
            SpacePart[] parts = [.. mix.At(level).Select(n => new SpacePart(_networks[n.Network], n.Weight))];
            return parts is [var alone] ? [alone with { Weight = 1 }] : parts;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _owned.ForEach(n => n.Dispose());
        _maps.Dispose();
    }

    private SpaceNetwork Make(EngineContext context, NetworkKind kind)
    {
        var deepest = Deepest(kind);
        using var random = kind == NetworkKind.Weights ? null
            : NetworkWeights.Random(_settings.Seed, deepest, kind == NetworkKind.Narrow ? NarrowWidths : null);
        FeatureNetwork Network(PaddingChoice padding)
        {
            var network = new FeatureNetwork(
                random ?? context.Weights, deepest, _settings.Pooling, padding, context.Type, context.Device, context.Arithmetic, _maps);
            _owned.Add(network);
            return network;
        }

        // A tileable image goes round its edges; the style it is made of does not.
        var image = Network(_settings.Tileable ? PaddingChoice.Circular : _settings.Padding);
        var style = _settings.Tileable
            ? Network(_settings.Padding == PaddingChoice.Circular ? PaddingChoice.Replicate : _settings.Padding)
            : image;
        return new(image, style, Input);
    }

    private LayerName Deepest(NetworkKind kind)
    {
        var matched = _settings.MrfLayers.Layers;
        return !_settings.PullSpace.Networks.Contains(kind) ? matched.Max()
            : matched.Append(LayerName.Parse(_settings.ContentLayer, "contentLayer")).Concat(_settings.InducedLayers.Layers).Max();
    }
}
