using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using CnnMrf.Training.Kinds.Views;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Cars;

/// <summary>Where cars are seen: streets, country roads, beaches, halls, studios.</summary>
internal static class Surroundings
{
    /// <summary>Fills the picture and names six places of the background.</summary>
    /// <returns>The ground's colour.</returns>
    public static SKColor Draw(Painter painter, SceneRandom random, Atmosphere air, ObliqueView view)
    {
        var sketch = new Sketch(painter);
        sketch.Watch("background.top.left", 0.07f, 0.08f);
        sketch.Watch("background.top.right", 0.93f, 0.08f);
        sketch.Watch("background.middle.left", 0.05f, 0.5f);
        sketch.Watch("background.middle.right", 0.95f, 0.5f);
        sketch.Watch("background.bottom.left", 0.07f, 0.95f);
        sketch.Watch("background.bottom.right", 0.93f, 0.95f);
        // Ground that does not reach to the horizon ends at a wall somewhere behind the car.
        var behind = view.Project(2, -2.2f, 0).Y;
        var horizon = Math.Clamp(view.Horizon, 0.05f, behind - 0.01f);
        var foot = horizon + ((behind - horizon) * random.Between(0.3f, 1));
        var ground = random.Below(12) switch
        {
            0 or 1 => Town(sketch, random, air, foot, horizon, view),
            2 => Wall(sketch, random, air, foot, view),
            3 or 4 => Country(sketch, random, air, horizon, foot, view),
            5 => Forest(sketch, random, air, foot, view),
            6 => Coast(sketch, random, air, horizon, foot),
            7 or 8 => Hall(sketch, random, foot),
            9 => Studio(sketch, random, foot),
            10 => Desert(sketch, random, air, horizon),
            _ => Plain(sketch, random),
        };
        sketch.Tell();
        return ground;
    }

    private static SKColor Town(Sketch sketch, SceneRandom random, Atmosphere air, float foot, float horizon, ObliqueView view)
    {
        Skies.Any(sketch, random, air, MathF.Max(0.1f, horizon));
        if (random.Chance(0.4))
        {
            Towers(sketch, random, air, horizon, 0.35f);
        }

        for (var x = random.Between(-0.6f, -0.3f); x < 1.4f;)
        {
            x += random.Chance(0.15) ? random.Between(0.05f, 0.2f) : House(sketch, random, air, x, foot, view.Scale);
        }

        if (random.Chance(0.4))
        {
            OutdoorBackdrops.Bushes(sketch, random, air.Lit(OutdoorBackdrops.Green(random)), foot, random.Between(0.03f, 0.08f));
        }

        return Road(sketch, random, air, foot, view, kerb: true);
    }

    private static SKColor Wall(Sketch sketch, SceneRandom random, Atmosphere air, float foot, ObliqueView view)
    {
        var wall = air.Lit(Tint.Hsv(random.Between(0, 60), random.Between(0, 0.5f), random.Between(0.3f, 0.95f)));
        sketch.All("wall", wall);
        if (random.Chance(0.6))
        {
            var (high, wide) = (random.Between(0.035f, 0.07f), random.Between(0.09f, 0.2f));
            var joint = Tint.Shade(wall, random.Pick(0.75f, 1.3f));
            var row = 0;
            for (var y = foot; y > -0.3f; y -= high)
            {
                sketch.Line("wall", 0.005f, joint, -0.4f, y, 1.4f, y);
                for (var x = -0.4f + (row++ % 2 * wide / 2); x < 1.4f; x += wide)
                {
                    sketch.Line("wall", 0.005f, joint, x, y, x, y - high);
                }
            }
        }
        else if (random.Chance(0.6))
        {
            var door = Tint.Any(random);
            var left = random.Between(-0.1f, 0.6f);
            var (right, top) = (left + random.Between(0.25f, 0.5f), foot - random.Between(0.35f, 0.55f));
            sketch.Box(left, top, right, foot, "garage.door", door);
            for (var y = top + 0.05f; y < foot; y += 0.06f)
            {
                sketch.Line("garage.door", 0.006f, Tint.Shade(door, 0.8f), left, y, right, y);
            }
        }

        return Road(sketch, random, air, foot, view, kerb: random.Chance(0.3));
    }

