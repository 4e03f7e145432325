using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Backdrops;

/// <summary>Scenery behind a subject.</summary>
internal static class OutdoorBackdrops
{
    /// <summary>A plant's green, or an autumn leaf's colour.</summary>
    public static SKColor Green(SceneRandom random) => random.Chance(0.85)
        ? Tint.Hsv(random.Between(65, 140), random.Between(0.25f, 0.8f), random.Between(0.25f, 0.75f))
        : Tint.Hsv(random.Between(10, 55), random.Between(0.4f, 0.85f), random.Between(0.4f, 0.85f));

    /// <summary>Fresh or dry grass.</summary>
    public static SKColor Grass(SceneRandom random) => random.Chance(0.8)
        ? Tint.Hsv(random.Between(68, 140), random.Between(0.25f, 0.8f), random.Between(0.3f, 0.8f))
        : Tint.Hsv(random.Between(42, 70), random.Between(0.3f, 0.75f), random.Between(0.5f, 0.9f));

    /// <summary>A meadow under the sky, with hills and trees at times.</summary>
    public static void Meadow(Sketch sketch, SceneRandom random)
    {
        var air = Atmosphere.Any(random);
        var horizon = random.Between(0.35f, 0.8f);
        Skies.Any(sketch, random, air, horizon);
        var green = Grass(random);
        var hills = random.Below(4);
        for (var i = 0; i < hills; i++)
        {
            var far = 0.7f * (hills - i) / (hills + 0.5f);
            Ridge(sketch, random, "hill", air.Far(Tint.Vary(random, green, 0.2f), far), horizon - (0.04f * (hills - i)),
                random.Between(0.02f, 0.09f));
        }

        if (random.Chance(0.5))
        {
            Bushes(sketch, random, air.Far(Tint.Shade(Tint.Vary(random, green, 0.2f), 0.8f), 0.15f), horizon, random.Between(0.02f, 0.09f));
        }

        Ground(sketch, random, "grass", air.Lit(green), horizon);
    }

    /// <summary>The sea, at times with a beach.</summary>
    public static void Sea(Sketch sketch, SceneRandom random)
    {
        var air = Atmosphere.Any(random);
        var horizon = random.Between(0.3f, 0.75f);
        Skies.Any(sketch, random, air, horizon);
        if (random.Chance(0.4))
        {
            Ridge(sketch, random, "hill", air.Far(Tint.Hsv(random.Between(100, 220), 0.3f, 0.5f), 0.5f), horizon - 0.03f, 0.04f);
        }

        var water = Tint.Mix(air.Lit(Tint.Hsv(random.Between(175, 220), random.Between(0.3f, 0.8f), random.Between(0.35f, 0.8f))), air.Top,
            0.3f);
        sketch.Box(Sketch.Least, horizon, Sketch.Greatest, Sketch.Greatest, "water", water);
        Ripples(sketch, random, water, horizon, 1.2f, 20);
        if (random.Chance(0.5))
        {
            var sand = air.Lit(Tint.Hsv(random.Between(30, 48), random.Between(0.15f, 0.45f), random.Between(0.7f, 0.95f)));
            var beach = horizon + ((1 - horizon) * random.Between(0.3f, 0.8f));
            Ridge(sketch, random, "water", Tint.Shade(water, 1.6f), beach - 0.015f, 0.01f);
            Ridge(sketch, random, "sand", sand, beach, 0.01f);
        }
    }

    /// <summary>A row of house fronts behind a street.</summary>
    public static void Street(Sketch sketch, SceneRandom random)
    {
        var air = Atmosphere.Any(random);
        var foot = random.Between(0.55f, 0.9f);
        Skies.Any(sketch, random, air, foot);
        for (var x = random.Between(-0.6f, -0.3f); x < 1.4f;)
        {
            x += Front(sketch, random, air, x, foot);
        }

        var street = air.Lit(Tint.Hsv(random.Between(20, 240), random.Between(0, 0.12f), random.Between(0.3f, 0.75f)));
        sketch.Box(Sketch.Least, foot, Sketch.Greatest, Sketch.Greatest, "street", street);
        if (random.Chance(0.6))
        {
            sketch.Box(Sketch.Least, foot, Sketch.Greatest, foot + random.Between(0.02f, 0.07f), "street", Tint.Shade(street, 1.25f));
        }
    }

