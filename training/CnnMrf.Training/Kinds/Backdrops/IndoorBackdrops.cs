using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Backdrops;

/// <summary>Walls and rooms.</summary>
internal static class IndoorBackdrops
{
    /// <summary>A wall with a floor, skirting and at times a picture.</summary>
    public static void Wall(Sketch sketch, SceneRandom random)
    {
        var wall = WallColour(random);
        sketch.All("wall", wall);
        if (random.Chance(0.4))
        {
            Hang(sketch, random, random.Pick(random.Between(0.05f, 0.25f), random.Between(0.7f, 0.9f)), random.Between(0.12f, 0.35f));
        }

        Floor(sketch, random, wall);
    }

    /// <summary>A patterned wall; the pattern is the wall's.</summary>
    public static void Wallpaper(Sketch sketch, SceneRandom random)
    {
        var wall = WallColour(random);
        var ink = random.Chance(0.6) ? Tint.Shade(wall, random.Pick(random.Between(0.6f, 0.9f), random.Between(1.15f, 1.5f)))
            : Tint.Any(random);
        sketch.All("wall", wall);
        var step = random.Between(0.07f, 0.17f);
        var pattern = random.Below(5);
        var row = 0;
        for (var y = -0.3f; y < 1.3f; y += pattern == 0 ? 9 : step, row++)
        {
            for (var x = -0.3f + (row % 2 * step / 2); x < 1.3f; x += step)
            {
                Motif(sketch, pattern, x, y, step, ink, wall);
            }
        }

        if (random.Chance(0.4))
        {
            Floor(sketch, random, wall);
        }
    }

    /// <summary>Bricks or tiles.</summary>
    public static void Bricks(Sketch sketch, SceneRandom random)
    {
        var brick = random.Chance(0.6)
            ? Tint.Hsv(random.Between(5, 25), random.Between(0.3f, 0.65f), random.Between(0.4f, 0.8f))
            : WallColour(random);
        var mortar = Tint.Shade(brick, random.Pick(random.Between(0.55f, 0.8f), random.Between(1.2f, 1.6f)));
        var height = random.Between(0.06f, 0.13f);
        var width = height * random.Between(1, 2.6f);
        var gap = height * random.Between(0.05f, 0.15f);
        var shift = random.Chance(0.75) ? 0.5f : 0;
        sketch.All("wall", mortar);
        var row = 0;
        for (var y = -0.2f; y < 1.2f; y += height, row++)
        {
            for (var x = -0.3f + (row % 2 * shift * width); x < 1.3f; x += width)
            {
                sketch.Box(x, y, x + width - gap, y + height - gap, "wall", Tint.Vary(random, brick, 0.12f));
            }
        }
    }

    /// <summary>A window in a wall, at times with curtains.</summary>
    public static void Window(Sketch sketch, SceneRandom random)
    {
        var wall = WallColour(random);
        sketch.All("wall", wall);
        var x = random.Pick(random.Between(0, 0.2f), random.Between(0.8f, 1), random.Between(0.3f, 0.7f));
        var (half, top, bottom) = (random.Between(0.15f, 0.4f), random.Between(-0.1f, 0.15f), random.Between(0.5f, 0.8f));
        var frame = random.Chance(0.7) ? Tint.Hsv(40, random.Between(0, 0.1f), random.Between(0.8f, 1))
            : Tint.Hsv(25, 0.5f, random.Between(0.2f, 0.6f));
        var bar = random.Between(0.01f, 0.025f);
        sketch.Box(x - half - bar, top - bar, x + half + bar, bottom + bar, "window.frame", frame);
        using (var pane = new SKPath())
        {
            pane.AddRect(new(x - half, top, x + half, bottom));
            using var inside = sketch.Inside(pane);
            var air = Atmosphere.Any(random);
            var bands = 1 + random.Below(5);
            for (var i = 0; i < bands; i++)
            {
                sketch.Box(x - half, top + ((bottom - top) * i / bands), x + half, bottom, "window.glass",
                    Tint.Mix(air.Top, air.Low, (i + 0.5f) / bands));
            }

            if (random.Chance(0.5))
            {
                var green = air.Lit(OutdoorBackdrops.Green(random));
                var level = bottom - ((bottom - top) * random.Between(0.1f, 0.5f));
                for (var i = 0; i < 5; i++)
                {
                    sketch.Ellipse(x + random.Between(-half, half), bottom, half * random.Between(0.3f, 0.7f), bottom - level,
                        "window.glass", Tint.Vary(random, green, 0.15f));
                }
            }
        }

        var across = random.Below(3);
        for (var i = 1; i <= across; i++)
        {
            var bx = x - half + (2 * half * i / (across + 1));
            sketch.Box(bx - (bar / 2), top, bx + (bar / 2), bottom, "window.frame", frame);
        }

        var y = top + ((bottom - top) * random.Between(0.35f, 0.6f));
        sketch.Box(x - half, y - (bar / 2), x + half, y + (bar / 2), "window.frame", frame);
        sketch.Box(x - half - (2 * bar), bottom + bar, x + half + (2 * bar), bottom + (2.5f * bar), "window.frame",
            Tint.Shade(frame, 0.85f));
        if (random.Chance(0.45))
        {
            Curtains(sketch, random, x, half, top, bottom);
        }
    }

