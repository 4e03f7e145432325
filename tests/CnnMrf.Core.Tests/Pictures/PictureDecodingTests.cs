using CnnMrf.Core.Pictures;
using SkiaSharp;

namespace CnnMrf.Core.Tests.Pictures;

public sealed class PictureDecodingTests
{
    // 16×16 of the RGB colour (200, 80, 40), stored as CMYK with Adobe's inverted ink.
    private const string CmykJpeg =
        "/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwACAQEBAQECAQEBAgICAgIEAwICAgIFBAQDBAYFBgYGBQYGBgcJCAYHCQcGBggLCAkKCgoKCgYICwwLCg"
        + "wJCgoK/9sAQwECAgICAgIFAwMFCgcGBwoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoK/8AAFAgAEAAQ"
        + "BAERAAIRAQMRAQQRAP/EABYAAQEBAAAAAAAAAAAAAAAAAAAGCf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAWAQEBAQAAAAAAAAAAAAAAAAAACA"
        + "n/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADgQBAAIRAxEEAAA/AINZjLtpAAAAA//Z";

    [Theory]
    [InlineData(PictureFormat.Png)]
    [InlineData(PictureFormat.WebP)]
    public void A_lossless_file_gives_back_every_value(PictureFormat format)
    {
        var picture = TestPictures.Random(23, 17, 1);
        var decoded = PictureCodec.Decode(PictureCodec.Encode(picture, format, 100));
        Assert.Equal(picture.Rgb, decoded.Rgb);
    }

    [Fact]
    public void A_jpeg_comes_back_nearly_the_same()
    {
        var picture = TestPictures.Random(2, 2, 5).Resize(32, 32);
        var decoded = PictureCodec.Decode(PictureCodec.Encode(picture, PictureFormat.Jpeg, 95));
        Assert.InRange(picture.Rgb.Zip(decoded.Rgb, (a, b) => Math.Abs(Math.Clamp(a, 0, 1) - b)).Average(), 0.0001, 0.02);
    }

