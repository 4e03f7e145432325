using System.Numerics;
using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Looks;

/// <summary>Colours as vectors of red, green and blue, 0 … 1.</summary>
internal static class Colours
{
    public static float Luminance(Vector3 colour) => Vector3.Dot(colour, new(0.299f, 0.587f, 0.114f));

    public static Vector3 FromSkia(SKColor colour) => new Vector3(colour.Red, colour.Green, colour.Blue) / 255;

    public static SKColor ToSkia(Vector3 colour)
    {
        var bytes = (Vector3.Clamp(colour, Vector3.Zero, Vector3.One) * 255) + new Vector3(0.5f);
        return new((byte)bytes.X, (byte)bytes.Y, (byte)bytes.Z);
    }

    /// <summary>A colour of a given hue (turns), saturation and value.</summary>
    public static Vector3 FromHsv(float hue, float saturation, float value)
    {
        float Channel(float shift)
        {
            var k = (shift + (hue * 6)) % 6;
            return value * (1 - (saturation * Math.Clamp(Math.Min(k, 4 - k), 0, 1)));
        }

        hue -= MathF.Floor(hue);
        return new(Channel(5), Channel(3), Channel(1));
    }

    /// <summary>Any colour, as often dark as light.</summary>
    public static Vector3 Any(SceneRandom random)
    {
        var colour = FromHsv(random.Next(), MathF.Sqrt(random.Next()), 1);
        return WithLuminance(colour, random.Between(0.03f, 0.97f));
    }

    /// <summary>The colour made darker or lighter, towards black or white.</summary>
    public static Vector3 WithLuminance(Vector3 colour, float luminance)
    {
        var now = Luminance(colour);
        return luminance <= now
            ? colour * (luminance / MathF.Max(now, 1e-3f))
            : Vector3.Lerp(colour, Vector3.One, (luminance - now) / MathF.Max(1 - now, 1e-3f));
    }
}
