using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;

namespace CnnMrf.Training.Kinds.Houses;

/// <summary>Windows and doors in the walls.</summary>
internal static class Openings
{
    /// <summary>The front's windows and door.</summary>
    public static void Front(Sketch sketch, SceneRandom random, HousePlan plan, Wall wall, List<HouseMark> marks)
    {
        var style = Windows.StyleOf(random, plan);
        var storey = plan.Height / plan.Floors;
        if (plan.Barn)
        {
            Doors.Gate(sketch, random, plan, wall, marks);
            Gable(sketch, random, plan, wall, style, marks);
            return;
        }

        var cell = plan.Width / plan.Columns;
        var (w, h) = (cell * random.Between(0.36f, 0.58f), storey * random.Between(0.38f, 0.56f) * (plan.Church ? 1.15f : 1));
        var sill = storey * random.Between(0.24f, 0.32f);
        for (var floor = 0; floor < plan.Floors; floor++)
        {
            for (var column = 0; column < plan.Columns; column++)
            {
                if (floor == 0 && column == plan.DoorColumn)
                {
                    continue;
                }

                var u = cell * (column + 0.5f);
                var bottom = (floor * storey) + sill;
                Windows.Draw(sketch, random, plan, wall, style, 0, u - (w / 2), bottom, u + (w / 2), bottom + h);
                var level = floor switch { 0 => "lower", 1 => "upper", _ => null };
                var left = column == 0 && (floor > 0 || plan.DoorColumn > 0);
                var right = column == plan.Columns - 1 && (floor > 0 || plan.DoorColumn < plan.Columns - 1);
                if (level is not null && left != right)
                {
                    Mark(marks, wall, $"window.{level}.{(left ? "left" : "right")}", u - (w / 2), bottom, u + (w / 2), bottom + h, plan);
                }
            }
        }

        if (plan.DoorColumn >= 0)
        {
            Doors.Draw(sketch, random, plan, wall, cell * (plan.DoorColumn + 0.5f), cell * random.Between(0.42f, 0.62f),
                storey * random.Between(0.62f, 0.78f), marks);
        }

        Gable(sketch, random, plan, wall, style, marks);
    }

    /// <summary>A side wall's windows.</summary>
    public static void Side(Sketch sketch, SceneRandom random, HousePlan plan, Wall wall, int side, string word, List<HouseMark> marks)
    {
        var style = Windows.StyleOf(random, plan);
        var storey = plan.Height / plan.Floors;
        var columns = random.Below(plan.Church ? 4 : 3);
        for (var floor = 0; floor < plan.Floors; floor++)
        {
            for (var column = 0; column < columns; column++)
            {
                var u = wall.Length * (column + 0.5f) / columns;
                var w = Math.Min(0.2f, wall.Length / columns * 0.4f);
                var bottom = storey * (floor + 0.27f);
                Windows.Draw(sketch, random, plan, wall, style, side, u - (w / 2), bottom, u + (w / 2), bottom + (storey * 0.48f));
                if (columns == 1 && floor == 0)
                {
                    marks.Add(new($"side.{word}.window", wall.At(u, bottom + (storey * 0.24f)), "window.glass"));
                }
            }
        }

        if (plan.Roof == RoofSort.Along && random.Chance(0.4))
        {
            var u = wall.Length / 2;
            Windows.Draw(sketch, random, plan, wall, style, side, u - 0.07f, plan.Height + (plan.Rise * 0.15f), u + 0.07f, plan.Height
                + (plan.Rise * 0.5f));
        }
    }

    private static void Gable(Sketch sketch, SceneRandom random, HousePlan plan, Wall wall, WindowStyle style, List<HouseMark> marks)
    {
        if (plan.Roof is not (RoofSort.Gable or RoofSort.Gambrel))
        {
            return;
        }

        var u = plan.Width / 2;
        marks.Add(new("gable.middle", wall.At(u * 0.75f, plan.Height + (plan.Rise * 0.22f)), "wall"));
        if (!random.Chance(0.75))
        {
            return;
        }

        var half = Math.Min(0.11f, plan.Width * 0.12f);
        var bottom = plan.Height + (plan.Rise * 0.12f);
        var top = plan.Height + (plan.Rise * random.Between(0.4f, 0.55f));
        if (random.Chance(0.3))
        {
            Windows.Round(sketch, plan, wall, u, (bottom + top) / 2, half * 0.8f);
        }
        else
        {
            Windows.Draw(sketch, random, plan, wall, style with { Shutters = false }, 0, u - half, bottom, u + half, top);
        }

        marks.Add(new("window.gable", wall.At(u, (bottom + top) / 2), "window.glass"));
    }

    private static void Mark(List<HouseMark> marks, Wall wall, string name, float left, float bottom, float right, float top,
        HousePlan plan)
    {
        var middle = wall.At((left + right) / 2, (bottom + top) / 2);
        marks.Add(new(name, middle, "window.glass"));
        if ((right - left) * wall.Scale < 0.065f)
        {
            return;
        }

        marks.Add(new($"{name}.bottom.left", wall.At(left, bottom), "window.frame"));
        marks.Add(new($"{name}.bottom.right", wall.At(right, bottom), "window.frame"));
        if (plan.Arch == Arch.None)
        {
            marks.Add(new($"{name}.top.left", wall.At(left, top), "window.frame"));
            marks.Add(new($"{name}.top.right", wall.At(right, top), "window.frame"));
        }
    }
}