    [Fact]
    public void The_content_decides_the_format_not_the_extension()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jpg");
        try
        {
            File.WriteAllBytes(path, PictureCodec.Encode(TestPictures.Constant(8, 8, 1, 0, 0), PictureFormat.Png));
            Assert.Equal(1f, PictureCodec.Decode(path)[3, 3, 0]);
            Assert.Equal(new PixelSize(8, 8), PictureCodec.ReadSize(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    // Where the corner that is stored at the upper left is shown, as (right, bottom), and whether the sides are exchanged.
    [Theory]
    [InlineData(1, false, false, false)]
    [InlineData(2, true, false, false)]
    [InlineData(3, true, true, false)]
    [InlineData(4, false, true, false)]
    [InlineData(5, false, false, true)]
    [InlineData(6, true, false, true)]
    [InlineData(7, true, true, true)]
    [InlineData(8, false, true, true)]
    public void Every_EXIF_orientation_is_honoured(byte orientation, bool right, bool bottom, bool swapped)
    {
        // Upper left red, the rest of the upper edge green, all else black: tells all eight apart.
        var stored = TestPictures.Constant(48, 32, 0, 0, 0);
        for (var y = 0; y < 16; y++)
        {
            for (var x = 0; x < 48; x++)
            {
                stored[x, y, x < 16 ? 0 : 1] = 1;
            }
        }

        var jpeg = TestPictures.WithOrientation(PictureCodec.Encode(stored, PictureFormat.Jpeg, 100), orientation);
        var shown = PictureCodec.Decode(jpeg);

        Assert.Equal(swapped ? new PixelSize(32, 48) : new PixelSize(48, 32), shown.Size);
        var (x0, y0) = (right ? shown.Width - 8 : 7, bottom ? shown.Height - 8 : 7);
        Assert.InRange(shown[x0, y0, 0], 0.9f, 1f);
        // Along the stored upper edge it is green.
        var (x1, y1) = swapped ? (x0, shown.Height - 1 - y0) : (shown.Width - 1 - x0, y0);
        Assert.InRange(shown[x1, y1, 1], 0.9f, 1f);
        Assert.InRange(shown[x1, y1, 0], 0f, 0.1f);
    }

    [Fact]
    public void An_embedded_colour_profile_is_converted_to_sRGB()
    {
        using var displayP3 = SKColorSpace.CreateRgb(SKColorSpaceTransferFn.Srgb, SKColorSpaceXyz.DisplayP3);
        using var bitmap = new SKBitmap(new SKImageInfo(8, 8, SKColorType.Rgba8888, SKAlphaType.Opaque, displayP3));
        var pixels = bitmap.GetPixelSpan();
        for (var i = 0; i < pixels.Length; i += 4)
        {
            (pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]) = (180, 100, 60, 255);
        }

        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        var picture = PictureCodec.Decode(png.ToArray());

        // By the published matrices: linear P3 (0.4564, 0.1274, 0.0452) → sRGB (0.5305, 0.1135, 0.0306).
        Assert.Equal(Encoded(0.5305), picture[4, 4, 0], 0.004);
        Assert.Equal(Encoded(0.1135), picture[4, 4, 1], 0.004);
        Assert.Equal(Encoded(0.0306), picture[4, 4, 2], 0.004);
        static double Encoded(double linear) => (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;
    }

    [Fact]
    public void Alpha_is_flattened_on_white()
    {
        // One row of grey with alpha: transparent, a third, opaque.
        byte[] row = [10, 20, 30, 0, 0, 60, 255, 85, 40, 50, 60, 255];
        var png = TestPictures.Png(3, 8, 8, 6, [.. Enumerable.Repeat(row, 8)]);
        var picture = PictureCodec.Decode(png, new PictureLimits { MinSide = 1 });
        Assert.Equal([1f, 1f, 1f], picture.Row(0)[..3].ToArray());
        Assert.Equal(2 / 3f, picture[1, 0, 0], 1e-6f);
        Assert.Equal((60 / 255f / 3) + (2 / 3f), picture[1, 0, 1], 1e-6f);
        Assert.Equal(1f, picture[1, 0, 2], 1e-6f);
        Assert.Equal(50 / 255f, picture[2, 0, 1], 1e-6f);
    }

    [Fact]
    public void Sixteen_bits_keep_more_than_eight()
    {
        // A ramp of 64 steps within one step of 8 bits.
        var row = Enumerable.Range(0, 64).SelectMany(i => Enumerable.Repeat((ushort)(20_000 + (4 * i)), 3))
            .SelectMany(v => new[] { (byte)(v >> 8), (byte)v }).ToArray();
        var picture = PictureCodec.Decode(TestPictures.Png(64, 8, 16, 2, [.. Enumerable.Repeat(row, 8)]));
        Assert.True(picture.Row(0).ToArray().Distinct().Count() >= 8);
        for (var x = 0; x < 64; x++)
        {
            Assert.Equal((20_000 + (4 * x)) / 65_535.0, picture[x, 0, 0], 1 / 4096.0);
        }
    }

    [Fact]
    public void Sixteen_bit_grey_with_alpha_is_read()
    {
        byte[] pixel = [0x80, 0x00, 0x80, 0x00];
        var row = Enumerable.Repeat(pixel, 8).SelectMany(p => p).ToArray();
        var picture = PictureCodec.Decode(TestPictures.Png(8, 8, 16, 4, [.. Enumerable.Repeat(row, 8)]));
        Assert.All(picture.Rgb, v => Assert.Equal(0.75, v, 0.001));
    }

    [Fact]
    public void Grey_pictures_are_read()
    {
        var row = Enumerable.Repeat((byte)51, 8).ToArray();
        var picture = PictureCodec.Decode(TestPictures.Png(8, 8, 8, 0, [.. Enumerable.Repeat(row, 8)]));
        Assert.All(picture.Rgb, v => Assert.Equal(0.2f, v));
    }

    [Fact]
    public void A_CMYK_jpeg_is_read()
    {
        var picture = PictureCodec.Decode(Convert.FromBase64String(CmykJpeg));
        Assert.Equal(200 / 255.0, picture[8, 8, 0], 0.03);
        Assert.Equal(80 / 255.0, picture[8, 8, 1], 0.03);
        Assert.Equal(40 / 255.0, picture[8, 8, 2], 0.03);
    }

    [Theory]
    [InlineData(PictureFormat.Png)]
    [InlineData(PictureFormat.Jpeg)]
    [InlineData(PictureFormat.WebP)]
    public void A_truncated_file_is_refused_wherever_it_ends(PictureFormat format)
    {
        var whole = PictureCodec.Encode(TestPictures.Random(64, 48, 3), format, 90);
        foreach (var part in new[] { 0.05, 0.3, 0.6, 0.9, 0.99 })
        {
            var exception = Assert.Throws<PictureException>(() => PictureCodec.Decode(whole[..(int)(whole.Length * part)], null, "a.png"));
            Assert.StartsWith("a.png is ", exception.Message, StringComparison.Ordinal);
            if (part is > 0.5 and < 0.95)
            {
                Assert.Contains("truncated", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void What_is_not_a_picture_is_refused_by_name()
    {
        Refused(() => PictureCodec.Decode("hello, I am text"u8.ToArray(), null, "notes.txt"), "notes.txt is not a picture");
        Refused(() => PictureCodec.Decode([], null, "void.png"), "void.png is empty");
        Refused(() => PictureCodec.Decode(new MemoryStream(), null, "void.png"), "void.png is empty");
        Refused(() => PictureCodec.Decode("no/such/file.png"), "no/such/file.png does not exist");
        Refused(() => PictureCodec.Decode(Path.GetTempPath()), "is a folder");
    }

    [Fact]
    public void A_picture_beyond_a_limit_is_refused_from_its_header_alone()
    {
        // No pixels at all in these files: the header is all that is looked at.
        Refused(() => PictureCodec.Decode(TestPictures.Png(20_000, 20_000, 8, 2), null, "huge.png"), "20000×20000", "16384 (MaxSide)");
        Refused(() => PictureCodec.Decode(TestPictures.Png(16_000, 16_000, 8, 2), null, "huge.png"), "16000×16000", "(MaxPixels)");
        Refused(() => PictureCodec.Decode(TestPictures.Png(1, 1, 8, 2), null, "dot.png"), "dot.png is 1×1", "8 (MinSide)");
        var bytes = PictureCodec.Encode(TestPictures.Random(16, 16, 1), PictureFormat.Png);
        Refused(() => PictureCodec.Decode(bytes, new PictureLimits { MaxBytes = 100 }, "fat.png"), "fat.png has", "100", "(MaxBytes)");
        Refused(
            () => PictureCodec.Decode(new MemoryStream(bytes), new PictureLimits { MaxBytes = 100 }, "fat.png"), "fat.png", "(MaxBytes)");
    }

    private static void Refused(Action decode, params string[] parts)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var message = Assert.Throws<PictureException>(decode).Message;
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }
}
