using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Native;
using CnnMrf.Training.Networks;
using static TorchSharp.torch;

namespace CnnMrf.Training.Tests.Networks;

public sealed class TrainedNetworkTests
{
    private static readonly NetworkShape Shape = new([8, 8, 12, 12, 16, 16, 16, 16, 24, 24]);

    [Fact]
    public void A_network_that_takes_convolutions_over_computes_and_folds_to_what_they_compute()
    {
        TorchRuntime.EnsureLoaded();
        using var scope = NewDisposeScope();
        using var generator = new Generator(5, CPU);
        var pictures = randn([3, 3, 48, 48], ScalarType.Float32, CPU, generator: generator);
        using var one = new TrainedNetwork(Shape, 1, ScalarType.Float32, CPU);
        using var other = new TrainedNetwork(Shape, 2, ScalarType.Float32, CPU);
        var convolutions = one.Fold(pictures);
        other.Unfold(convolutions, pictures);

        // In training the statistics are the pictures', which are those that were measured.
        string[] layers = [.. Shape.Convolutions.Select(c => c.Rectifier)];
        using var plain = new FeatureNetwork(
            OwnTraining.Weights(convolutions), LayerName.Parse(layers[^1], "layer"), PoolingChoice.Average, PaddingChoice.Replicate,
            ScalarType.Float32, CPU);
        var expected = plain.Forward(pictures, [.. layers.Select(l => LayerName.Parse(l, "layer"))]);
        foreach (var (layer, actual) in other.Forward(other.Frozen(pictures), layers))
        {
            var values = expected[LayerName.Parse(layer, "layer")];
            Assert.True((values - actual).abs().max().item<float>() < 1e-3f * values.max().item<float>(), layer);
        }

        // What was folded has a mean activation of 1 in each layer, so folding it again rescales nothing.
        other.Unfold(convolutions, pictures);
        foreach (var (before, after) in convolutions.Zip(other.Fold(pictures)))
        {
            Assert.All(before.Weight.Zip(after.Weight), w => Assert.Equal(w.First, w.Second, 2e-4f));
            Assert.All(before.Bias.Zip(after.Bias), b => Assert.Equal(b.First, b.Second, 2e-4f));
        }
    }

    [Fact]
    public void Convolutions_of_other_widths_are_refused()
    {
        TorchRuntime.EnsureLoaded();
        using var scope = NewDisposeScope();
        var pictures = zeros(1, 3, 32, 32);
        using var one = new TrainedNetwork(new([.. Shape.Widths.SkipLast(1), 20]), 1, ScalarType.Float32, CPU);
        using var other = new TrainedNetwork(Shape, 1, ScalarType.Float32, CPU);
        var error = Assert.Throws<ArgumentException>(() => other.Unfold(one.Fold(pictures), pictures));
        Assert.Contains("widths 8, 8, 12, 12, 16, 16, 16, 16, 24, 24; these have 8, 8", error.Message, StringComparison.Ordinal);
    }
}