    private static SKColor Country(Sketch sketch, SceneRandom random, Atmosphere air, float horizon, float foot, ObliqueView view)
    {
        Skies.Any(sketch, random, air, MathF.Max(0.1f, horizon));
        var green = OutdoorBackdrops.Green(random);
        var hills = random.Below(4);
        for (var i = 0; i < hills; i++)
        {
            OutdoorBackdrops.Ridge(sketch, random, "hill", air.Far(Tint.Vary(random, green, 0.2f), 0.7f * (hills - i) / (hills + 0.5f)),
                horizon - (0.04f * (hills - i)), random.Between(0.02f, 0.08f));
        }

        OutdoorBackdrops.Ground(sketch, random, "grass", air.Lit(green), horizon);
        for (var i = random.Below(4); i > 0; i--)
        {
            Tree(sketch, random, air, random.Between(-0.1f, 1.1f), horizon + ((foot - horizon) * random.Next()));
        }

        if (random.Chance(0.35))
        {
            OutdoorBackdrops.Bushes(sketch, random, air.Lit(Tint.Shade(green, 0.8f)), foot, random.Between(0.03f, 0.08f));
        }

        return random.Chance(0.65) ? Road(sketch, random, air, foot, view, kerb: false) : air.Lit(green);
    }

    private static SKColor Forest(Sketch sketch, SceneRandom random, Atmosphere air, float foot, ObliqueView view)
    {
        var green = OutdoorBackdrops.Green(random);
        sketch.All("tree.leaves", air.Far(green, random.Between(0.1f, 0.6f)));
        for (var i = 0; i < 14; i++)
        {
            sketch.Ellipse(random.Between(-0.3f, 1.3f), random.Between(-0.2f, foot), random.Between(0.08f, 0.2f),
                random.Between(0.06f, 0.16f),
                "tree.leaves", air.Lit(Tint.Vary(random, green, 0.25f)));
        }

        var bark = Tint.Hsv(random.Between(15, 45), random.Between(0.1f, 0.5f), random.Between(0.15f, 0.5f));
        for (var x = random.Between(-0.3f, -0.1f); x < 1.3f; x += random.Between(0.1f, 0.35f))
        {
            var w = random.Between(0.008f, 0.03f);
            sketch.Polygon("tree.trunk", air.Lit(Tint.Vary(random, bark, 0.1f)), new(x - (w * 0.7f), Sketch.Least),
                new(x + (w * 0.7f), Sketch.Least), new(x + w, foot + 0.01f), new(x - w, foot + 0.01f));
        }

        OutdoorBackdrops.Ground(sketch, random, "grass", air.Lit(Tint.Shade(green, random.Between(0.6f, 1.2f))), foot - 0.01f);
        return Road(sketch, random, air, foot + random.Between(0, 0.03f), view, kerb: false);
    }

    private static SKColor Coast(Sketch sketch, SceneRandom random, Atmosphere air, float horizon, float foot)
    {
        Skies.Any(sketch, random, air, MathF.Max(0.1f, horizon));
        var water = Tint.Mix(air.Lit(Tint.Hsv(random.Between(175, 220), random.Between(0.3f, 0.8f), random.Between(0.35f, 0.8f))), air.Top,
            0.3f);
        sketch.Box(Sketch.Least, horizon, Sketch.Greatest, Sketch.Greatest, "water", water);
        OutdoorBackdrops.Ripples(sketch, random, water, horizon, foot, 12);
        var sand = air.Lit(Tint.Hsv(random.Between(28, 48), random.Between(0.1f, 0.45f), random.Between(0.6f, 0.95f)));
        OutdoorBackdrops.Ground(sketch, random, "sand", sand, foot);
        return sand;
    }

