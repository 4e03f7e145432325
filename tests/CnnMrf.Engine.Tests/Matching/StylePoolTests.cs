using CnnMrf.Engine.Patches;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Matching;

public sealed class StylePoolTests
{
    [Fact]
    public void Patches_are_numbered_through_all_maps()
    {
        using var pool = new StylePool([Map(4, 5), Map(3, 3), Map(6, 4)]);
        Assert.Equal(6 + 1 + 8, pool.PatchCount);
        Assert.Equal([0, 6, 7], pool.Select(map => map.FirstIndex));
        for (var j = 0; j < pool.PatchCount; j++)
        {
            var (map, row, column) = pool.Locate(j);
            Assert.Equal(map.Grid.Corner(j - map.FirstIndex), (row, column));
        }

        Assert.Same(pool[1], pool.Locate(6).Map);
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Locate(15));
    }

    [Fact]
    public void Maps_that_differ_in_channels_are_refused()
    {
        using var a = Map(4, 4);
        using var b = Map(4, 4, channels: 3);
        Assert.Contains("3 channels", Assert.Throws<ArgumentException>(() => new StylePool([a, b])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_preference_out_of_range_is_refused(double preference)
    {
        using var map = new FeatureMap(ones(4, 4, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StyleMap(map, map.Grid(3, 1), preference));
    }

    [Fact]
    public void A_wrapped_style_grid_is_refused()
    {
        using var map = new FeatureMap(ones(4, 4, 2));
        Assert.Throws<ArgumentException>(() => new StyleMap(map, map.Grid(3, 1, wraps: true)));
    }

    [Fact]
    public void Inverse_norms_are_those_of_the_patches_and_zero_for_black_ones()
    {
        using var values = zeros(3, 4, 2);
        values[0, 0, 0] = 3;
        values[2, 2, 1] = 4;
        using var map = new FeatureMap(values.clone());
        Assert.Equal([1 / 3.0, 0, 0, 0, 1 / 4.0, 1 / 4.0], PatchNorms.Inverse(map, map.Grid(2, 1)));
        using var wide = new FeatureMap(values.to(ScalarType.Float64));
        Assert.Equal(PatchNorms.Inverse(map, map.Grid(3, 1, wraps: true)), PatchNorms.Inverse(wide, wide.Grid(3, 1, wraps: true)));
    }

    [Fact]
    public void Features_of_a_network_become_cells_of_channels()
    {
        using var features = arange(24, float32).view(1, 2, 3, 4);
        using var map = FeatureMap.FromNchw(features);
        Assert.Equal((3, 4, 2), (map.Height, map.Width, map.Channels));
        Assert.Equal(features[0, 1, 2, 3].item<float>(), map.Values[2, 3, 1].item<float>());
        Assert.Throws<ArgumentException>(() => FeatureMap.FromNchw(map.Values));
    }

    private static StyleMap Map(int height, int width, int channels = 2)
    {
        var map = new FeatureMap(ones(height, width, channels));
        return new StyleMap(map, map.Grid(3, 1));
    }
}
