using System.Numerics;
using CnnMrf.Core.Pictures;
using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Evaluation.Restylings;

/// <summary>Restylings that change each pixel by itself (one of them after a blur).</summary>
internal static class ColourChanges
{
    // From dark to light: through blue, green and red; through purple and orange; and a light blue to a dark red.
    private static readonly Vector3[][] Maps =
    [
        [new(0.1f, 0.05f, 0.45f), new(0.05f, 0.45f, 0.95f), new(0.2f, 0.85f, 0.4f), new(0.98f, 0.85f, 0.15f), new(0.85f, 0.1f, 0.1f)],
        [new(0, 0, 0.03f), new(0.35f, 0.05f, 0.45f), new(0.75f, 0.2f, 0.35f), new(0.97f, 0.6f, 0.1f), new(0.98f, 1, 0.7f)],
        [new(0.95f, 0.97f, 0.9f), new(0.55f, 0.8f, 0.9f), new(0.4f, 0.45f, 0.75f), new(0.55f, 0.15f, 0.5f), new(0.3f, 0, 0.1f)],
    ];

    /// <summary>Turns hues by a third of the circle or more; brightness stays.</summary>
    public static Picture RotateHue(Picture picture, SceneRandom random)
    {
        var angle = random.Between(MathF.Tau / 3, MathF.Tau * 2 / 3);
        var (cos, sin) = (MathF.Cos(angle), MathF.Sin(angle));
        return PerPixel(picture, c =>
        {
            var y = (0.299f * c.X) + (0.587f * c.Y) + (0.114f * c.Z);
            var i = (0.596f * c.X) - (0.274f * c.Y) - (0.322f * c.Z);
            var q = (0.211f * c.X) - (0.523f * c.Y) + (0.312f * c.Z);
            (i, q) = ((i * cos) - (q * sin), (i * sin) + (q * cos));
            return new(y + (0.956f * i) + (0.621f * q), y - (0.272f * i) - (0.647f * q), y - (1.106f * i) + (1.703f * q));
        });
    }

    /// <summary>Values above a threshold are turned over.</summary>
    public static Picture Solarise(Picture picture, SceneRandom random)
    {
        var threshold = random.Between(0.4f, 0.6f);
        float Turned(float value) => value < threshold ? value / threshold : (1 - value) / (1 - threshold);
        return PerPixel(picture, c => new(Turned(c.X), Turned(c.Y), Turned(c.Z)));
    }

    /// <summary>Brightness, blurred, through a map of colours.</summary>
    public static Picture FalseColour(Picture picture, SceneRandom random)
    {
        var map = random.Pick<Vector3[]>(Maps);
        var luminance = Plane.Luminance(picture).Stretched()
            .Blurred(Strength.Scaled(Strength.FalseColourBlur, picture.Size.LongSide));
        var result = new Picture(picture.Width, picture.Height);
        for (var i = 0; i < luminance.Values.Length; i++)
        {
            var place = Math.Clamp(luminance.Values[i], 0, 1) * (map.Length - 1);
            var lower = Math.Min((int)place, map.Length - 2);
            Vector3.Lerp(map[lower], map[lower + 1], place - lower).CopyTo(result.Rgb, 3 * i);
        }

        return result;
    }

    /// <summary>Another light: a cast of colour, harder or softer.</summary>
    public static Picture Relight(Picture picture, SceneRandom random)
    {
        var exponent = MathF.Exp(random.Between(-Strength.Exponent, Strength.Exponent));
        var cast = new Vector3(random.Next(), random.Next(), random.Next());
        var share = random.Between(Strength.LeastCast, Strength.GreatestCast);
        return PerPixel(picture, c => Vector3.Lerp(
            new(MathF.Pow(c.X, exponent), MathF.Pow(c.Y, exponent), MathF.Pow(c.Z, exponent)), cast, share));
    }

    private static Picture PerPixel(Picture picture, Func<Vector3, Vector3> change)
    {
        var result = new Picture(picture.Width, picture.Height);
        for (var i = 0; i < picture.Rgb.Length; i += 3)
        {
            var colour = Vector3.Clamp(new(picture.Rgb.AsSpan(i, 3)), Vector3.Zero, Vector3.One);
            Vector3.Clamp(change(colour), Vector3.Zero, Vector3.One).CopyTo(result.Rgb, i);
        }

        return result;
    }
}