    /// <summary>Between trees.</summary>
    public static void Wood(Sketch sketch, SceneRandom random)
    {
        var air = Atmosphere.Any(random);
        var green = Green(random);
        var level = random.Between(0.6f, 0.95f);
        sketch.All("tree.leaves", air.Far(green, random.Between(0.1f, 0.7f)));
        var bark = Tint.Hsv(random.Between(15, 45), random.Between(0.1f, 0.5f), random.Between(0.15f, 0.5f));
        var rows = 2 + random.Below(2);
        for (var row = 0; row < rows; row++)
        {
            var far = 0.6f * (rows - row - 1) / rows;
            for (var x = random.Between(-0.3f, -0.1f); x < 1.3f; x += random.Between(0.12f, 0.35f))
            {
                var w = random.Between(0.012f, 0.035f) * (1.5f - far);
                sketch.Polygon("tree.trunk", air.Far(Tint.Vary(random, bark, 0.1f), far), new(x - (w * 0.7f), Sketch.Least),
                    new(x + (w * 0.7f), Sketch.Least), new(x + w, level + 0.02f), new(x - w, level + 0.02f));
            }

            for (var i = 0; i < 12; i++)
            {
                sketch.Ellipse(random.Between(-0.3f, 1.3f), random.Between(-0.3f, 0.35f), random.Between(0.08f, 0.2f),
                    random.Between(0.05f, 0.13f),
                    "tree.leaves", air.Far(Tint.Vary(random, green, 0.2f), far));
            }
        }

        Ground(sketch, random, "grass", air.Lit(Tint.Shade(green, random.Between(0.6f, 1.2f))), level);
    }

    /// <summary>Towers of a town against the sky, often at dusk.</summary>
    public static void Skyline(Sketch sketch, SceneRandom random)
    {
        var air = Atmosphere.Any(random);
        var foot = random.Between(0.6f, 0.95f);
        Skies.Any(sketch, random, air, foot);
        var stone = air.Lit(Tint.Hsv(random.Between(0, 360), random.Between(0, 0.25f), random.Between(0.2f, 0.8f)));
        for (var row = 0; row < 2; row++)
        {
            for (var x = random.Between(-0.4f, -0.2f); x < 1.3f;)
            {
                var w = random.Between(0.06f, 0.2f);
                var top = foot - random.Between(0.08f, row == 0 ? 0.5f : 0.3f);
                var colour = air.Far(Tint.Vary(random, stone, 0.1f), row == 0 ? 0.4f : 0.1f);
                sketch.Box(x, top, x + w, Sketch.Greatest, "wall", colour);
                if (row == 1 && random.Chance(0.6))
                {
                    var pane = air.Hour is Hour.Night or Hour.Dusk ? Tint.Hsv(45, 0.5f, 1) : Tint.Shade(colour, 0.7f);
                    for (var y = top + 0.02f; y < foot - 0.02f; y += 0.04f)
                    {
                        sketch.Box(x + (w * 0.15f), y, x + (w * 0.4f), y + 0.018f, "window.glass", pane);
                        sketch.Box(x + (w * 0.6f), y, x + (w * 0.85f), y + 0.018f, "window.glass", pane);
                    }
                }

                x += w * random.Between(0.9f, 1.3f);
            }
        }

        sketch.Box(Sketch.Least, foot, Sketch.Greatest, Sketch.Greatest, "street",
            air.Lit(Tint.Hsv(random.Between(0, 360), 0.08f, random.Between(0.2f, 0.7f))));
    }

    /// <summary>Fills below a gently waved line.</summary>
    public static void Ridge(Sketch sketch, SceneRandom random, string part, SKColor colour, float y, float swing)
    {
        Span<SKPoint> points = stackalloc SKPoint[8];
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = new(-0.65f + (i * 0.33f) + random.Between(-0.08f, 0.08f), y + random.Between(-swing, swing));
        }

