using CnnMrf.Core.Pictures;

namespace CnnMrf.Pipeline.Tests.Fakes;

internal static class TestPictures
{
    public static byte[] Png(int width = 64, int height = 48, int seed = 1) =>
        PictureCodec.Encode(Noise(width, height, seed), PictureFormat.Png);

    public static byte[] Jpeg(int width = 64, int height = 48, int seed = 1) =>
        PictureCodec.Encode(Noise(width, height, seed), PictureFormat.Jpeg);

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
