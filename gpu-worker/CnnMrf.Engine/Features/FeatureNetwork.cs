using CnnMrf.Core.Settings;
using CnnMrf.Engine.Arithmetic;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Features;

/// <summary>
/// Φ: the VGG-19-shaped feature network. 3×3 convolutions, rectifiers, 2×2 pooling between blocks. Its weights never change and ask
/// for no gradient; activations are channels-last.
/// </summary>
public sealed class FeatureNetwork : IDisposable
{
    private readonly List<(LayerName Layer, PaddedConvolution Convolution)> _convolutions = [];
    private readonly bool _max;
    private readonly ScalarType _type;
    private readonly MapPool _maps;
    private readonly bool _ownsMaps;
    private WorkerTeam? _team;

    /// <summary>Prepares the weights for a device and type.</summary>
    /// <param name="weights">At least up to <paramref name="deepest"/>.</param>
    /// <param name="deepest">The last layer that will be asked for.</param>
    /// <param name="pooling">Pooling between blocks.</param>
    /// <param name="padding">What convolutions see beyond the border.</param>
    /// <param name="type">Of pictures and features: float32 or float64.</param>
    /// <param name="device">Where.</param>
    /// <param name="arithmetic">What all convolutions but the first compute in; null: the type of the features. The first sees the pixels,
    /// whose small changes 8 bits would swallow.</param>
    /// <exception cref="SettingsException">The weights end before the deepest layer.</exception>
    public FeatureNetwork(
        NetworkWeights weights, LayerName deepest, PoolingChoice pooling, PaddingChoice padding, ScalarType type, Device device,
        ScalarType? arithmetic = null)
        : this(weights, deepest, pooling, padding, type, device, arithmetic, null)
    {
    }

    /// <summary>The same, with memory that networks share of which one works at a time; it stays the caller's.</summary>
    internal FeatureNetwork(
        NetworkWeights weights, LayerName deepest, PoolingChoice pooling, PaddingChoice padding, ScalarType type, Device device,
        ScalarType? arithmetic, MapPool? maps)
    {
        (_type, _maps, _ownsMaps) = (type, maps ?? new(), maps is null);
        if (weights.Convolutions.Count == 0 || weights.Convolutions[^1].Layer < deepest)
        {
            var last = weights.Convolutions.Count == 0 ? "nothing" : weights.Convolutions[^1].Layer.ToString();
            throw new SettingsException("weights", $"'{weights.Name}' end at {last}, but {deepest} is needed: "
                + $"pull deeper weights (weights pull --deepest {deepest}) or choose shallower layers");
        }

        Input = weights.Input;
        padding = padding == PaddingChoice.Auto ? weights.PreferredPadding : padding;
        _max = pooling == PoolingChoice.Max || (pooling == PoolingChoice.Auto && weights.PrefersMaxPooling);
        foreach (var convolution in weights.Convolutions.TakeWhile(c => c.Layer <= deepest))
        {
            using var scope = NewDisposeScope();
            var own = _convolutions.Count == 0 ? type : arithmetic ?? type;
            var weight = ChannelsLast(convolution.Weight.to(own, device)).detach().DetachFromDisposeScope();
            var bias = convolution.Bias.to(own, device).clone().detach().DetachFromDisposeScope();
            weight.requires_grad = false;
            bias.requires_grad = false;
            _convolutions.Add((convolution.Layer, new(weight, bias, padding)));
        }
    }

    /// <summary>The space of pictures that the network reads.</summary>
    public PixelSpace Input { get; }

    /// <summary>Its convolutions, the first first; the weights stay the network's.</summary>
    internal IEnumerable<(LayerName Layer, Tensor Weight)> Convolutions => _convolutions.Select(c => (c.Layer, c.Convolution.Weight));