        sketch.Below(part, colour, points, smooth: true);
    }

    /// <summary>A row of round bushes.</summary>
    public static void Bushes(Sketch sketch, SceneRandom random, SKColor colour, float foot, float size)
    {
        // Three shades, each one path: a hedge of many small bushes would otherwise cost more than all the rest.
        const int Shades = 3;
        var paths = new SKPath[Shades];
        for (var i = 0; i < Shades; i++)
        {
            paths[i] = new() { FillType = SKPathFillType.Winding };
        }

        for (var x = -0.6f; x < 1.6f; x += size * random.Between(0.7f, 1.6f))
        {
            var (r, y) = (size * random.Between(0.5f, 1.1f), foot);
            y -= r * 0.4f;
            paths[random.Below(Shades)].AddOval(new(x - r, y - r, x + r, y + r));
        }

        foreach (var path in paths)
        {
            sketch.Fill(path, "tree.leaves", Tint.Vary(random, colour, 0.12f));
            path.Dispose();
        }
    }

    /// <summary>Ground from a level down: nearer is darker or lighter.</summary>
    public static void Ground(Sketch sketch, SceneRandom random, string part, SKColor colour, float level)
    {
        var near = Tint.Shade(colour, random.Between(0.65f, 1.25f));
        var bands = 1 + random.Below(5);
        for (var i = 0; i < bands; i++)
        {
            var share = (float)i / bands;
            Ridge(sketch, random, part, Tint.Mix(colour, near, share), level + ((1 - level) * share * share), 0.006f + (0.02f * share));
        }
    }

    /// <summary>Lens-shaped glints that grow towards the viewer.</summary>
    public static void Ripples(Sketch sketch, SceneRandom random, SKColor water, float from, float to, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var share = random.Next();
            var y = from + ((to - from) * share * share);
            var w = 0.02f + (0.12f * share);
            var x = random.Between(-0.2f, 1.2f);
            sketch.Ellipse(x, y, w, 0.0015f + (0.006f * share), "water",
                Tint.Shade(water, random.Pick(random.Between(0.75f, 0.9f), random.Between(1.1f, 1.5f))));
        }
    }

    private static float Front(Sketch sketch, SceneRandom random, Atmosphere air, float x, float foot)
    {
        var width = random.Between(0.18f, 0.45f);
        var floors = 2 + random.Below(3);
        var height = floors * random.Between(0.12f, 0.2f);
        var colour = air.Lit(Tint.Hsv(random.Between(0, 60), random.Between(0.05f, 0.6f), random.Between(0.4f, 0.95f)));
        var glass = air.Hour is Hour.Night or Hour.Dusk && random.Chance(0.5)
            ? Tint.Hsv(45, 0.5f, 1)
            : air.Lit(Tint.Hsv(210, 0.25f, random.Between(0.2f, 0.6f)));
        var roof = air.Lit(Tint.Hsv(random.Between(0, 30), random.Between(0.1f, 0.6f), random.Between(0.2f, 0.6f)));
        var top = foot - height;
        sketch.Polygon("roof", roof, new(x - 0.01f, top), new(x + (width * 0.12f), top - 0.09f), new(x + (width * 0.88f), top - 0.09f),
            new(x + width + 0.01f, top));
        sketch.Box(x, top, x + width, foot, "wall", colour);
        var columns = 2 + random.Below(2);
        for (var i = 0; i < floors; i++)
        {
            for (var k = 0; k < columns; k++)
            {
                var cx = x + (width * (k + 0.5f) / columns);
                var cy = top + (height * (i + 0.5f) / floors);
                var (w, h) = (width / columns * 0.25f, height / floors * 0.3f);
                sketch.Box(cx - (w * 1.2f), cy - (h * 1.15f), cx + (w * 1.2f), cy + (h * 1.15f), "window.frame", Tint.Shade(colour, 1.5f));
                sketch.Box(cx - w, cy - h, cx + w, cy + h, "window.glass", glass);
            }
        }

        return width;
    }
}
