using CnnMrf.Core.Pictures;
using FsCheck;
using FsCheck.Fluent;

namespace CnnMrf.Core.Tests.Pictures;

public sealed class PictureResizingTests
{
    private static readonly Arbitrary<(int, int, int, int)> Sizes =
        (from width in Gen.Choose(1, 40)
         from height in Gen.Choose(1, 40)
         from newWidth in Gen.Choose(1, 60)
         from newHeight in Gen.Choose(1, 60)
         select (width, height, newWidth, newHeight)).ToArbitrary();

    [Fact]
    public void A_constant_picture_stays_constant() =>
        Prop.ForAll(Sizes, sizes =>
        {
            var (width, height, newWidth, newHeight) = sizes;
            var resized = TestPictures.Constant(width, height, 0.1f, 0.5f, 0.9f).Resize(newWidth, newHeight);
            return resized.Size == new PixelSize(newWidth, newHeight)
                && TestPictures.LargestDifference(resized, TestPictures.Constant(newWidth, newHeight, 0.1f, 0.5f, 0.9f)) < 1e-6;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_size_gives_the_same_values_in_a_new_picture()
    {
        var picture = TestPictures.Random(19, 11, 2);
        var resized = picture.Resize(19, 11);
        Assert.Equal(picture.Rgb, resized.Rgb);
        Assert.NotSame(picture.Rgb, resized.Rgb);
    }

    [Theory]
    [InlineData(64, 128)]
    [InlineData(64, 96)]
    [InlineData(128, 64)]
    [InlineData(120, 40)]
    public void A_ramp_stays_a_ramp_away_from_the_borders(int from, int to)
    {
        var ramp = new Picture(from, 8);
        for (var i = 0; i < ramp.Rgb.Length; i++)
        {
            ramp.Rgb[i] = ((i / 3 % from) + 0.5f) / from;
        }

        var resized = ramp.Resize(to, 8);
        for (var x = to / 8; x < to - (to / 8); x++)
        {
            Assert.Equal((x + 0.5) / to, resized[x, 4, 1], 2e-4);
        }
    }

    [Theory]
    [InlineData(96, 72)]
    [InlineData(32, 24)]
    [InlineData(33, 100)]
    public void The_mean_is_kept(int width, int height)
    {
        // A scene in a wide frame, so that borders weigh nothing.
        var picture = TestPictures.Constant(96, 72, 0.5f, 0.5f, 0.5f);
        var noise = TestPictures.Random(56, 32, 6);
        for (var y = 0; y < 32; y++)
        {
            noise.Row(y).CopyTo(picture.Row(y + 20)[60..]);
        }

        Assert.Equal(picture.Rgb.Average(), picture.Resize(width, height).Rgb.Average(), 1e-3);
    }

    [Fact]
    public void Shrinking_does_not_alias()
    {
        // Stripes one pixel wide become grey, not stripes of another width.
        var stripes = new Picture(90, 8);
        for (var i = 0; i < stripes.Rgb.Length; i++)
        {
            stripes.Rgb[i] = i / 3 % 2;
        }

        var resized = stripes.Resize(25, 8);
        for (var x = 3; x < 22; x++)
        {
            Assert.Equal(0.5, resized[x, 4, 0], 0.05);
        }
    }

    [Fact]
    public void Mirroring_commutes_with_resizing()
    {
        var picture = TestPictures.Random(31, 22, 4);
        var a = picture.MirrorHorizontally().Resize(50, 13);
        var b = picture.Resize(50, 13).MirrorHorizontally();
        Assert.InRange(TestPictures.LargestDifference(a, b), 0, 1e-5f);
    }

    [Theory]
    [InlineData(400, 300, 384, 384, 288)]
    [InlineData(300, 400, 384, 288, 384)]
    [InlineData(1000, 3, 100, 100, 1)]
    [InlineData(7, 7, 12, 12, 12)]
    public void The_long_side_is_met_and_the_aspect_kept(int width, int height, int longSide, int newWidth, int newHeight)
    {
        Assert.Equal(new PixelSize(newWidth, newHeight), new PixelSize(width, height).WithLongSide(longSide));
        Assert.Equal(new PixelSize(newWidth, newHeight), new Picture(width, height).ResizeLongSide(longSide).Size);
    }
}