    /// <summary>Shelves with books.</summary>
    public static void Shelves(Sketch sketch, SceneRandom random)
    {
        var wood = Tint.Hsv(random.Between(18, 40), random.Between(0.2f, 0.7f), random.Between(0.25f, 0.9f));
        sketch.All("shelf", Tint.Shade(wood, 0.55f));
        var rows = 3 + random.Below(3);
        var height = random.Between(1f, 1.3f) / rows;
        var hue = random.Between(0, 360);
        for (var y = random.Between(-0.4f, -0.2f); y < 1.25f; y += height)
        {
            for (var x = -0.2f; x < 1.2f;)
            {
                var width = random.Between(0.025f, 0.075f);
                var top = y - (height * random.Between(0.55f, 0.85f));
                if (random.Chance(0.88))
                {
                    var colour = Tint.Hsv(hue + random.Normal(0, 60), random.Between(0.1f, 0.7f), random.Between(0.2f, 0.85f));
                    sketch.Box(x, top, x + width * 0.93f, y, "book", colour);
                }

                x += width;
            }

            sketch.Box(Sketch.Least, y, Sketch.Greatest, y + 0.025f, "shelf", wood);
        }
    }

    /// <summary>A room's corner.</summary>
    public static void Room(Sketch sketch, SceneRandom random)
    {
        var wall = WallColour(random);
        var corner = random.Between(0.15f, 0.85f);
        var level = random.Between(0.6f, 0.85f);
        var slope = random.Between(0.1f, 0.4f);
        sketch.All("wall", wall);
        sketch.Box(corner, Sketch.Least, Sketch.Greatest, Sketch.Greatest, "wall", Tint.Shade(wall, random.Between(0.75f, 0.95f)));
        if (random.Chance(0.5))
        {
            Hang(sketch, random, corner < 0.5f ? 0.82f : 0.18f, random.Between(0.12f, 0.3f));
        }

        var floor = Tint.Hsv(random.Between(15, 45), random.Between(0.05f, 0.6f), random.Between(0.25f, 0.85f));
        sketch.Polygon("floor", floor, new(corner, level), new(Sketch.Greatest, level + ((Sketch.Greatest - corner) * slope)),
            new(Sketch.Greatest, 2.5f), new(Sketch.Least, 2.5f), new(Sketch.Least, level + ((corner - Sketch.Least) * slope)));
        var white = Tint.Shade(wall, 1.4f);
        sketch.Line("background.skirting", 0.02f, white, corner, level, Sketch.Greatest, level + ((Sketch.Greatest - corner) * slope));
        sketch.Line("background.skirting", 0.02f, white, corner, level, Sketch.Least, level + ((corner - Sketch.Least) * slope));
    }

    private static SKColor WallColour(SceneRandom random) => random.Chance(0.6)
        ? Tint.Hsv(random.Between(20, 60), random.Between(0.02f, 0.35f), random.Between(0.5f, 1))
        : Tint.Hsv(random.Between(0, 360), random.Between(0.05f, 0.6f), random.Between(0.2f, 0.95f));

