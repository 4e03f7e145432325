using CnnMrf.Core.Pictures;
using CnnMrf.Core.Tensors;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Tests.Fakes;
using FsCheck;
using FsCheck.Fluent;

namespace CnnMrf.Pipeline.Tests.Syntheses;

public sealed class PreparedPictureTests
{
    [Fact]
    public void Eight_bits_become_a_png_of_the_same_values()
    {
        var picture = PictureCodec.Decode(TestPictures.Jpeg());
        var (bytes, extension, type) = PreparedPicture.Write(picture);
        Assert.Equal((".png", "image/png"), (extension, type));
        Assert.Equal(picture.Rgb, PreparedPicture.Read(bytes, "content" + extension).Rgb);
    }

    [Fact]
    public void What_eight_bits_cannot_hold_becomes_a_tensor_of_the_same_values()
    {
        var picture = TestPictures.Noise(9, 11, 3);
        picture.Rgb[17] = 0.123456f;
        var (bytes, extension, _) = PreparedPicture.Write(picture);
        Assert.Equal(".safetensors", extension);
        Assert.Equal(TensorType.F32, SafetensorsFile.Read(bytes, "content").Header["rgb"].Type);
        var read = PreparedPicture.Read(bytes, "content" + extension);
        Assert.Equal(picture.Size, read.Size);
        Assert.Equal(picture.Rgb, read.Rgb);
    }

    [Fact]
    public void What_half_floats_hold_takes_half_the_bytes()
    {
        var picture = new Picture(40, 30);
        for (var i = 0; i < picture.Rgb.Length; i++)
        {
            picture.Rgb[i] = (float)(Half)(i / (float)picture.Rgb.Length);
        }

        var (bytes, extension, _) = PreparedPicture.Write(picture);
        Assert.Equal(TensorType.F16, SafetensorsFile.Read(bytes, "content").Header["rgb"].Type);
        Assert.InRange(bytes.Length, 2 * picture.Rgb.Length, (2 * picture.Rgb.Length) + 256);
        Assert.Equal(picture.Rgb, PreparedPicture.Read(bytes, "content" + extension).Rgb);
    }

    [Fact]
    public void Eight_bits_hold_a_picture_exactly_if_it_comes_back_from_a_png_as_it_was() => Prop.ForAll<byte[], int>((bytes, odd) =>
    {
        var picture = new Picture(bytes.Length + 1, 1);
        for (var i = 0; i < bytes.Length; i++)
        {
            picture.Rgb[3 * i] = bytes[i] / 255f;
        }

        picture.Rgb[^1] = odd % 2 == 0 ? 1 : odd / 1e9f;
        var png = PictureCodec.Encode(picture, PictureFormat.Png);
        var back = PictureCodec.Decode(png, new() { MinSide = 1 }).Rgb;
        return picture.IsEightBit() == back.AsSpan().SequenceEqual(picture.Rgb);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_tensor_file_that_is_no_picture_is_refused()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [new("rgb", TensorType.F32, [2, 2], new byte[16])], new Dictionary<string, string>());
        Assert.Throws<SafetensorsException>(() => PreparedPicture.Read(stream.ToArray(), "x.safetensors"));
    }
}
