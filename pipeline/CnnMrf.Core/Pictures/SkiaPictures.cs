using SkiaSharp;

namespace CnnMrf.Core.Pictures;

/// <summary>Between pictures and Skia's bitmaps, for code that draws.</summary>
public static class SkiaPictures
{
    /// <summary>An opaque 8-bit sRGB bitmap of the picture: clamped to 0…1, rounded to nearest.</summary>
    /// <param name="picture">The picture to convert.</param>
    /// <returns>A bitmap in RGBA order that the caller disposes.</returns>
    /// <exception cref="PictureException">A value is not a number.</exception>
    public static SKBitmap ToBitmap(this Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        using var sRgb = SKColorSpace.CreateSrgb();
        var bitmap = new SKBitmap();
        try
        {
            var info = new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque, sRgb);
            if (!bitmap.TryAllocPixels(info, 4 * picture.Width))
            {
                throw new PictureException($"There is not enough memory for a picture of {picture.Size} pixels.");
            }

            var to = bitmap.GetPixelSpan();
            var from = picture.Rgb;
            for (int i = 0, j = 0; i < from.Length; i += 3, j += 4)
            {
                to[j] = Quantise(from[i]);
                to[j + 1] = Quantise(from[i + 1]);
                to[j + 2] = Quantise(from[i + 2]);
                to[j + 3] = 255;
            }

            return bitmap;
        }
        catch
        {
            bitmap.Dispose();
            throw;
        }
    }

    /// <summary>The picture that an sRGB bitmap of 8-bit RGBA shows; alpha is flattened on white.</summary>
    /// <param name="bitmap">A bitmap with colour type Rgba8888 and alpha type Opaque, Premul or Unpremul.</param>
    /// <exception cref="ArgumentException">The bitmap has another colour type.</exception>
    public static Picture ToPicture(this SKBitmap bitmap)
    {
        ArgumentNullException.ThrowIfNull(bitmap);
        if (bitmap.ColorType != SKColorType.Rgba8888)
        {
            throw new ArgumentException($"The bitmap must be Rgba8888, not {bitmap.ColorType}.", nameof(bitmap));
        }

        var picture = new Picture(bitmap.Width, bitmap.Height);
        var premultiplied = bitmap.AlphaType == SKAlphaType.Premul;
        var opaque = bitmap.AlphaType == SKAlphaType.Opaque;
        var pixels = bitmap.GetPixelSpan();
        for (var y = 0; y < bitmap.Height; y++)
        {
            var from = pixels.Slice(y * bitmap.RowBytes, 4 * bitmap.Width);
            var to = picture.Row(y);
            for (int i = 0, j = 0; i < to.Length; i += 3, j += 4)
            {
                var alpha = opaque ? 1 : from[j + 3] / 255f;
                var gain = premultiplied ? 1 : alpha;
                to[i] = (from[j] / 255f * gain) + (1 - alpha);
                to[i + 1] = (from[j + 1] / 255f * gain) + (1 - alpha);
                to[i + 2] = (from[j + 2] / 255f * gain) + (1 - alpha);
            }
        }

        return picture;
    }

    /// <summary>Whether 8 bits hold the picture exactly: written as PNG and read again it is the same, value for value.</summary>
    /// <param name="picture">The picture.</param>
    /// <exception cref="PictureException">A value is not a number.</exception>
    public static bool IsEightBit(this Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var exact = true;
        foreach (var value in picture.Rgb)
        {
            exact &= Quantise(value) / 255f == value;
        }

        return exact;
    }

    private static byte Quantise(float value)
    {
        // A NaN would become an innocent black pixel; better to learn of it.
        if (float.IsNaN(value))
        {
            throw new PictureException("The picture holds values that are not numbers (NaN), so it cannot be written or shown.");
        }

        return (byte)((Math.Clamp(value, 0f, 1f) * 255f) + 0.5f);
    }
}
