using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Waves;

/// <summary>High waves that peak, lean over and curl, with foam as lumps or claws; mountains and small boats beyond.</summary>
public sealed class WaveKind : ISceneKind
{
    /// <inheritdoc/>
    public string Name => "wave";

    /// <inheritdoc/>
    public bool FacesSideways => true;

    /// <inheritdoc/>
    public void Draw(Painter painter, SceneRandom random)
    {
        ArgumentNullException.ThrowIfNull(painter);
        ArgumentNullException.ThrowIfNull(random);
        using var turned = random.Chance(0.5) ? painter.At(1, 0, mirrored: true) : null;
        var air = Atmosphere.Any(random.Fork());
        var form = random.Fork();
        var horizon = form.Between(0.45f, 0.8f);
        var manner = Manner(random.Fork(), air);
        var curl = form.Chance(0.25) ? form.Between(0, 0.3f) : form.Between(0.3f, 1);
        var size = form.Between(0.4f, 0.78f);
        var foot = MathF.Min(0.95f, MathF.Max(form.Between(0.72f, 0.93f), size + form.Between(0.04f, 0.14f)));
        var wave = WaveShape.Any(form, form.Between(0.22f, 0.5f), foot, size, curl);
        Beyond(painter, random.Fork(), air, horizon, manner, wave);
        var waves = new WavePainter(painter, random.Fork(), manner);
        if (form.Chance(0.6))
        {
            var far = form.Between(0.12f, 0.3f);
            waves.Draw(WaveShape.Any(form, form.Between(0.4f, 1), horizon + form.Between(0.02f, 0.1f), far, curl * form.Between(0.5f, 1)),
                "wave.second");
        }

        Boat(painter, random.Fork(), air, horizon, form.Chance(0.35));
        waves.Draw(wave, "wave");
        Front(painter, random.Fork(), manner, foot);
    }

    private static WaveManner Manner(SceneRandom random, Atmosphere air)
    {
        var water = air.Lit(random.Chance(0.85)
            ? Tint.Hsv(random.Between(165, 226), random.Between(0.3f, 0.85f), random.Between(0.3f, 0.8f))
            : Tint.Hsv(random.Between(90, 165), random.Between(0.1f, 0.5f), random.Between(0.3f, 0.7f)));
        var flat = random.Chance(0.2);
        return new(water, Tint.Shade(water, random.Between(0.45f, 0.75f)),
            air.Lit(Tint.Hsv(random.Between(30, 220), random.Between(0, 0.1f),
            random.Between(0.88f, 1))), flat ? 0 : random.Below(9), random.Chance(0.5) ? random.Between(0.5f, 1.2f) : 0, flat);
    }

    private static void Beyond(Painter painter, SceneRandom random, Atmosphere air, float horizon, WaveManner manner, WaveShape wave)
    {
        var sketch = new Sketch(painter);
        sketch.Watch("background.top.left", 0.07f, 0.08f);
        sketch.Watch("background.top.right", 0.93f, 0.08f);
        sketch.Watch("background.middle.right", 0.95f, 0.45f);
        sketch.Watch("before.hollow", wave.Face(0.42f).X + (wave.Size * 0.3f), wave.Face(0.42f).Y);
        sketch.Watch("before.low", wave.Face(0.58f).X + (wave.Size * 0.35f), wave.Face(0.58f).Y - (wave.Size * 0.05f));
        sketch.Watch("above.crest", wave.Crest.X, wave.Crest.Y - (wave.Size * 0.18f));
        sketch.Watch("behind.back", wave.Back(0.38f).X - (wave.Size * 0.15f), wave.Back(0.38f).Y - (wave.Size * 0.2f));
        Skies.Any(sketch, random, air, horizon);
        if (random.Chance(0.35))
        {
            // A lone mountain with snow.
            var (x, high) = (random.Between(0.45f, 0.95f), random.Between(0.08f, 0.25f));
            var wide = high * random.Between(1.2f, 2.2f);
            var rock = air.Far(Tint.Hsv(random.Between(190, 240), random.Between(0.15f, 0.45f), random.Between(0.3f, 0.6f)), 0.2f);
            sketch.Blob("hill", rock, new(x - wide, horizon + 0.02f), new(x - (wide * 0.45f), horizon - (high * 0.4f)),
                new(x - (wide * 0.07f), horizon - high), new(x + (wide * 0.07f), horizon - high),
                    new(x + (wide * 0.45f), horizon - (high * 0.4f)),
                new(x + wide, horizon + 0.02f));
            sketch.Polygon("snow", air.Lit(new(240, 242, 245)), new(x - (wide * 0.2f), horizon - (high * 0.74f)),
                new(x - (wide * 0.07f), horizon - high),
                new(x + (wide * 0.07f), horizon - high), new(x + (wide * 0.2f), horizon - (high * 0.74f)),
                    new(x + (wide * 0.08f), horizon - (high * 0.8f)),
                new(x, horizon - (high * 0.68f)), new(x - (wide * 0.1f), horizon - (high * 0.8f)));
        }
        else if (random.Chance(0.3))
        {
            OutdoorBackdrops.Ridge(sketch, random, "hill", air.Far(manner.Dark, 0.4f), horizon - 0.03f, 0.03f);
        }

        var far = Tint.Mix(manner.Water, air.Low, random.Between(0.1f, 0.5f));
        sketch.Box(Sketch.Least, horizon, Sketch.Greatest, Sketch.Greatest, "water", far);
        OutdoorBackdrops.Ripples(sketch, random, far, horizon, 1.1f, random.Below(25));
        sketch.Tell();
        painter.Landmark("horizon.right", 0.96f, horizon + 0.004f, "water");
        painter.Landmark("horizon.left", 0.04f, horizon + 0.004f, "water");
        painter.Landmark("water.far.right", 0.93f, horizon + ((1 - horizon) * 0.25f), "water");
    }

