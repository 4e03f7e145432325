using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Weights;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Features;

public sealed class FeatureNetworkTests
{
    [Theory]
    [InlineData(PaddingChoice.Zero)]
    [InlineData(PaddingChoice.Replicate)]
    [InlineData(PaddingChoice.Reflect)]
    [InlineData(PaddingChoice.Circular)]
    public void A_layer_s_map_has_the_picture_s_sides_over_its_scale(PaddingChoice padding)
    {
        using var scope = NewDisposeScope();
        using var network = Network(padding);
        LayerName[] layers = [new(1, 1), new(2, 1), new(3, 1), new(4, 2)];
        var features = network.Forward(rand([1, 3, 21, 34], ScalarType.Float64), layers);
        Assert.Equal([1, 4, 21, 34], features[layers[0]].shape);
        Assert.Equal([1, 6, 10, 17], features[layers[1]].shape);
        Assert.Equal([1, 8, 5, 8], features[layers[2]].shape);
        Assert.Equal([1, 10, 2, 4], features[layers[3]].shape);
    }

    // The large picture is beyond what is padded as a whole.
    public static TheoryData<PaddingChoice, PoolingChoice, int, int> Traced { get; } = new(
        from padding in new[] { PaddingChoice.Zero, PaddingChoice.Replicate, PaddingChoice.Reflect, PaddingChoice.Circular }
        from pooling in new[] { PoolingChoice.Average, PoolingChoice.Max }
        from size in new[] { (21, 34), (8, 8), (300, 310) }
        where size.Item1 < 300 || pooling == PoolingChoice.Average
        select (padding, pooling, size.Item1, size.Item2));

    [Theory]
    [MemberData(nameof(Traced))]
    public void A_trace_has_the_features_and_the_gradient_of_autograd(PaddingChoice padding, PoolingChoice pooling, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var weights = Narrow.Weights();
        using var network = new FeatureNetwork(weights, new(4, 2), pooling, padding, ScalarType.Float64, CPU);
        LayerName[] layers = [new(1, 2), new(3, 1), new(4, 1)];
        var x = rand([1, 3, height, width], ScalarType.Float64).requires_grad_();
        var features = network.Forward(x, layers);
        var slopes = layers.ToDictionary(l => l, l => randn_like(features[l]));
        var expected = autograd.grad([.. layers.Select(l => features[l])], [x], [.. layers.Select(l => slopes[l])])[0];
        var trace = network.Trace(x, layers);
        foreach (var layer in layers)
        {
            Assert.True(trace.Features[layer].RelativeMaximum(features[layer].detach()) < 1e-12);
        }

        Assert.True(trace.Gradient(slopes).RelativeMaximum(expected) < 1e-12);
    }

    public static TheoryData<PaddingChoice, PoolingChoice, int, int> Usual { get; } = new(
        from padding in new[] { PaddingChoice.Zero, PaddingChoice.Replicate, PaddingChoice.Reflect, PaddingChoice.Circular }
        from pooling in new[] { PoolingChoice.Average, PoolingChoice.Max }
        from size in new[] { (21, 34), (98, 99) }
        select (padding, pooling, size.Item1, size.Item2));

