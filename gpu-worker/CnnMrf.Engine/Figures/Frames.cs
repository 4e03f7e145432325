using CnnMrf.Core.Pictures;

namespace CnnMrf.Engine.Figures;

/// <summary>Coloured frames, so that a patch is recognised wherever it is shown.</summary>
internal static class Frames
{
    // Told apart by people who do not see red and green alike too (Okabe and Ito).
    private static readonly (float Red, float Green, float Blue)[] Colors =
    [
        (0.84f, 0.37f, 0), (0.34f, 0.71f, 0.91f), (0.94f, 0.89f, 0.26f), (0, 0.62f, 0.45f),
        (0.8f, 0.47f, 0.65f), (0, 0.45f, 0.7f), (0.9f, 0.62f, 0), (1, 1, 1),
    ];

    /// <summary>Draws a frame just inside a square, which may reach over the picture's edge.</summary>
    public static void Draw(Picture picture, int x, int y, int side, int width, int number)
    {
        var (red, green, blue) = Colors[number % Colors.Length];
        for (var row = Math.Max(0, y); row < Math.Min(picture.Height, y + side); row++)
        {
            for (var column = Math.Max(0, x); column < Math.Min(picture.Width, x + side); column++)
            {
                var inside = Math.Min(Math.Min(column - x, x + side - 1 - column), Math.Min(row - y, y + side - 1 - row));
                if (inside < width)
                {
                    (picture[column, row, 0], picture[column, row, 1], picture[column, row, 2]) = (red, green, blue);
                }
            }
        }
    }
}
