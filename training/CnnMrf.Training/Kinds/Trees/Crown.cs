using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Trees;

/// <summary>A crown of leaf clusters.</summary>
internal sealed class Crown
{
    private readonly List<(float X, float Y, float R)> _clusters = [];
    private readonly SKPoint _middle;
    private readonly float _halfWidth;
    private readonly float _halfHeight;

    private Crown(SKPoint middle, float halfWidth, float halfHeight) =>
        (_middle, _halfWidth, _halfHeight) = (middle, halfWidth, halfHeight);

    /// <summary>Clusters that fill an ellipse, an egg, an umbrella or a flame.</summary>
    public static Crown Grow(SceneRandom random, TreePlan plan, SKPoint middle, float halfWidth, float halfHeight)
    {
        var crown = new Crown(middle, halfWidth, halfHeight);
        // Positive: broad below, as an egg on its end; negative: broad above, as an umbrella.
        var egg = plan.Sort switch
        {
            TreeSort.Cypress => random.Between(0.35f, 0.7f),
            TreeSort.Willow => random.Between(-0.2f, 0.2f),
            _ => random.Normal(0, 0.3f),
        };
        var slim = plan.Sort == TreeSort.Cypress;
        var size = slim ? 1f : random.Between(0.28f, 0.5f);
        var count = slim ? 18 + random.Below(10) : (int)(3.2f / size) + 3 + random.Below(5);
        for (var i = 0; i < count; i++)
        {
            float x, y, r;
            if (slim)
            {
                var share = (i + 0.5f) / count;
                var wide = MathF.Pow(MathF.Sin(MathF.PI * MathF.Pow(1 - share, 1 - (egg * 0.5f))), 0.7f);
                r = halfWidth * (0.12f + wide) * random.Between(0.55f, 0.75f);
                (x, y) = (middle.X + (halfWidth * wide * random.Between(-0.3f, 0.3f)), middle.Y + (halfHeight * (1 - (2 * share))));
                y = Math.Clamp(y, middle.Y - halfHeight + (r * 0.6f), middle.Y + halfHeight - (r * 0.6f));
            }
            else
            {
                var (sin, cos) = MathF.SinCos((i + random.Between(-0.35f, 0.35f)) * 2 * MathF.PI / count);
                r = Math.Min(halfWidth, halfHeight) * size * random.Between(0.75f, 1.15f);
                var wide = Math.Clamp(1 + (egg * sin), 0.35f, 1.5f);
                (x, y) = (middle.X + (cos * (halfWidth - r) * wide), middle.Y + (sin * (halfHeight - r)));
            }

            crown._clusters.Add((x, y, r));
        }

        if (!slim)
        {
            crown._clusters.Add((middle.X, middle.Y, Math.Min(halfWidth, halfHeight) * (1.05f - size)));
            crown._clusters.Add((middle.X - (halfWidth * 0.35f), middle.Y, Math.Min(halfWidth, halfHeight) * 0.5f));
            crown._clusters.Add((middle.X + (halfWidth * 0.35f), middle.Y, Math.Min(halfWidth, halfHeight) * 0.5f));
        }

        return crown;
    }

    /// <summary>All clusters in one colour.</summary>
    public void Silhouette(Sketch sketch, SKColor colour, float scale)
    {
        using var path = new SKPath { FillType = SKPathFillType.Winding };
        foreach (var (x, y, r) in _clusters)
        {
            path.AddOval(Around(x, y, r * scale));
        }

        sketch.Fill(path, TreeArt.Leaves, colour);
    }

    /// <summary>The near side: clusters lit from above, leaves, fruit at times.</summary>
    public void Front(Sketch sketch, SceneRandom random, TreePlan plan, SKColor leaves, bool open)
    {
        var side = plan.Air.FromLeft ? -1 : 1;
        var contrast = plan.Flat ? 0 : random.Between(0.15f, 0.45f);
        if (open)
        {
            Silhouettes(sketch, random, leaves, side, contrast, 0.85f);
        }
        else if (!plan.Flat || random.Chance(0.5))
        {
            Silhouettes(sketch, random, leaves, side, contrast, random.Between(0.8f, 1));
        }
        else
        {
            Silhouette(sketch, leaves, 1);
        }

        if (!(plan.Flat && random.Chance(0.7)) && plan.Detail > 0.15f)
        {
            Dabs(sketch, random, plan, leaves, side, contrast);
        }

        if (plan.Detail > 0.5f && random.Chance(0.15))
        {
            var fruit = plan.Seen(Tint.Hsv(random.Between(-15, 60), random.Between(0.6f, 1), random.Between(0.7f, 1)));
            var count = 8 + random.Below(16);
            for (var i = 0; i < count; i++)
            {
                var place = Inside(random, 0.9f);
                var r = plan.Height * 0.013f;
                sketch.Ellipse(place.X, place.Y, r, r, "fruit", fruit);
            }
        }
    }

    /// <summary>Snow on the clusters' upper sides.</summary>
    public void Snow(Sketch sketch, SceneRandom random, SKColor white)
    {
        foreach (var (x, y, r) in _clusters)
        {
            sketch.Ellipse(x, y - (r * random.Between(0.45f, 0.65f)), r * random.Between(0.5f, 0.75f), r * random.Between(0.2f, 0.35f),
                "snow", white);
        }
    }

