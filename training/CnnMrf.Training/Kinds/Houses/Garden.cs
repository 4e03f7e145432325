using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using CnnMrf.Training.Kinds.Trees;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Houses;

/// <summary>What is around a house: sky, trees, ground, path, bushes, fence, street.</summary>
internal sealed class Garden(Sketch sketch, SceneRandom random, HousePlan plan, HouseView view)
{
    private readonly SKColor _green = OutdoorBackdrops.Grass(random);

    /// <summary>What lies behind the house and the ground it stands on.</summary>
    public void Behind()
    {
        var air = plan.Air;
        var horizon = Math.Clamp(view.Horizon, 0.2f, view.Ground - 0.01f);
        if (random.Chance(0.12))
        {
            sketch.All("sky", Tint.Mix(air.Top, air.Low, random.Next()));
        }
        else
        {
            Skies.Any(sketch, random, air, horizon);
        }

        if (random.Chance(0.35))
        {
            OutdoorBackdrops.Ridge(sketch, random, "hill",
                air.Far(Tint.Hsv(random.Between(90, 230), 0.3f, 0.5f), random.Between(0.3f, 0.7f)), horizon - 0.06f,
                random.Between(0.02f, 0.1f));
        }

        if (random.Chance(0.5))
        {
            OutdoorBackdrops.Bushes(sketch, random, air.Far(_green, random.Between(0.1f, 0.4f)), horizon, random.Between(0.03f, 0.14f));
        }

        for (var i = random.Below(4); i > 0; i--)
        {
            var x = random.Chance(0.75) ? random.Pick(random.Between(-0.05f, 0.25f), random.Between(0.75f, 1.05f))
                : random.Between(0.2f, 0.8f);
            var tree = TreePlan.Of(random, TreePlan.AnySort(random), air, x, horizon + random.Between(0, 0.03f),
                random.Between(0.25f, 0.6f), 0.1f, 0.35f);
            TreeArt.Draw(sketch, random, tree with { Snow = plan.Snow });
        }

        var (part, colour) = plan.Snow ? ("snow", Tint.Hsv(210, 0.04f, 0.96f))
            : random.Below(8) switch
            {
                0 => ("street", Tint.Hsv(random.Between(20, 240), random.Between(0, 0.1f), random.Between(0.35f, 0.75f))),
                1 => ("earth", Tint.Hsv(random.Between(25, 45), random.Between(0.2f, 0.5f), random.Between(0.4f, 0.8f))),
                _ => ("grass", _green),
            };
        OutdoorBackdrops.Ground(sketch, random, part, air.Lit(colour), horizon);
        if (!plan.Flat && random.Chance(0.6))
        {
            Shadow(part, air.Lit(colour));
        }

        if (part == "grass" && random.Chance(0.4))
        {
            TreeSurroundings.Blades(sketch, random, air.Lit(colour), view.Ground);
        }
    }

    /// <summary>What lies before the house; adds marks of its own.</summary>
    public void Before(IReadOnlyList<HouseMark> marks)
    {
        var street = view.Ground < 0.9f && random.Chance(0.2);
        if (random.Chance(0.65))
        {
            Path(marks);
        }

        if (random.Chance(0.5))
        {
            Bushes();
        }

        if (street)
        {
            var level = random.Between(Math.Max(0.85f, view.Ground + 0.03f), 0.96f);
            var stone = plan.Air.Lit(Tint.Hsv(220, 0.04f, random.Between(0.3f, 0.6f)));
            sketch.Box(Sketch.Least, level - 0.03f, Sketch.Greatest, Sketch.Greatest, "street", Tint.Shade(stone, 1.4f));
            sketch.Box(Sketch.Least, level, Sketch.Greatest, Sketch.Greatest, "street", stone);
        }
        else if (random.Chance(0.2))
        {
            TreeSurroundings.Fence(sketch, random, plan.Air, view.Ground + random.Between(0.03f, 0.12f));
        }

        if (random.Chance(0.2))
        {
            var side = random.Pick(-1f, 1f);
            var tree = TreePlan.Of(random, TreePlan.AnySort(random), plan.Air, 0.5f + (side * random.Between(0.38f, 0.52f)),
                view.Ground + random.Between(0.02f, 0.08f), random.Between(0.45f, 0.8f), 0, 0.6f);
            TreeArt.Draw(sketch, random, tree with { Snow = plan.Snow });
        }

        if (random.Chance(0.12))
        {
            TreeSurroundings.Birds(sketch, random, plan.Air);
        }
    }

