using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Generic;

/// <summary>Outlines about the origin, of about radius 1.</summary>
internal static class Shapes
{
    private const int Count = 15;

    /// <summary>A shape of any sort.</summary>
    public static SKPath Any(SceneRandom random) => Make(random.Below(Count), random);

    /// <summary>A shape of some sorts only: a scene of few sorts is harder to tell apart.</summary>
    public static SKPath Of(ReadOnlySpan<int> sorts, SceneRandom random) => Make(sorts[random.Below(sorts.Length)], random);

    /// <summary>Up to a few sorts, for <see cref="Of"/>.</summary>
    public static int[] Sorts(SceneRandom random)
    {
        var sorts = new int[random.Chance(0.4) ? 1 + random.Below(2) : 6];
        for (var i = 0; i < sorts.Length; i++)
        {
            sorts[i] = random.Below(Count);
        }

        return sorts;
    }

    /// <summary>Scales, turns and moves a shape; it is the same object.</summary>
    public static SKPath Place(SKPath shape, SKPoint at, float radius, float degrees)
    {
        shape.Transform(SKMatrix.CreateTranslation(at.X, at.Y)
            .PreConcat(SKMatrix.CreateRotationDegrees(degrees))
            .PreConcat(SKMatrix.CreateScale(radius, radius)));
        return shape;
    }

    /// <summary>A smooth closed curve whose distance from the origin varies.</summary>
    public static SKPath Blob(SceneRandom random, int points, float unevenness)
    {
        var corners = new SKPoint[points];
        for (var i = 0; i < points; i++)
        {
            corners[i] = Polar((i + random.Between(-0.25f, 0.25f)) / points, 1 - (unevenness * random.Next()));
        }

        return Curves.Closed(corners);
    }

    private static SKPath Make(int sort, SceneRandom random)
    {
        var path = new SKPath();
        switch (sort)
        {
            case 0:
                var flat = random.Between(0.35f, 1);
                path.AddOval(new(-1, -flat, 1, flat));
                return path;
            case 1:
                var height = random.Between(0.3f, 1);
                path.AddRect(new(-0.9f, -0.9f * height, 0.9f, 0.9f * height));
                return path;
            case 2:
                var low = random.Between(0.4f, 1);
                path.AddRoundRect(new(-0.9f, -0.9f * low, 0.9f, 0.9f * low), random.Between(0.1f, 0.4f), random.Between(0.1f, 0.4f));
                return path;
            case 3:
                return Polygon(path, Radial(3 + random.Below(6), _ => 1));
            case 4:
                return Polygon(path, Radial(4 + random.Below(6), _ => random.Between(0.5f, 1)));
            case 5:
                var (spikes, waist) = (4 + random.Below(6), random.Between(0.25f, 0.7f));
                return Polygon(path, Radial(2 * spikes, i => i % 2 == 0 ? 1 : waist));
            case 6:
                path.Dispose();
                return Blob(random, 5 + random.Below(5), random.Between(0.2f, 0.75f));
            case 7:
                path.FillType = SKPathFillType.EvenOdd;
                path.AddCircle(0, 0, 1);
                path.AddCircle(random.Between(-0.1f, 0.1f), 0, random.Between(0.4f, 0.85f));
                return path;
            case 8:
                // A crescent: an arc out and a flatter arc back.
                path.AddArc(new(-1, -1, 1, 1), 60, 240);
                path.QuadTo(random.Between(-0.9f, 0.1f), 0, 0.5f, 0.866f);
                path.Close();
                return path;
            case 9:
                var (belly, bend) = (random.Between(0.25f, 0.7f), random.Between(-0.3f, 0.3f));
                path.MoveTo(-1, 0);
                path.CubicTo(-0.4f, belly + bend, 0.4f, belly + bend, 1, 0);
                path.CubicTo(0.4f, bend - belly, -0.4f, bend - belly, -1, 0);
                path.Close();
                return path;
            case 10:
                var arm = random.Between(0.15f, 0.45f);
                return Polygon(path,
                [
                    new(-arm, -1), new(arm, -1), new(arm, -arm), new(1, -arm), new(1, arm), new(arm, arm),
                    new(arm, 1), new(-arm, 1), new(-arm, arm), new(-1, arm), new(-1, -arm), new(-arm, -arm),
                ]);
            case 11:
                path.Dispose();
                var (petals, depth) = (3 + random.Below(6), random.Between(0.2f, 0.6f));
                return Curves.Closed(Radial(2 * petals, i => i % 2 == 0 ? 1 : 1 - depth));
            case 12:
                path.MoveTo(0, -1);
                path.CubicTo(0.15f, -0.4f, 0.75f, 0, 0.65f, 0.45f);
                path.CubicTo(0.55f, 1.05f, -0.55f, 1.05f, -0.65f, 0.45f);
                path.CubicTo(-0.75f, 0, -0.15f, -0.4f, 0, -1);
                path.Close();
                return path;
            case 13:
                var thin = random.Between(0.06f, 0.25f);
                path.AddRoundRect(new(-1.3f, -thin, 1.3f, thin), thin * random.Next(), thin * random.Next());
                return path;
            default:
                path.Dispose();
                return Lettering.Letter(random);
        }
    }

    private static SKPath Polygon(SKPath path, SKPoint[] corners)
    {
        path.AddPoly(corners);
        return path;
    }

    private static SKPoint[] Radial(int count, Func<int, float> radius)
    {
        var points = new SKPoint[count];
        for (var i = 0; i < count; i++)
        {
            points[i] = Polar((float)i / count, radius(i));
        }

        return points;
    }

    private static SKPoint Polar(float turns, float radius)
    {
        var (sin, cos) = MathF.SinCos(MathF.Tau * turns);
        return new(cos * radius, sin * radius);
    }
}
