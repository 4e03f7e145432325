namespace CnnMrf.Core.Pictures;

/// <summary>Gives a picture the colours of another, place by place, and leaves it its light and shade.</summary>
/// <remarks>
/// In CIELAB (sRGB, D65): L* is the picture's, a* and b* are those of the other at the same place. Where no sRGB colour has that lightness
/// and that chroma, the chroma is lessened and the hue kept, as far as needed: lightness is never given up.
/// </remarks>
public static class ColorKeeping
{
    // D65, Y = 1: what the matrix below makes of white.
    private const double WhiteX = 0.95047;
    private const double WhiteZ = 1.08883;

    // CIE 15: the linear part of the lightness curve.
    private const double Epsilon = 216.0 / 24389;
    private const double Kappa = 24389.0 / 27;

    // Halvings of the chroma's range: far below one step of 8 bits.
    private const int Halvings = 12;

    /// <summary>Lightness of one picture, hue and chroma of another.</summary>
    /// <param name="lightness">The picture whose light and shade stay; values are clamped to 0…1.</param>
    /// <param name="color">The picture whose colours are taken; brought to the other's size.</param>
    /// <returns>A new picture of the first one's size, values within 0…1.</returns>
    public static Picture Apply(Picture lightness, Picture color)
    {
        ArgumentNullException.ThrowIfNull(lightness);
        ArgumentNullException.ThrowIfNull(color);
        var colors = color.Size == lightness.Size ? color : color.Resize(lightness.Size);
        var result = new Picture(lightness.Width, lightness.Height);
        Parallel.For(0, result.Height, y =>
        {
            var light = lightness.Row(y);
            var hue = colors.Row(y);
            var row = result.Row(y);
            for (var i = 0; i < row.Length; i += 3)
            {
                var l = ToLab(light[i], light[i + 1], light[i + 2]).L;
                var (_, a, b) = ToLab(hue[i], hue[i + 1], hue[i + 2]);
                var (red, green, blue) = Within(l, a, b);
                (row[i], row[i + 1], row[i + 2]) = ((float)red, (float)green, (float)blue);
            }
        });
        return result;
    }

    /// <summary>L* (0…100), a* and b* of an sRGB colour, clamped to 0…1.</summary>
    internal static (double L, double A, double B) ToLab(double red, double green, double blue)
    {
        var (r, g, b) = (Linear(red), Linear(green), Linear(blue));
        var x = F(((0.4124564 * r) + (0.3575761 * g) + (0.1804375 * b)) / WhiteX);
        var y = F((0.2126729 * r) + (0.7151522 * g) + (0.0721750 * b));
        var z = F(((0.0193339 * r) + (0.1191920 * g) + (0.9503041 * b)) / WhiteZ);
        return ((116 * y) - 16, 500 * (x - y), 200 * (y - z));
    }

    private static (double Red, double Green, double Blue) Within(double l, double a, double b)
    {
        var whole = ToLinear(l, a, b);
        if (IsColor(whole))
        {
            return Encoded(whole);
        }

        var (low, high) = (0.0, 1.0);
        for (var n = 0; n < Halvings; n++)
        {
            var middle = (low + high) / 2;
            (low, high) = IsColor(ToLinear(l, middle * a, middle * b)) ? (middle, high) : (low, middle);
        }

        return Encoded(ToLinear(l, low * a, low * b));
    }

    private static (double Red, double Green, double Blue) ToLinear(double l, double a, double b)
    {
        var f = (l + 16) / 116;
        var x = WhiteX * Inverse(f + (a / 500));
        var y = l > Kappa * Epsilon ? f * f * f : l / Kappa;
        var z = WhiteZ * Inverse(f - (b / 200));
        return (
            (3.2404542 * x) - (1.5371385 * y) - (0.4985314 * z),
            (-0.9692660 * x) + (1.8760108 * y) + (0.0415560 * z),
            (0.0556434 * x) - (0.2040259 * y) + (1.0572252 * z));
    }

    // With some room for the rounding of the matrices.
    private static bool IsColor((double Red, double Green, double Blue) c) =>
        Math.Min(c.Red, Math.Min(c.Green, c.Blue)) >= -1e-5 && Math.Max(c.Red, Math.Max(c.Green, c.Blue)) <= 1 + 1e-5;

    private static (double Red, double Green, double Blue) Encoded((double Red, double Green, double Blue) c) =>
        (Encode(c.Red), Encode(c.Green), Encode(c.Blue));

    private static double Linear(double value)
    {
        var v = Math.Clamp(value, 0, 1);
        return v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
    }

    private static double Encode(double value)
    {
        var v = Math.Clamp(value, 0, 1);
        return v <= 0.0031308 ? 12.92 * v : (1.055 * Math.Pow(v, 1 / 2.4)) - 0.055;
    }

    private static double F(double t) => t > Epsilon ? Math.Cbrt(t) : ((Kappa * t) + 16) / 116;

    private static double Inverse(double f) => f * f * f > Epsilon ? f * f * f : ((116 * f) - 16) / Kappa;
}