    [Theory]
    [MemberData(nameof(Usual))]
    public void In_float32_with_usual_widths_both_are_nearly_those_of_float64(
        PaddingChoice padding, PoolingChoice pooling, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var weights = NetworkWeights.Random(1, new LayerName(4, 2), [32, 32, 32, 32, 32]);
        using var exact = new FeatureNetwork(weights, new(4, 2), pooling, padding, ScalarType.Float64, CPU);
        using var network = new FeatureNetwork(weights, new(4, 2), pooling, padding, ScalarType.Float32, CPU);
        LayerName[] layers = [new(1, 2), new(3, 1), new(4, 1)];
        // One picture, not another each time: where two values are nearly the same a maximum may decide otherwise.
        using var generator = new Generator(5, CPU);
        var x = rand([1, 3, height, width], ScalarType.Float64, CPU, generator: generator);
        var (expected, trace, forward) = (
            exact.Trace(x, layers), network.Trace(x.to(ScalarType.Float32), layers), network.Forward(x.to(ScalarType.Float32), layers));
        foreach (var layer in layers)
        {
            Assert.True(trace.Features[layer].to(ScalarType.Float64).RelativeMaximum(expected.Features[layer]) < 5e-5);
            Assert.Equal(0, trace.Features[layer].RelativeMaximum(forward[layer]));
        }

        var slopes = layers.ToDictionary(
            l => l, l => randn(expected.Features[l].shape, ScalarType.Float64, CPU, generator: generator));
        var gradient = trace.Gradient(slopes.ToDictionary(s => s.Key, s => s.Value.to(ScalarType.Float32)));

        // Where a value is nearly 0, or two nearly the same, rectifier and maximum may decide otherwise.
        var truth = expected.Gradient(slopes);
        var error = (gradient.to(ScalarType.Float64) - truth).norm().item<double>() / truth.norm().item<double>();
        Assert.True(error < 5e-3, $"{error}");
    }

    [Theory]
    [InlineData(PaddingChoice.Zero, 21, 34)]
    [InlineData(PaddingChoice.Replicate, 21, 34)]
    [InlineData(PaddingChoice.Replicate, 300, 310)]
    public void In_bfloat16_features_and_gradients_are_float32_and_nearly_those_of_float64(PaddingChoice padding, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var weights = Narrow.Weights();
        using var exact = new FeatureNetwork(weights, new(4, 2), PoolingChoice.Average, padding, ScalarType.Float64, CPU);
        using var coarse = new FeatureNetwork(
            weights, new(4, 2), PoolingChoice.Average, padding, ScalarType.Float32, CPU, ScalarType.BFloat16);
        LayerName[] layers = [new(1, 1), new(3, 1), new(4, 2)];
        var x = rand([1, 3, height, width], ScalarType.Float64);
        var (expected, trace) = (exact.Trace(x, layers), coarse.Trace(x.to(ScalarType.Float32), layers));
        var forward = coarse.Forward(x.to(ScalarType.Float32), layers);
        foreach (var layer in layers)
        {
            Assert.Equal(ScalarType.Float32, trace.Features[layer].dtype);
            Assert.True(trace.Features[layer].RelativeMaximum(forward[layer]) < 0.02);
            var error = trace.Features[layer].to(ScalarType.Float64).RelativeMaximum(expected.Features[layer]);
            Assert.True(error < (layer == layers[0] ? 1e-5 : 0.03), $"{layer}: {error}");
        }

        var slopes = layers.ToDictionary(l => l, l => randn_like(expected.Features[l]));
        var gradient = coarse.Trace(x.to(ScalarType.Float32), layers)
            .Gradient(slopes.ToDictionary(s => s.Key, s => s.Value.to(ScalarType.Float32)));
        Assert.Equal(ScalarType.Float32, gradient.dtype);
        var truth = expected.Gradient(slopes);
        Assert.True((gradient.to(ScalarType.Float64) - truth).norm().item<double>() < 0.05 * truth.norm().item<double>());
    }

    [Fact]
    public void Several_pictures_at_once_have_the_features_of_each()
    {
        using var scope = NewDisposeScope();
        using var weights = NetworkWeights.Random(1, new LayerName(2, 1), [16, 16]);
        using var network = new FeatureNetwork(
            weights, new(2, 1), PoolingChoice.Average, PaddingChoice.Replicate, ScalarType.Float32, CPU);
        var x = rand([2, 3, 40, 48]);
        var both = network.Forward(x, [new(2, 1)])[new(2, 1)];
        for (var n = 0; n < 2; n++)
        {
            var one = network.Forward(x.narrow(0, n, 1), [new(2, 1)])[new(2, 1)];
            Assert.True(both.narrow(0, n, 1).RelativeMaximum(one) < 5e-5);
        }
    }