    /// <summary>Where an axis from the foot up to a fork enters the crown.</summary>
    public SKPoint Lowest(SKPoint fork, float foot, float footX)
    {
        for (var i = 1; i <= 40; i++)
        {
            var share = i / 40f;
            var place = new SKPoint(footX + ((fork.X - footX) * share), foot + ((fork.Y - foot) * share));
            if (Covers(place))
            {
                return place;
            }
        }

        return fork;
    }

    /// <summary>The crown's places: its extremes, its middle and the edge in four slanted directions.</summary>
    public IEnumerable<TreeMark> Marks()
    {
        var top = _clusters.MinBy(c => c.Y - c.R);
        var left = _clusters.MinBy(c => c.X - c.R);
        var right = _clusters.MaxBy(c => c.X + c.R);
        yield return new("crown.top", new(top.X, top.Y - top.R), TreeArt.Leaves);
        yield return new("crown.left", new(left.X - left.R, left.Y), TreeArt.Leaves);
        yield return new("crown.right", new(right.X + right.R, right.Y), TreeArt.Leaves);
        yield return new("crown.middle", _middle, TreeArt.Leaves);
        yield return new("crown.middle.left", new(_middle.X - (_halfWidth * 0.5f), _middle.Y), TreeArt.Leaves);
        yield return new("crown.middle.right", new(_middle.X + (_halfWidth * 0.5f), _middle.Y), TreeArt.Leaves);
        yield return new("crown.upper.left", Edge(-1, -1), TreeArt.Leaves);
        yield return new("crown.upper.right", Edge(1, -1), TreeArt.Leaves);
        yield return new("crown.lower.left", Edge(-1, 0.8f), TreeArt.Leaves);
        yield return new("crown.lower.right", Edge(1, 0.8f), TreeArt.Leaves);
    }

    private static SKRect Around(float x, float y, float r) => new(x - r, y - r, x + r, y + r);

    private void Silhouettes(Sketch sketch, SceneRandom random, SKColor leaves, int side, float contrast, float scale)
    {
        // From below to above: the upper clusters lie before the lower ones and catch the light.
        foreach (var (x, y, r) in _clusters.OrderByDescending(c => c.Y))
        {
            var share = Lit(x, y, side);
            var colour = Tint.Shade(leaves, 1 + (contrast * share));
            var s = r * scale;
            sketch.Ellipse(x + (side * r * (1 - scale) * 0.5f), y - (r * (1 - scale) * 0.7f), s, s, TreeArt.Leaves, colour);
            if (contrast > 0.2f && random.Chance(0.6))
            {
                sketch.Ellipse(x + (side * r * 0.25f), y - (r * 0.3f), r * 0.55f, r * 0.5f, TreeArt.Leaves,
                    Tint.Shade(leaves, 1.1f + (contrast * share)));
            }
        }
    }

    private void Dabs(Sketch sketch, SceneRandom random, TreePlan plan, SKColor leaves, int side, float contrast)
    {
        const int Levels = 4;
        var each = (int)(plan.Detail * random.Between(10, 55));
        var size = plan.Height * random.Between(0.008f, 0.022f);
        var ragged = random.Between(0.85f, 1.12f);
        for (var level = 0; level < Levels; level++)
        {
            using var path = new SKPath { FillType = SKPathFillType.Winding };
            var wanted = ((level + 0.5f) / Levels * 2) - 1;
            for (var i = 0; i < each; i++)
            {
                // Of three places the one whose light fits this level best.
                var best = Inside(random, ragged);
                for (var k = 0; k < 2; k++)
                {
                    var other = Inside(random, ragged);
                    if (MathF.Abs(Lit(other.X, other.Y, side) - wanted) < MathF.Abs(Lit(best.X, best.Y, side) - wanted))
                    {
                        best = other;
                    }
                }

                var r = size * random.Between(0.6f, 1.4f);
                path.AddOval(new(best.X - r, best.Y - (r * 0.7f), best.X + r, best.Y + (r * 0.7f)));
            }

            var shade = 1 + ((contrast + 0.08f) * wanted * 1.2f);
            sketch.Fill(path, TreeArt.Leaves, Tint.Vary(random, Tint.Shade(leaves, shade), 0.06f));
        }
    }

    /// <summary>−1 in the crown's shadow … 1 in the light.</summary>
    private float Lit(float x, float y, int side) => Math.Clamp(
        (side * (x - _middle.X) / _halfWidth * 0.6f) - ((y - _middle.Y) / _halfHeight * 0.8f), -1, 1);

    private SKPoint Inside(SceneRandom random, float reach)
    {
        var (x, y, r) = _clusters[random.Below(_clusters.Count)];
        var (sin, cos) = MathF.SinCos(random.Between(0, 2 * MathF.PI));
        var d = MathF.Sqrt(random.Next()) * r * reach;
        return new(x + (cos * d), y + (sin * d));
    }

    private bool Covers(SKPoint place) =>
        _clusters.Exists(c => ((place.X - c.X) * (place.X - c.X)) + ((place.Y - c.Y) * (place.Y - c.Y)) < c.R * c.R);

    private SKPoint Edge(float right, float down)
    {
        var last = _middle;
        for (var t = 0.1f; t < 1.6f; t += 0.03f)
        {
            var place = new SKPoint(_middle.X + (right * t * _halfWidth), _middle.Y + (down * t * _halfHeight));
            if (Covers(place))
            {
                last = place;
            }
        }

        return last;
    }
}
