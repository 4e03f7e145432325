namespace CnnMrf.Core.Pictures;

/// <summary>Which way a size that is not whole goes.</summary>
public enum SizeRounding
{
    /// <summary>To the nearest, halves up.</summary>
    Nearest,

    /// <summary>To the next larger.</summary>
    Up,

    /// <summary>To the next smaller, but never below one unit.</summary>
    Down,
}

/// <summary>The sides of a picture.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
public readonly record struct PictureSize(int Width, int Height)
{
    /// <summary>The longer side in pixels.</summary>
    public int LongSide => Math.Max(Width, Height);

    /// <summary>The shorter side in pixels.</summary>
    public int ShortSide => Math.Min(Width, Height);

    /// <summary>Width × height in pixels.</summary>
    public long Pixels => (long)Width * Height;

    /// <summary>The same aspect with the given long side; the other side is rounded and at least 1.</summary>
    /// <param name="longSide">The new long side in pixels, at least 1.</param>
    /// <param name="rounding">How the other side is rounded.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="longSide"/> is less than 1.</exception>
    public PictureSize WithLongSide(int longSide, SizeRounding rounding = SizeRounding.Nearest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(longSide, 1);
        // Integer arithmetic: no platform may round 0.5 − ε another way.
        return Width >= Height
            ? new PictureSize(longSide, Divide((long)Height * longSide, Width, rounding))
            : new PictureSize(Divide((long)Width * longSide, Height, rounding), longSide);
    }

    /// <summary>Both sides rounded to multiples, at least one multiple each.</summary>
    /// <param name="multiple">The unit in pixels, at least 1.</param>
    /// <param name="rounding">How each side is rounded.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="multiple"/> is less than 1.</exception>
    public PictureSize RoundedTo(int multiple, SizeRounding rounding = SizeRounding.Nearest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(multiple, 1);
        return new PictureSize(multiple * Divide(Width, multiple, rounding), multiple * Divide(Height, multiple, rounding));
    }

    /// <summary>"WIDTH×HEIGHT".</summary>
    public override string ToString() => $"{Width}×{Height}";

    private static int Divide(long numerator, long denominator, SizeRounding rounding)
    {
        var quotient = rounding switch
        {
            SizeRounding.Nearest => ((2 * numerator) + denominator) / (2 * denominator),
            SizeRounding.Up => (numerator + denominator - 1) / denominator,
            _ => numerator / denominator,
        };
        return (int)Math.Max(1, quotient);
    }
}
