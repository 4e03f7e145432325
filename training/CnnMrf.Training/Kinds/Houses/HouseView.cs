using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Houses;

/// <summary>From a house's own space (x to the right, y up from the ground, z towards the viewer) to the picture.</summary>
/// <param name="X">The column of the house's middle.</param>
/// <param name="Ground">The row of the ground below its middle.</param>
/// <param name="Scale">One unit in picture sides.</param>
/// <param name="Eye">The eye's height in units: what lies as high stays level.</param>
/// <param name="Degrees">Turn; positive shows the left side.</param>
/// <param name="Perspective">0 is parallel; 0.25 a wide lens.</param>
internal sealed record HouseView(float X, float Ground, float Scale, float Eye, float Degrees, float Perspective)
{
    /// <summary>The row of the horizon.</summary>
    public float Horizon => Ground - (Scale * Eye);

    /// <summary>A point.</summary>
    public SKPoint At(float x, float y, float z)
    {
        var (sin, cos) = MathF.SinCos(Degrees * MathF.PI / 180);
        var near = 1 / (1 - (Perspective * ((z * cos) - (x * sin))));
        return new(X + (Scale * near * ((x * cos) + (z * sin))), Horizon - (Scale * near * (y - Eye)));
    }

    /// <summary>Fills a face if it is turned to the viewer: corners clockwise as seen from outside.</summary>
    /// <returns>Whether it is seen.</returns>
    public static bool Face(Sketch sketch, string part, SKColor colour, params ReadOnlySpan<SKPoint> corners)
    {
        var seen = Seen(corners);
        if (seen)
        {
            sketch.Polygon(part, colour, corners);
        }

        return seen;
    }

    /// <summary>Whether corners go clockwise in the picture.</summary>
    public static bool Seen(ReadOnlySpan<SKPoint> corners)
    {
        var area = 0f;
        for (var i = 0; i < corners.Length; i++)
        {
            var (a, b) = (corners[i], corners[(i + 1) % corners.Length]);
            area += (a.X * b.Y) - (b.X * a.Y);
        }

        return area > 1e-5f;
    }
}

/// <summary>An upright wall's plane: u along it (to the right as seen), v up, in the house's units.</summary>
internal sealed class Wall(HouseView view, (float X, float Z) left, (float X, float Z) right)
{
    private readonly float _length = MathF.Sqrt(((right.X - left.X) * (right.X - left.X)) + ((right.Z - left.Z) * (right.Z - left.Z)));

    /// <summary>Its length.</summary>
    public float Length => _length;

    /// <summary>One unit in picture sides, for the widths of lines.</summary>
    public float Scale => view.Scale;

    /// <summary>A point on the wall.</summary>
    public SKPoint At(float u, float v)
    {
        var share = u / _length;
        return view.At(left.X + ((right.X - left.X) * share), v, left.Z + ((right.Z - left.Z) * share));
    }

    /// <summary>Fills an upright rectangle.</summary>
    public void Box(Sketch sketch, string part, SKColor colour, float left, float bottom, float right, float top) =>
        sketch.Polygon(part, colour, At(left, top), At(right, top), At(right, bottom), At(left, bottom));

    /// <summary>The outline of a rectangle, at times with a round or pointed arch on it.</summary>
    public SKPath Opening(float left, float bottom, float right, float top, Arch arch)
    {
        var path = new SKPath();
        path.MoveTo(At(left, bottom));
        if (arch == Arch.None)
        {
            path.LineTo(At(left, top));
            path.LineTo(At(right, top));
        }
        else
        {
            var (middle, half) = ((left + right) / 2, (right - left) / 2);
            const int Steps = 8;
            for (var i = 0; i <= Steps; i++)
            {
                var (sin, cos) = MathF.SinCos(MathF.PI * i / Steps);
                var rise = arch == Arch.Round ? sin : 1.5f * (1 - MathF.Pow(MathF.Abs(cos), 1.6f));
                path.LineTo(At(middle - (half * cos), top - half + (half * rise)));
            }
        }

        path.LineTo(At(right, bottom));
        path.Close();
        return path;
    }
}

/// <summary>How an opening ends above.</summary>
internal enum Arch
{
    None,
    Round,
    Pointed,
}
