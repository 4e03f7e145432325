using CnnMrf.Core.Pictures;
using CnnMrf.Engine.Features;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Features;

public sealed class PixelSpaceTests
{
    private static readonly PixelSpace[] Spaces =
        [PixelSpace.Torchvision, PixelSpace.Caffe, PixelSpace.AuthorsVariable, PixelSpace.Pixels];

    [Fact]
    public void Torchvision_is_red_green_blue_less_the_mean_over_the_deviation() =>
        AssertPixel(PixelSpace.Torchvision, [(1 - 0.485) / 0.229, (0.5 - 0.456) / 0.224, (0 - 0.406) / 0.225]);

    [Fact]
    public void Caffe_is_blue_green_red_times_255_less_the_mean() =>
        AssertPixel(PixelSpace.Caffe, [-103.939, 127.5 - 116.779, 255 - 123.68]);

    [Fact]
    public void The_authors_variable_is_blue_green_red_times_256_less_the_mean() =>
        AssertPixel(PixelSpace.AuthorsVariable, [-103.939, 128 - 116.779, 256 - 123.68]);

    [Fact]
    public void There_and_back_between_any_two_spaces_changes_nothing()
    {
        var numbers = Gen.Choose(-1000, 2000).Select(n => n / 1000.0).ArrayOf(12).ToArbitrary();
        Prop.ForAll(numbers, values =>
        {
            using var scope = NewDisposeScope();
            var x = tensor(values, [1, 3, 2, 2]);
            return (from a in Spaces from b in Spaces select (a.From(b.From(x, a), b) - x).abs().max().item<double>()).All(e => e < 1e-12);
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));
    }

    [Fact]
    public void A_gradient_is_pulled_back_through_the_map_between_spaces()
    {
        using var scope = NewDisposeScope();
        var x = rand([1, 3, 2, 3], ScalarType.Float64).requires_grad_();
        var along = rand([1, 3, 2, 3], ScalarType.Float64);
        foreach (var (from, to) in from a in Spaces from b in Spaces where a != b select (a, b))
        {
            var map = from.To(to)!;
            var exact = autograd.grad([(map.Apply(x) * along).sum()], [x])[0];
            Assert.True(map.Pull(along).RelativeMaximum(exact) < 1e-12);
        }
    }

    [Fact]
    public void A_picture_comes_back_as_it_was()
    {
        using var scope = NewDisposeScope();
        var picture = Narrow.Picture(7, 5, 3);
        foreach (var space in Spaces)
        {
            var back = space.ToPicture(space.FromPicture(picture, ScalarType.Float64, CPU));
            Assert.Equal((7, 5), (back.Width, back.Height));
            Assert.All(picture.Rgb.Zip(back.Rgb), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
        }
    }

    [Fact]
    public void Rows_columns_and_channels_of_a_picture_keep_their_places()
    {
        using var scope = NewDisposeScope();
        var picture = new Picture(4, 3);
        picture[2, 1, 0] = 0.75f;
        var x = PixelSpace.Pixels.FromPicture(picture, ScalarType.Float32, CPU);
        Assert.Equal([1, 3, 3, 4], x.shape);
        Assert.Equal(0.75f, x[0, 0, 1, 2].item<float>());
        Assert.Equal(0.75f, x.sum().item<float>());
    }

    [Fact]
    public void Values_out_of_range_are_clamped_in_pictures()
    {
        using var scope = NewDisposeScope();
        var picture = PixelSpace.Pixels.ToPicture(tensor([-0.5f, 0.25f, 1.5f], [1, 3, 1, 1]));
        Assert.Equal([0, 0.25f, 1], picture.Rgb);
    }

    private static void AssertPixel(PixelSpace space, double[] expected)
    {
        using var scope = NewDisposeScope();
        var values = space.From(tensor([1, 0.5, 0.0], [1, 3, 1, 1]), PixelSpace.Pixels).Doubles();
        Assert.All(expected.Zip(values), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
    }
}