    private static void Floor(Sketch sketch, SceneRandom random, SKColor wall)
    {
        var level = random.Between(0.68f, 0.95f);
        var floor = Tint.Hsv(random.Between(15, 45), random.Between(0.05f, 0.6f), random.Between(0.2f, 0.85f));
        sketch.Box(Sketch.Least, level, Sketch.Greatest, Sketch.Greatest, "floor", floor);
        sketch.Box(Sketch.Least, level - random.Between(0.015f, 0.05f), Sketch.Greatest, level, "background.skirting",
            Tint.Shade(wall, random.Pick(0.7f, 1.5f)));
        if (random.Chance(0.5))
        {
            // Boards run to a point behind the wall.
            for (var x = -3f; x < 4; x += 0.25f)
            {
                sketch.Line("floor", 0.005f, Tint.Shade(floor, 0.75f), 0.5f + ((x - 0.5f) * 0.4f), level, x, Sketch.Greatest);
            }
        }
    }

    private static void Hang(Sketch sketch, SceneRandom random, float x, float y)
    {
        var (w, h) = (random.Between(0.07f, 0.16f), random.Between(0.08f, 0.17f));
        var border = random.Between(0.01f, 0.025f);
        sketch.Box(x - w, y - h, x + w, y + h, "picture.frame",
            Tint.Hsv(random.Between(20, 50), random.Between(0, 0.7f), random.Between(0.1f, 0.9f)));
        var colour = Tint.Any(random);
        sketch.Box(x - w + border, y - h + border, x + w - border, y + h - border, "picture.frame", colour);
        sketch.Box(x - w + border, y + (h * random.Between(-0.3f, 0.5f)), x + w - border, y + h - border, "picture.frame",
            Tint.Any(random));
    }

    private static void Curtains(Sketch sketch, SceneRandom random, float x, float half, float top, float bottom)
    {
        var colour = Tint.Any(random);
        foreach (var side in (ReadOnlySpan<float>)[-1, 1])
        {
            var outer = x + (side * half * 1.25f);
            var inner = x + (side * half * random.Between(0.5f, 0.85f));
            for (var i = 0; i < 5; i++)
            {
                var from = outer + ((inner - outer) * i / 5);
                var to = outer + ((inner - outer) * (i + 1) / 5);
                sketch.Box(MathF.Min(from, to), top - 0.05f, MathF.Max(from, to), bottom + 0.12f, "curtain",
                    Tint.Shade(colour, i % 2 == 0 ? 1 : 0.85f));
            }
        }
    }

    private static void Motif(Sketch sketch, int pattern, float x, float y, float step, SKColor ink, SKColor wall)
    {
        switch (pattern)
        {
            case 0:
                sketch.Box(x, Sketch.Least, x + (step * 0.4f), Sketch.Greatest, "wall", ink);
                break;
            case 1:
                sketch.Ellipse(x, y, step * 0.2f, step * 0.2f, "wall", ink);
                break;
            case 2:
                sketch.Polygon("wall", ink, new(x, y - (step * 0.4f)), new(x + (step * 0.3f), y), new(x, y + (step * 0.4f)),
                    new(x - (step * 0.3f), y));
                break;
            case 3:
                sketch.Blob("wall", ink, new(x, y - (step * 0.35f)), new(x + (step * 0.12f), y - (step * 0.1f)), new(x + (step * 0.32f), y),
                    new(x + (step * 0.1f), y + (step * 0.12f)), new(x, y + (step * 0.35f)), new(x - (step * 0.1f), y + (step * 0.12f)),
                    new(x - (step * 0.32f), y), new(x - (step * 0.12f), y - (step * 0.1f)));
                sketch.Ellipse(x, y, step * 0.07f, step * 0.07f, "wall", wall);
                break;
            default:
                sketch.Line("wall", step * 0.08f, ink, x - (step * 0.25f), y, x + (step * 0.25f), y);
                sketch.Line("wall", step * 0.08f, ink, x, y - (step * 0.25f), x, y + (step * 0.25f));
                break;
        }
    }
}
