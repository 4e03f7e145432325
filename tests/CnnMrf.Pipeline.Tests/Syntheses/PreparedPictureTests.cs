using CnnMrf.Core.Pictures;
using CnnMrf.Core.Tensors;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Tests.Fakes;

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
        var read = PreparedPicture.Read(bytes, "content" + extension);
        Assert.Equal(picture.Size, read.Size);
        Assert.Equal(picture.Rgb, read.Rgb);
    }

    [Fact]
    public void A_tensor_file_that_is_no_picture_is_refused()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [new("rgb", TensorType.F32, [2, 2], new byte[16])], new Dictionary<string, string>());
        Assert.Throws<SafetensorsException>(() => PreparedPicture.Read(stream.ToArray(), "x.safetensors"));
    }
}