    private void Shadow(string part, SKColor colour)
    {
        var (w, d) = (plan.Width / 2, plan.Depth / 2);
        var shift = plan.Height * random.Between(0.3f, 0.8f) * (plan.Air.FromLeft ? 1 : -1);
        sketch.Polygon(part, Tint.Shade(colour, random.Between(0.6f, 0.8f)), view.At(-w, 0, d), view.At(-w + shift, 0, -d),
            view.At(w + shift, 0, -d * 0.5f),
            view.At(w + (shift * 0.6f), 0, d * 1.1f), view.At(w, 0, d));
    }

    private void Path(IReadOnlyList<HouseMark> marks)
    {
        var (left, right) = (Find(marks, "door.bottom.left"), Find(marks, "door.bottom.right"));
        if (left is not { } a || right is not { } b)
        {
            return;
        }

        var colour = plan.Air.Lit(Tint.Hsv(random.Between(20, 50), random.Between(0.05f, 0.45f), random.Between(0.5f, 0.9f)));
        var y = Math.Max(a.Y, b.Y) + (0.06f * view.Scale);
        var far = new SKPoint((a.X + b.X) / 2, y + 0.01f);
        var half = Math.Max(0.02f, (b.X - a.X) * 0.6f);
        var near = new SKPoint(far.X + random.Between(-0.3f, 0.3f), 1.2f);
        var wide = half * random.Between(1.5f, 4);
        var bend = random.Normal(0, 0.06f);
        using var path = new SKPath();
        path.MoveTo(a.X, Math.Min(a.Y, y));
        path.LineTo(b.X, Math.Min(b.Y, y));
        path.LineTo(far.X + half, y);
        path.QuadTo(((far.X + near.X) / 2) + bend + wide, (y + near.Y) / 2, near.X + wide, near.Y);
        path.LineTo(near.X - wide, near.Y);
        path.QuadTo(((far.X + near.X) / 2) + bend - wide, (y + near.Y) / 2, far.X - half, y);
        path.Close();
        sketch.Fill(path, "path", colour);
        if (random.Chance(0.4))
        {
            using var inside = sketch.Inside(path);
            for (var i = 0; i < 18; i++)
            {
                var t = random.Next();
                sketch.Ellipse(far.X + ((near.X - far.X) * t) + random.Between(-wide, wide), y + ((near.Y - y) * t), 0.008f + (0.02f * t),
                    0.004f + (0.01f * t),
                    "path", Tint.Shade(colour, random.Between(0.75f, 1.2f)));
            }
        }

        sketch.Painter.Landmark("path.far", far.X, far.Y + 0.01f, "path");
        // A quarter of the quadratic's way down, and where it leaves the picture.
        var t2 = Math.Clamp((0.96f - y) / (near.Y - y), 0, 1);
        var x = far.X + ((near.X - far.X) * t2) + (bend * 2 * t2 * (1 - t2));
        sketch.Painter.Landmark("path.near", x, 0.96f, "path");
    }

    private void Bushes()
    {
        var front = new Wall(view, (-plan.Width / 2, plan.Depth / 2), (plan.Width / 2, plan.Depth / 2));
        var cell = plan.Width / plan.Columns;
        var green = plan.Air.Lit(Tint.Vary(random, _green, 0.2f));
        for (var column = 0; column < plan.Columns; column++)
        {
            if (column == plan.DoorColumn || plan.Barn || random.Chance(0.4))
            {
                continue;
            }

            for (var i = 0; i < 3; i++)
            {
                var place = front.At(cell * (column + random.Between(0.1f, 0.9f)), 0);
                var r = view.Scale * random.Between(0.04f, 0.1f);
                sketch.Ellipse(place.X, place.Y - (r * 0.3f), r * 1.2f, r, "tree.leaves", Tint.Shade(green, random.Between(0.8f, 1.15f)));
            }
        }
    }

    private static SKPoint? Find(IReadOnlyList<HouseMark> marks, string name)
    {
        foreach (var mark in marks)
        {
            if (mark.Name == name)
            {
                return mark.Place;
            }
        }

        return null;
    }
}
