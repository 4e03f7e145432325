using System.Diagnostics;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CnnMrf.Bench.Evaluation;

/// <summary>
/// What the arithmetic alone costs: each layer's own direct convolution, forward and backward to the data, on channels-last tensors,
/// plus the products of cells that matching at stride 2 needs.
/// </summary>
internal sealed class Floor : IDisposable
{
    private readonly List<(Tensor Input, Tensor Output, Tensor Weight, Tensor Bias)> _layers = [];
    private readonly List<(Tensor Cells, Tensor Product)> _products = [];

    public Floor(IReadOnlyList<Convolution> convolutions, int width, int height)
    {
        using var scope = NewDisposeScope();
        foreach (var convolution in convolutions)
        {
            var (h, w) = (height / convolution.Layer.Scale, width / convolution.Layer.Scale);
            var (outputs, inputs) = (convolution.Weight.shape[0], convolution.Weight.shape[1]);
            _layers.Add((
                ChannelsLast(rand(1, inputs, h, w)), ChannelsLast(rand(1, outputs, h, w)),
                ChannelsLast(convolution.Weight), convolution.Bias.clone().DetachFromDisposeScope()));
        }

        foreach (var layer in new[] { new LayerName(3, 1), new LayerName(4, 1) })
        {
            var cells = (height / layer.Scale / 2) * (width / layer.Scale / 2);
            var channels = convolutions.First(c => c.Layer == layer).Weight.shape[0];
            _products.Add((rand(cells, channels).DetachFromDisposeScope(), empty(cells, cells).DetachFromDisposeScope()));
        }
    }

    /// <summary>Seconds of one pass.</summary>
    public double Measure()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < _layers.Count; i++)
        {
            var (input, output, weight, bias) = _layers[i];
            conv2d(input, weight, bias, strides: [1, 1], padding: [1, 1]).Dispose();
            conv_transpose2d(output, weight, strides: [1, 1], padding: [1, 1]).Dispose();
        }

        foreach (var (cells, product) in _products)
        {
            // Four phases at stride 2.
            for (var phase = 0; phase < 4; phase++)
            {
                product.addmm_(cells, cells.t(), beta: 0, alpha: 1);
            }
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public void Dispose()
    {
        foreach (var (input, output, weight, bias) in _layers)
        {
            input.Dispose();
            output.Dispose();
            weight.Dispose();
            bias.Dispose();
        }

        foreach (var (cells, product) in _products)
        {
            cells.Dispose();
            product.Dispose();
        }
    }

    private static Tensor ChannelsLast(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2).DetachFromDisposeScope();
}
