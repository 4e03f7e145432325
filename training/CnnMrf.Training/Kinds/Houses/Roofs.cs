using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Houses;

/// <summary>Draws roofs, dormers and chimneys.</summary>
internal static class Roofs
{
    private const string Part = "roof";

    /// <summary>The roof over the walls.</summary>
    public static void Draw(Sketch sketch, SceneRandom random, HousePlan plan, HouseView view, List<HouseMark> marks)
    {
        var tiles = random.Below(4);
        var (w, d) = (plan.Width / 2, plan.Depth / 2);
        var (o, top) = (plan.Overhang, plan.Height + plan.Rise);
        // The slope goes on beyond the wall, so the eaves hang below the wall's top.
        switch (plan.Roof)
        {
            case RoofSort.Along:
                {
                    var low = plan.Height - (o * plan.Rise / d);
                    SKPoint[] front =
                    [
                        view.At(-w - o, top, 0), view.At(w + o, top, 0), view.At(w + o, low, d + o), view.At(-w - o, low, d + o),
                ];
                    Eave(sketch, plan, view, -1, low);
                    Eave(sketch, plan, view, 1, low);
                    Slope(sketch, random, plan, front, 0, tiles);
                    marks.Add(new("ridge.left", front[0], Part));
                    marks.Add(new("ridge.right", front[1], Part));
                    Eaves(marks, front[3], front[2]);
                    Dormers(sketch, random, plan, view, marks);
                    break;
                }

            case RoofSort.Hip:
                {
                    var low = plan.Height - (o * plan.Rise / d);
                    var ridge = Math.Max(0, w - d);
                    SKPoint At(float x, float z) => view.At(x * (w + o), low, z * (d + o));
                    var (a, b) = (view.At(-ridge, top, 0), view.At(ridge, top, 0));
                    Slope(sketch, random, plan, [a, a, At(-1, 1), At(-1, -1)], -1, tiles);
                    Slope(sketch, random, plan, [b, b, At(1, -1), At(1, 1)], 1, tiles);
                    Slope(sketch, random, plan, [a, b, At(1, 1), At(-1, 1)], 0, tiles);
                    Eaves(marks, At(-1, 1), At(1, 1));
                    marks.Add(new("ridge.left", a, Part));
                    if (ridge > 0.08f)
                    {
                        marks.Add(new("ridge.right", b, Part));
                    }

                    break;
                }

            case RoofSort.Flat:
                {
                    var (low, high) = (plan.Height - 0.01f, top);
                    SKPoint At(float x, float y, float z) => view.At(x * (w + o), y, z * (d + o));
                    HouseView.Face(sketch, Part, plan.Seen(plan.RoofColour, -1), At(-1, high, -1), At(-1, high, 1), At(-1, low, 1),
                        At(-1, low, -1));
                    HouseView.Face(sketch, Part, plan.Seen(plan.RoofColour, 1), At(1, high, 1), At(1, high, -1), At(1, low, -1),
                        At(1, low, 1));
                    HouseView.Face(sketch, Part, plan.Seen(plan.RoofColour), At(-1, high, 1), At(1, high, 1), At(1, low, 1),
                        At(-1, low, 1));
                    HouseView.Face(sketch, Part, plan.Seen(plan.RoofColour), At(-1, high, -1), At(1, high, -1), At(1, high, 1),
                        At(-1, high, 1));
                    Eaves(marks, At(-1, (low + high) / 2, 1), At(1, (low + high) / 2, 1));
                    return;
                }

            default:
                Gable(sketch, random, plan, view, tiles, marks);
                return;
        }

        Middle(marks, view, plan);
    }

