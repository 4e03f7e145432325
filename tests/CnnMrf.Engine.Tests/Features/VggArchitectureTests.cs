using CnnMrf.Engine.Features;

namespace CnnMrf.Engine.Tests.Features;

public sealed class VggArchitectureTests
{
    [Fact]
    public void The_convolutions_have_torchvision_s_indices_and_the_published_widths()
    {
        Assert.Equal(
            [0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34],
            VggArchitecture.Convolutions.Select(convolution => convolution.Index));
        Assert.Equal(
            [64, 64, 128, 128, 256, 256, 256, 256, 512, 512, 512, 512, 512, 512, 512, 512],
            VggArchitecture.Convolutions.Select(convolution => convolution.StandardWidth));
        Assert.Equal(
            [1, 1, 2, 2, 4, 4, 4, 4, 8, 8, 8, 8, 16, 16, 16, 16],
            VggArchitecture.Convolutions.Select(convolution => convolution.Stride));
        var conv41 = VggArchitecture.Convolutions[8];
        Assert.Equal(
            ("conv4_1", "relu4_1", "features.19.weight", "features.19.bias"),
            (conv41.Name, conv41.Rectifier, conv41.WeightName, conv41.BiasName));
    }

    [Fact]
    public void Every_layer_lies_where_its_index_says_and_is_found_by_name()
    {
        Assert.Equal(37, VggArchitecture.Layers.Count);
        for (var index = 0; index < VggArchitecture.Layers.Count; index++)
        {
            Assert.Equal(index, VggArchitecture.Layers[index].Index);
            Assert.Same(VggArchitecture.Layers[index], VggArchitecture.Parse(VggArchitecture.Layers[index].Name));
        }

        Assert.Equal("relu3_1", VggArchitecture.Parse(" ReLU3_1 ").Name);
        Assert.Equal((18, 8), (VggArchitecture.Parse("pool3").Index, VggArchitecture.Parse("pool3").Stride));
    }

    [Theory]
    [InlineData("relu1_1", 1)]
    [InlineData("conv3_1", 5)]
    [InlineData("relu3_1", 5)]
    [InlineData("pool3", 8)]
    [InlineData("relu4_2", 10)]
    [InlineData("relu5_1", 13)]
    [InlineData("pool5", 16)]
    public void A_layer_needs_the_convolutions_up_to_it(string layer, int count) =>
        Assert.Equal(count, VggArchitecture.ConvolutionsUpTo(VggArchitecture.Parse(layer)).Count);

    [Theory]
    [InlineData("relu3_5")]
    [InlineData("relu6_1")]
    [InlineData("")]
    public void An_unknown_layer_is_refused_with_a_list_of_those_there_are(string name)
    {
        var e = Assert.Throws<FormatException>(() => VggArchitecture.Parse(name));
        Assert.Contains($"'{name}'", e.Message, StringComparison.Ordinal);
        Assert.Contains("relu1_1, relu1_2, relu2_1", e.Message, StringComparison.Ordinal);
        Assert.False(VggArchitecture.TryParse(null, out _));
    }
}
