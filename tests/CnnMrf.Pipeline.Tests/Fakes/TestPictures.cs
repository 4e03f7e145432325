using CnnMrf.Core.Pictures;

namespace CnnMrf.Pipeline.Tests.Fakes;

internal static class TestPictures
{
    public static byte[] Png(int width = 64, int height = 48, int seed = 1) =>
        PictureCodec.Encode(Noise(width, height, seed), PictureFormat.Png);

    public static byte[] Jpeg(int width = 64, int height = 48, int seed = 1) =>
        PictureCodec.Encode(Noise(width, height, seed), PictureFormat.Jpeg);

    /// <summary>A label map: two classes, side by side.</summary>
    public static byte[] Map(int width = 64, int height = 48, float right = 1)
    {
        var picture = new Picture(width, height);
        for (var i = 0; i < picture.Rgb.Length; i += 3)
        {
            picture.Rgb[i] = i / 3 % width < width / 2 ? 0 : right;
        }

        return PictureCodec.Encode(picture, PictureFormat.Png);
    }

    public static Picture Noise(int width, int height, int seed)
    {
        var random = new Random(seed);
        var picture = new Picture(width, height);
        for (var i = 0; i < picture.Rgb.Length; i++)
        {
            picture.Rgb[i] = random.Next(256) / 255f;
        }

        return picture;
    }
}
