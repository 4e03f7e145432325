using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CnnMrf.Bench.Evaluation;

/// <summary>
/// An evaluation by the algorithm of the PyTorch ports on the same libtorch: every patch is cut out, the style's are filters of a
/// convolution (256 at a time), and autograd finds the gradient. So that nobody takes one libtorch's speed over another's for an idea.
/// </summary>
internal sealed class PeerEvaluation : IDisposable
{
    private const int Chunk = 256;
    private const int Size = 3;
    private const int Stride = 2;

    private static readonly LayerName[] Mrf = [new(3, 1), new(4, 1)];
    private static readonly LayerName Deepest = new(4, 2);

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly List<(LayerName Layer, Tensor Weight, Tensor Bias)> _convolutions;
    private readonly Dictionary<LayerName, (Tensor Patches, Tensor Norms)> _style;
    private readonly Tensor _content;

    public PeerEvaluation(NetworkWeights weights, Tensor style, Tensor content)
    {
        using var quiet = no_grad();
        _convolutions = [.. weights.Convolutions.TakeWhile(c => c.Layer <= Deepest)
            .Select(c => (c.Layer, c.Weight.to(ScalarType.Float32).contiguous(), c.Bias.to(ScalarType.Float32)))];
        var features = Features(style);
        _style = Mrf.ToDictionary(layer => layer, layer =>
        {
            var patches = Patches(features[layer]);
            return (patches, patches.square().sum([1, 2, 3]).sqrt().view(-1, 1, 1));
        });
        _content = Features(content)[Deepest];
    }

    public void Evaluate(Tensor picture)
    {
        using var scope = NewDisposeScope();
        var x = picture.clone().requires_grad_();
        var features = Features(x);
        var loss = mse_loss(features[Deepest], _content);
        foreach (var layer in Mrf)
        {
            loss = loss + StyleLoss(features[layer], _style[layer].Patches, _style[layer].Norms);
        }

        loss.backward();
    }

    public void Dispose() => _scope.Dispose();

    private Dictionary<LayerName, Tensor> Features(Tensor x)
    {
        var features = new Dictionary<LayerName, Tensor>();
        var block = 1;
        foreach (var (layer, weight, bias) in _convolutions)
        {
            if (layer.Block != block)
            {
                x = max_pool2d(x, 2, 2);
                block = layer.Block;
            }

            x = conv2d(x, weight, bias, padding: [1, 1]).relu();
            features[layer] = x;
        }

        return features;
    }

    private static Tensor StyleLoss(Tensor map, Tensor styles, Tensor norms)
    {
        var patches = Patches(map);
        Tensor nearest;
        using (no_grad())
        {
            var responses = styles.split(Chunk, 0).Select(some => conv2d(map, some, strides: [Stride, Stride]).squeeze(0)).ToArray();
            nearest = cat(responses, 0).div(norms).argmax(0).flatten();
        }

        var loss = zeros([]);
        for (var i = 0L; i < nearest.shape[0]; i += Chunk)
        {
            var count = Math.Min(Chunk, nearest.shape[0] - i);
            var difference = patches.narrow(0, i, count) - styles.index_select(0, nearest.narrow(0, i, count));
            loss = loss + difference.square().mean([1, 2, 3]).sum();
        }

        return loss / nearest.shape[0];
    }

    private static Tensor Patches(Tensor map)
    {
        var patches = new List<Tensor>();
        for (var y = 0; y + Size <= map.shape[2]; y += Stride)
        {
            for (var x = 0; x + Size <= map.shape[3]; x += Stride)
            {
                patches.Add(map.narrow(2, y, Size).narrow(3, x, Size));
            }
        }

        return cat(patches, 0);
    }
}
