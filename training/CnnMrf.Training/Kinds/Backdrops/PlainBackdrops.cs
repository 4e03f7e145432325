using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Backdrops;

/// <summary>Backdrops that show no thing: one colour, gradients, soft lights, stripes, patches.</summary>
internal static class PlainBackdrops
{
    private const string Part = "background";

    /// <summary>One colour, at times with a lighter pool in the middle or a darker floor.</summary>
    public static void Studio(Sketch sketch, SceneRandom random)
    {
        var colour = random.Chance(0.35) ? Tint.Hsv(random.Between(0, 360), random.Between(0, 0.08f), random.Between(0.05f, 1))
            : Tint.Any(random);
        sketch.All(Part, colour);
        if (random.Chance(0.5))
        {
            Pool(sketch, random, colour);
        }
    }

    /// <summary>From one colour to another, in any direction.</summary>
    public static void Gradient(Sketch sketch, SceneRandom random)
    {
        var from = Tint.Any(random);
        var to = random.Chance(0.6) ? Tint.Shade(from, random.Between(0.3f, 1.6f)) : Tint.Any(random);
        var bands = 4 + random.Below(10);
        var (sin, cos) = MathF.SinCos(random.Chance(0.5) ? MathF.PI / 2 : random.Between(0, 2 * MathF.PI));
        sketch.All(Part, from);
        for (var i = 0; i < bands; i++)
        {
            // Everything beyond a line at right angles to the direction.
            var d = -0.6f + (1.2f * (i + 0.5f) / bands);
            var (x, y) = (0.5f + (cos * d), 0.5f + (sin * d));
            sketch.Polygon(Part, Tint.Mix(from, to, (i + 1f) / bands), new(x - (sin * 2), y + (cos * 2)), new(x + (sin * 2), y - (cos * 2)),
                new(x + (sin * 2) + (cos * 3), y - (cos * 2) + (sin * 3)), new(x - (sin * 2) + (cos * 3), y + (cos * 2) + (sin * 3)));
        }
    }

    /// <summary>Large soft blobs and small lights, as behind a portrait lens.</summary>
    public static void Bokeh(Sketch sketch, SceneRandom random)
    {
        var colour = random.Chance(0.5)
            ? Tint.Hsv(random.Between(70, 150), random.Between(0.2f, 0.7f), random.Between(0.15f, 0.7f))
            : Tint.Any(random);
        sketch.All(Part, colour);
        var large = 4 + random.Below(8);
        for (var i = 0; i < large; i++)
        {
            var other = Tint.Vary(random, colour, random.Between(0.15f, 0.6f));
            SoftSpot(sketch, random.Between(-0.2f, 1.2f), random.Between(-0.2f, 1.2f), random.Between(0.12f, 0.4f), colour, other, 3);
        }

        var lights = random.Chance(0.6) ? 4 + random.Below(18) : 0;
        for (var i = 0; i < lights; i++)
        {
            var other = Tint.Mix(colour, Tint.Hsv(random.Between(20, 70), random.Between(0.1f, 0.7f), 1), random.Between(0.2f, 0.8f));
            var r = random.Between(0.015f, 0.06f);
            sketch.Ellipse(random.Between(-0.1f, 1.1f), random.Between(-0.1f, 1.1f), r, r, Part, other);
        }
    }

    /// <summary>Straight or radiating stripes.</summary>
    public static void Stripes(Sketch sketch, SceneRandom random)
    {
        var first = Tint.Any(random);
        var second = random.Chance(0.6) ? Tint.Vary(random, first, 0.4f) : Tint.Any(random);
        sketch.All(Part, first);
        if (random.Chance(0.3))
        {
            Rays(sketch, random, second);
            return;
        }

        var (sin, cos) = MathF.SinCos(random.Chance(0.5) ? random.Pick(0, MathF.PI / 2) : random.Between(0, MathF.PI));
        var step = random.Between(0.05f, 0.25f);
        var width = step * random.Between(0.2f, 0.6f);
        for (var d = -1f; d < 1; d += step)
        {
            var (x, y) = (0.5f + (cos * d), 0.5f + (sin * d));
            var (u, v) = (x + (cos * width), y + (sin * width));
            sketch.Polygon(Part, second, new(x - (sin * 2), y + (cos * 2)), new(x + (sin * 2), y - (cos * 2)),
                new(u + (sin * 2), v - (cos * 2)), new(u - (sin * 2), v + (cos * 2)));
        }
    }

    /// <summary>A few large painted patches.</summary>
    public static void Patches(Sketch sketch, SceneRandom random)
    {
        var colour = Tint.Any(random);
        sketch.All(Part, colour);
        var amount = random.Between(0.15f, 0.8f);
        var smooth = random.Chance(0.5);
        var count = 3 + random.Below(9);
        Span<SKPoint> points = stackalloc SKPoint[6];
        for (var i = 0; i < count; i++)
        {
            var (x, y, r) = (random.Between(-0.1f, 1.1f), random.Between(-0.1f, 1.1f), random.Between(0.15f, 0.5f));
            for (var k = 0; k < points.Length; k++)
            {
                var (sin, cos) = MathF.SinCos((k + random.Between(-0.3f, 0.3f)) * 2 * MathF.PI / points.Length);
                points[k] = new(x + (r * random.Between(0.5f, 1) * cos), y + (r * random.Between(0.5f, 1) * sin));
            }

            var other = Tint.Vary(random, colour, amount);
            if (smooth)
            {
                sketch.Blob(Part, other, points);
            }
            else
            {
                sketch.Polygon(Part, other, points);
            }
        }
    }

    private static void Pool(Sketch sketch, SceneRandom random, SKColor colour)
    {
        var other = Tint.Shade(colour, random.Chance(0.8) ? random.Between(1.1f, 1.6f) : random.Between(0.5f, 0.9f));
        SoftSpot(sketch, random.Between(0.2f, 0.8f), random.Between(0.2f, 0.7f), random.Between(0.4f, 0.8f), colour, other, 3
            + random.Below(6));
    }

    private static void SoftSpot(Sketch sketch, float x, float y, float radius, SKColor edge, SKColor core, int rings)
    {
        for (var i = 0; i < rings; i++)
        {
            var r = radius * (1 - ((float)i / rings));
            sketch.Ellipse(x, y, r, r, Part, Tint.Mix(edge, core, (i + 1f) / rings));
        }
    }

    private static void Rays(Sketch sketch, SceneRandom random, SKColor colour)
    {
        var rays = 6 + random.Below(10);
        var (x, y, turn) = (random.Between(0.3f, 0.7f), random.Between(0.3f, 0.8f), random.Next());
        for (var i = 0; i < rays; i++)
        {
            var (sin, cos) = MathF.SinCos((i + turn) * 2 * MathF.PI / rays);
            var (sin2, cos2) = MathF.SinCos((i + turn + 0.5f) * 2 * MathF.PI / rays);
            sketch.Polygon(Part, colour, new(x, y), new(x + (3 * cos), y + (3 * sin)), new(x + (3 * cos2), y + (3 * sin2)));
        }
    }
}
