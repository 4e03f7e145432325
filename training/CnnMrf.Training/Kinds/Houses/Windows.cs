using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Houses;

/// <summary>What all windows of a house have in common.</summary>
/// <param name="Across">Panes beside each other.</param>
/// <param name="Up">Panes above each other.</param>
/// <param name="Frame">The frame's width, units.</param>
/// <param name="Glass">The glass' colour, lit.</param>
/// <param name="Shine">0: none; 1: a slanted light; 2: the sky above, dark below; 3: curtains.</param>
/// <param name="Shutters">Whether there are any.</param>
/// <param name="Sill">Whether there is one.</param>
/// <param name="Flowers">Whether flowers stand on it.</param>
internal sealed record WindowStyle(int Across, int Up, float Frame, SKColor Glass, int Shine, bool Shutters, bool Sill, bool Flowers);

/// <summary>Draws windows.</summary>
internal static class Windows
{
    /// <summary>A house's style.</summary>
    public static WindowStyle StyleOf(SceneRandom random, HousePlan plan)
    {
        var glass = plan.Lit
            ? Tint.Hsv(random.Between(36, 54), random.Between(0.35f, 0.75f), random.Between(0.9f, 1))
            : plan.Air.Lit(random.Chance(0.7)
                ? Tint.Hsv(random.Between(190, 235), random.Between(0.1f, 0.45f), random.Between(0.15f, 0.6f))
                : Tint.Hsv(random.Between(185, 215), random.Between(0.15f, 0.5f), random.Between(0.7f, 1)));
        return new(1 + random.Below(3), 1 + random.Below(3), random.Between(0.012f, 0.03f), glass, plan.Flat ? random.Below(2)
            : random.Below(4),
            plan.Arch == Arch.None && !plan.Church && !plan.Barn && random.Chance(0.28), random.Chance(0.5), random.Chance(0.12));
    }

    /// <summary>Draws one.</summary>
    public static void Draw(Sketch sketch, SceneRandom random, HousePlan plan, Wall wall, WindowStyle style, int side,
        float left, float bottom, float right, float top)
    {
        var frame = plan.Seen(plan.FrameColour, side);
        var f = style.Frame;
        if (style.Shutters)
        {
            var shutter = plan.Seen(plan.TrimColour, side);
            var w = (right - left) * 0.42f;
            wall.Box(sketch, "shutter", shutter, left - w - f, bottom, left - f, top);
            wall.Box(sketch, "shutter", shutter, right + f, bottom, right + w + f, top);
            if (plan.Detail > 0.4f)
            {
                for (var i = 1; i < 4; i++)
                {
                    var v = bottom + ((top - bottom) * i / 4);
                    Bar(sketch, wall, "shutter", Tint.Shade(shutter, 0.75f), 0.008f, left - w - f, v, left - f, v);
                    Bar(sketch, wall, "shutter", Tint.Shade(shutter, 0.75f), 0.008f, right + f, v, right + w + f, v);
                }
            }
        }

        using (var outer = wall.Opening(left - f, bottom - f, right + f, top + f, plan.Arch))
        {
            sketch.Fill(outer, "window.frame", frame);
        }

        using (var pane = wall.Opening(left, bottom, right, top, plan.Arch))
        {
            sketch.Fill(pane, "window.glass", style.Glass);
            using var inside = plan.Arch == Arch.None ? null : sketch.Inside(pane);
            Shine(sketch, random, wall, style, left, bottom, right, top);
            for (var i = 1; i < style.Across; i++)
            {
                var u = left + ((right - left) * i / style.Across);
                Bar(sketch, wall, "window.frame", frame, f * 0.8f, u, bottom, u, top);
            }

            for (var i = 1; i < style.Up; i++)
            {
                var v = bottom + ((top - bottom) * i / style.Up);
                Bar(sketch, wall, "window.frame", frame, f * 0.8f, left, v, right, v);
            }
        }

        if (style.Sill)
        {
            wall.Box(sketch, "window.frame", Tint.Shade(frame, 0.88f), left - (2 * f), bottom - (2 * f), right + (2 * f), bottom - f);
        }

        if (style.Flowers && side == 0)
        {
            var green = plan.Air.Lit(Tint.Hsv(110, 0.5f, 0.45f));
            wall.Box(sketch, "tree.leaves", green, left - f, bottom - 0.01f, right + f, bottom + 0.03f);
            var bloom = plan.Air.Lit(Tint.Hsv(random.Between(-40, 50), 0.7f, 0.95f));
            for (var i = 0; i < 4; i++)
            {
                var place = wall.At(left + ((right - left) * (i + 0.5f) / 4), bottom + 0.025f);
                sketch.Ellipse(place.X, place.Y, 0.014f * wall.Scale, 0.014f * wall.Scale, "flower", bloom);
            }
        }
    }

    /// <summary>A round one.</summary>
    public static void Round(Sketch sketch, HousePlan plan, Wall wall, float u, float v, float radius)
    {
        var (middle, edge) = (wall.At(u, v), wall.At(u + radius, v));
        var (rx, ry) = (edge.X - middle.X, radius * wall.Scale);
        var frame = plan.Seen(plan.FrameColour);
        sketch.Ellipse(middle.X, middle.Y, rx * 1.25f, ry * 1.25f, "window.frame", frame);
        sketch.Ellipse(middle.X, middle.Y, rx, ry, "window.glass", plan.Lit ? Tint.Hsv(45, 0.5f, 1)
            : plan.Air.Lit(Tint.Hsv(215, 0.3f, 0.4f)));
        sketch.Line("window.frame", ry * 0.15f, frame, middle.X, middle.Y - ry, middle.X, middle.Y + ry);
        sketch.Line("window.frame", ry * 0.15f, frame, middle.X - rx, middle.Y, middle.X + rx, middle.Y);
    }

    private static void Shine(Sketch sketch, SceneRandom random, Wall wall, WindowStyle style, float left, float bottom, float right,
        float top)
    {
        var (w, h) = (right - left, top - bottom);
        switch (style.Shine)
        {
            case 1:
                sketch.Polygon("window.glass", Tint.Shade(style.Glass, 1.3f), wall.At(left, top), wall.At(left + (w * 0.6f), top),
                    wall.At(left, bottom + (h * 0.3f)));
                break;
            case 2:
                wall.Box(sketch, "window.glass", Tint.Shade(style.Glass, random.Between(0.5f, 0.8f)), left, bottom, right, bottom
                    + (h * random.Between(0.25f, 0.6f)));
                break;
            case 3:
                var cloth = Tint.Shade(style.Glass, 1.55f);
                sketch.Polygon("curtain", cloth, wall.At(left, top), wall.At(left + (w * 0.45f), top),
                    wall.At(left + (w * 0.12f), bottom + (h * 0.3f)), wall.At(left, bottom));
                sketch.Polygon("curtain", cloth, wall.At(right, top), wall.At(right - (w * 0.45f), top),
                    wall.At(right - (w * 0.12f), bottom + (h * 0.3f)), wall.At(right, bottom));
                break;
        }
    }

    private static void Bar(Sketch sketch, Wall wall, string part, SKColor colour, float width, float u, float v, float u2, float v2)
    {
        var (from, to) = (wall.At(u, v), wall.At(u2, v2));
        sketch.Line(part, width * wall.Scale, colour, from.X, from.Y, to.X, to.Y);
    }
}
