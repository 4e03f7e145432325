using SkiaSharp;

namespace CnnMrf.Core.Pictures;

/// <summary>The eight EXIF orientations. Each is named for where the stored first row and first column are shown.</summary>
internal static class Orientation
{
    public static bool Swaps(SKEncodedOrigin origin) =>
        origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    public static Picture Apply(Picture picture, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft)
        {
            return picture;
        }

        var (right, bottom) = (picture.Width - 1, picture.Height - 1);
        var result = Swaps(origin) ? new Picture(picture.Height, picture.Width) : new Picture(picture.Width, picture.Height);
        for (var y = 0; y < result.Height; y++)
        {
            var to = result.Row(y);
            for (var x = 0; x < result.Width; x++)
            {
                var (column, row) = origin switch
                {
                    SKEncodedOrigin.TopRight => (right - x, y),
                    SKEncodedOrigin.BottomRight => (right - x, bottom - y),
                    SKEncodedOrigin.BottomLeft => (x, bottom - y),
                    SKEncodedOrigin.LeftTop => (y, x),
                    SKEncodedOrigin.RightTop => (y, bottom - x),
                    SKEncodedOrigin.RightBottom => (right - y, bottom - x),
                    SKEncodedOrigin.LeftBottom => (right - y, x),
                    _ => (x, y),
                };
                picture.Row(row).Slice(3 * column, 3).CopyTo(to[(3 * x)..]);
            }
        }

        return result;
    }
}
