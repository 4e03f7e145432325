using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Houses;

/// <summary>A place on a house.</summary>
/// <param name="Name">E.g. <c>door.handle</c>.</param>
/// <param name="Place">Where.</param>
/// <param name="Part">The part that shows there.</param>
internal readonly record struct HouseMark(string Name, SKPoint Place, string Part);

/// <summary>Draws a house: walls, openings, roof, chimney.</summary>
internal static class HouseArt
{
    /// <summary>Draws it and tells where its places are.</summary>
    public static IReadOnlyList<HouseMark> Draw(Sketch sketch, SceneRandom random, HousePlan plan, HouseView view)
    {
        var (walls, openings, roofs, extras) = (random.Fork(), random.Fork(), random.Fork(), random.Fork());
        var marks = new List<HouseMark>();
        var (w, d) = (plan.Width / 2, plan.Depth / 2);
        var front = new Wall(view, (-w, d), (w, d));
        var masonry = walls.NextBits();
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            var wall = side < 0 ? new Wall(view, (-w, -d), (-w, d)) : new Wall(view, (w, d), (w, -d));
            if (HouseView.Seen([wall.At(0, plan.Height), wall.At(wall.Length, plan.Height), wall.At(wall.Length, 0), wall.At(0, 0)]))
            {
                Masonries.Draw(sketch, new(masonry), plan, wall, side, gable: plan.Roof == RoofSort.Along);
                var word = side < 0 ? "left" : "right";
                Openings.Side(sketch, openings, plan, wall, side, word, marks);
                var outer = side < 0 ? 0 : wall.Length;
                marks.Add(new($"side.{word}.bottom", wall.At(outer, 0.015f), "wall"));
                marks.Add(new($"side.{word}.middle", wall.At(wall.Length / 2, plan.Height * 0.15f), "wall"));
            }
        }

        Masonries.Draw(sketch, new(masonry), plan, front, 0, gable: plan.Roof is RoofSort.Gable or RoofSort.Gambrel);
        Openings.Front(sketch, openings, plan, front, marks);
        Roofs.Draw(sketch, roofs, plan, view, marks);
        if (plan.Church)
        {
            Towers.Draw(sketch, extras, plan, view, marks);
        }
        else if (extras.Chance(plan.Barn ? 0.15 : 0.8))
        {
            Roofs.Chimney(sketch, extras, plan, view, marks);
        }

        marks.Add(new("wall.bottom.left", front.At(0.01f, 0.015f), "wall"));
        marks.Add(new("wall.bottom.right", front.At(plan.Width - 0.01f, 0.015f), "wall"));
        marks.Add(new("wall.top.left", front.At(0.01f, plan.Height * 0.97f), "wall"));
        marks.Add(new("wall.top.right", front.At(plan.Width - 0.01f, plan.Height * 0.97f), "wall"));
        if (plan.Columns > 1 && !plan.Barn)
        {
            var (cell, level) = (plan.Width / plan.Columns, plan.Height / plan.Floors * 0.5f);
            marks.Add(new("wall.left", front.At(cell, level), "wall"));
            marks.Add(new("wall.right", front.At(plan.Width - cell, level), "wall"));
        }

        return marks;
    }
}
