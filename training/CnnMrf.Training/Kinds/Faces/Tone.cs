using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Faces;

/// <summary>Small sums with colours.</summary>
internal static class Tone
{
    /// <summary>Between two colours; 0 gives the first, 1 the second.</summary>
    public static SKColor Mix(SKColor first, SKColor second, float share) => new(
        Channel(first.Red, second.Red, share), Channel(first.Green, second.Green, share), Channel(first.Blue, second.Blue, share));

    /// <summary>Towards black by a share.</summary>
    public static SKColor Darker(SKColor colour, float share) => Mix(colour, new(10, 6, 12), share);

    /// <summary>Towards white by a share.</summary>
    public static SKColor Lighter(SKColor colour, float share) => Mix(colour, SKColors.White, share);

    /// <summary>Any colour: saturation and value in 0…100.</summary>
    public static SKColor Any(SceneRandom random, float leastSaturation, float mostSaturation, float leastValue, float mostValue) =>
        SKColor.FromHsv(random.Between(0, 360), random.Between(leastSaturation, mostSaturation), random.Between(leastValue, mostValue));

    /// <summary>A shade nearby, as things of one material have it.</summary>
    public static SKColor Near(SceneRandom random, SKColor colour, float spread)
    {
        var amount = random.Between(-spread, spread);
        return amount < 0 ? Darker(colour, -amount) : Lighter(colour, amount);
    }

    private static byte Channel(byte first, byte second, float share) =>
        (byte)Math.Clamp(MathF.Round(first + ((second - first) * share)), 0, 255);
}
