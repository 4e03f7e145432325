using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Landscapes;

/// <summary>Ground between the horizon and the viewer.</summary>
internal static class Fields
{
    /// <summary>Plain ground that changes its colour towards the viewer.</summary>
    public static void Plain(Land land, SceneRandom random)
    {
        var colour = land.Air.Lit(land.GroundColour);
        var (far, near) = (land.Air.Far(land.GroundColour, 0.25f), Tint.Shade(colour, random.Between(0.7f, 1.15f)));
        var bands = land.Flat ? 1 : 2 + random.Below(6);
        for (var i = 0; i < bands; i++)
        {
            var t = (float)i / bands;
            var row = land.Horizon + ((1.05f - land.Horizon) * t * t);
            var ridge = Land.Waves(random, row, 0.004f + (0.03f * t));
            if (i == 0)
            {
                land.Ridge(land.Ground, far, ridge, smooth: true);
            }
            else
            {
                land.Sketch.Below(land.Ground, Tint.Mix(far, near, t), ridge, smooth: true);
            }
        }
    }

    /// <summary>Strips of fields in several colours, the nearer the wider.</summary>
    public static void Patchwork(Land land, SceneRandom random)
    {
        var row = land.Horizon + 0.01f;
        while (row < 1)
        {
            var deep = (0.012f + ((row - land.Horizon) * random.Between(0.25f, 0.6f)));
            var slant = random.Normal(0, 0.12f) * (row - land.Horizon);
            var cut = random.Between(0.1f, 0.9f);
            foreach (var (from, to) in new[] { (Sketch.Least, cut), (cut, Sketch.Greatest) })
            {
                var shift = (cut - 0.5f) * deep * 2;
                var (a, b) = (from == cut ? from : Sketch.Least, to == cut ? to : Sketch.Greatest);
                land.Sketch.Polygon("field", land.Air.Far(Crop(land, random), land.FarAt(row)), new(a, row + (slant * (a - 0.5f))),
                    new(b, row + (slant * (b - 0.5f))),
                    new(b == cut ? b + shift : b, row + deep + 0.03f), new(a == cut ? a + shift : a, row + deep + 0.03f));
            }

            row += deep;
        }
    }

    /// <summary>Furrows that run to one point of the horizon; names places on them.</summary>
    public static void Furrows(Land land, SceneRandom random)
    {
        var first = land.Air.Lit(Crop(land, random));
        var second = random.Chance(0.5) ? Tint.Shade(first, random.Between(0.6f, 0.85f)) : land.Air.Lit(Crop(land, random));
        var (x, y) = (random.Between(-0.2f, 1.2f), land.Horizon - random.Between(0, 0.04f));
        var top = land.Horizon + ((1 - land.Horizon) * random.Between(0.03f, 0.3f));
        using var area = new SKPath();
        area.AddPoly([new(Sketch.Least, top), new(0.5f, top + random.Between(-0.02f, 0.02f)), new(Sketch.Greatest, top),
            new(Sketch.Greatest, 2), new(Sketch.Least, 2)]);
        land.Sketch.Fill(area, "field", first);
        using var inside = land.Sketch.Inside(area);
        var count = 14 + random.Below(16);
        var reach = 1.7f / (1 - land.Horizon);
        for (var i = 0; i < count; i++)
        {
            var a = x + (((i / (float)count) - 0.5f) * reach * 2.4f);
            var w = reach * random.Between(0.7f, 1.2f) * 1.1f / count;
            land.Sketch.Polygon("field", land.Flat ? second : Tint.Shade(second, random.Between(0.9f, 1.1f)), new(x, y), new(a, 1.7f),
                new(a + w, 1.7f));
        }
    }

    private static SKColor Crop(Land land, SceneRandom random) => land.Winter
        ? Tint.Hsv(210, random.Between(0, 0.1f), random.Between(0.85f, 1))
        : random.Below(4) switch
        {
            0 => Tint.Hsv(random.Between(40, 56), random.Between(0.4f, 0.85f), random.Between(0.7f, 0.98f)),
            1 => Tint.Hsv(random.Between(20, 38), random.Between(0.3f, 0.65f), random.Between(0.35f, 0.7f)),
            2 => Tint.Hsv(random.Chance(0.2) ? random.Between(260, 300) : random.Between(60, 80), random.Between(0.3f, 0.7f),
                random.Between(0.5f, 0.85f)),
            _ => Tint.Vary(random, land.Green, 0.3f),
        };
}