    /// <summary>A chimney, at times smoking.</summary>
    public static void Chimney(Sketch sketch, SceneRandom random, HousePlan plan, HouseView view, List<HouseMark> marks)
    {
        var brick = random.Chance(0.6) ? Tint.Hsv(random.Between(5, 25), random.Between(0.25f, 0.6f), random.Between(0.4f, 0.75f))
            : plan.WallColour;
        var half = random.Between(0.04f, 0.075f);
        var along = plan.Roof is RoofSort.Along or RoofSort.Hip or RoofSort.Flat;
        // On the slope that is seen when the ridge runs to the back.
        var x = along ? (plan.Width / 2 * random.Pick(-1f, 1f) * random.Between(0.25f, 0.7f) * (plan.Roof == RoofSort.Hip ? 0.5f : 1))
            : plan.Width * 0.2f * (view.Degrees > 0 ? -1 : 1);
        var z = along ? 0.02f : -plan.Depth * random.Between(0, 0.3f);
        var foot = plan.Height + (plan.Rise * (along ? 0.86f : 0.58f));
        var top = plan.Height + plan.Rise + random.Between(0.08f, 0.22f);
        SKPoint At(float sx, float y, float sz, float grow = 1) => view.At(x + (sx * half * grow), y, z + (sz * half * grow));
        HouseView.Face(sketch, "chimney", plan.Seen(brick, -1), At(-1, top, -1), At(-1, top, 1), At(-1, foot, 1), At(-1, foot, -1));
        HouseView.Face(sketch, "chimney", plan.Seen(brick, 1), At(1, top, 1), At(1, top, -1), At(1, foot, -1), At(1, foot, 1));
        HouseView.Face(sketch, "chimney", plan.Seen(brick), At(-1, top, 1), At(1, top, 1), At(1, foot, 1), At(-1, foot, 1));
        if (random.Chance(0.6))
        {
            sketch.Polygon("chimney", plan.Seen(Tint.Shade(brick, 0.75f)), At(-1, top, 1, 1.3f), At(1, top, 1, 1.3f),
                At(1, top - 0.03f, 1, 1.3f), At(-1, top - 0.03f, 1, 1.3f));
        }

        marks.Add(new("chimney.top", At(0, top - 0.01f, 1), "chimney"));
        marks.Add(new("chimney.foot", At(0, foot + 0.02f, 1), "chimney"));
        if (random.Chance(0.25))
        {
            var grey = Tint.Mix(plan.Air.Low, SKColors.White, 0.5f);
            var place = At(0, top, 0);
            for (var i = 0; i < 4; i++)
            {
                var r = view.Scale * (0.03f + (0.025f * i));
                sketch.Ellipse(place.X + (view.Scale * 0.05f * i * (plan.Air.FromLeft ? 1 : -1)),
                    place.Y - (view.Scale * (0.05f + (0.09f * i))), r * 1.1f, r, "smoke",
                    Tint.Mix(grey, plan.Air.Low, i / 6f));
            }
        }
    }

    private static void Gable(Sketch sketch, SceneRandom random, HousePlan plan, HouseView view, int tiles, List<HouseMark> marks)
    {
        var (w, d, o, top) = (plan.Width / 2, plan.Depth / 2, plan.Overhang, plan.Height + plan.Rise);
        var bent = plan.Roof == RoofSort.Gambrel;
        var (kneeX, kneeY) = bent ? (w * 0.72f, plan.Height + (plan.Rise * 0.62f)) : (w / 2, plan.Height + (plan.Rise / 2));
        var slope = bent ? plan.Rise * 0.62f / (w * 0.28f) : plan.Rise / w;
        var outer = bent ? o * 0.4f : o;
        var low = plan.Height - (outer * slope);
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            SKPoint At(float x, float y, float z) => view.At(side * x, y, z);
            void Quad(float x, float y, float x2, float y2)
            {
                var (near, far) = (d + o, -d - o);
                SKPoint[] corners = side < 0
                    ? [At(x, y, far), At(x, y, near), At(x2, y2, near), At(x2, y2, far)]
                    : [At(x, y, near), At(x, y, far), At(x2, y2, far), At(x2, y2, near)];
                if (Slope(sketch, random, plan, corners, side, tiles) && !bent && view.Degrees * side < -8)
                {
                    marks.Add(new("roof.middle", new(corners.Average(c => c.X), corners.Average(c => c.Y)), Part));
                    marks.Add(new($"ridge.far.{(side < 0 ? "left" : "right")}", At(x, y, far), Part));
                }
            }

            if (bent)
            {
                Quad(0, top, kneeX, kneeY);
                Quad(kneeX, kneeY, w + outer, low);
            }
            else
            {
                Quad(0, top, w + outer, low);
            }
        }

