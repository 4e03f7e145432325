using SkiaSharp;

namespace CnnMrf.Training.Drawing;

/// <summary>Smooth curves through points (Catmull and Rom, as cubic Bézier curves).</summary>
public static class Curves
{
    /// <summary>A closed curve.</summary>
    /// <param name="points">At least 3.</param>
    public static SKPath Closed(ReadOnlySpan<SKPoint> points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points.Length, 3, nameof(points));
        var path = new SKPath();
        path.MoveTo(points[0]);
        for (var i = 0; i < points.Length; i++)
        {
            Segment(path, points[(i + points.Length - 1) % points.Length], points[i],
                points[(i + 1) % points.Length], points[(i + 2) % points.Length]);
        }

        path.Close();
        return path;
    }

    /// <summary>An open curve from the first point to the last.</summary>
    /// <param name="points">At least 2.</param>
    public static SKPath Open(ReadOnlySpan<SKPoint> points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points.Length, 2, nameof(points));
        var path = new SKPath();
        path.MoveTo(points[0]);
        for (var i = 0; i + 1 < points.Length; i++)
        {
            Segment(path, points[Math.Max(0, i - 1)], points[i], points[i + 1], points[Math.Min(points.Length - 1, i + 2)]);
        }

        return path;
    }

    private static void Segment(SKPath path, SKPoint before, SKPoint from, SKPoint to, SKPoint after) => path.CubicTo(
        from.X + ((to.X - before.X) / 6), from.Y + ((to.Y - before.Y) / 6),
        to.X - ((after.X - from.X) / 6), to.Y - ((after.Y - from.Y) / 6),
        to.X, to.Y);
}
