using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using CnnMrf.Training.Kinds.Houses;
using CnnMrf.Training.Kinds.Trees;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Landscapes;

/// <summary>Trees, houses, rocks, bushes and flowers in a landscape.</summary>
internal static class Growth
{
    /// <summary>Rows, groups and single trees; the nearest is named.</summary>
    public static void Trees(Land land, SceneRandom random, TreeSort sort)
    {
        var plans = new List<TreePlan>();
        if (land.Sort == LandSort.Avenue)
        {
            Avenue(land, random, sort, plans);
        }
        else if (random.Chance(0.35))
        {
            // A row along a field's edge.
            var row = land.RowAt(random.Between(0.05f, 0.3f));
            var height = Math.Min(0.45f, land.SizeAt(row) * random.Between(2, 4));
            for (var x = random.Between(-0.1f, 0.4f); x < 1.1f && plans.Count < 9; x += height * random.Between(0.6f, 1.2f))
            {
                plans.Add(Tree(land, random, sort, x, row + random.Between(-0.005f, 0.005f), height * random.Between(0.85f, 1.15f)));
            }
        }
        else
        {
            // On a near shore few fit, and they must not hide the water.
            var near = land.Shore > land.Horizon + 0.08f;
            for (var i = random.Below(near ? 3 : 6); i > 0; i--)
            {
                var row = land.RowAt(random.Between(0.03f, 0.3f));
                var other = random.Chance(0.7) ? sort : TreePlan.AnySort(random);
                var height = Math.Min(near ? random.Between(0.2f, 0.5f) : 1, land.SizeAt(row) * random.Between(2, 4.5f));
                plans.Add(Tree(land, random, other, random.Between(-0.05f, 1.05f), row, height));
            }
        }

        if (random.Chance(0.7))
        {
            var row = land.RowAt(random.Between(0.35f, 0.95f));
            var x = random.Chance(0.8) ? random.Pick(random.Between(0.02f, 0.3f), random.Between(0.7f, 0.98f)) : random.Between(0.3f, 0.7f);
            plans.Add(Tree(land, random, sort, x, row, Math.Clamp(land.SizeAt(row) * random.Between(1.6f, 3), 0.25f, 1)));
        }

        if (plans.Count == 0)
        {
            return;
        }

        plans = [.. plans.OrderBy(p => p.Foot)];
        foreach (var plan in plans)
        {
            if (!land.Flat && random.Chance(0.6))
            {
                TreeArt.Shadow(land.Sketch, random, plan, land.Ground, plan.Seen(land.GroundColour));
            }

            var marks = TreeArt.Draw(land.Sketch, random, plan);
            if (plan == plans[^1] && plan.Height > 0.15f)
            {
                Name(land, marks);
            }
        }
    }

    /// <summary>A house some way off.</summary>
    public static void House(Land land, SceneRandom random)
    {
        var row = land.RowAt(random.Between(0.1f, 0.4f));
        var plan = HousePlan.Any(random, land.Air, 0.3f) with { Snow = land.Winter };
        var scale = Math.Clamp(land.SizeAt(row) * random.Between(1.2f, 2.2f), 0.07f, 0.28f);
        var view = new HouseView(random.Between(0.1f, 0.9f), row, scale, (row - land.Horizon) / scale, random.Between(-40, 40), 0.1f);
        var marks = HouseArt.Draw(land.Sketch, random, plan, view);
        var count = random.Below(4);
        for (var i = 0; i < count; i++)
        {
            var (x, r) = (view.X + (scale * plan.Width * random.Between(-0.8f, 0.8f)), scale * random.Between(0.08f, 0.16f));
            land.Sketch.Ellipse(x, row + (scale * 0.1f), r * 1.2f, r, "tree.leaves", land.Air.Lit(Tint.Vary(random, land.Green, 0.15f)));
        }

        foreach (var mark in marks)
        {
            var name = mark.Name switch
            {
                "roof.middle" => "house.roof",
                "eaves.left" => "house.eaves.left",
                "eaves.right" => "house.eaves.right",
                "door.middle" => "house.door",
                "chimney.top" => "house.chimney",
                "wall.bottom.left" => "house.foot.left",
                "wall.bottom.right" => "house.foot.right",
                _ => null,
            };
            if (name is not null)
            {
                land.Sketch.Painter.Landmark(name, mark.Place.X, mark.Place.Y, mark.Part);
            }
        }
    }