    private static SKColor Hall(Sketch sketch, SceneRandom random, float foot)
    {
        var wall = Tint.Hsv(random.Between(0, 360), random.Between(0, 0.25f), random.Between(0.2f, 0.97f));
        sketch.All("wall", wall);
        if (random.Chance(0.5))
        {
            var wide = random.Between(0.15f, 0.35f);
            for (var x = random.Between(-0.5f, -0.2f); x < 1.4f; x += wide * random.Between(1.1f, 1.3f))
            {
                sketch.Box(x, foot - random.Between(0.4f, 0.7f), x + wide, foot - 0.04f, "window.glass",
                    Tint.Hsv(205, random.Between(0.05f, 0.4f), random.Between(0.5f, 1)));
            }
        }

        for (var i = random.Below(6); i > 0; i--)
        {
            var (x, y) = (random.Between(0, 1), random.Between(0, 0.25f));
            sketch.Ellipse(x, y, random.Between(0.02f, 0.08f), 0.012f, "lamp", new(250, 248, 235));
        }

        var floor = Tint.Shade(Tint.Vary(random, wall, 0.2f), random.Between(0.5f, 1.2f));
        sketch.Box(Sketch.Least, foot, Sketch.Greatest, Sketch.Greatest, "floor", floor);
        for (var i = random.Below(6); i > 0; i--)
        {
            sketch.Ellipse(random.Between(0, 1), random.Between(foot, 1), random.Between(0.05f, 0.3f), random.Between(0.005f, 0.02f),
                "floor",
                Tint.Shade(floor, random.Between(0.85f, 1.25f)));
        }

        if (random.Chance(0.4))
        {
            for (var i = -6; i <= 6; i++)
            {
                sketch.Line("floor", 0.004f, Tint.Shade(floor, 0.8f), 0.5f + (i * 0.12f), foot, 0.5f + (i * 0.35f), 1.2f);
            }
        }

        return floor;
    }

    private static SKColor Studio(Sketch sketch, SceneRandom random, float foot)
    {
        var back = random.Chance(0.5) ? Tint.Hsv(0, 0, random.Between(0.1f, 1)) : Tint.Any(random);
        var floor = Tint.Shade(back, random.Between(0.7f, 1.3f));
        sketch.All("background", back);
        const int Bands = 8;
        for (var i = 0; i < Bands; i++)
        {
            sketch.Box(Sketch.Least, foot - 0.12f + (i * 0.03f), Sketch.Greatest, Sketch.Greatest, i < Bands / 2 ? "background" : "floor",
                Tint.Mix(back, floor, (i + 1f) / Bands));
        }

        return floor;
    }

    private static SKColor Desert(Sketch sketch, SceneRandom random, Atmosphere air, float horizon)
    {
        Skies.Any(sketch, random, air, MathF.Max(0.1f, horizon));
        var rock = Tint.Hsv(random.Between(5, 50), random.Between(0.1f, 0.6f), random.Between(0.4f, 0.85f));
        for (var i = 2; i > 0; i--)
        {
            var x = random.Between(-0.5f, 0.2f);
            List<SKPoint> ridge = [];
            for (; x < 1.6f; x += random.Between(0.08f, 0.3f))
            {
                ridge.Add(new(x, horizon - random.Between(0.01f, 0.12f * i)));
            }

            sketch.Below("hill", air.Far(Tint.Vary(random, rock, 0.1f), 0.3f * i), [new(-0.6f, horizon), .. ridge, new(1.6f, horizon)]);
        }

        var sand = air.Lit(Tint.Shade(rock, random.Between(0.8f, 1.4f)));
        OutdoorBackdrops.Ground(sketch, random, "sand", sand, horizon);
        return sand;
    }

    private static SKColor Plain(Sketch sketch, SceneRandom random)
    {
        var colour = random.Chance(0.4) ? Tint.Hsv(0, 0, random.Between(0.8f, 1)) : Tint.Any(random);
        sketch.All("background", colour);
        return colour;
    }

    private static SKColor Road(Sketch sketch, SceneRandom random, Atmosphere air, float foot, ObliqueView view, bool kerb)
    {
        var road = air.Lit(Tint.Hsv(random.Between(20, 240), random.Between(0, 0.12f), random.Between(0.22f, 0.75f)));
        if (kerb)
        {
            var stone = Tint.Shade(road, random.Between(1.15f, 1.4f));
            sketch.Box(Sketch.Least, foot, Sketch.Greatest, Sketch.Greatest, "pavement", stone);
            foot += random.Between(0.01f, 0.03f);
            sketch.Box(Sketch.Least, foot, Sketch.Greatest, foot + 0.012f, "pavement", Tint.Shade(stone, 0.8f));
            foot += 0.012f;
        }

        sketch.Box(Sketch.Least, foot, Sketch.Greatest, Sketch.Greatest, "street", road);
        if (random.Chance(0.5))
        {
            OutdoorBackdrops.Ridge(sketch, random, "street", Tint.Shade(road, random.Between(0.8f, 1.15f)), foot + ((1 - foot) * 0.5f),
                0.02f);
        }

        if (random.Chance(0.4))
        {
            Markings(sketch, random, view);
        }

        return road;
    }

