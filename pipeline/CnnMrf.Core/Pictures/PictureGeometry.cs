namespace CnnMrf.Core.Pictures;

/// <summary>Moves whole pixels: crop, pad, mirror. Every method returns a new picture.</summary>
public static class PictureGeometry
{
    /// <summary>Cuts a rectangle out.</summary>
    /// <param name="picture">The picture to cut from.</param>
    /// <param name="x">Left column of the rectangle.</param>
    /// <param name="y">Top row of the rectangle.</param>
    /// <param name="width">Width in pixels, at least 1.</param>
    /// <param name="height">Height in pixels, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle leaves the picture.</exception>
    public static Picture Crop(this Picture picture, int x, int y, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        ArgumentOutOfRangeException.ThrowIfNegative(y);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)x + width, picture.Width, nameof(width));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)y + height, picture.Height, nameof(height));
        var result = new Picture(width, height);
        for (var row = 0; row < height; row++)
        {
            picture.Row(y + row).Slice(3 * x, 3 * width).CopyTo(result.Row(row));
        }

        return result;
    }

    /// <summary>Adds borders that continue the picture by reflection about its outermost pixels (which are not repeated).</summary>
    /// <param name="picture">The picture to extend.</param>
    /// <param name="left">Columns added at the left; any number, as the reflection is itself reflected.</param>
    /// <param name="top">Rows added at the top.</param>
    /// <param name="right">Columns added at the right.</param>
    /// <param name="bottom">Rows added at the bottom.</param>
    /// <exception cref="ArgumentOutOfRangeException">A border is negative.</exception>
    public static Picture PadReflect(this Picture picture, int left, int top, int right, int bottom)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentOutOfRangeException.ThrowIfNegative(left);
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        ArgumentOutOfRangeException.ThrowIfNegative(right);
        ArgumentOutOfRangeException.ThrowIfNegative(bottom);
        var result = new Picture(picture.Width + left + right, picture.Height + top + bottom);
        for (var y = 0; y < result.Height; y++)
        {
            var from = picture.Row(Reflect(y - top, picture.Height));
            var to = result.Row(y);
            from.CopyTo(to[(3 * left)..]);
            for (var x = 0; x < left; x++)
            {
                from.Slice(3 * Reflect(x - left, picture.Width), 3).CopyTo(to[(3 * x)..]);
            }

            for (var x = left + picture.Width; x < result.Width; x++)
            {
                from.Slice(3 * Reflect(x - left, picture.Width), 3).CopyTo(to[(3 * x)..]);
            }
        }

        return result;
    }

    /// <summary>Exchanges left and right.</summary>
    /// <param name="picture">The picture to mirror.</param>
    public static Picture MirrorHorizontally(this Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var result = new Picture(picture.Width, picture.Height);
        for (var y = 0; y < picture.Height; y++)
        {
            var from = picture.Row(y);
            var to = result.Row(y);
            for (var x = 0; x < picture.Width; x++)
            {
                from.Slice(3 * x, 3).CopyTo(to[(3 * (picture.Width - 1 - x))..]);
            }
        }

        return result;
    }

    private static int Reflect(int index, int length)
    {
        if (length == 1)
        {
            return 0;
        }

        var period = 2 * (length - 1);
        var wrapped = ((index % period) + period) % period;
        return wrapped < length ? wrapped : period - wrapped;
    }
}
