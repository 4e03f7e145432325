using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Trees;

/// <summary>A tree's habit.</summary>
internal enum TreeSort
{
    Broad,
    Cypress,
    Conifer,
    Palm,
    Bare,
    Willow,
}

/// <summary>What tree stands where.</summary>
/// <param name="Sort">Its habit.</param>
/// <param name="X">The foot's column.</param>
/// <param name="Foot">The foot's row.</param>
/// <param name="Height">From foot to top.</param>
/// <param name="Width">The crown's.</param>
/// <param name="Leaves">The leaves' natural colour, unlit.</param>
/// <param name="Bark">The bark's.</param>
/// <param name="Air">Its light.</param>
/// <param name="Far">0 near … 1 lost in the haze.</param>
/// <param name="Detail">0 (a far shape) … 1 (leaf by leaf).</param>
/// <param name="Flat">Whether inner shading is left away.</param>
/// <param name="Snow">Whether snow lies on it.</param>
internal sealed record TreePlan(TreeSort Sort, float X, float Foot, float Height, float Width, SKColor Leaves, SKColor Bark,
    Atmosphere Air, float Far, float Detail, bool Flat, bool Snow)
{
    /// <summary>How far the trunk's top is to the right of its foot.</summary>
    public float Lean { get; init; }

    /// <summary>A tree of a sort in its usual proportions and colours.</summary>
    public static TreePlan Of(SceneRandom random, TreeSort sort, Atmosphere air, float x, float foot, float height, float far, float detail)
    {
        var width = height * sort switch
        {
            TreeSort.Broad => random.Between(0.55f, 1.05f),
            TreeSort.Cypress => random.Between(0.16f, 0.34f),
            TreeSort.Conifer => random.Between(0.32f, 0.65f),
            TreeSort.Palm => random.Between(0.6f, 0.95f),
            TreeSort.Bare => random.Between(0.6f, 1f),
            _ => random.Between(0.8f, 1.15f),
        };
        var bark = random.Chance(0.12) && sort is TreeSort.Broad or TreeSort.Bare
            ? Tint.Hsv(40, 0.05f, random.Between(0.75f, 0.95f))
            : Tint.Hsv(random.Between(12, 42), random.Between(0.1f, 0.6f), random.Between(0.15f, 0.55f));
        return new(sort, x, foot, height, width, LeafColour(random, sort), bark, air, far, detail, random.Chance(0.2), false)
        {
            Lean = sort == TreeSort.Palm ? random.Normal(0, 0.13f) * height : random.Normal(0, 0.025f) * height,
        };
    }

    /// <summary>Any habit, the common ones more often.</summary>
    public static TreeSort AnySort(SceneRandom random) =>
        random.Pick(TreeSort.Broad, TreeSort.Broad, TreeSort.Broad, TreeSort.Broad, TreeSort.Broad, TreeSort.Broad,
        TreeSort.Cypress, TreeSort.Conifer, TreeSort.Conifer, TreeSort.Palm, TreeSort.Bare, TreeSort.Willow);

    /// <summary>A colour of this tree as it appears from where the viewer stands.</summary>
    public SKColor Seen(SKColor colour) => Air.Far(colour, Far);

    private static SKColor LeafColour(SceneRandom random, TreeSort sort) => sort switch
    {
        TreeSort.Conifer => Tint.Hsv(random.Between(95, 175), random.Between(0.2f, 0.7f), random.Between(0.18f, 0.5f)),
        TreeSort.Cypress => Tint.Hsv(random.Between(75, 150), random.Between(0.3f, 0.75f), random.Between(0.2f, 0.5f)),
        TreeSort.Palm or TreeSort.Willow => Tint.Hsv(random.Between(70, 130), random.Between(0.3f, 0.8f), random.Between(0.35f, 0.7f)),
        _ => random.Below(10) switch
        {
            0 => Tint.Hsv(random.Between(325, 360), random.Between(0.15f, 0.45f), random.Between(0.85f, 1)),
            1 => Tint.Hsv(random.Between(30, 60), random.Between(0, 0.12f), random.Between(0.88f, 1)),
            2 => Tint.Hsv(random.Between(2, 30), random.Between(0.55f, 0.9f), random.Between(0.45f, 0.9f)),
            3 => Tint.Hsv(random.Between(30, 55), random.Between(0.55f, 0.9f), random.Between(0.6f, 0.95f)),
            _ => Tint.Hsv(random.Between(62, 145), random.Between(0.3f, 0.85f), random.Between(0.25f, 0.75f)),
        },
    };
}

/// <summary>A place on a tree.</summary>
/// <param name="Name">E.g. <c>crown.top</c>.</param>
/// <param name="Place">Where.</param>
/// <param name="Part">The part that shows there.</param>
internal readonly record struct TreeMark(string Name, SKPoint Place, string Part);

/// <summary>Draws trees.</summary>
internal static class TreeArt
{
    /// <summary>The crown's and the needles' part.</summary>
    public const string Leaves = "tree.leaves";

