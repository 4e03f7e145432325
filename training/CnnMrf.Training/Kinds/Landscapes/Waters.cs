using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Landscapes;

/// <summary>Sea, lakes, rivers and paths.</summary>
internal static class Waters
{
    /// <summary>The water's colour in this light: much of the sky's.</summary>
    public static SKColor ColourOf(Land land, SceneRandom random) => Tint.Mix(
        land.Air.Lit(Tint.Hsv(random.Between(175, 225), random.Between(0.25f, 0.75f), random.Between(0.35f, 0.8f))),
        Tint.Mix(land.Air.Top, land.Air.Low, 0.5f), random.Between(0.2f, 0.7f));

    /// <summary>The sea from the horizon down.</summary>
    public static void Sea(Land land, SceneRandom random)
    {
        var sketch = land.Sketch;
        var water = ColourOf(land, random);
        var near = Tint.Shade(water, random.Between(0.7f, 1.2f));
        land.Ridge("water", water, [new(Sketch.Least, land.Horizon), new(0.5f, land.Horizon), new(Sketch.Greatest, land.Horizon)],
            smooth: false);
        var bands = land.Flat ? 1 : 2 + random.Below(6);
        for (var i = 1; i < bands; i++)
        {
            var t = (float)i / bands;
            sketch.Box(Sketch.Least, land.Horizon + ((1.1f - land.Horizon) * t * t), Sketch.Greatest, Sketch.Greatest, "water",
                Tint.Mix(water, near, t));
        }

        OutdoorBackdrops.Ripples(sketch, random, water, land.Horizon, 1.1f, land.Flat ? 8 : 35);
        land.Shore = 1;
        Name(sketch, land.Horizon + ((1 - land.Horizon) * 0.3f));
        if (random.Chance(0.3))
        {
            Waves(land, random, near);
        }

        if (random.Chance(0.4))
        {
            Boat(land, random, random.Between(0.1f, 0.9f), land.Horizon + random.Between(0.02f, 0.12f), random.Between(0.04f, 0.1f));
        }
    }

    /// <summary>A beach, at times with foam, at a side or below.</summary>
    public static void Beach(Land land, SceneRandom random)
    {
        var sand = land.Air.Lit(Tint.Hsv(random.Between(28, 48), random.Between(0.15f, 0.5f), random.Between(0.7f, 0.95f)));
        var level = land.Horizon + ((1 - land.Horizon) * random.Between(0.35f, 0.8f));
        var tilt = random.Chance(0.5) ? random.Normal(0, 0.15f) : 0;
        land.Shore = Math.Min(0.97f, level + 0.04f + MathF.Abs(tilt * 0.5f));
        var shore = new SKPoint[8];
        for (var i = 0; i < shore.Length; i++)
        {
            var x = -0.65f + (i * 0.33f);
            shore[i] = new(x, Math.Max(land.Horizon + 0.02f, level + ((x - 0.5f) * tilt) + random.Between(-0.02f, 0.02f)));
        }

        foreach (var (lift, colour, part) in new[]
        {
            (0.03f, land.Air.Lit(Tint.Hsv(190, 0.15f, 0.95f)), "water"), (0.015f, Tint.Shade(sand, 0.8f), "sand"), (0f, sand, "sand"),
        })
        {
            land.Sketch.Below(part, colour, [.. shore.Select(p => new SKPoint(p.X, p.Y - lift))], smooth: true);
        }
    }

    /// <summary>A lake across the picture; what stands behind it is mirrored in it.</summary>
    public static void Lake(Land land, SceneRandom random, SKPoint[] behind)
    {
        var sketch = land.Sketch;
        var water = ColourOf(land, random);
        var (top, bottom) = (land.Horizon + random.Between(0, 0.02f), land.Horizon + ((1 - land.Horizon) * random.Between(0.25f, 0.6f)));
        using var area = new SKPath();
        area.AddRect(new(Sketch.Least, top, Sketch.Greatest, Sketch.Greatest));
        sketch.Fill(area, "water", water);
        using (sketch.Inside(area))
        {
            if (behind.Length > 2 && random.Chance(0.6))
            {
                sketch.Polygon("water", Tint.Shade(water, random.Between(0.65f, 0.9f)),
                    [.. behind.Select(p => new SKPoint(p.X, top + ((land.Horizon - p.Y) * 0.75f)))]);
            }

            OutdoorBackdrops.Ripples(sketch, random, water, top, bottom, land.Flat ? 5 : 25);
        }

        if (random.Chance(0.6))
        {
            // A line of shore trees far off.
            OutdoorBackdrops.Bushes(sketch, random, land.Air.Far(Tint.Shade(land.Green, 0.7f), 0.3f), top + 0.002f,
                random.Between(0.012f, 0.035f));
        }

        Name(sketch, (top + bottom) / 2);
        if (random.Chance(0.25))
        {
            Boat(land, random, random.Between(0.1f, 0.9f), (top + bottom) / 2, random.Between(0.05f, 0.1f));
        }

        var colour = land.Air.Lit(land.GroundColour);
        land.Shore = bottom + 0.03f;
        var shore = Land.Waves(random, bottom, 0.03f);
        sketch.Below("earth", Tint.Shade(colour, 0.6f), [.. shore.Select(p => new SKPoint(p.X, p.Y - 0.008f))], smooth: true);
        sketch.Below(land.Ground, colour, shore, smooth: true);
    }

