using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Animals;

/// <summary>Points and outlines.</summary>
internal static class Shapes
{
    /// <summary>A point some way from another.</summary>
    /// <param name="from">The other.</param>
    /// <param name="degrees">0: right; 90: up; −90: down.</param>
    /// <param name="length">How far.</param>
    public static SKPoint Polar(SKPoint from, float degrees, float length)
    {
        var (sin, cos) = MathF.SinCos(degrees * MathF.PI / 180);
        return new(from.X + (cos * length), from.Y - (sin * length));
    }

    /// <summary>Between two points.</summary>
    public static SKPoint Mix(SKPoint from, SKPoint to, float share) =>
        new(from.X + ((to.X - from.X) * share), from.Y + ((to.Y - from.Y) * share));

    /// <summary>A point moved.</summary>
    public static SKPoint Add(SKPoint point, float x, float y) => new(point.X + x, point.Y + y);

    /// <summary>A point turned about another.</summary>
    /// <param name="point">The point.</param>
    /// <param name="about">The other.</param>
    /// <param name="degrees">Counter-clockwise as seen.</param>
    public static SKPoint Turn(SKPoint point, SKPoint about, float degrees)
    {
        var (sin, cos) = MathF.SinCos(degrees * MathF.PI / 180);
        var (x, y) = (point.X - about.X, point.Y - about.Y);
        return new(about.X + (cos * x) + (sin * y), about.Y - (sin * x) + (cos * y));
    }

    /// <summary>The knee of two bones: the joint between two ends, bent to one side.</summary>
    /// <param name="from">One end.</param>
    /// <param name="to">The other.</param>
    /// <param name="upper">Length of the first bone; both are stretched if the ends are too far apart.</param>
    /// <param name="lower">Length of the second.</param>
    /// <param name="side">Which way it bends: 1 to the right of a limb that hangs down, −1 to its left.</param>
    public static SKPoint Knee(SKPoint from, SKPoint to, float upper, float lower, int side)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var distance = MathF.Max(MathF.Sqrt((dx * dx) + (dy * dy)), 1e-4f);
        var stretch = MathF.Max(1, distance / (upper + lower));
        (upper, lower) = (upper * stretch, lower * stretch);
        var along = ((distance * distance) + (upper * upper) - (lower * lower)) / (2 * distance);
        var out_ = MathF.Sqrt(MathF.Max(0, (upper * upper) - (along * along)));
        return new(from.X + (dx / distance * along) + (side * dy / distance * out_), from.Y
            + (dy / distance * along) - (side * dx / distance * out_));
    }

    /// <summary>A limb: a smooth outline around joints.</summary>
    /// <param name="joints">From one end to the other, at least 2.</param>
    /// <param name="radii">Half the thickness at each.</param>
    public static SKPath Limb(ReadOnlySpan<SKPoint> joints, ReadOnlySpan<float> radii)
    {
        var count = joints.Length;
        Span<SKPoint> outline = stackalloc SKPoint[(2 * count) + 2];
        for (var i = 0; i < count; i++)
        {
            var (before, after) = (joints[Math.Max(0, i - 1)], joints[Math.Min(count - 1, i + 1)]);
            var (dx, dy) = (after.X - before.X, after.Y - before.Y);
            var length = MathF.Max(MathF.Sqrt((dx * dx) + (dy * dy)), 1e-5f);
            (dx, dy) = (dx / length * radii[i], dy / length * radii[i]);
            outline[i] = new(joints[i].X - dy, joints[i].Y + dx);
            outline[(2 * count) - i] = new(joints[i].X + dy, joints[i].Y - dx);
            if (i == 0)
            {
                outline[(2 * count) + 1] = new(joints[i].X - dx, joints[i].Y - dy);
            }

            if (i == count - 1)
            {
                outline[count] = new(joints[i].X + dx, joints[i].Y + dy);
            }
        }

        return Curves.Closed(outline);
    }

    /// <summary>What two areas cover together; they are disposed of.</summary>
    public static SKPath Union(SKPath one, SKPath other)
    {
        var both = one.Op(other, SKPathOp.Union);
        if (both is null)
        {
            one.AddPath(other);
            other.Dispose();
            return one;
        }

        one.Dispose();
        other.Dispose();
        return both;
    }

    /// <summary>A path with lumps all along its outline.</summary>
    /// <param name="path">The path.</param>
    /// <param name="random">Varies the lumps.</param>
    /// <param name="radius">Their radius.</param>
    public static SKPath Lumps(SKPath path, SceneRandom random, float radius)
    {
        var lumps = new SKPath { FillType = SKPathFillType.Winding };
        using var measure = new SKPathMeasure(path, false);
        var length = measure.Length;
        for (var at = 0f; at < length;)
        {
            var r = radius * random.Between(0.75f, 1.2f);
            if (measure.GetPosition(at, out var place))
            {
                lumps.AddOval(new(place.X - r, place.Y - r, place.X + r, place.Y + r));
            }

            at += r * 1.3f;
        }

        return lumps;
    }
}