    private static void Boat(Painter painter, SceneRandom random, Atmosphere air, float horizon, bool shown)
    {
        if (!shown)
        {
            return;
        }

        var (x, y, size) = (random.Between(0.5f, 0.95f), horizon + random.Between(0.03f, 0.12f), random.Between(0.06f, 0.16f));
        var wood = air.Lit(Tint.Hsv(random.Between(20, 45), random.Between(0.3f, 0.6f), random.Between(0.45f, 0.85f)));
        using var moved = painter.At(x, y, size, random.Normal(0, 12));
        if (random.Chance(0.5))
        {
            painter.Polygon("sail", air.Lit(Tint.Hsv(40, random.Between(0, 0.3f), random.Between(0.8f, 1))), new(-0.05f, -0.2f),
                new(0, -1.3f),
                new(0.6f, -0.25f));
        }
        else
        {
            for (var i = 0; i < 4; i++)
            {
                painter.Ellipse(-0.45f + (i * 0.28f), -0.2f, 0.09f, 0.16f, "cloth",
                    air.Lit(Tint.Hsv(215, 0.4f, random.Between(0.2f, 0.6f))));
                painter.Ellipse(-0.45f + (i * 0.28f), -0.38f, 0.07f, 0.08f, "skin", air.Lit(Tint.Hsv(25, 0.4f, 0.8f)));
            }
        }

        painter.Blob("hull", wood, new(-1, -0.42f), new(-0.6f, -0.14f), new(0, -0.1f), new(0.6f, -0.14f), new(1, -0.38f), new(0.7f, 0.12f),
            new(0, 0.2f), new(-0.7f, 0.12f));
    }

    private static void Front(Painter painter, SceneRandom random, WaveManner manner, float foot)
    {
        var rows = random.Below(3);
        Span<SKPoint> ridge = stackalloc SKPoint[15];
        for (var i = 0; i < rows; i++)
        {
            var y = foot + ((1.02f - foot) * (i + 0.6f) / rows);
            var high = random.Between(0.01f, 0.05f);
            var phase = random.Between(-0.1f, 0.1f);
            for (var k = 0; k < 13; k++)
            {
                ridge[k] = new(-0.7f + phase + (k * 0.2f), y + (k % 2 == 0 ? high : -high * random.Between(0.3f, 1)));
            }

            (ridge[13], ridge[14]) = (new(2, 1.9f), new(-0.9f, 1.9f));
            painter.Blob("wave", Tint.Shade(manner.Water, random.Between(0.75f, 1.1f)), ridge);
            if (random.Chance(0.6))
            {
                painter.Curve("water.foam", high * random.Between(0.15f, 0.4f), manner.Foam, ridge[..13]);
            }
        }

        painter.Landmark("water.near.left", 0.08f, 0.96f, "wave");
        painter.Landmark("water.near.middle", 0.5f, 0.97f, "wave");
    }
}
