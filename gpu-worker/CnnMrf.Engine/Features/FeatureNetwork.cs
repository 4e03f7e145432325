using CnnMrf.Core.Settings;
using CnnMrf.Engine.Native;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CnnMrf.Engine.Features;

/// <summary>
/// Φ: the VGG-19-shaped feature network. 3×3 convolutions, rectifiers, 2×2 pooling between blocks. Its weights never change and ask
/// for no gradient; activations are channels-last.
/// </summary>
public sealed class FeatureNetwork : IDisposable
{
    private readonly List<(LayerName Layer, Tensor Weight, Tensor Bias)> _convolutions = [];
    private readonly PaddingChoice _padding;
    private readonly bool _max;

    /// <summary>Prepares the weights for a device and type.</summary>
    /// <param name="weights">At least up to <paramref name="deepest"/>.</param>
    /// <param name="deepest">The last layer that will be asked for.</param>
    /// <param name="pooling">Pooling between blocks.</param>
    /// <param name="padding">What convolutions see beyond the border.</param>
    /// <param name="type">float32 or float64.</param>
    /// <param name="device">Where.</param>
    /// <exception cref="SettingsException">The weights end before the deepest layer.</exception>
    public FeatureNetwork(
        NetworkWeights weights, LayerName deepest, PoolingChoice pooling, PaddingChoice padding, ScalarType type, Device device)
    {
        if (weights.Convolutions.Count == 0 || weights.Convolutions[^1].Layer < deepest)
        {
            var last = weights.Convolutions.Count == 0 ? "nothing" : weights.Convolutions[^1].Layer.ToString();
            throw new SettingsException("weights", $"'{weights.Name}' end at {last}, but {deepest} is needed: "
                + $"pull deeper weights (weights pull --deepest {deepest}) or choose shallower layers");
        }

        Input = weights.Input;
        _padding = padding == PaddingChoice.Auto ? weights.PreferredPadding : padding;
        _max = pooling == PoolingChoice.Max || (pooling == PoolingChoice.Auto && weights.PrefersMaxPooling);
        foreach (var convolution in weights.Convolutions.TakeWhile(c => c.Layer <= deepest))
        {
            using var scope = NewDisposeScope();
            var weight = ChannelsLast(convolution.Weight.to(type, device)).detach().DetachFromDisposeScope();
            var bias = convolution.Bias.to(type, device).clone().detach().DetachFromDisposeScope();
            weight.requires_grad = false;
            bias.requires_grad = false;
            _convolutions.Add((convolution.Layer, weight, bias));
        }

        Shape = $"{string.Join('-', _convolutions.Select(c => c.Weight.shape[0]))} {_padding}";
    }

    /// <summary>The space of pictures that the network reads.</summary>
    public PixelSpace Input { get; }

    /// <summary>Widths and padding: networks of one shape convolve alike.</summary>
    internal string Shape { get; }

    /// <summary>The features at some layers.</summary>
    /// <param name="x">[1, 3, H, W] in <see cref="Input"/>.</param>
    /// <param name="layers">The layers wanted; the network runs no further than the deepest of them.</param>
    /// <returns>[1, C, H/scale, W/scale] by layer, channels-last in memory.</returns>
    public Dictionary<LayerName, Tensor> Forward(Tensor x, IReadOnlyCollection<LayerName> layers)
    {
        var features = new Dictionary<LayerName, Tensor>(layers.Count);
        var deepest = layers.Max();
        var block = 1;
        var y = ChannelsLast(x);
        foreach (var (layer, weight, bias) in _convolutions.TakeWhile(c => c.Layer <= deepest))
        {
            if (layer.Block != block)
            {
                y = _max ? max_pool2d(y, 2, 2) : avg_pool2d(y, 2, 2);
                block = layer.Block;
            }

            y = Convolve(y, weight, bias).relu_();
            if (layers.Contains(layer))
            {
                features[layer] = y;
            }
        }

        return features;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, weight, bias) in _convolutions)
        {
            weight.Dispose();
            bias.Dispose();
        }
    }

    // TorchSharp offers no memory format; a permuted contiguous tensor is one.
    private static Tensor ChannelsLast(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    private Tensor Convolve(Tensor x, Tensor weight, Tensor bias)
    {
        if (_padding == PaddingChoice.Zero)
        {
            return Convolve(x, weight, bias, 1);
        }

        var mode = _padding switch
        {
            PaddingChoice.Replicate => PaddingModes.Replicate,
            PaddingChoice.Reflect when Math.Min(x.shape[2], x.shape[3]) > 1 => PaddingModes.Reflect,
            PaddingChoice.Circular => PaddingModes.Circular,
            _ => PaddingModes.Replicate,
        };
        return Convolve(pad(x, [1, 1, 1, 1], mode), weight, bias, 0);
    }

    private static Tensor Convolve(Tensor x, Tensor weight, Tensor bias, int padding)
    {
        var (inputs, outputs) = (weight.shape[1], weight.shape[0]);
        var work = new FirstRun.Work(
            $"{inputs}>{outputs}+{padding}", x.shape[2], x.shape[3], x.dtype, get_num_threads(), x.requires_grad && is_grad_enabled());
        return FirstRun.Of(work, () => conv2d(x, weight, bias, strides: [1, 1], padding: [padding, padding]));
    }
}
