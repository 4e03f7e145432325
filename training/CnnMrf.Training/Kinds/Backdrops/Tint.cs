using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Backdrops;

/// <summary>Arithmetic of opaque colours.</summary>
internal static class Tint
{
    /// <summary>From hue (degrees, any), saturation and value (0…1, clamped).</summary>
    public static SKColor Hsv(float hue, float saturation, float value) =>
        SKColor.FromHsv(((hue % 360) + 360) % 360, Math.Clamp(saturation, 0, 1) * 100, Math.Clamp(value, 0, 1) * 100);

    /// <summary>Between two colours.</summary>
    public static SKColor Mix(SKColor from, SKColor to, float share)
    {
        share = Math.Clamp(share, 0, 1);
        return new(Blend(from.Red, to.Red, share), Blend(from.Green, to.Green, share), Blend(from.Blue, to.Blue, share));
    }

    /// <summary>Darker (factor below 1) or nearer to white (factor above 1).</summary>
    public static SKColor Shade(SKColor colour, float factor) =>
        factor <= 1 ? Mix(SKColors.Black, colour, factor) : Mix(colour, SKColors.White, factor - 1);

    /// <summary>The product of two colours, as light falls on paint.</summary>
    public static SKColor Times(SKColor colour, SKColor light) =>
        new((byte)(colour.Red * light.Red / 255), (byte)(colour.Green * light.Green / 255), (byte)(colour.Blue * light.Blue / 255));

    /// <summary>A neighbour of a colour.</summary>
    /// <param name="random">Decides which.</param>
    /// <param name="colour">The colour.</param>
    /// <param name="amount">0…1: 0.1 is hardly seen, 0.5 is another colour.</param>
    public static SKColor Vary(SceneRandom random, SKColor colour, float amount)
    {
        colour.ToHsv(out var hue, out var saturation, out var value);
        return Hsv(hue + (amount * random.Normal(0, 25)), (saturation / 100) + (amount * random.Normal(0, 0.4f)),
            (value / 100) + (amount * random.Normal(0, 0.4f)));
    }

    /// <summary>Any colour, seldom garish.</summary>
    public static SKColor Any(SceneRandom random) =>
        Hsv(random.Between(0, 360), MathF.Pow(random.Next(), 1.5f) * 0.9f, random.Between(0.12f, 1));

    private static byte Blend(byte from, byte to, float share) => (byte)(from + ((to - from) * share) + 0.5f);
}
