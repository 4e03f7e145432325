using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Backdrops;

/// <summary>Skies: colour from the zenith to the horizon, sun or moon, stars, clouds.</summary>
internal static class Skies
{
    /// <summary>A sky without anything in it.</summary>
    public static void Plain(Sketch sketch, SceneRandom random, Atmosphere air, float horizon)
    {
        sketch.All("sky", air.Top);
        var bands = random.Chance(0.2) ? random.Below(3) : 5 + random.Below(9);
        var start = random.Between(-0.2f, 0.2f) * horizon;
        for (var i = 0; i < bands; i++)
        {
            var share = (i + 1f) / bands;
            var y = start + ((horizon - start) * i / bands);
            sketch.Box(Sketch.Least, y, Sketch.Greatest, Sketch.Greatest, "sky", Tint.Mix(air.Top, air.Low, share));
        }
    }

    /// <summary>The eddies and streams of air that painters see.</summary>
    public static void Eddies(Sketch sketch, SceneRandom random, Atmosphere air, float horizon)
    {
        var width = random.Between(0.008f, 0.02f);
        SKColor Stroke(float y) => Tint.Shade(Tint.Mix(air.Top, air.Low, Math.Clamp(y / horizon, 0, 1) * random.Next()),
            random.Between(0.75f, 1.45f));
        for (var row = 0; row < 7; row++)
        {
            var y = horizon * (row + 0.5f) / 7;
            var points = new SKPoint[7];
            var swing = horizon * random.Between(0.02f, 0.1f);
            for (var i = 0; i < points.Length; i++)
            {
                points[i] = new(-0.4f + (i * 0.3f), y + (swing * (i % 2 == 0 ? 1 : -1)));
            }

            sketch.Curve("sky", width * random.Between(1, 2.5f), Stroke(y), points);
        }

        for (var i = 2 + random.Below(4); i > 0; i--)
        {
            var (x, y, radius) = (random.Between(0, 1), horizon * random.Between(0.1f, 0.8f), horizon * random.Between(0.1f, 0.28f));
            for (var r = radius; r > width; r -= width * random.Between(1.2f, 2))
            {
                sketch.Ellipse(x, y, r * 1.1f, r, "sky", Stroke(y));
            }
        }
    }

    /// <summary>Sun or moon with its glow; landmarks <c>sun</c> where wanted.</summary>
    public static void Light(Sketch sketch, SceneRandom random, Atmosphere air, float x, float y, float radius, bool landmark)
    {
        var night = air.Hour == Hour.Night;
        var core = night
            ? Tint.Hsv(random.Between(40, 60), random.Between(0, 0.25f), random.Between(0.85f, 1))
            : Tint.Hsv(random.Between(air.Hour == Hour.Dusk ? 5 : 38, 58), random.Between(0.05f, air.Hour == Hour.Dusk ? 0.9f : 0.75f), 1);
        var rings = random.Chance(0.6) ? 2 + random.Below(4) : 0;
        var reach = random.Between(1.5f, 4f);
        var under = Tint.Mix(air.Top, air.Low, y / 0.5f);
        for (var i = 0; i < rings; i++)
        {
            var share = (i + 1f) / (rings + 1);
            var r = radius * (1 + ((reach - 1) * (1 - share)));
            sketch.Ellipse(x, y, r, r, "sky", Tint.Mix(under, core, share * 0.6f));
        }

        if (!night && random.Chance(0.12))
        {
            var rays = 8 + random.Below(9);
            var length = radius * random.Between(1.5f, 2.2f);
            for (var i = 0; i < rays; i++)
            {
                var (sin, cos) = MathF.SinCos(i * 2 * MathF.PI / rays);
                sketch.Line("sun", radius * 0.12f, core, x + (cos * radius * 1.25f), y + (sin * radius * 1.25f),
                    x + (cos * length), y + (sin * length));
            }
        }

        sketch.Ellipse(x, y, radius, radius, "sun", core);
        if (night)
        {
            Moon(sketch, random, x, y, radius, core, under);
        }

        if (landmark)
        {
            sketch.Painter.Landmark("sun", x, y, "sun");
        }
    }

    /// <summary>Stars over a night sky.</summary>
    public static void Stars(Sketch sketch, SceneRandom random, float horizon)
    {
        var count = 10 + random.Below(50);
        for (var i = 0; i < count; i++)
        {
            var r = random.Between(0.0015f, 0.005f);
            sketch.Ellipse(random.Between(-0.1f, 1.1f), random.Between(-0.1f, horizon * 0.9f), r, r, "star",
                Tint.Hsv(50, random.Between(0, 0.3f), 1));
        }
    }

