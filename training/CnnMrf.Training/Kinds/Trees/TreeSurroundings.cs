using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Trees;

/// <summary>What is behind and before the main tree.</summary>
internal static class TreeSurroundings
{
    /// <summary>Sky, distance and ground.</summary>
    public static void Behind(Sketch sketch, SceneRandom random, Atmosphere air, TreePlan plan, float horizon,
        (string Part, SKColor Colour) ground)
    {
        if (random.Chance(0.15))
        {
            // As in a picture book: one colour for the sky, one for the ground.
            sketch.All("sky", random.Chance(0.5) ? air.Low : Tint.Any(random));
        }
        else
        {
            Skies.Any(sketch, random, air, horizon);
        }

        if (random.Chance(0.5))
        {
            for (var i = 0; i < 2; i++)
            {
                var hill = air.Far(Tint.Vary(random, Tint.Hsv(random.Between(80, 230), 0.35f, 0.5f), 0.1f), 0.75f - (0.3f * i));
                OutdoorBackdrops.Ridge(sketch, random, "hill", hill, horizon - 0.05f + (0.03f * i), random.Between(0.02f, 0.08f));
            }
        }

        if (random.Chance(0.35))
        {
            OutdoorBackdrops.Bushes(sketch, random, air.Far(OutdoorBackdrops.Green(random), random.Between(0.15f, 0.5f)), horizon,
                random.Between(0.02f, 0.07f));
        }

        if (random.Chance(0.2))
        {
            sketch.Box(Sketch.Least, horizon - 0.01f, Sketch.Greatest, Sketch.Greatest, "water",
                Tint.Mix(air.Lit(Tint.Hsv(205, 0.5f, 0.6f)), air.Low, 0.3f));
            horizon += (plan.Foot - horizon) * 0.4f;
        }

        OutdoorBackdrops.Ground(sketch, random, ground.Part, air.Lit(ground.Colour), horizon);
        if (random.Chance(0.35))
        {
            FarTrees(sketch, random, air, plan, horizon);
        }
    }

    /// <summary>Grass blades, flowers, a fence, birds.</summary>
    public static void Before(Sketch sketch, SceneRandom random, Atmosphere air, TreePlan plan, (string Part, SKColor Colour) ground)
    {
        var colour = air.Lit(ground.Colour);
        if (ground.Part == "grass" && random.Chance(0.55))
        {
            Blades(sketch, random, colour, plan.Foot);
        }

        if (ground.Part == "grass" && random.Chance(0.25))
        {
            var bloom = air.Lit(Tint.Hsv(random.Between(0, 360), random.Between(0, 0.8f), 1));
            for (var i = 0; i < 25; i++)
            {
                var y = random.Between(plan.Foot - 0.03f, 1.1f);
                sketch.Ellipse(random.Between(-0.1f, 1.1f), y, 0.005f, 0.005f, "flower", bloom);
            }
        }

        if (random.Chance(0.1))
        {
            Fence(sketch, random, air, plan.Foot + random.Between(0, 0.08f));
        }

        if (random.Chance(0.15))
        {
            Birds(sketch, random, air);
        }
    }

    /// <summary>Strokes of grass that grow towards the viewer.</summary>
    public static void Blades(Sketch sketch, SceneRandom random, SKColor colour, float from)
    {
        for (var level = 0; level < 3; level++)
        {
            using var path = new SKPath();
            for (var i = 0; i < 40; i++)
            {
                var share = random.Next();
                var (x, y) = (random.Between(-0.1f, 1.1f), from - 0.02f + ((1.1f - from) * share));
                path.MoveTo(x, y);
                path.LineTo(x + random.Between(-0.008f, 0.008f), y - (0.01f + (0.02f * share)));
            }

            sketch.Painter.Line(path, 0.003f, "grass", Tint.Shade(colour, level switch { 0 => 0.7f, 1 => 0.85f, _ => 1.2f }));
        }
    }

    /// <summary>Posts and rails over the whole width.</summary>
    public static void Fence(Sketch sketch, SceneRandom random, Atmosphere air, float foot)
    {
        var wood = air.Lit(random.Chance(0.4) ? Tint.Hsv(40, 0.03f, 0.95f)
            : Tint.Hsv(random.Between(18, 40), random.Between(0.2f, 0.6f), random.Between(0.3f, 0.75f)));
        var height = random.Between(0.06f, 0.13f);
        var pickets = random.Chance(0.5);
        foreach (var share in (ReadOnlySpan<float>)[0.3f, 0.75f])
        {
            sketch.Line("fence", height * 0.12f, Tint.Shade(wood, 0.9f), Sketch.Least, foot - (height * share), Sketch.Greatest,
                foot - (height * share));
        }

        var step = pickets ? height * random.Between(0.35f, 0.55f) : height * random.Between(1.2f, 2);
        var w = pickets ? step * 0.28f : height * 0.09f;
        using var posts = new SKPath();
        for (var x = random.Between(-0.7f, -0.6f); x < 1.6f; x += step)
        {
            posts.AddPoly(
            [
                new(x - w, foot), new(x - w, foot - (height * 0.9f)), new(x, foot - (height * 1.05f)), new(x + w, foot - (height * 0.9f)),
                new(x + w, foot),
            ]);
        }

        sketch.Fill(posts, "fence", wood);
    }

    /// <summary>A few birds in flight.</summary>
    public static void Birds(Sketch sketch, SceneRandom random, Atmosphere air)
    {
        var (cx, cy) = (random.Between(0.1f, 0.9f), random.Between(0.08f, 0.35f));
        var colour = air.Lit(Tint.Hsv(220, 0.2f, random.Chance(0.7) ? 0.2f : 0.95f));
        for (var i = 0; i < 2 + random.Below(4); i++)
        {
            var (x, y, w) = (cx + random.Normal(0, 0.1f), cy + random.Normal(0, 0.05f), random.Between(0.012f, 0.025f));
            sketch.Curve("bird", 0.004f, colour, new(x - w, y - (w * 0.2f)), new(x - (w * 0.5f), y - (w * 0.5f)), new(x, y),
                new(x + (w * 0.5f), y - (w * 0.5f)), new(x + w, y - (w * 0.2f)));
        }
    }

    private static void FarTrees(Sketch sketch, SceneRandom random, Atmosphere air, TreePlan plan, float horizon)
    {
        var count = 1 + random.Below(4);
        for (var i = 0; i < count; i++)
        {
            var share = random.Between(0.1f, 0.5f);
            var foot = horizon + ((plan.Foot - horizon) * share);
            var x = plan.X + (random.Pick(-1f, 1f) * random.Between(0.25f, 0.6f));
            var far = TreePlan.Of(random, random.Chance(0.7) ? plan.Sort : TreePlan.AnySort(random), air, x, foot,
                plan.Height * random.Between(0.15f, 0.35f), 0.3f, 0.15f);
            TreeArt.Draw(sketch, random, far with { Snow = false, Flat = true });
        }
    }
}
