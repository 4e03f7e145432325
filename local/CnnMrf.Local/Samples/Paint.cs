using System.Numerics;

namespace CnnMrf.Local.Samples;

/// <summary>Small arithmetic of colours, which are sRGB-encoded 0…1.</summary>
internal static class Paint
{
    /// <summary>The colour written as 0xRRGGBB.</summary>
    public static Vector3 Rgb(int hex) => new Vector3((hex >> 16) & 255, (hex >> 8) & 255, hex & 255) / 255f;

    /// <summary>0 at <paramref name="from"/>, 1 at <paramref name="to"/> (which may be the lesser), smooth between.</summary>
    public static float Step(float from, float to, float value)
    {
        var t = Math.Clamp((value - from) / (to - from), 0, 1);
        return t * t * (3 - (2 * t));
    }

    public static float Lerp(float a, float b, float t) => a + (t * (b - a));

    /// <summary>A colour of a scale of 0xRRGGBB, 0…1 from its first to its last.</summary>
    public static Vector3 Scale(float t, params ReadOnlySpan<int> colors)
    {
        var at = Math.Clamp(t, 0, 1) * (colors.Length - 1);
        var i = Math.Min((int)at, colors.Length - 2);
        return Vector3.Lerp(Rgb(colors[i]), Rgb(colors[i + 1]), at - i);
    }

    public static float Next(this Random random, float low, float high) => low + (random.NextSingle() * (high - low));

    /// <summary>A normal deviate.</summary>
    public static float Normal(this Random random) =>
        MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(MathF.Tau * random.NextSingle());
}
