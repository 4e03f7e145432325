using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Trees;

/// <summary>Firs and spruces: tiers of needles around a straight trunk.</summary>
internal static class ConiferTree
{
    /// <summary>Draws the tree.</summary>
    public static IReadOnlyList<TreeMark> Draw(Sketch sketch, SceneRandom random, TreePlan plan)
    {
        var leaves = plan.Seen(plan.Leaves);
        var bottom = plan.Foot - (plan.Height * random.Between(0.04f, 0.18f));
        var top = new SKPoint(plan.X + plan.Lean, plan.Foot - plan.Height);
        var half = plan.Width / 2;
        var marks = new List<TreeMark>(TreeArt.Trunk(sketch, random, plan, new(plan.X, bottom - (plan.Height * 0.1f)),
            plan.Height * random.Between(0.035f, 0.09f), 0.8f));
        if (random.Chance(0.5))
        {
            Tiers(sketch, random, plan, leaves, top, bottom, half);
        }
        else
        {
            Boughs(sketch, random, plan, leaves, top, bottom, half);
        }

        var middle = new SKPoint((top.X + plan.X) / 2, (top.Y + bottom) / 2);
        marks.AddRange(
        [
            new("crown.top", new(top.X, top.Y + (plan.Height * 0.01f)), TreeArt.Leaves),
            new("crown.middle", new(middle.X, middle.Y + (plan.Height * 0.08f)), TreeArt.Leaves),
            new("crown.lower.left", new(plan.X - (half * 0.95f), bottom - (plan.Height * 0.02f)), TreeArt.Leaves),
            new("crown.lower.right", new(plan.X + (half * 0.95f), bottom - (plan.Height * 0.02f)), TreeArt.Leaves),
            new("crown.left", new(middle.X - (half * 0.5f), middle.Y), TreeArt.Leaves),
            new("crown.right", new(middle.X + (half * 0.5f), middle.Y), TreeArt.Leaves),
            new("trunk.top", new(plan.X, bottom + (plan.Height * 0.01f)), TreeArt.Wood),
        ]);
        return marks;
    }

    private static void Tiers(Sketch sketch, SceneRandom random, TreePlan plan, SKColor leaves, SKPoint top, float bottom, float half)
    {
        var tiers = 3 + random.Below(6);
        var teeth = plan.Detail > 0.3f ? 2 + random.Below(4) : 1;
        var overlap = random.Between(0.5f, 1.1f);
        var droop = random.Between(0, 0.5f);
        var step = (bottom - top.Y) / tiers;
        for (var i = tiers - 1; i >= 0; i--)
        {
            var low = top.Y + (step * (i + 1));
            var high = Math.Max(top.Y, low - (step * (1 + overlap)));
            var w = half * MathF.Pow((i + 1f) / tiers, 0.85f);
            var x = plan.X + ((top.X - plan.X) * (1 - ((i + 1f) / tiers)));
            using var path = new SKPath();
            path.MoveTo(x, high);
            path.QuadTo(x - (w * 0.35f), low - (step * 0.5f), x - w, low);
            for (var k = 0; k < teeth * 2; k++)
            {
                var u = -1 + ((k + 1f) / teeth);
                var hang = k % 2 == 0 ? -step * (0.1f + (droop * 0.3f)) : step * 0.06f;
                path.LineTo(x + (w * u), low + hang + (step * droop * 0.3f * (1 - (u * u))));
            }

            path.LineTo(x + w, low);
            path.QuadTo(x + (w * 0.35f), low - (step * 0.5f), x, high);
            path.Close();
            var colour = plan.Flat ? leaves : Tint.Shade(leaves, random.Between(0.85f, 1.1f));
            sketch.Fill(path, TreeArt.Leaves, colour);
            if (plan.Flat)
            {
                continue;
            }

            using var inside = sketch.Inside(path);
            var side = plan.Air.FromLeft ? 1 : -1;
            sketch.Polygon(TreeArt.Leaves, Tint.Shade(colour, 0.8f), new(x, high), new(x + (side * w * 1.1f), low + step),
                new(x + (side * w * 0.15f), low + step));
            for (var k = 0; k < (int)(plan.Detail * 14); k++)
            {
                var u = random.Between(-0.9f, 0.9f);
                var y = low - (step * random.Between(0, 0.9f));
                sketch.Line(TreeArt.Leaves, plan.Height * 0.007f, Tint.Shade(leaves, random.Pick(0.65f, 0.8f, 1.15f, 1.25f)),
                    x + (w * u * 0.8f), y, x + (w * u), y + (step * 0.25f));
            }

            if (plan.Snow)
            {
                var white = plan.Seen(Tint.Hsv(210, 0.05f, 0.97f));
                sketch.Blob("snow", white, new(x - (w * 0.7f), low - (step * 0.25f)), new(x - (w * 0.3f), low - (step * 0.75f)),
                    new(x, low - (step * 0.55f)), new(x + (w * 0.3f), low - (step * 0.75f)), new(x + (w * 0.7f), low - (step * 0.25f)),
                    new(x, low - (step * 0.3f)));
            }
        }
    }

    private static void Boughs(Sketch sketch, SceneRandom random, TreePlan plan, SKColor leaves, SKPoint top, float bottom, float half)
    {
        var rows = 7 + (int)(plan.Detail * 14);
        var fall = random.Between(-0.1f, 0.6f);
        var thick = plan.Height / rows * random.Between(0.7f, 1.3f);
        using (var core = new SKPath())
        {
            core.MoveTo(top);
            core.LineTo(plan.X - (half * 0.6f), bottom);
            core.LineTo(plan.X + (half * 0.6f), bottom);
            core.Close();
            sketch.Fill(core, TreeArt.Leaves, plan.Flat ? leaves : Tint.Shade(leaves, 0.6f));
        }

        var sideLit = plan.Air.FromLeft ? -1 : 1;
        for (var i = rows - 1; i >= 0; i--)
        {
            var share = (i + 1f) / rows;
            var y = top.Y + ((bottom - top.Y) * share);
            var x = plan.X + ((top.X - plan.X) * (1 - share));
            for (var side = -1; side <= 1; side += 2)
            {
                var w = half * share * random.Between(0.8f, 1.05f);
                var tip = new SKPoint(x + (side * w), y + (w * fall * 0.3f) - (thick * 0.2f));
                var colour = plan.Flat ? leaves : Tint.Shade(leaves, random.Between(0.75f, 1.05f) + (side == sideLit ? 0.15f : 0));
                var rise = y - (thick * random.Between(0.9f, 1.4f)) - (w * Math.Max(0, fall) * 0.4f);
                sketch.Polygon(TreeArt.Leaves, colour, new(x, rise), new(x + (side * w * 0.6f), ((rise + tip.Y) / 2) + (thick * 0.05f)),
                    tip,
                    new(x + (side * w * 0.7f), tip.Y + (thick * 0.25f)), new(x + (side * w * 0.45f), tip.Y - (thick * 0.05f)),
                        new(x, y + (thick * 0.1f)));
                if (plan.Snow && i > 0)
                {
                    sketch.Line("snow", thick * 0.3f, plan.Seen(Tint.Hsv(210, 0.05f, 0.97f)), x + (side * w * 0.2f), rise + (thick * 0.3f),
                        x + (side * w * 0.8f), tip.Y - (thick * 0.2f));
                }
            }
        }

        sketch.Polygon(TreeArt.Leaves, leaves, new(top.X, top.Y), new(top.X - (half * 0.08f), top.Y + (plan.Height * 0.1f)),
            new(top.X + (half * 0.08f), top.Y + (plan.Height * 0.1f)));
    }
}
