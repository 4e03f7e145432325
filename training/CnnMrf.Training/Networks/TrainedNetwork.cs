using CnnMrf.Engine.Native;
using CnnMrf.Engine.Weights;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CnnMrf.Training.Networks;

/// <summary>
/// The network in training: 3×3 convolutions with replicate padding, batch norm, rectifiers, average pooling between blocks. The batch
/// norm is folded away by <see cref="Fold"/>.
/// </summary>
public sealed class TrainedNetwork : IDisposable
{
    private const double Epsilon = 1e-5;

    // The share of a batch in the running statistics.
    private const double Momentum = 0.02;

    private readonly NetworkShape _shape;
    private readonly ScalarType _type;
    private readonly int _frozen;
    private readonly List<Layer> _layers = [];

    /// <summary>He-initialised.</summary>
    /// <param name="shape">Widths.</param>
    /// <param name="seed">Of the weights.</param>
    /// <param name="type">float32, or bfloat16: convolutions are computed in it; weights, statistics and losses stay float32.</param>
    /// <param name="device">Where it computes; the initial weights are the same everywhere.</param>
    /// <param name="frozen">How many of its convolutions stay as they are, from the shallowest on.</param>
    public TrainedNetwork(NetworkShape shape, ulong seed, ScalarType type, Device device, int frozen = 0)
    {
        (_shape, _type, _frozen) = (shape, type, frozen);
        using var generator = new Generator(seed, CPU);
        var inputs = 3;
        foreach (var width in shape.Widths)
        {
            using var scope = NewDisposeScope();
            var weight = randn([width, inputs, 3, 3], ScalarType.Float32, CPU, generator: generator)
                * Scalars.Of(Math.Sqrt(2.0 / (9 * inputs)));
            var learns = _layers.Count >= frozen;
            _layers.Add(new(
                Kept(ChannelsLast(weight.to(device)).detach(), learns), Kept(ones(width, device: device), learns),
                Kept(zeros(width, device: device), learns), Kept(zeros(width, device: device), false),
                Kept(ones(width, device: device), false)));
            inputs = width;
        }
    }

    /// <summary>
    /// Takes plain convolutions over: with the statistics of some pictures as running ones, the network computes what they compute.
    /// The inverse of <see cref="Fold"/>, but for each layer's scale.
    /// </summary>
    /// <param name="convolutions">One for each of the network's, of its widths.</param>
    /// <param name="pictures">[N, 3, H, W], torchvision's space, to measure statistics on.</param>
    /// <exception cref="ArgumentException">There are fewer convolutions, or of other widths.</exception>
    public void Unfold(IReadOnlyList<ConvolutionWeights> convolutions, Tensor pictures)
    {
        if (convolutions.Count < _layers.Count
            || _layers.Zip(convolutions).Any(l => !l.First.Weight.shape.SequenceEqual([l.Second.Outputs, l.Second.Inputs, 3, 3])))
        {
            throw new ArgumentException(
                $"The network has {_layers.Count} convolutions of widths {string.Join(", ", _shape.Widths)}; these have "
                + $"{string.Join(", ", convolutions.Select(c => c.Outputs))}.",
                nameof(convolutions));
        }

        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var y = pictures;
        for (var i = 0; i < _layers.Count; i++)
        {
            var (layer, from) = (_layers[i], convolutions[i]);
            layer.Weight.copy_(tensor(from.Weight, layer.Weight.shape));
            var bias = tensor(from.Bias, device: y.device);
            y = conv2d(Padded(Pooled(y, i)), layer.Weight, null, strides: [1, 1], padding: [0, 0]);
            var (variance, mean) = var_mean(y, [0, 2, 3], unbiased: false);
            layer.Mean.copy_(mean);
            layer.Variance.copy_(variance);
            layer.Gain.copy_(variance.Plus(Epsilon).sqrt());
            layer.Shift.copy_(bias.Plus(mean));
            y = relu(y.Plus(bias.view(1, -1, 1, 1)));
        }
    }

    /// <summary>What the optimiser changes, by name.</summary>
    public IEnumerable<(string Name, Tensor Value)> Learnt => Parameters.Where(p => p.Value.requires_grad);

    /// <summary>Weights, gains and shifts, those of frozen layers too, by name.</summary>
    public IEnumerable<(string Name, Tensor Value)> Parameters => _layers.SelectMany((layer, i) => new (string, Tensor)[]
    {
        ($"{_shape.Convolutions[i].Name}.weight", layer.Weight),
        ($"{_shape.Convolutions[i].Name}.gain", layer.Gain),
        ($"{_shape.Convolutions[i].Name}.shift", layer.Shift),
    });

