using CnnMrf.Core.Pictures;

namespace CnnMrf.Core.Tests.Pictures;

public sealed class PictureGeometryTests
{
    [Fact]
    public void A_crop_holds_the_pixels_of_its_rectangle()
    {
        var picture = TestPictures.Random(12, 9, 1);
        var crop = picture.Crop(3, 2, 5, 4);
        Assert.Equal(new PixelSize(5, 4), crop.Size);
        Assert.Equal(picture[3, 2, 0], crop[0, 0, 0]);
        Assert.Equal(picture[7, 5, 2], crop[4, 3, 2]);
        Assert.Throws<ArgumentOutOfRangeException>(() => picture.Crop(8, 0, 5, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => picture.Crop(-1, 0, 5, 4));
    }

    [Fact]
    public void A_border_reflects_without_repeating_the_edge()
    {
        var row = new Picture(3, 1, [1, 1, 1, 2, 2, 2, 3, 3, 3]);
        var padded = row.PadReflect(5, 1, 3, 2);
        Assert.Equal(new PixelSize(11, 4), padded.Size);
        for (var y = 0; y < 4; y++)
        {
            Assert.Equal([2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2], Enumerable.Range(0, 11).Select(x => padded[x, y, 1]));
        }
    }

    [Fact]
    public void Padding_and_cropping_undo_each_other()
    {
        var picture = TestPictures.Random(7, 5, 3);
        Assert.Equal(picture.Rgb, picture.PadReflect(4, 9, 2, 1).Crop(4, 9, 7, 5).Rgb);
    }

    [Fact]
    public void Mirroring_exchanges_left_and_right_and_is_its_own_inverse()
    {
        var picture = TestPictures.Random(7, 5, 3);
        var mirrored = picture.MirrorHorizontally();
        Assert.Equal(picture[0, 2, 1], mirrored[6, 2, 1]);
        Assert.Equal(picture.Rgb, mirrored.MirrorHorizontally().Rgb);
    }

    [Fact]
    public void A_picture_of_the_wrong_length_is_refused()
    {
        var exception = Assert.Throws<ArgumentException>(() => new Picture(2, 2, new float[11]));
        Assert.Contains("2×2 has 12 values, not 11", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Picture(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Picture(60_000, 60_000));
    }

    [Fact]
    public void A_bitmap_and_back_is_the_same_picture()
    {
        var picture = TestPictures.Random(7, 5, 3);
        using var bitmap = picture.ToBitmap();
        Assert.Equal(picture.Rgb, bitmap.ToPicture().Rgb);
    }
}
