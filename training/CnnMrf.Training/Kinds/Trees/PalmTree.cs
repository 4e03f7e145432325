using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Trees;

/// <summary>Palms: a slim curved trunk and a rosette of fronds.</summary>
internal static class PalmTree
{
    /// <summary>Draws the tree.</summary>
    public static IReadOnlyList<TreeMark> Draw(Sketch sketch, SceneRandom random, TreePlan plan)
    {
        var leaves = plan.Seen(plan.Leaves);
        var half = plan.Width / 2;
        var heart = new SKPoint(plan.X + plan.Lean, plan.Foot - plan.Height + (half * random.Between(0.25f, 0.5f)));
        var middle = new SKPoint(plan.X + (plan.Lean * random.Between(0.1f, 0.45f)), (plan.Foot + heart.Y) / 2);
        var width = plan.Height * random.Between(0.025f, 0.05f);
        Trunk(sketch, random, plan, middle, heart, width);
        var fronds = 8 + random.Below(7);
        var tips = new List<SKPoint>();
        for (var i = 0; i < fronds; i++)
        {
            // The hind ones first: from the sides to the middle.
            var share = ((i * 5) % fronds + random.Between(0.2f, 0.8f)) / fronds;
            var angle = MathF.PI * (1.02f + (share * 0.96f));
            tips.Add(Frond(sketch, random, plan, leaves, heart, angle, half * random.Between(0.85f, 1.1f), i / (float)fronds));
        }

        if (random.Chance(0.4))
        {
            for (var i = 0; i < 3; i++)
            {
                sketch.Ellipse(heart.X + ((i - 1) * width * 0.7f), heart.Y + (width * random.Between(0.3f, 0.7f)), width * 0.45f,
                    width * 0.5f, "fruit",
                    plan.Seen(Tint.Hsv(28, 0.5f, random.Between(0.3f, 0.6f))));
            }
        }

        return
        [
            new("trunk.foot", new(plan.X, plan.Foot - (width * 0.3f)), TreeArt.Wood),
            new("trunk.middle", middle, TreeArt.Wood),
            new("trunk.top", new(heart.X, heart.Y + (width * 0.9f)), TreeArt.Wood),
            new("crown.middle", heart, TreeArt.Leaves),
            new("crown.left", tips.MinBy(t => t.X), TreeArt.Leaves),
            new("crown.right", tips.MaxBy(t => t.X), TreeArt.Leaves),
        ];
    }

    private static void Trunk(Sketch sketch, SceneRandom random, TreePlan plan, SKPoint middle, SKPoint heart, float width)
    {
        var bark = plan.Seen(plan.Bark);
        using var path = Curves.Closed(
        [
            new(plan.X - (width * 0.9f), plan.Foot), new(middle.X - (width * 0.5f), middle.Y), new(heart.X - (width * 0.4f), heart.Y),
            new(heart.X + (width * 0.4f), heart.Y), new(middle.X + (width * 0.5f), middle.Y), new(plan.X + (width * 0.9f), plan.Foot),
        ]);
        sketch.Fill(path, TreeArt.Wood, bark);
        if (plan.Flat || plan.Detail < 0.3f)
        {
            return;
        }

        using var inside = sketch.Inside(path);
        var rings = 8 + random.Below(10);
        for (var i = 0; i < rings; i++)
        {
            var t = (i + 0.5f) / rings;
            // The quadratic through foot, middle and heart.
            var x = (plan.X * (1 - t) * (1 - (2 * t))) + (middle.X * 4 * t * (1 - t)) + (heart.X * t * ((2 * t) - 1));
            var y = plan.Foot + ((heart.Y - plan.Foot) * t);
            sketch.Line(TreeArt.Wood, width * 0.12f, Tint.Shade(bark, 0.7f), x - width, y, x + width, y + (width * 0.15f));
        }
    }

    private static SKPoint Frond(Sketch sketch, SceneRandom random, TreePlan plan, SKColor leaves, SKPoint heart, float angle,
        float length, float front)
    {
        var (sin, cos) = MathF.SinCos(angle);
        var sag = random.Between(0.3f, 0.9f) * length;
        SKPoint At(float t) => new(heart.X + (cos * length * t), heart.Y + (sin * length * t * 0.75f) + (sag * t * t));
        const int Steps = 7;
        var colour = plan.Flat ? leaves : Tint.Shade(leaves, 0.7f + (0.4f * front) + random.Between(-0.05f, 0.1f));
        var wide = length * random.Between(0.15f, 0.28f);
        var split = plan.Detail > 0.2f && random.Chance(0.85);
        using var path = new SKPath();
        path.MoveTo(heart);
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 1; i <= Steps; i++)
            {
                var t = pass == 0 ? (float)i / Steps : 1 - ((float)i / Steps);
                var place = At(t);
                var w = wide * MathF.Sin(MathF.PI * Math.Clamp((t * 0.85f) + 0.12f, 0, 1)) * (pass == 0 ? -0.55f : 1);
                if (i == Steps)
                {
                    path.LineTo(pass == 0 ? place : heart);
                    continue;
                }

                // Leaflets point towards the tip: a tooth out, a notch back.
                path.LineTo(place.X + (cos * wide * 0.3f), place.Y + w);
                if (split)
                {
                    var notch = At(Math.Clamp(t + (pass == 0 ? 0.04f : -0.04f), 0, 1));
                    path.LineTo(notch.X, notch.Y + (w * 0.3f));
                }
            }
        }

        path.Close();
        sketch.Fill(path, TreeArt.Leaves, colour);
        if (!plan.Flat && plan.Detail > 0.3f)
        {
            sketch.Curve(TreeArt.Leaves, length * 0.02f, Tint.Shade(colour, 1.25f), heart, At(0.5f), At(0.95f));
        }

        return At(0.97f);
    }
}