    /// <summary>Running statistics, by name.</summary>
    public IEnumerable<(string Name, Tensor Value)> Statistics => _layers.SelectMany((layer, i) => new (string, Tensor)[]
    {
        ($"{_shape.Convolutions[i].Name}.mean", layer.Mean),
        ($"{_shape.Convolutions[i].Name}.variance", layer.Variance),
    });

    /// <summary>What the layers in training see of pictures: what the frozen ones make of them, by their running statistics.</summary>
    /// <param name="x">[N, 3, H, W], torchvision's space, channels-last.</param>
    /// <returns>[N, C, H/scale, W/scale], channels-last, in the type of the computation; the pictures where nothing is frozen.</returns>
    public Tensor Frozen(Tensor x)
    {
        using var quiet = no_grad();
        var y = x.to(_type);
        for (var i = 0; i < _frozen; i++)
        {
            y = Step(y, i, training: false);
        }

        return y;
    }

    /// <summary>The rectified features of some layers, in training mode: batch statistics are used, and remembered.</summary>
    /// <param name="seen">From <see cref="Frozen"/>.</param>
    /// <param name="layers">Names such as <c>relu3_1</c>, of layers in training.</param>
    /// <returns>[N, C, H/scale, W/scale] by name, channels-last, in the type of the computation.</returns>
    public Dictionary<string, Tensor> Forward(Tensor seen, IReadOnlyCollection<string> layers)
    {
        var found = new Dictionary<string, Tensor>();
        var y = seen;
        for (var i = _frozen; i < _layers.Count; i++)
        {
            y = Step(y, i, training: true);
            if (layers.Contains(_shape.Convolutions[i].Rectifier))
            {
                found[_shape.Convolutions[i].Rectifier] = y;
            }
        }

        return found;
    }

    /// <summary>
    /// Plain convolutions that compute the same as this network with its running statistics, each layer in training rescaled to mean
    /// activation 1 over some pictures. (A positive factor on a rectified layer changes nothing but the scale.)
    /// </summary>
    /// <param name="pictures">[N, 3, H, W], torchvision's space, to measure mean activations on.</param>
    public IReadOnlyList<ConvolutionWeights> Fold(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var folded = new List<ConvolutionWeights>();
        var y = pictures;
        var scale = 1.0;
        for (var i = 0; i < _layers.Count; i++)
        {
            var layer = _layers[i];
            var convolution = _shape.Convolutions[i];
            y = Pooled(y, i);

            // y already is the rescaled activation of the layer before: what it was divided by is multiplied back here.
            var factor = layer.Gain / layer.Variance.Plus(Epsilon).sqrt();
            var weight = layer.Weight * factor.view(-1, 1, 1, 1) * Scalars.Of(scale);
            var bias = layer.Shift - (layer.Mean * factor);
            var next = relu(conv2d(Padded(y), weight, bias, strides: [1, 1], padding: [0, 0]));
            scale = i < _frozen ? 1 : Math.Max(1e-6, next.mean().Number());
            y = next / Scalars.Of(scale);
            folded.Add(new(
                convolution,
                Outputs: (int)weight.shape[0],
                Inputs: (int)weight.shape[1],
                Weight: (weight / Scalars.Of(scale)).cpu().contiguous().data<float>().ToArray(),
                Bias: (bias / Scalars.Of(scale)).cpu().contiguous().data<float>().ToArray()));
        }

        return folded;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var layer in _layers)
        {
            layer.Weight.Dispose();
            layer.Gain.Dispose();
            layer.Shift.Dispose();
            layer.Mean.Dispose();
            layer.Variance.Dispose();
        }
    }

    private Tensor Step(Tensor x, int i, bool training)
    {
        var layer = _layers[i];
        var y = conv2d(Padded(Pooled(x, i)), layer.Weight.to(_type), null, strides: [1, 1], padding: [0, 0]);
        return relu(batch_norm(y, layer.Mean, layer.Variance, layer.Gain, layer.Shift, training, momentum: Momentum, eps: Epsilon));
    }

    private static Tensor Padded(Tensor x) => pad(x, [1, 1, 1, 1], PaddingModes.Replicate);

    // What a layer's convolution sees of the layer before.
    private Tensor Pooled(Tensor x, int layer) =>
        layer > 0 && _shape.Convolutions[layer].Stride != _shape.Convolutions[layer - 1].Stride ? avg_pool2d(x, 2, 2) : x;

    // TorchSharp offers no memory format; a permuted contiguous tensor is one.
    internal static Tensor ChannelsLast(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    private static Tensor Kept(Tensor tensor, bool learns)
    {
        tensor.requires_grad = learns;
        return tensor.DetachFromDisposeScope();
    }

    private sealed record Layer(Tensor Weight, Tensor Gain, Tensor Shift, Tensor Mean, Tensor Variance);
}
