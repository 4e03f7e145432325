using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Trees;

/// <summary>Broad-leaved trees, cypresses and willows: a trunk, branches and a crown of leaf clusters.</summary>
internal static class LeafyTree
{
    /// <summary>Draws the tree.</summary>
    public static IReadOnlyList<TreeMark> Draw(Sketch sketch, SceneRandom random, TreePlan plan)
    {
        var share = plan.Sort switch
        {
            TreeSort.Cypress => random.Between(0.88f, 0.97f),
            TreeSort.Willow => random.Between(0.7f, 0.85f),
            _ => random.Between(0.5f, 0.85f),
        };
        var (halfWidth, halfHeight) = (plan.Width / 2, plan.Height * share / 2);
        var middle = new SKPoint(plan.X + plan.Lean, plan.Foot - plan.Height + halfHeight);
        var crown = Crown.Grow(random, plan, middle, halfWidth, halfHeight);
        var leaves = plan.Seen(plan.Leaves);
        var width = plan.Height * (plan.Sort == TreeSort.Cypress ? random.Between(0.03f, 0.06f) : random.Between(0.05f, 0.13f));
        var fork = new SKPoint(middle.X - (plan.Lean * 0.2f), middle.Y + (halfHeight * random.Between(0.45f, 0.8f)));
        // Behind the branches: the crown's far side, at times with the sky showing through.
        var open = plan.Sort == TreeSort.Broad && plan.Detail > 0.3f && random.Chance(0.3);
        var back = plan.Flat ? leaves : Tint.Shade(leaves, random.Between(0.5f, 0.75f));
        if (!open)
        {
            crown.Silhouette(sketch, back, 1);
        }

        var marks = new List<TreeMark>(TreeArt.Trunk(sketch, random, plan, fork, width, random.Between(0.6f, 0.85f)));
        if (plan.Sort != TreeSort.Cypress && plan.Detail > 0.2f)
        {
            Branches(sketch, random, plan, fork, width, middle, halfWidth, halfHeight);
            marks.Add(new("fork", fork, TreeArt.Wood));
        }

        crown.Front(sketch, random, plan, leaves, open);
        if (plan.Sort == TreeSort.Willow)
        {
            Strands(sketch, random, plan, leaves, middle, halfWidth, halfHeight);
        }

        if (plan.Snow)
        {
            crown.Snow(sketch, random, plan.Seen(Tint.Hsv(210, 0.04f, 0.97f)));
        }

        var entry = crown.Lowest(fork, plan.Foot, plan.X);
        marks.Add(new("trunk.top", new(entry.X, entry.Y + 0.006f), TreeArt.Wood));
        marks.AddRange(crown.Marks());
        return marks;
    }

    private static void Branches(Sketch sketch, SceneRandom random, TreePlan plan, SKPoint fork, float width, SKPoint middle,
        float halfWidth, float halfHeight)
    {
        var bark = plan.Seen(plan.Bark);
        var count = 2 + random.Below(4);
        for (var i = 0; i < count; i++)
        {
            var angle = -MathF.PI * (0.12f + (0.76f * (i + random.Between(0.2f, 0.8f)) / count));
            var (sin, cos) = MathF.SinCos(angle);
            var end = new SKPoint(middle.X + (cos * halfWidth * 0.6f), middle.Y + (sin * halfHeight * 0.5f));
            var bend = new SKPoint(fork.X + ((end.X - fork.X) * 0.4f), fork.Y + ((end.Y - fork.Y) * 0.6f));
            var start = new SKPoint(fork.X, fork.Y + (width * random.Between(0, 0.8f)));
            var shade = plan.Flat ? bark : Tint.Shade(bark, random.Between(0.75f, 1.05f));
            sketch.Curve(TreeArt.Wood, width * random.Between(0.3f, 0.5f), shade, start, bend);
            sketch.Curve(TreeArt.Wood, width * random.Between(0.18f, 0.3f), shade, start, bend, end);
        }
    }

    private static void Strands(Sketch sketch, SceneRandom random, TreePlan plan, SKColor leaves, SKPoint middle, float halfWidth,
        float halfHeight)
    {
        var count = 12 + (int)(plan.Detail * 26);
        for (var i = 0; i < count; i++)
        {
            var u = ((i + random.Next()) / count * 2) - 1;
            var x = middle.X + (u * halfWidth);
            var top = middle.Y - (halfHeight * 0.5f * MathF.Sqrt(Math.Max(0, 1 - (u * u))));
            var bottom = Math.Min(plan.Foot - (plan.Height * 0.05f), middle.Y + (halfHeight * random.Between(0.5f, 1.15f)));
            var colour = plan.Flat ? leaves : Tint.Shade(leaves, random.Between(0.7f, 1.2f));
            sketch.Curve(TreeArt.Leaves, plan.Width * random.Between(0.02f, 0.05f), colour, new(x, top),
                new(x + (u * halfWidth * 0.12f), (top + bottom) / 2), new(x + (u * halfWidth * 0.1f), bottom));
        }
    }
}