    /// <summary>A river or path that winds from a far row to the viewer; names places along it.</summary>
    public static void Way(Land land, SceneRandom random, float from, bool river, float farX)
    {
        var colour = river ? ColourOf(land, random)
            : land.Winter ? land.Air.Lit(Tint.Hsv(210, 0.08f, random.Between(0.7f, 0.88f)))
            : land.Air.Lit(Tint.Hsv(random.Between(20, 50), random.Between(0.05f, 0.5f), random.Between(0.45f, 0.9f)));
        var part = river ? "water" : "path";
        var nearX = random.Between(0.1f, 0.9f);
        var (swing, phase, turns) = (random.Between(0, 0.22f), random.Between(0, 6.3f), random.Between(2f, 7));
        var wide = random.Between(0.1f, 0.3f) * (river ? 1.5f : 1);
        const int Steps = 16;
        var middles = new SKPoint[Steps + 1];
        var halves = new float[Steps + 1];
        for (var i = 0; i <= Steps; i++)
        {
            var t = MathF.Pow((float)i / Steps, 1.7f);
            var y = from + ((1.15f - from) * t);
            var scale = (y - land.Horizon) / (1 - land.Horizon);
            // Bends look narrower the further off they are.
            middles[i] = new(farX + ((nearX - farX) * t)
                + (swing * (0.25f + scale) * MathF.Sin(phase + (turns * MathF.Sqrt(t))) * MathF.Min(1, t * 4)), y);
            halves[i] = Math.Max(0.003f, wide * scale * (river ? random.Between(0.9f, 1.15f) : 1)) / 2;
        }

        SKPoint[] left = [.. middles.Select((m, i) => new SKPoint(m.X - halves[i], m.Y))];
        SKPoint[] right = [.. middles.Select((m, i) => new SKPoint(m.X + halves[i], m.Y))];
        using var path = Curves.Open(left);
        for (var i = Steps; i >= 0; i--)
        {
            path.LineTo(right[i]);
        }

        path.Close();
        if (!land.Flat)
        {
            land.Sketch.Painter.Line(path, 0.012f, land.Ground, Tint.Shade(land.Air.Lit(land.GroundColour), 0.75f));
        }

        land.Sketch.Fill(path, part, colour);
        if (!land.Flat)
        {
            using var inside = land.Sketch.Inside(path);
            if (river)
            {
                OutdoorBackdrops.Ripples(land.Sketch, random, colour, from, 1.1f, 30);
            }
            else
            {
                foreach (var side in (ReadOnlySpan<float>)[-0.45f, 0.45f])
                {
                    land.Sketch.Curve(part, 0.008f, Tint.Shade(colour, 0.8f),
                        [.. middles.Select((m, i) => new SKPoint(m.X + (side * halves[i]), m.Y))]);
                }
            }
        }

        var painter = land.Sketch.Painter;
        var word = river ? "river" : "path";
        painter.Landmark($"{word}.far", middles[4].X, middles[4].Y, part);
        painter.Landmark($"{word}.middle", middles[9].X, middles[9].Y, part);
        var last = Array.FindLastIndex(middles, m => m.Y < 0.97f);
        painter.Landmark($"{word}.near", middles[last].X, middles[last].Y, part);
        painter.Landmark($"{word}.edge.left", middles[11].X - halves[11], middles[11].Y, part);
        painter.Landmark($"{word}.edge.right", middles[11].X + halves[11], middles[11].Y, part);
    }

    private static void Name(Sketch sketch, float row)
    {
        sketch.Painter.Landmark("water.left", 0.15f, row, "water");
        sketch.Painter.Landmark("water.middle", 0.5f, row, "water");
        sketch.Painter.Landmark("water.right", 0.85f, row, "water");
    }

    private static void Waves(Land land, SceneRandom random, SKColor water)
    {
        for (var i = 0; i < 10; i++)
        {
            var t = (i + 0.5f) / 10;
            var y = land.Horizon + ((1.1f - land.Horizon) * t * t);
            var h = 0.004f + (0.02f * t);
            var points = new SKPoint[9];
            var shift = random.Next() * 0.2f;
            for (var k = 0; k < points.Length; k++)
            {
                points[k] = new(-0.5f + shift + (k * 0.25f), y + (k % 2 == 0 ? -h : h));
            }

            land.Sketch.Curve("water", h * 0.5f, Tint.Shade(water, i % 2 == 0 ? 1.35f : 0.8f), points);
        }
    }

    private static void Boat(Land land, SceneRandom random, float x, float y, float size)
    {
        var hull = land.Air.Lit(Tint.Any(random));
        var sail = land.Air.Lit(Tint.Hsv(random.Between(20, 60), random.Between(0, 0.3f), 0.97f));
        land.Sketch.Line("boat", size * 0.04f, Tint.Shade(hull, 0.5f), x, y - (size * 0.15f), x, y - size);
        land.Sketch.Polygon("sail", sail, new(x + (size * 0.04f), y - (size * 0.95f)), new(x + (size * 0.5f), y - (size * 0.22f)),
            new(x + (size * 0.04f), y - (size * 0.22f)));
        land.Sketch.Polygon("sail", Tint.Shade(sail, 0.9f), new(x - (size * 0.04f), y - (size * 0.85f)),
            new(x - (size * 0.35f), y - (size * 0.22f)), new(x - (size * 0.04f), y - (size * 0.22f)));
        land.Sketch.Polygon("boat", hull, new(x - (size * 0.5f), y - (size * 0.16f)), new(x + (size * 0.55f), y - (size * 0.18f)),
            new(x + (size * 0.38f), y), new(x - (size * 0.38f), y));
    }
}