    private static void Markings(Sketch sketch, SceneRandom random, ObliqueView view)
    {
        var colour = random.Pick(new SKColor(235, 235, 230), new(235, 235, 230), new(235, 190, 60));
        var near = random.Pick(1.6f, 2f, -2f);
        var whole = random.Chance(0.4);
        for (var x = -6f; x < 9; x += 2.5f)
        {
            var to = x + (whole ? 2.55f : 1.3f);
            sketch.Polygon("street.marking", colour, view.Project(x, near, 0), view.Project(to, near, 0), view.Project(to, near + 0.14f, 0),
                view.Project(x, near + 0.14f, 0));
        }
    }

    private static void Tree(Sketch sketch, SceneRandom random, Atmosphere air, float x, float foot)
    {
        var high = random.Between(0.15f, 0.5f);
        var trunk = air.Lit(Tint.Hsv(random.Between(15, 40), random.Between(0.1f, 0.5f), random.Between(0.2f, 0.5f)));
        var w = high * random.Between(0.03f, 0.06f);
        sketch.Polygon("tree.trunk", trunk, new(x - w, foot), new(x - (w * 0.6f), foot - high), new(x + (w * 0.6f), foot - high),
            new(x + w, foot));
        var green = air.Lit(OutdoorBackdrops.Green(random));
        for (var i = 0; i < 6; i++)
        {
            var r = high * random.Between(0.15f, 0.3f);
            sketch.Ellipse(x + (random.Normal(0, 0.16f) * high), foot - (high * random.Between(0.55f, 1.05f)), r, r * 0.9f, "tree.leaves",
                Tint.Shade(green, random.Between(0.75f, 1.2f)));
        }
    }

    private static void Towers(Sketch sketch, SceneRandom random, Atmosphere air, float foot, float high)
    {
        var stone = air.Lit(Tint.Hsv(random.Between(0, 360), random.Between(0, 0.2f), random.Between(0.3f, 0.8f)));
        for (var x = random.Between(-0.4f, -0.2f); x < 1.3f;)
        {
            var w = random.Between(0.06f, 0.2f);
            sketch.Box(x, foot - random.Between(0.1f, high), x + w, Sketch.Greatest, "wall", air.Far(Tint.Vary(random, stone, 0.1f), 0.4f));
            x += w * random.Between(0.9f, 1.4f);
        }
    }

    private static float House(Sketch sketch, SceneRandom random, Atmosphere air, float x, float foot, float scale)
    {
        // A house behind the car is drawn somewhat smaller than the car's own scale.
        var metre = scale * random.Between(0.35f, 0.7f);
        var width = metre * random.Between(5, 10);
        var floors = 1 + random.Below(4);
        var high = floors * metre * 3;
        var top = foot - high;
        var wall = air.Lit(Tint.Hsv(random.Between(0, 60), random.Between(0.02f, 0.6f), random.Between(0.35f, 0.95f)));
        var glass = air.Hour is Hour.Night && random.Chance(0.5) ? Tint.Hsv(45, 0.5f, 1)
            : air.Lit(Tint.Hsv(210, 0.25f, random.Between(0.2f, 0.6f)));
        if (random.Chance(0.6))
        {
            sketch.Polygon("roof", air.Lit(Tint.Hsv(random.Between(0, 30), random.Between(0.1f, 0.6f), random.Between(0.2f, 0.6f))),
                new(x - 0.01f, top), new(x + (width * 0.15f), top - (metre * 2)), new(x + (width * 0.85f), top - (metre * 2)),
                new(x + width + 0.01f, top));
        }

        sketch.Box(x, top, x + width, foot + 0.01f, "wall", wall);
        var columns = 2 + random.Below(2);
        var framed = random.Chance(0.6);
        for (var i = 0; i < floors; i++)
        {
            for (var k = 0; k < columns; k++)
            {
                var cx = x + (width * (k + 0.5f) / columns);
                var cy = top + (high * (i + 0.5f) / floors);
                var (w, h) = (width / columns * 0.24f, metre * 0.85f);
                if (framed)
                {
                    sketch.Box(cx - (w * 1.2f), cy - (h * 1.15f), cx + (w * 1.2f), cy + (h * 1.15f), "window.frame",
                        Tint.Shade(wall, 1.5f));
                }

                sketch.Box(cx - w, cy - h, cx + w, cy + h, "window.glass", glass);
            }
        }

        return width;
    }
}
