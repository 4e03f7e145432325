using CnnMrf.Core.Settings;

namespace CnnMrf.Core.Pictures;

/// <summary>Width and height, px.</summary>
public readonly record struct PixelSize(int Width, int Height)
{
    /// <summary>The longer side.</summary>
    public int LongSide => Math.Max(Width, Height);

    /// <summary>The shorter side.</summary>
    public int ShortSide => Math.Min(Width, Height);

    /// <summary>The size with the given long side and these proportions; no side below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="longSide"/> is less than 1.</exception>
    public PixelSize WithLongSide(double longSide, SideRounding rounding = SideRounding.Nearest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(longSide, 1);
        var factor = longSide / LongSide;
        return new(Round(Width * factor, rounding), Round(Height * factor, rounding));
    }

    /// <summary>"WIDTHxHEIGHT".</summary>
    public override string ToString() => $"{Width}x{Height}";

    private static int Round(double side, SideRounding rounding) => Math.Max(1, (int)(rounding == SideRounding.Up
        // A hair of slack: 384·(1/4)·4 must not become 385.
        ? Math.Ceiling(side - 1e-6)
        : Math.Floor(side + 0.5)));
}
