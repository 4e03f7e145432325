using System.Numerics;
using SkiaSharp;

namespace CnnMrf.Training.Looks.Finishing;

/// <summary>A square picture as three planes of floats, 0 … 1, while it is being finished.</summary>
internal sealed class Pixels
{
    public Pixels(int side) => (Side, Planes) = (side, [new float[side * side], new float[side * side], new float[side * side]]);

    public int Side { get; }

    /// <summary>Red, green, blue; row by row.</summary>
    public float[][] Planes { get; }

    /// <summary>Pixels a side as a multiple of the size that lengths are given for.</summary>
    public float Unit => Side / 128f;

    public static Pixels From(SKBitmap picture)
    {
        var pixels = new Pixels(picture.Width);
        float[] red = pixels.Planes[0], green = pixels.Planes[1], blue = pixels.Planes[2];
        var bytes = picture.GetPixelSpan();
        for (int i = 0, at = 0; i < red.Length; i++, at += 4)
        {
            red[i] = bytes[at] * (1 / 255f);
            green[i] = bytes[at + 1] * (1 / 255f);
            blue[i] = bytes[at + 2] * (1 / 255f);
        }

        return pixels;
    }

    public unsafe void To(SKBitmap picture)
    {
        float[] red = Planes[0], green = Planes[1], blue = Planes[2];
        var bytes = new Span<byte>((void*)picture.GetPixels(), 4 * red.Length);
        for (int i = 0, at = 0; i < red.Length; i++, at += 4)
        {
            bytes[at] = ToByte(red[i]);
            bytes[at + 1] = ToByte(green[i]);
            bytes[at + 2] = ToByte(blue[i]);
            bytes[at + 3] = 255;
        }

        picture.NotifyPixelsChanged();
    }

    public Vector3 At(int i) => new(Planes[0][i], Planes[1][i], Planes[2][i]);

    public float Luminance(int i) => Colours.Luminance(At(i));

    private static byte ToByte(float value) => (byte)((Math.Clamp(value, 0, 1) * 255) + 0.5f);
}