    /// <summary>A heaped cloud, flat below.</summary>
    public static void Cumulus(Sketch sketch, SceneRandom random, Atmosphere air, float x, float y, float width)
    {
        var (light, dark) = CloudColours(random, air);
        var lumps = 4 + random.Below(5);
        var height = width * random.Between(0.16f, 0.3f);
        Span<(float X, float Y, float R)> balls = stackalloc (float, float, float)[lumps];
        for (var i = 0; i < lumps; i++)
        {
            var u = ((i + 0.5f) / lumps * 2) - 1;
            var r = height * (1.05f - (0.6f * u * u)) * random.Between(0.6f, 0.95f);
            balls[i] = (x + (u * width * 0.42f), y - (r * random.Between(0.25f, 0.6f)), r);
        }

        using var whole = new SKPath { FillType = SKPathFillType.Winding };
        foreach (var (bx, by, r) in balls)
        {
            whole.AddOval(new(bx - (r * 1.15f), by - r, bx + (r * 1.15f), by + r));
        }

        whole.AddRoundRect(new(x - (width * 0.5f), y - (height * 0.35f), x + (width * 0.5f), y + (height * 0.12f)), height * 0.2f,
            height * 0.2f);
        if (random.Chance(0.3))
        {
            sketch.Fill(whole, "cloud", light);
            return;
        }

        sketch.Fill(whole, "cloud", dark);
        var shift = height * 0.12f;
        var side = air.FromLeft ? -shift : shift;
        using var inside = sketch.Inside(whole);
        foreach (var (bx, by, r) in balls)
        {
            sketch.Ellipse(bx + side, by - (r * 0.3f), r * 1.1f, r * 0.95f, "cloud", Tint.Mix(dark, light, random.Between(0.6f, 1)));
        }
    }

    /// <summary>A lens of thin cloud.</summary>
    public static void Streak(Sketch sketch, SceneRandom random, Atmosphere air, float x, float y, float width)
    {
        var (light, _) = CloudColours(random, air);
        var under = Tint.Mix(air.Top, air.Low, y / 0.5f);
        var colour = Tint.Mix(under, light, random.Between(0.3f, 0.9f));
        var strips = 1 + random.Below(4);
        var tilt = random.Normal(0, 0.06f);
        for (var i = 0; i < strips; i++)
        {
            var w = width * random.Between(0.3f, 0.6f);
            var h = width * random.Between(0.015f, 0.06f);
            var cx = x + (random.Normal(0, 0.2f) * width);
            var cy = y + ((i - (strips / 2f)) * width * 0.09f);
            sketch.Blob("cloud", colour, new(cx - w, cy - (tilt * w)), new(cx - (w * 0.3f), cy - h - (tilt * w * 0.3f)),
                new(cx + (w * 0.5f), cy - (h * 0.6f) + (tilt * w * 0.5f)), new(cx + w, cy + (tilt * w)), new(cx, cy + h));
        }
    }

    /// <summary>Clouds of one sort over the sky.</summary>
    public static void Clouds(Sketch sketch, SceneRandom random, Atmosphere air, float horizon, int count)
    {
        var heaped = random.Chance(air.Hour is Hour.Haze or Hour.Dusk ? 0.3 : 0.65);
        for (var i = 0; i < count; i++)
        {
            var y = horizon * random.Between(0.08f, 0.85f);
            // Clouds near the horizon are further away, so smaller.
            var width = random.Between(0.2f, 0.6f) * (1.1f - (y / horizon * 0.7f));
            if (heaped)
            {
                Cumulus(sketch, random, air, random.Between(-0.2f, 1.2f), y, width);
            }
            else
            {
                Streak(sketch, random, air, random.Between(-0.2f, 1.2f), y, width * 1.5f);
            }
        }
    }

    /// <summary>A whole sky for a background.</summary>
    public static void Any(Sketch sketch, SceneRandom random, Atmosphere air, float horizon)
    {
        Plain(sketch, random, air, horizon);
        if (air.Hour == Hour.Night)
        {
            Stars(sketch, random, horizon);
        }

        if (random.Chance(0.05))
        {
            Eddies(sketch, random, air, horizon);
        }

        if (random.Chance(0.25) && air.Hour is not (Hour.Overcast or Hour.Storm))
        {
            Light(sketch, random, air, random.Between(0.05f, 0.95f), horizon * random.Between(0.15f, 0.9f), random.Between(0.02f, 0.08f),
                false);
        }

        Clouds(sketch, random, air, horizon, random.Chance(0.35) ? 0 : 1 + random.Below(6));
    }

    private static (SKColor Light, SKColor Dark) CloudColours(SceneRandom random, Atmosphere air)
    {
        var light = air.Hour switch
        {
            Hour.Day or Hour.Haze => Tint.Hsv(45, random.Between(0, 0.06f), random.Between(0.94f, 1)),
            Hour.Dusk => Tint.Mix(Tint.Hsv(random.Between(0, 45), 0.45f, 1), air.Top, random.Between(0, 0.5f)),
            Hour.Night => Tint.Mix(air.Low, SKColors.White, random.Between(0.05f, 0.35f)),
            Hour.Overcast => Tint.Mix(air.Low, SKColors.White, random.Between(0, 0.6f)),
            _ => Tint.Mix(air.Top, random.Chance(0.5) ? SKColors.Black : SKColors.White, random.Between(0.1f, 0.4f)),
        };
        return (light, Tint.Mix(light, Tint.Shade(air.Top, 0.8f), random.Between(0.15f, 0.5f)));
    }

    private static void Moon(Sketch sketch, SceneRandom random, float x, float y, float radius, SKColor core, SKColor sky)
    {
        if (random.Chance(0.4))
        {
            // A crescent: the sky covers the rest, but the middle keeps showing the moon.
            sketch.Ellipse(x + (radius * 0.85f), y - (radius * 0.2f), radius * 0.75f, radius * 0.8f, "sky", sky);
            return;
        }

        for (var i = 0; i < 3; i++)
        {
            sketch.Ellipse(x + (radius * random.Between(-0.55f, 0.55f)), y + (radius * random.Between(-0.55f, 0.55f)),
                radius * random.Between(0.1f, 0.25f), radius * random.Between(0.1f, 0.25f), "sun", Tint.Shade(core, 0.85f));
        }
    }
}