    [Theory]
    [InlineData(PoolingChoice.Average)]
    [InlineData(PoolingChoice.Max)]
    public void Features_without_a_gradient_keep_no_map_but_those_asked_for(PoolingChoice pooling)
    {
        using var weights = Narrow.Weights();
        using var network = new FeatureNetwork(weights, new(4, 2), pooling, PaddingChoice.Replicate, ScalarType.Float32, CPU);
        using var x = rand([1, 3, 40, 48]);
        LayerName[] layers = [new(2, 1), new(4, 1)];
        using var scope = NewDisposeScope();
        var features = network.Forward(x, layers);
        var values = scope.DisposablesView.OfType<Tensor>().Sum(t => t.numel());

        // The first is its channels-last picture and what it was made from.
        Assert.InRange(values - features.Values.Sum(f => f.numel()), 0, 3 * x.numel());
    }

    [Fact]
    public void In_bfloat16_a_change_too_small_for_its_bits_is_still_seen_by_the_first_convolution()
    {
        using var scope = NewDisposeScope();
        using var weights = Narrow.Weights();
        using var network = new FeatureNetwork(
            weights, new(1, 2), PoolingChoice.Average, PaddingChoice.Zero, ScalarType.Float32, CPU, ScalarType.BFloat16);
        var x = ones([1, 3, 8, 8]);
        LayerName layer = new(1, 1);
        Assert.NotEqual(0, network.Forward(x, [layer])[layer].RelativeMaximum(network.Forward(x + 1e-4, [layer])[layer]));
    }

    [Fact]
    public void With_circular_padding_features_go_round_with_the_picture()
    {
        using var scope = NewDisposeScope();
        using var network = Network(PaddingChoice.Circular);
        var x = rand([1, 3, 32, 48], ScalarType.Float64);
        LayerName layer = new(4, 2);
        var still = network.Forward(x, [layer])[layer];
        var turned = network.Forward(x.roll(16, 2).roll(24, 3), [layer])[layer];
        Assert.True(turned.RelativeMaximum(still.roll(2, 2).roll(3, 3)) < 1e-12);
    }

    [Fact]
    public void Automatic_padding_is_what_the_weights_prefer()
    {
        using var scope = NewDisposeScope();
        using var random = Narrow.Weights();
        using var mirrored = new NetworkWeights("w", random.Input, false, WeightsKind.Own, random.Convolutions)
        {
            PreferredPadding = PaddingChoice.Reflect,
        };
        LayerName layer = new(4, 2);
        var x = rand([1, 3, 32, 48], ScalarType.Float64);
        Assert.Equal(Features(random, PaddingChoice.Zero), Features(random, PaddingChoice.Auto));
        Assert.Equal(Features(random, PaddingChoice.Reflect), Features(mirrored, PaddingChoice.Auto));

        double[] Features(NetworkWeights weights, PaddingChoice padding)
        {
            using var network = new FeatureNetwork(weights, layer, PoolingChoice.Max, padding, ScalarType.Float64, CPU);
            return network.Forward(x, [layer])[layer].Doubles();
        }
    }

    [Theory]
    [InlineData(PaddingChoice.Replicate)]
    [InlineData(PaddingChoice.Reflect)]
    [InlineData(PaddingChoice.Circular)]
    public void A_flat_picture_has_flat_features_unless_it_is_padded_with_zeros(PaddingChoice padding)
    {
        using var scope = NewDisposeScope();
        using var network = Network(padding);
        LayerName layer = new(4, 1);
        var flat = network.Forward(full([1, 3, 32, 32], 0.7, ScalarType.Float64), [layer])[layer];
        Assert.True((flat.amax(2, 3) - flat.amin(2, 3)).abs().max().item<double>() < 1e-12);
        using var zero = Network(PaddingChoice.Zero);
        var framed = zero.Forward(full([1, 3, 32, 32], 0.7, ScalarType.Float64), [layer])[layer];
        Assert.True((framed.amax(2, 3) - framed.amin(2, 3)).abs().max().item<double>() > 1e-3);
    }

    private static FeatureNetwork Network(PaddingChoice padding)
    {
        using var weights = Narrow.Weights();

        return new(weights, new(4, 2), PoolingChoice.Max, padding, ScalarType.Float64, CPU);
    }
}
