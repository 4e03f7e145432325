using System.Numerics;
using CnnMrf.Core.Pictures;

namespace CnnMrf.Local.Samples;

/// <summary>
/// A picture to draw on. One unit is the picture's height: y runs 0…1 downwards, x 0…<see cref="Aspect"/>, so scenes do not depend on
/// the resolution.
/// </summary>
internal sealed class Canvas(int width, int height)
{
    public Picture Picture { get; } = new(width, height);

    public float Aspect => (float)width / height;

    public int Width => width;

    public int Height => height;

    public Vector3 Pixel(int column, int row)
    {
        var at = ((row * width) + column) * 3;
        return new Vector3(Picture.Rgb[at], Picture.Rgb[at + 1], Picture.Rgb[at + 2]);
    }

    public void Blend(int column, int row, Vector3 color, float alpha)
    {
        if (column < 0 || row < 0 || column >= width || row >= height || alpha <= 0)
        {
            return;
        }

        var at = ((row * width) + column) * 3;
        var blended = Vector3.Lerp(Pixel(column, row), color, MathF.Min(1, alpha));
        (Picture.Rgb[at], Picture.Rgb[at + 1], Picture.Rgb[at + 2]) = (blended.X, blended.Y, blended.Z);
    }

    /// <summary>Gives every pixel, at its centre, a colour and how much it covers.</summary>
    public void Shade(Func<float, float, (Vector3 Color, float Alpha)> shader, float top = 0, float bottom = 1)
    {
        for (var row = Math.Max(0, (int)(top * height)); row < Math.Min(height, (int)MathF.Ceiling(bottom * height)); row++)
        {
            for (var column = 0; column < width; column++)
            {
                var (color, alpha) = shader((column + 0.5f) / height, (row + 0.5f) / height);
                Blend(column, row, color, alpha);
            }
        }
    }

    /// <summary>An ellipse; softness 0 has an edge one pixel wide, 1 fades from the centre on.</summary>
    public void Ellipse(float x, float y, float radiusX, float radiusY, Vector3 color, float alpha, float softness = 0)
    {
        var edge = MathF.Max(softness, MathF.Min(1, 1 / (MathF.Min(radiusX, radiusY) * height)));
        for (var row = (int)((y - radiusY) * height) - 1; row <= (int)((y + radiusY) * height) + 1; row++)
        {
            for (var column = (int)((x - radiusX) * height) - 1; column <= (int)((x + radiusX) * height) + 1; column++)
            {
                var (dx, dy) = ((((column + 0.5f) / height) - x) / radiusX, (((row + 0.5f) / height) - y) / radiusY);
                var distance = MathF.Sqrt((dx * dx) + (dy * dy));
                Blend(column, row, color, alpha * Paint.Step(1 + (edge / 2), 1 - edge, distance));
            }
        }
    }

    /// <summary>A straight line that tapers towards its end.</summary>
    public void Line(float x0, float y0, float x1, float y1, float thickness, Vector3 color, float alpha, float taper = 1)
    {
        var length = MathF.Max(1e-6f, MathF.Sqrt(((x1 - x0) * (x1 - x0)) + ((y1 - y0) * (y1 - y0))));
        var pad = thickness + (1f / height);
        for (var row = (int)((MathF.Min(y0, y1) - pad) * height); row <= (int)((MathF.Max(y0, y1) + pad) * height); row++)
        {
            for (var column = (int)((MathF.Min(x0, x1) - pad) * height); column <= (int)((MathF.Max(x0, x1) + pad) * height); column++)
            {
                var (dx, dy) = (((column + 0.5f) / height) - x0, ((row + 0.5f) / height) - y0);
                var along = Math.Clamp(((dx * (x1 - x0)) + (dy * (y1 - y0))) / (length * length), 0, 1);
                var (ex, ey) = (dx - (along * (x1 - x0)), dy - (along * (y1 - y0)));
                var half = thickness / 2 * (1 - (taper * along));
                // Thinner than a pixel means fainter, not gone.
                var most = MathF.Min(1, (2 * half * height) + 0.1f);
                var cover = Math.Clamp(((half - MathF.Sqrt((ex * ex) + (ey * ey))) * height) + 0.5f, 0, most);
                Blend(column, row, color, alpha * cover);
            }
        }
    }

    /// <summary>A convex polygon whose corners go round clockwise as seen.</summary>
    public void Polygon(ReadOnlySpan<Vector2> corners, Func<float, float, Vector3> color, float alpha = 1)
    {
        Vector2 low = corners[0], high = corners[0];
        foreach (var corner in corners)
        {
            (low, high) = (Vector2.Min(low, corner), Vector2.Max(high, corner));
        }

        for (var row = (int)(low.Y * height) - 1; row <= (int)(high.Y * height) + 1; row++)
        {
            for (var column = (int)(low.X * height) - 1; column <= (int)(high.X * height) + 1; column++)
            {
                var point = new Vector2((column + 0.5f) / height, (row + 0.5f) / height);
                var inside = float.MaxValue;
                for (var i = 0; i < corners.Length; i++)
                {
                    var side = corners[(i + 1) % corners.Length] - corners[i];
                    var to = point - corners[i];
                    inside = MathF.Min(inside, ((side.X * to.Y) - (side.Y * to.X)) / side.Length());
                }

                var cover = Math.Clamp((inside * height) + 0.5f, 0, 1);
                if (cover > 0)
                {
                    Blend(column, row, color(point.X, point.Y), alpha * cover);
                }
            }
        }
    }
}
