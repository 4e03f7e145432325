using CnnMrf.Core.Settings;

namespace CnnMrf.Core.Tests.Settings;

public sealed class ValuesTests
{
    [Fact]
    public void One_value_holds_for_all_and_several_for_each()
    {
        Values<int> one = [7];
        Values<int> several = [1, 2, 3];

        Assert.Equal((7, 7), (one.For(0), one.For(5)));
        Assert.Equal((1, 3), (several.For(0), several.For(2)));
        Assert.True(one.Fits(4));
        Assert.True(several.Fits(3));
        Assert.False(several.Fits(4));
    }

    [Fact]
    public void Values_are_compared_by_value()
    {
        Values<double> a = [1.0, 2.0];
        Values<double> b = [1.0, 2.0];
        Values<double> c = [2.0, 1.0];

        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.NotEqual(a, c);
    }

    [Theory]
    [InlineData("relu1_1", 1)]
    [InlineData("relu3_4", 4)]
    [InlineData("relu5_1", 16)]
    public void A_layer_knows_its_scale(string name, int scale)
    {
        Assert.True(LayerName.TryParse(name, out var layer));
        Assert.Equal((name, scale), (layer.ToString(), layer.Scale));
    }

    [Theory]
    [InlineData("relu1_3")]
    [InlineData("relu6_1")]
    [InlineData("relu3_0")]
    [InlineData("conv3_1")]
    [InlineData("relu3-1")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_layer_is_not_read(string? name) => Assert.False(LayerName.TryParse(name, out _));

    [Fact]
    public void Layers_are_ordered_by_depth()
    {
        var names = new[] { "relu4_2", "relu1_2", "relu4_1", "relu3_1" }.Select(n => LayerName.Parse(n)).Order();

        Assert.Equal(["relu1_2", "relu3_1", "relu4_1", "relu4_2"], names.Select(n => n.ToString()));
    }

    [Fact]
    public void Layers_with_weights_are_written_as_they_are_read()
    {
        const string Text = "relu3_1:1,relu4_1:0.5";

        Assert.Equal(Text, LayerWeights.Parse(Text).ToString());
        Assert.Equal(LayerWeights.None, LayerWeights.Parse("none"));
    }
}