    /// <summary>The part of trunk and branches.</summary>
    public const string Wood = "tree.trunk";

    /// <summary>Draws a tree and tells where its places are; the caller names them.</summary>
    public static IReadOnlyList<TreeMark> Draw(Sketch sketch, SceneRandom random, TreePlan plan) => plan.Sort switch
    {
        TreeSort.Conifer => ConiferTree.Draw(sketch, random, plan),
        TreeSort.Palm => PalmTree.Draw(sketch, random, plan),
        TreeSort.Bare => BareTree.Draw(sketch, random, plan),
        _ => LeafyTree.Draw(sketch, random, plan),
    };

    /// <summary>The shadow on the ground, drawn before the tree.</summary>
    public static void Shadow(Sketch sketch, SceneRandom random, TreePlan plan, string ground, SKColor colour)
    {
        var (w, h) = (plan.Width * random.Between(0.4f, 0.6f), plan.Width * random.Between(0.05f, 0.12f));
        var shift = plan.Width * random.Between(0, 0.35f) * (plan.Air.FromLeft ? 1 : -1);
        sketch.Blob(ground, Tint.Shade(colour, random.Between(0.55f, 0.8f)),
            new(plan.X + shift - w, plan.Foot), new(plan.X + shift - (w * 0.4f), plan.Foot - h),
                new(plan.X + shift + (w * 0.5f), plan.Foot - (h * 0.9f)),
            new(plan.X + shift + w, plan.Foot), new(plan.X + shift + (w * 0.4f), plan.Foot + h),
                new(plan.X + shift - (w * 0.5f), plan.Foot + (h * 0.8f)));
    }

    /// <summary>A trunk from the foot up to a place, with a flared foot and, near by, furrows; returns its marks.</summary>
    public static IEnumerable<TreeMark> Trunk(Sketch sketch, SceneRandom random, TreePlan plan, SKPoint top, float width, float taper)
    {
        var bark = plan.Seen(plan.Bark);
        var (x, y) = (plan.X, plan.Foot);
        var bend = random.Normal(0, 0.12f) * width;
        var middle = new SKPoint(((x + top.X) / 2) + bend, (y + top.Y) / 2);
        var (foot, half, upper) = (width * random.Between(0.6f, 0.95f), width * (0.5f + (taper * 0.2f)) * 0.8f, width * 0.5f * taper);
        using var path = new SKPath();
        path.MoveTo(x - foot, y);
        path.QuadTo(x - (width * 0.5f), y - (width * 0.4f), middle.X - half, middle.Y);
        path.LineTo(top.X - upper, top.Y);
        path.LineTo(top.X + upper, top.Y);
        path.LineTo(middle.X + half, middle.Y);
        path.QuadTo(x + (width * 0.5f), y - (width * 0.4f), x + foot, y);
        path.QuadTo(x, y + (width * 0.15f), x - foot, y);
        path.Close();
        sketch.Fill(path, Wood, bark);
        if (!plan.Flat && plan.Detail > 0.3f)
        {
            using var inside = sketch.Inside(path);
            var dark = Tint.Shade(bark, random.Between(0.55f, 0.8f));
            var side = plan.Air.FromLeft ? 1 : -1;
            sketch.Polygon(Wood, dark, new(x + (side * width * 0.15f), y), new(middle.X + (side * half * 0.2f), middle.Y),
                new(top.X + (side * upper * 0.1f), top.Y), new(top.X + (side * width), top.Y), new(x + (side * width), y));
            var furrows = random.Chance(0.7) ? 4 + random.Below(8) : 0;
            for (var i = 0; i < furrows; i++)
            {
                var share = random.Next();
                var fx = middle.X + (half * random.Between(-0.9f, 0.9f));
                var fy = y + ((top.Y - y) * share);
                sketch.Line(Wood, width * random.Between(0.03f, 0.09f), Tint.Shade(bark, random.Pick(0.6f, 0.75f, 1.2f)),
                    fx, fy, fx + (width * random.Between(-0.05f, 0.05f)), fy + ((top.Y - y) * random.Between(0.08f, 0.25f)));
            }
        }

        var marks = new List<TreeMark> { new("trunk.foot", new(x, y - (width * 0.2f)), Wood), new("trunk.middle", middle, Wood) };
        if (width > 0.045f)
        {
            // On a slim trunk the edges are too near to the middle to be told apart.
            marks.Add(new("trunk.foot.left", new(x - (foot * 0.95f), y - (width * 0.04f)), Wood));
            marks.Add(new("trunk.foot.right", new(x + (foot * 0.95f), y - (width * 0.04f)), Wood));
            marks.Add(new("trunk.middle.left", new(middle.X - half, middle.Y), Wood));
            marks.Add(new("trunk.middle.right", new(middle.X + half, middle.Y), Wood));
        }

        return marks;
    }
}
