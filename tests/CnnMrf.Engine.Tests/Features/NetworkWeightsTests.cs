using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Features;

public sealed class NetworkWeightsTests
{
    [Fact]
    public void The_same_seed_gives_the_same_values()
    {
        using var a = NetworkWeights.Random(7, new(4, 2), [4, 6, 8, 10, 10]);
        using var b = NetworkWeights.Random(7, new(4, 2), [4, 6, 8, 10, 10]);
        Assert.Equal(10, a.Convolutions.Count);
        foreach (var (x, y) in a.Convolutions.Zip(b.Convolutions))
        {
            Assert.Equal(x.Layer, y.Layer);
            Assert.Equal(x.Weight.Doubles(), y.Weight.Doubles());
        }
    }

    [Fact]
    public void Another_seed_gives_other_values_in_every_layer()
    {
        using var a = NetworkWeights.Random(7, new(4, 2), [4, 6, 8, 10, 10]);
        using var b = NetworkWeights.Random(8, new(4, 2), [4, 6, 8, 10, 10]);
        Assert.All(a.Convolutions.Zip(b.Convolutions), p => Assert.NotEqual(p.First.Weight.Doubles(), p.Second.Weight.Doubles()));
    }

    [Fact]
    public void A_deeper_network_has_the_same_shallow_layers()
    {
        using var shallow = NetworkWeights.Random(7, new(3, 1), [4, 6, 8, 10, 10]);
        using var deep = NetworkWeights.Random(7, new(5, 4), [4, 6, 8, 10, 10]);
        Assert.Equal(new LayerName(3, 1), shallow.Convolutions[^1].Layer);
        Assert.Equal(16, deep.Convolutions.Count);
        Assert.All(shallow.Convolutions.Zip(deep.Convolutions), p => Assert.Equal(p.First.Weight.Doubles(), p.Second.Weight.Doubles()));
    }

    [Fact]
    public void Layers_of_one_block_differ()
    {
        using var weights = NetworkWeights.Random(7, new(3, 4), [8, 8, 8, 8, 8]);
        Assert.NotEqual(weights.Convolutions[5].Weight.Doubles(), weights.Convolutions[6].Weight.Doubles());
    }

    [Fact]
    public void The_spread_is_He_s()
    {
        using var weights = NetworkWeights.Random(3, new(2, 1), [64, 64, 8, 8, 8]);
        using var scope = NewDisposeScope();
        var weight = weights.Convolutions[1].Weight;
        Assert.Equal([64, 64, 3, 3], weight.shape);
        Assert.Equal(Math.Sqrt(2.0 / (9 * 64)), weight.std().item<float>(), 1e-3);
        Assert.Equal(0, weight.mean().item<float>(), 1e-3);
        Assert.All(weights.Convolutions, c => Assert.All(c.Bias.Doubles(), b => Assert.Equal(0, b)));
    }

    [Fact]
    public void Weights_that_end_too_early_are_refused_with_the_remedy()
    {
        using var weights = NetworkWeights.Random(7, new(3, 1), [4, 6, 8, 10, 10]);
        var e = Assert.Throws<SettingsException>(() =>
            new FeatureNetwork(weights, new(4, 1), PoolingChoice.Max, PaddingChoice.Zero, ScalarType.Float32, CPU));
        Assert.Contains("relu3_1", e.Message);
        Assert.Contains("relu4_1", e.Message);
        Assert.Contains("pull", e.Message);
    }
}
