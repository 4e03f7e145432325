using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Houses;

/// <summary>Walls with their bricks, boards, stones or timber.</summary>
internal static class Masonries
{
    private const string Part = "wall";

    /// <summary>Draws a wall.</summary>
    /// <param name="sketch">Where.</param>
    /// <param name="random">Same for all walls of a house.</param>
    /// <param name="plan">The house.</param>
    /// <param name="wall">Its plane.</param>
    /// <param name="side">−1, 0 (front) or 1.</param>
    /// <param name="gable">Whether it goes up to the ridge.</param>
    public static void Draw(Sketch sketch, SceneRandom random, HousePlan plan, Wall wall, int side, bool gable)
    {
        var colour = plan.Seen(plan.WallColour, side);
        using var path = Outline(plan, wall, gable);
        sketch.Fill(path, Part, colour);
        using var inside = sketch.Inside(path);
        var top = plan.Height + (gable ? plan.Rise : 0);
        if (plan.Detail > 0.3f && !(plan.Flat && random.Chance(0.5)))
        {
            switch (plan.Masonry)
            {
                case Masonry.Bricks:
                    Bricks(sketch, random, wall, colour, top);
                    break;
                case Masonry.Boards:
                    Lines(sketch, wall, Tint.Shade(colour, 0.82f), top, random.Between(0.04f, 0.08f), level: true);
                    break;
                case Masonry.Planks:
                    Lines(sketch, wall, Tint.Shade(colour, 0.75f), top, random.Between(0.05f, 0.1f), level: false);
                    break;
                case Masonry.Timber:
                    Timber(sketch, random, plan, wall, plan.Seen(plan.TrimColour, side), top);
                    break;
                case Masonry.Stones:
                    Stones(sketch, random, wall, colour, top);
                    break;
            }
        }

        if (!plan.Flat && plan.Roof != RoofSort.Flat)
        {
            // The eaves' shadow, and a plinth.
            if (!gable)
            {
                wall.Box(sketch, Part, Tint.Shade(colour, 0.7f), 0, plan.Height - plan.Overhang - 0.02f, wall.Length, plan.Height);
            }

            if (random.Chance(0.5))
            {
                wall.Box(sketch, Part, Tint.Shade(colour, random.Pick(0.7f, 0.85f)), 0, 0, wall.Length, 0.06f);
            }
        }
    }

    private static SKPath Outline(HousePlan plan, Wall wall, bool gable)
    {
        var path = new SKPath();
        path.MoveTo(wall.At(0, 0));
        path.LineTo(wall.At(0, plan.Height));
        if (gable)
        {
            if (plan.Roof == RoofSort.Gambrel)
            {
                path.LineTo(wall.At(wall.Length * 0.14f, plan.Height + (plan.Rise * 0.62f)));
                path.LineTo(wall.At(wall.Length / 2, plan.Height + plan.Rise));
                path.LineTo(wall.At(wall.Length * 0.86f, plan.Height + (plan.Rise * 0.62f)));
            }
            else
            {
                path.LineTo(wall.At(wall.Length / 2, plan.Height + plan.Rise));
            }
        }

        path.LineTo(wall.At(wall.Length, plan.Height));
        path.LineTo(wall.At(wall.Length, 0));
        path.Close();
        return path;
    }

    private static void Lines(Sketch sketch, Wall wall, SKColor colour, float top, float step, bool level)
    {
        using var path = new SKPath();
        for (var t = step; t < (level ? top : wall.Length); t += step)
        {
            path.MoveTo(level ? wall.At(0, t) : wall.At(t, 0));
            path.LineTo(level ? wall.At(wall.Length, t) : wall.At(t, top));
        }

        sketch.Painter.Line(path, 0.008f * wall.Scale, Part, colour);
    }

    private static void Bricks(Sketch sketch, SceneRandom random, Wall wall, SKColor colour, float top)
    {
        var step = random.Between(0.035f, 0.055f);
        var length = step * 2.2f;
        using var path = new SKPath();
        var row = 0;
        for (var v = 0f; v < top; v += step, row++)
        {
            path.MoveTo(wall.At(0, v));
            path.LineTo(wall.At(wall.Length, v));
            for (var u = row % 2 * length / 2; u < wall.Length; u += length)
            {
                path.MoveTo(wall.At(u, v));
                path.LineTo(wall.At(u, v + step));
            }
        }

        sketch.Painter.Line(path, 0.007f * wall.Scale, Part, Tint.Shade(colour, random.Pick(0.75f, 1.3f)));
    }

    private static void Stones(Sketch sketch, SceneRandom random, Wall wall, SKColor colour, float top)
    {
        for (var i = 0; i < 45; i++)
        {
            var (u, v) = (random.Between(0, wall.Length), random.Between(0, top));
            var (w, h) = (random.Between(0.03f, 0.08f), random.Between(0.02f, 0.05f));
            wall.Box(sketch, Part, Tint.Shade(colour, random.Between(0.75f, 1.15f)), u, v, u + w, v + h);
        }
    }

    private static void Timber(Sketch sketch, SceneRandom random, HousePlan plan, Wall wall, SKColor beam, float top)
    {
        using var path = new SKPath();
        var bays = Math.Max(2, (int)(wall.Length / 0.28f));
        var storey = plan.Height / plan.Floors;
        for (var v = 0f; v < top; v += storey)
        {
            path.MoveTo(wall.At(0, v + 0.01f));
            path.LineTo(wall.At(wall.Length, v + 0.01f));
        }

        for (var i = 0; i <= bays; i++)
        {
            path.MoveTo(wall.At(wall.Length * i / bays, 0));
            path.LineTo(wall.At(wall.Length * i / bays, top));
        }

        for (var floor = 0; floor < plan.Floors; floor++)
        {
            var rising = random.Chance(0.5);
            foreach (var bay in (ReadOnlySpan<int>)[0, bays - 1])
            {
                var (from, to) = (wall.Length * bay / bays, wall.Length * (bay + 1) / bays);
                var up = rising == (bay == 0);
                path.MoveTo(wall.At(up ? from : to, floor * storey));
                path.LineTo(wall.At(up ? to : from, (floor + 1) * storey));
            }
        }

        sketch.Painter.Line(path, 0.024f * wall.Scale, "timber", beam);
    }
}
