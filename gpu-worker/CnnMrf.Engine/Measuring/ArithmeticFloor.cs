using System.Diagnostics;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Styles;
using CnnMrf.Engine.Synthesis;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CnnMrf.Engine.Measuring;

/// <summary>
/// What the arithmetic of one energy evaluation costs without anything around it: every convolution of the networks on its own, forward
/// and, where a gradient comes back through it, backward to its input, on channels-last tensors; and the products of single cells that
/// matching needs.
/// </summary>
internal sealed class ArithmeticFloor : IDisposable
{
    private readonly List<(Tensor Input, Tensor? Slope, Tensor Weight)> _convolutions = [];
    private readonly List<(Tensor Query, Tensor Style, Tensor Product, int Times)> _products = [];

    /// <summary>Prepares the work of an evaluation of a level.</summary>
    public ArithmeticFloor(LevelProblem problem)
    {
        using var scope = NewDisposeScope();
        var (settings, spaces, canvas) = (problem.Settings, problem.Styles.Spaces, problem.Level.Canvas);
        var matching = MatchLayer.Of(settings);
        LayerName[] matched = [.. matching.Select(m => m.Layer)];
        LayerName[] pulled = [.. matched, .. settings.InducedLayers.Layers, LayerName.Parse(settings.ContentLayer, "contentLayer")];
        foreach (var network in spaces.Networks)
        {
            var isPulled = spaces.Pull.Has(network);
            var deepest = (isPulled ? pulled : matched).Max();
            foreach (var (layer, weight) in network.Convolutions.Where(c => c.Layer <= deepest))
            {
                Add(weight, canvas.Height / layer.Scale, canvas.Width / layer.Scale, isPulled);
            }
        }

        foreach (var layer in matching)
        {
            var times = layer.Stride * layer.StyleStride;
            var query = (canvas.Height / layer.Layer.Scale) * (canvas.Width / layer.Layer.Scale) / (layer.Stride * layer.Stride);
            foreach (var map in problem.Styles.Pool(layer.Layer))
            {
                var style = map.Features.Height * map.Features.Width / (layer.StyleStride * layer.StyleStride);
                _products.Add((
                    rand(query, map.Features.Channels).DetachFromDisposeScope(),
                    rand(style, map.Features.Channels).DetachFromDisposeScope(),
                    empty(query, style).DetachFromDisposeScope(), times));
            }
        }
    }

    /// <summary>Seconds of one pass over it.</summary>
    public double Measure()
    {
        using var quiet = no_grad();
        var started = Stopwatch.GetTimestamp();
        foreach (var (input, slope, weight) in _convolutions)
        {
            conv2d(input, weight, strides: [1, 1], padding: [1, 1]).Dispose();
            if (slope is not null)
            {
                conv_transpose2d(slope, weight, strides: [1, 1], padding: [1, 1]).Dispose();
            }
        }

        foreach (var (query, style, product, times) in _products)
        {
            using var transposed = style.t();
            for (var i = 0; i < times; i++)
            {
                product.addmm_(query, transposed, beta: 0, alpha: 1);
            }
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (input, slope, weight) in _convolutions)
        {
            input.Dispose();
            slope?.Dispose();
            weight.Dispose();
        }

        foreach (var (query, style, product, _) in _products)
        {
            query.Dispose();
            style.Dispose();
            product.Dispose();
        }
    }

    private void Add(Tensor weight, int height, int width, bool backward) => _convolutions.Add((
        ChannelsLast(rand([1, weight.shape[1], height, width], weight.dtype)),
        backward ? ChannelsLast(rand([1, weight.shape[0], height, width], weight.dtype)) : null,
        ChannelsLast(weight)));

    private static Tensor ChannelsLast(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).alias().DetachFromDisposeScope();
}
