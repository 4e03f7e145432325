using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Trees;

/// <summary>Trees without leaves, or with the last few: a trunk that forks and forks again.</summary>
internal static class BareTree
{
    /// <summary>Draws the tree.</summary>
    public static IReadOnlyList<TreeMark> Draw(Sketch sketch, SceneRandom random, TreePlan plan)
    {
        var width = plan.Height * random.Between(0.05f, 0.11f);
        var fork = new SKPoint(plan.X + (plan.Lean * 0.5f), plan.Foot - (plan.Height * random.Between(0.22f, 0.42f)));
        var tips = new List<SKPoint>();
        var twigs = new SKPath[6];
        for (var i = 0; i < twigs.Length; i++)
        {
            twigs[i] = new();
        }

        var spread = plan.Width / plan.Height * random.Between(38, 55);
        var count = 2 + random.Below(3);
        var reach = plan.Foot - plan.Height;
        var depth = plan.Detail > 0.5f ? 4 : plan.Detail > 0.2f ? 3 : 2;
        for (var i = 0; i < count; i++)
        {
            var angle = -90 + (spread * (((i + 0.5f) / count * 2) - 1)) + random.Normal(0, 6);
            Grow(random, twigs, tips, fork, angle, (fork.Y - reach) * random.Between(0.36f, 0.46f), depth, spread);
        }

        // The tips decide how high the tree is: stretch them to the wanted height.
        var scale = (fork.Y - reach) / Math.Max(1e-3f, fork.Y - tips.Min(t => t.Y));
        var stretch = SKMatrix.CreateScale(scale, scale, fork.X, fork.Y);
        var bark = plan.Seen(plan.Bark);
        for (var i = 0; i < twigs.Length; i++)
        {
            using var path = twigs[i];
            path.Transform(stretch);
            if (!path.IsEmpty)
            {
                sketch.Painter.Line(path, width * MathF.Pow(0.62f, depth + 1 - i) * 1.1f, TreeArt.Wood, plan.Flat ? bark
                    : Tint.Shade(bark, random.Between(0.8f, 1.1f)));
            }
        }

        var marks = new List<TreeMark>(TreeArt.Trunk(sketch, random, plan, new(fork.X, fork.Y - (width * 0.2f)), width, 0.85f))
        {
            new("fork", fork, TreeArt.Wood),
            new("trunk.top", new(fork.X, fork.Y + (width * 0.8f)), TreeArt.Wood),
        };
        var ends = tips.ConvertAll(stretch.MapPoint);
        marks.Add(new("crown.top", ends.MinBy(t => t.Y), TreeArt.Wood));
        marks.Add(new("crown.left", ends.MinBy(t => t.X), TreeArt.Wood));
        marks.Add(new("crown.right", ends.MaxBy(t => t.X), TreeArt.Wood));
        if (random.Chance(0.25))
        {
            var leaf = plan.Seen(plan.Leaves);
            foreach (var end in ends.Where(_ => random.Chance(0.6)))
            {
                var r = plan.Height * random.Between(0.008f, 0.02f);
                sketch.Ellipse(end.X, end.Y, r, r * 0.8f, TreeArt.Leaves, leaf);
            }
        }

        return marks;
    }

    private static void Grow(SceneRandom random, SKPath[] twigs, List<SKPoint> tips, SKPoint from, float degrees, float length, int depth,
        float spread)
    {
        var (sin, cos) = MathF.SinCos(degrees * MathF.PI / 180);
        var bow = length * random.Between(-0.12f, 0.12f);
        var to = new SKPoint(from.X + (cos * length), from.Y + (sin * length));
        twigs[depth].MoveTo(from);
        twigs[depth].QuadTo(((from.X + to.X) / 2) - (sin * bow), ((from.Y + to.Y) / 2) + (cos * bow), to.X, to.Y);
        if (depth == 0)
        {
            tips.Add(to);
            return;
        }

        var children = random.Chance(0.35) ? 3 : 2;
        for (var i = 0; i < children; i++)
        {
            var turn = (((i + 0.5f) / children * 2) - 1) * spread * 0.75f;
            // Twigs strive upwards a little.
            var next = degrees + turn + random.Normal(0, 8);
            next += (-90 - next) * 0.08f;
            Grow(random, twigs, tips, to, next, length * random.Between(0.6f, 0.82f), depth - 1, spread);
        }
    }
}
