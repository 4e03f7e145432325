using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Generic;

/// <summary>Many objects that are almost alike: only what lies around them tells which is which.</summary>
internal static class Crowds
{
    public static void Draw(GenericScene scene, SKRect area, int budget)
    {
        var random = scene.Random;
        var seed = random.NextBits();
        var count = Math.Clamp((int)(budget * random.Between(0.2f, 0.6f)), 5, 70);
        var inside = random.Chance(0.6);
        var alike = random.Between(0, 0.3f);
        var angle = random.Between(0, 360);
        var colour = scene.Colour();
        var other = random.Chance(0.5) ? colour : scene.Colour();
        foreach (var (at, size) in Places(scene, area, count))
        {
            // The same numbers give the same shape; what differs is drawn from the scene's own.
            var own = new SceneRandom(seed);
            using var shape = Shapes.Place(
                Shapes.Any(own), at, size * random.Between(1 - alike, 1 + alike), angle + random.Normal(0, 60 * alike));
            var (part, now) = (scene.NewPart(), GenericScene.Lighter(random.Chance(0.5) ? colour : other, random.Normal(0, 0.04f)));
            scene.Painter.Fill(shape, part, now);
            if (inside && size > 0.03f)
            {
                Mark(scene, new(seed + 1), at, size, part, GenericScene.Lighter(now, now.Green > 127 ? -0.3f : 0.3f));
            }
        }
    }

    private static List<(SKPoint At, float Size)> Places(GenericScene scene, SKRect area, int count)
    {
        var random = scene.Random;
        List<(SKPoint, float)> places = [];
        var size = random.Between(0.35f, 0.75f) * MathF.Sqrt(area.Width * area.Height / count);
        switch (random.Below(3))
        {
            case 0:
                // Rows, nearer ones larger.
                var columns = Math.Max(2, (int)MathF.Sqrt(count * area.Width / area.Height));
                var rows = Math.Max(2, count / columns);
                var (jitter, depth, shift) = (random.Between(0, 0.3f), random.Between(0, 0.5f), random.Chance(0.5) ? 0.5f : 0);
                for (var i = 0; i < rows * columns; i++)
                {
                    var row = i / columns;
                    var x = (i % columns) + 0.5f + random.Normal(0, jitter) + (row % 2 * shift);
                    var y = row + 0.5f + random.Normal(0, jitter);
                    places.Add((
                        new(area.Left + (area.Width * x / columns), area.Top + (area.Height * y / rows)),
                        size * (1 - depth + (2 * depth * row / rows))));
                }

                break;
            case 1:
                // A ring or a spiral.
                var turns = random.Pick(1f, 1f, 2.5f);
                for (var i = 0; i < count; i++)
                {
                    var (sin, cos) = MathF.SinCos(MathF.Tau * turns * i / count);
                    var radius = turns > 1 ? 0.5f * (i + 2) / count : 0.38f;
                    places.Add((new(area.MidX + (area.Width * radius * cos), area.MidY + (area.Height * radius * sin)), size * 0.8f));
                }

                break;
            default:
                for (var i = 0; i < count; i++)
                {
                    places.Add((scene.Place(area), size * random.Between(0.7f, 1.1f)));
                }

                break;
        }

        return places;
    }

    private static void Mark(GenericScene scene, SceneRandom own, SKPoint at, float size, string part, SKColor ink)
    {
        using var path = new SKPath();
        var count = 1 + own.Below(4);
        for (var i = 0; i < count; i++)
        {
            float x = at.X + (size * own.Between(-0.5f, 0.5f)), y = at.Y + (size * own.Between(-0.5f, 0.5f));
            path.AddOval(SKRect.Create(x, y, size * own.Between(0.1f, 0.4f), size * own.Between(0.1f, 0.4f)));
        }

        scene.Painter.Fill(path, part + ".mark", ink);
    }
}
