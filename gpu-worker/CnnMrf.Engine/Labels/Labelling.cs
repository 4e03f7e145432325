using CnnMrf.Core.Pictures;

namespace CnnMrf.Engine.Labels;

/// <summary>Classes of pixels.</summary>
internal static class Labelling
{
    /// <summary>The class at the centre of each pixel, row by row.</summary>
    public static byte[] Of(PixelSize size, Func<double, double, int> at)
    {
        var classes = new byte[size.Width * size.Height];
        for (var y = 0; y < size.Height; y++)
        {
            for (var x = 0; x < size.Width; x++)
            {
                classes[(y * size.Width) + x] = (byte)at(x + 0.5, y + 0.5);
            }
        }

        return classes;
    }
}
