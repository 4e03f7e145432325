namespace CnnMrf.Core.Pictures;

/// <summary>What a picture may be, checked from its header before any pixel is decoded.</summary>
public sealed record PictureLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static PictureLimits Default { get; } = new();

    /// <summary>The largest width × height in pixels; 64 megapixels unless set.</summary>
    public long MaxPixels { get; init; } = 64_000_000;

    /// <summary>The longest side in pixels; 16384 unless set.</summary>
    public int MaxSide { get; init; } = 16_384;

    /// <summary>The shortest side in pixels; 8 unless set.</summary>
    public int MinSide { get; init; } = 8;

    /// <summary>The largest encoded size in bytes; 50 MB unless set.</summary>
    public long MaxBytes { get; init; } = 50_000_000;

    internal void CheckBytes(string source, long bytes)
    {
        if (bytes > MaxBytes)
        {
            throw new PictureException(
                $"{source} has {bytes:N0} bytes; at most {MaxBytes:N0} are accepted (MaxBytes). Save it smaller or compress it more.");
        }
    }

    internal void CheckSize(string source, int width, int height)
    {
        if (Math.Min(width, height) < MinSide)
        {
            throw new PictureException(
                $"{source} is {width}×{height} pixels; each side must have at least {MinSide} (MinSide). Give a larger picture.");
        }

        if (Math.Max(width, height) > MaxSide)
        {
            throw new PictureException(
                $"{source} is {width}×{height} pixels; no side may exceed {MaxSide} (MaxSide). Scale it down first.");
        }

        var pixels = (long)width * height;
        if (pixels > MaxPixels)
        {
            throw new PictureException(
                $"{source} is {width}×{height} = {pixels:N0} pixels; at most {MaxPixels:N0} are accepted (MaxPixels). "
                + "Scale it down first.");
        }
    }
}
