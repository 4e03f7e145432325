using CnnMrf.Core.Pictures;

namespace CnnMrf.Core.Figures;

internal static class PictureEnlarging
{
    /// <summary>Every pixel becomes a square of the given side.</summary>
    public static Picture Enlarge(Picture picture, int factor)
    {
        var result = new Picture(picture.Width * factor, picture.Height * factor);
        for (var y = 0; y < result.Height; y++)
        {
            var from = picture.Row(y / factor);
            var to = result.Row(y);
            for (var x = 0; x < result.Width; x++)
            {
                from.Slice(3 * (x / factor), 3).CopyTo(to[(3 * x)..]);
            }
        }

        return result;
    }
}
