using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Houses;

/// <summary>A church's tower.</summary>
internal static class Towers
{
    /// <summary>Draws it beside or before the nave.</summary>
    public static void Draw(Sketch sketch, SceneRandom random, HousePlan plan, HouseView view, List<HouseMark> marks)
    {
        var half = random.Between(0.13f, 0.2f);
        // Beside the nave; before its gable only where it does not hide the door.
        var x = random.Pick(-1f, 1f) * ((plan.Width / 2) + (half * 0.7f));
        var z = (plan.Depth / 2) - (half * 0.9f);
        var top = plan.Height + (plan.Rise * random.Between(0.7f, 1.15f));
        var apex = top + random.Between(0.3f, 0.85f);
        SKPoint At(float sx, float y, float sz, float grow = 1) => view.At(x + (sx * half * grow), y, z + (sz * half * grow));
        HouseView.Face(sketch, "wall", plan.Seen(plan.WallColour, -1), At(-1, top, -1), At(-1, top, 1), At(-1, 0, 1), At(-1, 0, -1));
        HouseView.Face(sketch, "wall", plan.Seen(plan.WallColour, 1), At(1, top, 1), At(1, top, -1), At(1, 0, -1), At(1, 0, 1));
        HouseView.Face(sketch, "wall", plan.Seen(plan.WallColour), At(-1, top, 1), At(1, top, 1), At(1, 0, 1), At(-1, 0, 1));
        var wall = new Wall(view, (x - half, z + half), (x + half, z + half));
        var style = Windows.StyleOf(random, plan);
        Windows.Draw(sketch, random, plan, wall, style, 0, half * 0.7f, top - 0.28f, half * 1.3f, top - 0.06f);
        if (random.Chance(0.5))
        {
            var clock = wall.At(half, top - 0.4f);
            var r = half * 0.45f * view.Scale;
            sketch.Ellipse(clock.X, clock.Y, r, r, "clock", plan.Air.Lit(Tint.Hsv(45, 0.1f, 0.95f)));
            sketch.Line("clock", r * 0.15f, SKColors.Black, clock.X, clock.Y, clock.X, clock.Y - (r * 0.7f));
            sketch.Line("clock", r * 0.15f, SKColors.Black, clock.X, clock.Y, clock.X + (r * 0.5f), clock.Y);
            marks.Add(new("tower.clock", clock, "clock"));
        }

        var tip = view.At(x, apex, z);
        const float Grow = 1.15f;
        HouseView.Face(sketch, "roof", plan.Seen(plan.RoofColour, -1), tip, At(-1, top, 1, Grow), At(-1, top, -1, Grow));
        HouseView.Face(sketch, "roof", plan.Seen(plan.RoofColour, 1), tip, At(1, top, -1, Grow), At(1, top, 1, Grow));
        HouseView.Face(sketch, "roof", plan.Seen(plan.RoofColour), tip, At(1, top, 1, Grow), At(-1, top, 1, Grow));
        if (random.Chance(0.7))
        {
            var gold = plan.Air.Lit(Tint.Hsv(45, 0.5f, 0.6f));
            var s = view.Scale * 0.05f;
            sketch.Line("cross", s * 0.25f, gold, tip.X, tip.Y, tip.X, tip.Y - (s * 2));
            sketch.Line("cross", s * 0.25f, gold, tip.X - (s * 0.7f), tip.Y - (s * 1.3f), tip.X + (s * 0.7f), tip.Y - (s * 1.3f));
        }

        marks.Add(new("tower.apex", new(tip.X, tip.Y + 0.004f), "roof"));
        marks.Add(new("tower.eaves.left", At(-1, top, 1, Grow), "roof"));
        marks.Add(new("tower.eaves.right", At(1, top, 1, Grow), "roof"));
        marks.Add(new("tower.window", wall.At(half, top - 0.17f), "window.glass"));
        marks.Add(new("tower.foot", wall.At(half, 0.02f), "wall"));
    }
}