    /// <summary>The features at some layers.</summary>
    /// <param name="x">[1, 3, H, W] in <see cref="Input"/>; several pictures of one size too, at libtorch's speed.</param>
    /// <param name="layers">The layers wanted; the network runs no further than the deepest of them.</param>
    /// <returns>[1, C, H/scale, W/scale] by layer, channels-last in memory.</returns>
    public Dictionary<LayerName, Tensor> Forward(Tensor x, IReadOnlyCollection<LayerName> layers) =>
        x.shape[0] != 1 || (x.requires_grad && is_grad_enabled()) ? ForwardByTorch(x, layers) : Walk(x, layers, null);

    /// <summary>The features at some layers, and what their gradient needs.</summary>
    /// <inheritdoc cref="Forward"/>
    internal FeatureTrace Trace(Tensor x, IReadOnlyCollection<LayerName> layers)
    {
        var steps = new List<FeatureTrace.Step>();
        return new(Walk(x, layers, steps), steps, Team(), _maps);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, convolution) in _convolutions)
        {
            convolution.Dispose();
        }

        _team?.Dispose();
        if (_ownsMaps)
        {
            _maps.Dispose();
        }
    }

    // For autograd, which keeps every map, and for several pictures.
    private Dictionary<LayerName, Tensor> ForwardByTorch(Tensor x, IReadOnlyCollection<LayerName> layers)
    {
        var features = new Dictionary<LayerName, Tensor>(layers.Count);
        var deepest = layers.Max();
        var block = 1;
        var y = ChannelsLast(x);
        foreach (var (layer, convolution) in _convolutions.TakeWhile(c => c.Layer <= deepest))
        {
            if (layer.Block != block)
            {
                y = Pooling.Of(y, _max);
                block = layer.Block;
            }

            y = convolution.Apply(y.to(convolution.Type)).relu_();
            if (layers.Contains(layer))
            {
                features[layer] = y.to(_type);
            }
        }

        return features;
    }

    // What the gradient needs goes to the steps; where these are null none is asked for.
    private Dictionary<LayerName, Tensor> Walk(Tensor x, IReadOnlyCollection<LayerName> layers, List<FeatureTrace.Step>? steps)
    {
        using var quiet = no_grad();
        var features = new Dictionary<LayerName, Tensor>(layers.Count);
        var deepest = layers.Max();
        var (block, team) = (1, Team());
        var y = ChannelsLast(x.detach());
        foreach (var (layer, convolution) in _convolutions.TakeWhile(c => c.Layer <= deepest))
        {
            Pooling? pooling = null;
            if (layer.Block != block)
            {
                pooling = Pooling.Apply(y, _max, team, _maps, out var pooled);
                Become(pooled);
                block = layer.Block;
            }

            if (y.dtype != convolution.Type)
            {
                Become(y.to(convolution.Type));
            }

            // What is asked for stays after the evaluation: it is not the pool's.
            var isWanted = layers.Contains(layer);
            Become(convolution.ApplyQuietly(y, team, isWanted ? null : _maps));
            var step = new FeatureTrace.Step(layer, convolution, Rectifier.Apply(y, team), pooling);
            if (steps is null)
            {
                step.Dispose();
            }
            else
            {
                steps.Add(step);
            }

            if (isWanted)
            {
                features[layer] = y.dtype == _type ? y.alias() : y.to(_type);
            }
        }

        _maps.Return(y);
        return features;

        // A map is freed as soon as the next one is there, unless it was asked for.
        void Become(Tensor next)
        {
            if (!ReferenceEquals(next, y))
            {
                _maps.Return(y);
                y = next;
            }
        }
    }

    // As many as libtorch would use on the thread that asks first; they inherit its niceness.
    private WorkerTeam Team()
    {
        lock (_convolutions)
        {
            return _team ??= new(get_num_threads());
        }
    }

    // TorchSharp offers no memory format; a permuted contiguous tensor is one.
    internal static Tensor ChannelsLast(Tensor x)
    {
        // No other handle keeps the memory.
        using var scope = NewDisposeScope();
        return x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }
}