        // The gable's verges: boards with the roof's thickness.
        var verge = plan.Seen(Tint.Shade(plan.RoofColour, random.Pick(0.75f, 1, 1.25f)));
        using var path = new SKPath();
        path.MoveTo(view.At(-w - outer, low, d + o));
        path.LineTo(view.At(-kneeX, kneeY, d + o));
        path.LineTo(view.At(0, top, d + o));
        path.LineTo(view.At(kneeX, kneeY, d + o));
        path.LineTo(view.At(w + outer, low, d + o));
        sketch.Painter.Line(path, view.Scale * random.Between(0.03f, 0.06f), plan.Snow ? "snow" : Part, plan.Snow
            ? plan.Air.Lit(SKColors.White) : verge);
        var edge = plan.Snow ? "snow" : Part;
        marks.Add(new("gable.apex", view.At(0, top, d + o), edge));
        marks.Add(new("gable.slope.left", view.At(-kneeX, kneeY, d + o), edge));
        marks.Add(new("gable.slope.right", view.At(kneeX, kneeY, d + o), edge));
        marks.Add(new("eaves.left", view.At(-w - outer, low, d + o), edge));
        marks.Add(new("eaves.right", view.At(w + outer, low, d + o), edge));
    }

    private static void Eave(Sketch sketch, HousePlan plan, HouseView view, int side, float low)
    {
        var (w, d, o, top) = (side * plan.Width / 2, plan.Depth / 2, plan.Overhang, plan.Height + plan.Rise);
        SKPoint[] wall =
        [
            view.At(w, plan.Height, d * side), view.At(w, plan.Height, -d * side), view.At(w, 0, -d * side), view.At(w, 0, d * side),
        ];
        if (HouseView.Seen(wall))
        {
            // From beside one sees the hind slope from below, where it reaches over the gable.
            var outer = w + (side * o);
            sketch.Polygon(Part, plan.Seen(Tint.Shade(plan.RoofColour, 0.7f), side), view.At(w, top, 0), view.At(outer, top, 0),
                view.At(outer, low, -d - o), view.At(w, low, -d - o));
        }
    }

    private static void Eaves(List<HouseMark> marks, SKPoint left, SKPoint right)
    {
        marks.Add(new("eaves.left", left, Part));
        marks.Add(new("eaves.right", right, Part));
        marks.Add(new("eaves.middle", new((left.X + right.X) / 2, (left.Y + right.Y) / 2), Part));
    }

    private static void Middle(List<HouseMark> marks, HouseView view, HousePlan plan)
    {
        var (y, z) = (plan.Height + (plan.Rise * 0.5f), plan.Depth * 0.25f);
        marks.Add(new("roof.middle", view.At(0, y, z), Part));
        marks.Add(new("roof.middle.left", view.At(-plan.Width * 0.3f, y, z), Part));
        marks.Add(new("roof.middle.right", view.At(plan.Width * 0.3f, y, z), Part));
    }

    private static bool Slope(Sketch sketch, SceneRandom random, HousePlan plan, SKPoint[] corners, int side, int tiles)
    {
        if (!HouseView.Seen(corners))
        {
            return false;
        }

        var colour = plan.Seen(plan.RoofColour, side);
        var part = Part;
        if (plan.Snow)
        {
            (part, colour) = ("snow", plan.Seen(Tint.Hsv(210, 0.04f, 0.97f), side));
        }

        using var path = new SKPath();
        path.AddPoly(corners);
        sketch.Fill(path, part, colour);
        if (tiles == 0 || plan.Snow || plan.Detail < 0.3f)
        {
            return true;
        }

        using var inside = sketch.Inside(path);
        SKPoint At(float a, float b) => new(
            ((corners[0].X + ((corners[1].X - corners[0].X) * a)) * (1 - b)) + ((corners[3].X + ((corners[2].X - corners[3].X) * a)) * b),
            ((corners[0].Y + ((corners[1].Y - corners[0].Y) * a)) * (1 - b)) + ((corners[3].Y + ((corners[2].Y - corners[3].Y) * a)) * b));
        var rows = 5 + random.Below(6);
        var columns = rows * 2;
        using var lines = new SKPath();
        for (var row = 1; row <= rows; row++)
        {
            var b = (float)row / rows;
            if (tiles < 3)
            {
                lines.MoveTo(At(0, b));
                lines.LineTo(At(1, b));
            }

            for (var i = 0; tiles > 1 && i <= columns; i++)
            {
                var a = (i + (row % 2 * (tiles == 2 ? 0.5f : 0))) / columns;
                lines.MoveTo(At(a, b - (1f / rows)));
                lines.LineTo(At(a, b));
            }
        }

        sketch.Painter.Line(lines, 0.004f, part, Tint.Shade(colour, random.Pick(0.7f, 0.8f, 1.2f)));
        return true;
    }

    private static void Dormers(Sketch sketch, SceneRandom random, HousePlan plan, HouseView view, List<HouseMark> marks)
    {
        if (plan.Church || plan.Barn || plan.Detail < 0.4f || plan.Rise < 0.35f || !random.Chance(0.3))
        {
            return;
        }

        var count = 1 + random.Below(3);
        for (var i = 0; i < count; i++)
        {
            var x = plan.Width * (((i + 0.5f) / count) - 0.5f) * 0.85f;
            var (half, z) = (random.Between(0.08f, 0.11f), plan.Depth * 0.33f);
            var foot = plan.Height + (plan.Rise * 0.3f);
            var top = foot + (plan.Rise * 0.32f);
            sketch.Polygon("wall", plan.Seen(plan.WallColour), view.At(x - half, top, z), view.At(x, top + half, z),
                view.At(x + half, top, z),
                view.At(x + half, foot, z), view.At(x - half, foot, z));
            var wall = new Wall(view, (x - half, z), (x + half, z));
            Windows.Draw(sketch, random, plan, wall, Windows.StyleOf(random, plan) with { Shutters = false, Flowers = false, Sill = false },
                0, half * 0.5f, foot + 0.03f, half * 1.5f, top - 0.01f);
            using var edge = new SKPath();
            edge.MoveTo(view.At(x - (half * 1.3f), top - (half * 0.3f), z));
            edge.LineTo(view.At(x, top + half, z));
            edge.LineTo(view.At(x + (half * 1.3f), top - (half * 0.3f), z));
            sketch.Painter.Line(edge, view.Scale * 0.03f, Part, plan.Seen(Tint.Shade(plan.RoofColour, 0.8f)));
            if (count == 1)
            {
                marks.Add(new("dormer.apex", view.At(x, top + half, z), Part));
            }
        }
    }
}
