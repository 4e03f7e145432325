using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Generic;

/// <summary>Lines: loose strokes of varying width, and contours like a map's.</summary>
internal static class Strokes
{
    public static void Draw(GenericScene scene, SKRect area, int budget)
    {
        var random = scene.Random;
        var count = Math.Clamp((int)(budget * random.Between(0.2f, 0.8f)), 4, 90);
        float length = random.Between(0.1f, 0.6f), widest = random.Between(0.01f, 0.08f);
        var common = random.Chance(0.4) ? random.Between(0, MathF.Tau) : float.NaN;
        for (var i = 0; i < count; i++)
        {
            var angle = float.IsNaN(common) ? random.Between(0, MathF.Tau) : common + random.Normal(0, 0.25f);
            var points = Walk(
                random, scene.Place(area), angle, length * random.Between(0.4f, 1), 3 + random.Below(4), random.Between(0.05f, 0.9f));
            var width = scene.Size(0.004f, widest);
            if (random.Chance(0.35))
            {
                using var tapered = Tapered(points, width * 1.5f, random.Chance(0.5));
                scene.Painter.Fill(tapered, scene.NewPart(), scene.Colour());
            }
            else
            {
                var (part, colour) = (scene.NewPart(), scene.Colour());
                scene.Painter.Curve(part, width, colour, points);
                if (width > 0.02f && random.Chance(0.5))
                {
                    scene.Painter.Curve(part + ".mark", width * random.Between(0.15f, 0.5f), scene.Against(colour), points);
                }
            }
        }
    }

    public static void DrawContours(GenericScene scene, SKRect area, int budget)
    {
        var random = scene.Random;
        var hills = 1 + random.Below(4);
        var filled = random.Chance(0.6);
        var width = random.Between(0.004f, 0.012f);
        for (var hill = 0; hill < hills; hill++)
        {
            using var shape = Shapes.Place(
                Shapes.Blob(random, 6 + random.Below(6), 0.5f), scene.Place(area), random.Between(0.2f, 0.5f), random.Between(0, 360));
            var (part, colour) = (scene.NewPart(), scene.Colour());
            float x = random.Between(-0.15f, 0.15f), y = random.Between(-0.15f, 0.15f), tone = random.Between(-0.4f, 0.4f);
            var levels = Math.Clamp(budget / hills / 2, 3, 4 + random.Below(6));
            for (var level = 0; level < levels; level++)
            {
                var t = (float)level / levels;
                using var line = new SKPath();
                line.AddPath(shape, SKMatrix.CreateTranslation(x * t, y * t)
                    .PreConcat(SKMatrix.CreateScale(1 - t, 1 - t, shape.Bounds.MidX, shape.Bounds.MidY)));
                if (filled)
                {
                    scene.Painter.Fill(line, part, GenericScene.Lighter(colour, tone * t));
                }
                else
                {
                    scene.Painter.Line(line, width, part, colour);
                }
            }
        }
    }

    /// <summary>Points along a wandering way.</summary>
    public static SKPoint[] Walk(SceneRandom random, SKPoint from, float angle, float length, int points, float wander)
    {
        var way = new SKPoint[points];
        for (var i = 0; i < points; i++)
        {
            way[i] = from;
            var (sin, cos) = MathF.SinCos(angle);
            from = new(from.X + (cos * length / points), from.Y + (sin * length / points));
            angle += random.Normal(0, wander);
        }

        return way;
    }

    /// <summary>The outline of a stroke that grows thin.</summary>
    /// <param name="points">Its way; at least 3.</param>
    /// <param name="width">Where it is widest.</param>
    /// <param name="bothEnds">Thin at both ends; else only at the last point.</param>
    public static SKPath Tapered(SKPoint[] points, float width, bool bothEnds)
    {
        var outline = new SKPoint[(2 * points.Length) - 1];
        for (var i = 0; i < points.Length; i++)
        {
            SKPoint before = points[Math.Max(0, i - 1)], after = points[Math.Min(points.Length - 1, i + 1)];
            var along = SKPoint.Normalize(after - before);
            var t = (float)i / (points.Length - 1);
            var half = width / 2 * (bothEnds ? MathF.Sin(MathF.PI * t) : 1 - t);
            outline[i] = new(points[i].X - (along.Y * half), points[i].Y + (along.X * half));
            if (i + 1 < points.Length)
            {
                outline[^(i + 1)] = new(points[i].X + (along.Y * half), points[i].Y - (along.X * half));
            }
        }

        return Curves.Closed(outline);
    }
}
