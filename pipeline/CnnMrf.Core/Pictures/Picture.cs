namespace CnnMrf.Core.Pictures;

/// <summary>A colour picture in memory: sRGB-encoded red, green and blue as floats, nominally 0…1.</summary>
/// <remarks>Values may leave 0…1 after filtering; encoders clamp. A picture has no alpha: it is flattened when decoded.</remarks>
public sealed class Picture
{
    /// <summary>The most pixels that a picture can have: its values are one array.</summary>
    public static long MostPixels => Array.MaxLength / 3;

    /// <summary>Makes a black picture.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is less than 1, or the picture exceeds what an array can hold.</exception>
    public Picture(int width, int height)
        : this(width, height, new float[Length(width, height)])
    {
    }

    /// <summary>Makes a picture of the given values, which are not copied.</summary>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <param name="rgb">width × height × 3 values: interleaved red, green, blue, row by row from the top.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is less than 1, or the picture exceeds what an array can hold.</exception>
    /// <exception cref="ArgumentException"><paramref name="rgb"/> has another length.</exception>
    public Picture(int width, int height, float[] rgb)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        var length = Length(width, height);
        if (rgb.Length != length)
        {
            throw new ArgumentException($"A picture of {width}×{height} has {length} values, not {rgb.Length}.", nameof(rgb));
        }

        Width = width;
        Height = height;
        Rgb = rgb;
    }

    /// <summary>Width in pixels, at least 1.</summary>
    public int Width { get; }

    /// <summary>Height in pixels, at least 1.</summary>
    public int Height { get; }

    /// <summary>Both sides.</summary>
    public PixelSize Size => new(Width, Height);

    /// <summary>The values themselves (not a copy): interleaved red, green, blue, row by row from the top.</summary>
    public float[] Rgb { get; }

    /// <summary>One channel of one pixel.</summary>
    /// <param name="x">Column, 0 … Width − 1.</param>
    /// <param name="y">Row, 0 … Height − 1.</param>
    /// <param name="channel">0 red, 1 green, 2 blue.</param>
    public float this[int x, int y, int channel]
    {
        get => Rgb[(((y * Width) + x) * 3) + channel];
        set => Rgb[(((y * Width) + x) * 3) + channel] = value;
    }

    /// <summary>One row, interleaved red, green, blue: 3 · Width values.</summary>
    /// <param name="y">Row, 0 … Height − 1.</param>
    public Span<float> Row(int y) => Rgb.AsSpan(y * Width * 3, Width * 3);

    /// <summary>A copy that shares nothing with this picture.</summary>
    public Picture Clone() => new(Width, Height, (float[])Rgb.Clone());

    private static int Length(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var length = 3L * width * height;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Array.MaxLength, $"{width}×{height}");
        return (int)length;
    }
}