    /// <summary>Rocks, bushes, grass, flowers, a fence.</summary>
    public static void Small(Land land, SceneRandom random)
    {
        var rocks = random.Chance(0.3) ? 1 + random.Below(6) : 0;
        for (var i = 0; i < rocks; i++)
        {
            Rock(land, random, random.Between(-0.05f, 1.05f), land.RowAt(random.Between(0.3f, 1)));
        }

        var bushes = random.Chance(0.45) && land.Shore < 1 ? 1 + random.Below(5) : 0;
        for (var i = 0; i < bushes; i++)
        {
            var row = land.RowAt(random.Between(0.15f, 0.95f));
            Bush(land, random, random.Between(-0.05f, 1.05f), row, land.SizeAt(row) * random.Between(0.2f, 0.45f));
        }

        if (land.Ground == "grass")
        {
            var ground = land.Air.Lit(land.GroundColour);
            if (!land.Flat && random.Chance(0.6))
            {
                TreeSurroundings.Blades(land.Sketch, random, ground, land.RowAt(random.Between(0.2f, 0.6f)));
            }

            if (random.Chance(0.3))
            {
                Flowers(land, random);
            }
        }

        if (land.Shore < 0.9f && random.Chance(0.12))
        {
            TreeSurroundings.Fence(land.Sketch, random, land.Air, land.RowAt(random.Between(0.25f, 0.9f)));
        }

        if (random.Chance(0.15))
        {
            TreeSurroundings.Birds(land.Sketch, random, land.Air);
        }
    }

    private static TreePlan Tree(Land land, SceneRandom random, TreeSort sort, float x, float row, float height) =>
        TreePlan.Of(random, sort, land.Air, x, row, height, land.FarAt(row), height > 0.3f ? 0.8f : height > 0.12f ? 0.35f : 0.12f) with
        {
            Snow = land.Winter && sort != TreeSort.Palm,
            Flat = land.Flat,
        };

    private static void Avenue(Land land, SceneRandom random, TreeSort sort, List<TreePlan> plans)
    {
        var (vanish, spread, tall) = (random.Between(0.3f, 0.7f), random.Between(0.5f, 1), random.Between(1.3f, 2.6f));
        var both = random.Chance(0.7);
        for (var (i, depth) = (0, 1f); i < 6; i++, depth *= random.Between(0.6f, 0.72f))
        {
            var row = land.RowAt(0.9f * depth);
            foreach (var side in (ReadOnlySpan<int>)[-1, 1])
            {
                if (side < 0 || both)
                {
                    plans.Add(Tree(land, random, sort, vanish + (side * spread * 0.62f * depth), row,
                        Math.Max(0.02f, land.SizeAt(row) * tall)));
                }
            }
        }
    }

    private static void Name(Land land, IReadOnlyList<TreeMark> marks)
    {
        foreach (var mark in marks)
        {
            if (mark.Name is "crown.top" or "crown.left" or "crown.right" or "crown.middle" or "trunk.foot" or "trunk.top"
                or "trunk.middle")
            {
                land.Sketch.Painter.Landmark("tree." + mark.Name, mark.Place.X, mark.Place.Y, mark.Part);
            }
        }
    }

    private static void Rock(Land land, SceneRandom random, float x, float row)
    {
        var size = land.SizeAt(row) * random.Between(0.15f, 0.5f);
        var grey = land.Air.Far(Tint.Hsv(random.Between(20, 230), random.Between(0, 0.2f), random.Between(0.35f, 0.75f)), land.FarAt(row));
        land.Sketch.Polygon("rock", grey, new(x - size, row), new(x - (size * 0.8f), row - (size * random.Between(0.3f, 0.7f))),
            new(x - (size * 0.2f), row - (size * random.Between(0.6f, 1))),
            new(x + (size * 0.5f), row - (size * random.Between(0.4f, 0.9f))), new(x + size, row - (size * 0.15f)),
                new(x + (size * 0.8f), row + (size * 0.08f)));
        if (!land.Flat)
        {
            var side = land.Air.FromLeft ? 1 : -1;
            land.Sketch.Polygon("rock", Tint.Shade(grey, 0.75f), new(x + (side * size * 0.1f), row - (size * 0.5f)),
                new(x + (side * size * 0.6f), row - (size * 0.35f)),
                new(x + (side * size * 0.8f), row), new(x + (side * size * 0.2f), row));
        }
    }

    private static void Bush(Land land, SceneRandom random, float x, float row, float size)
    {
        var green = land.Air.Far(Tint.Vary(random, Tint.Shade(land.Green, 0.85f), 0.15f), land.FarAt(row));
        for (var i = 0; i < 4; i++)
        {
            var r = size * random.Between(0.5f, 0.8f);
            land.Sketch.Ellipse(x + (size * (i - 1.5f) * 0.5f), row - (r * random.Between(0.5f, 0.9f)), r, r, "tree.leaves", land.Flat
                ? green : Tint.Shade(green, random.Between(0.8f, 1.15f)));
        }
    }

    private static void Flowers(Land land, SceneRandom random)
    {
        var (first, second) = (land.Air.Lit(Tint.Hsv(random.Between(0, 360), random.Between(0, 0.8f), 1)),
            land.Air.Lit(Tint.Hsv(random.Between(0, 360), 0.7f, 1)));
        for (var level = 0; level < 2; level++)
        {
            using var path = new SKPath { FillType = SKPathFillType.Winding };
            for (var i = 0; i < 30; i++)
            {
                var t = MathF.Sqrt(random.Next());
                var (x, y, r) = (random.Between(-0.1f, 1.1f), land.Shore + 0.02f + ((1.05f - land.Shore) * t), 0.002f + (0.006f * t));
                path.AddOval(new(x - r, y - r, x + r, y + r));
            }

            land.Sketch.Fill(path, "flower", level == 0 ? first : second);
        }
    }
}
