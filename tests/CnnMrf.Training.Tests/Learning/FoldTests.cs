using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Weights;
using CnnMrf.Training.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnMrf.Training.Tests.Learning;

public sealed class FoldTests
{
    [Fact]
    public void Folded_convolutions_compute_the_network_s_features_up_to_a_factor_a_layer()
    {
        using var scope = NewDisposeScope();
        using var network = new TrainedNetwork(new([8, 8, 12, 12, 16, 16, 16, 16, 24, 24]), 7, ScalarType.Float32, CPU);
        var x = randn(4, 3, 48, 48, generator: new Generator(3, CPU));
        Dictionary<string, Tensor> expected;
        using (no_grad())
        {
            // Running statistics become the batch's own.
            for (var i = 0; i < 600; i++)
            {
                using var step = NewDisposeScope();
                network.Forward(network.Frozen(x), ["relu3_1"]);
            }

            expected = network.Forward(network.Frozen(x), ["relu3_1", "relu4_2"]);
        }

        using var weights = new NetworkWeights("folded", PixelSpace.Torchvision, false, WeightsKind.Own,
            [.. network.Fold(x).Select(c => new Convolution(
                LayerName.Parse(c.Layer.Rectifier, "weights"), tensor(c.Weight, [c.Outputs, c.Inputs, 3, 3]), tensor(c.Bias)))]);
        using var folded = new FeatureNetwork(
            weights, new(4, 2), PoolingChoice.Average, PaddingChoice.Replicate, ScalarType.Float32, CPU);
        var actual = folded.Forward(x, [new(3, 1), new(4, 2)]);
        foreach (var layer in new LayerName[] { new(3, 1), new(4, 2) })
        {
            var (right, found) = (expected[layer.ToString()], actual[layer]);
            Assert.Equal(1, found.mean().ToDouble(), 1e-3);
            var factor = right.mean() / found.mean();
            Assert.True(((found * factor) - right).abs().max().ToDouble() < 0.02 * right.max().ToDouble());
        }
    }
}
