using SkiaSharp;

namespace CnnMrf.Training.Kinds.Generic;

/// <summary>Straight things as on buildings: fronts with windows, bars, beams, lines that meet far away.</summary>
internal static class Structures
{
    public static void DrawFacade(GenericScene scene, SKRect area, int budget)
    {
        var random = scene.Random;
        var (wall, wallColour) = (scene.NewPart(), scene.Colour());
        using var moved = scene.Painter.Moved(SKMatrix.CreateTranslation(area.MidX, area.MidY)
            .PreConcat(new(1, random.Normal(0, 0.12f), 0, random.Normal(0, 0.25f), 1, 0, 0, 0, 1))
            .PreConcat(SKMatrix.CreateScale(area.Width * random.Between(0.6f, 1.1f), area.Height * random.Between(0.6f, 1.1f))));
        var front = new SKRect(-0.5f, -0.5f, 0.5f, 0.5f);
        Box(scene, front, wall, wallColour);
        if (random.Chance(0.4))
        {
            Bricks(scene, front, wall, scene.Against(wallColour));
        }

        int columns = 2 + random.Below(6), rows = Math.Clamp(budget / 3 / columns, 1, 1 + random.Below(6));
        float width = random.Between(0.35f, 0.75f) / columns, height = random.Between(0.4f, 0.8f) / rows;
        var arched = random.Chance(0.3);
        var frame = random.Between(0.005f, 0.02f);
        SKColor glass = scene.Colour(), edge = scene.Colour();
        for (var i = 0; i < rows * columns; i++)
        {
            float x = -0.5f + (((i % columns) + 0.5f) / columns), y = -0.5f + (((i / columns) + 0.5f) / rows);
            using var window = new SKPath();
            var box = new SKRect(x - (width / 2), y - (height / 2), x + (width / 2), y + (height / 2));
            if (arched)
            {
                window.MoveTo(box.Left, box.Bottom);
                window.LineTo(box.Left, box.MidY);
                window.ArcTo(new(box.Left, box.Top, box.Right, box.Bottom), 180, 180, false);
                window.LineTo(box.Right, box.Bottom);
                window.Close();
            }
            else
            {
                window.AddRect(box);
            }

            var part = scene.NewPart();
            scene.Painter.Fill(window, part, GenericScene.Lighter(glass, random.Normal(0, 0.08f)));
            using var bars = new SKPath();
            bars.AddPath(window);
            bars.MoveTo(box.MidX, box.Top);
            bars.LineTo(box.MidX, box.Bottom);
            bars.MoveTo(box.Left, box.MidY);
            bars.LineTo(box.Right, box.MidY);
            scene.Painter.Line(bars, frame, part + ".mark", edge);
        }
    }

    public static void DrawLines(GenericScene scene, SKRect area, int budget)
    {
        var random = scene.Random;
        var count = Math.Clamp((int)(budget * random.Between(0.1f, 0.4f)), 4, 40);
        var width = random.Between(0.004f, 0.03f);
        switch (random.Below(4))
        {
            case 0:
                // Beams that meet far away, and some across.
                var far = scene.Place(area);
                for (var i = 0; i < count; i++)
                {
                    var (sin, cos) = MathF.SinCos(random.Between(0, MathF.Tau));
                    var wide = random.Between(0.01f, 0.08f);
                    scene.Painter.Polygon(
                        scene.NewPart(), scene.Colour(), far,
                        new((far.X + (2 * cos)) - (wide * 2 * sin), far.Y + (2 * sin) + (wide * 2 * cos)),
                        new(far.X + (2 * cos) + (wide * 2 * sin), far.Y + (2 * sin) - (wide * 2 * cos)));
                }

                break;
            case 1:
                // A fence: bars side by side, each its own.
                var slant = random.Normal(0, 0.15f);
                for (var i = 0; i < count; i++)
                {
                    var x = area.Left + (area.Width * (i + 0.5f) / count);
                    using var bar = Segment(x - slant, area.Top, x + slant, area.Bottom);
                    scene.Painter.Line(bar, MathF.Min(width, 0.6f * area.Width / count), scene.NewPart(), scene.Colour());
                }

                break;
            case 2:
                // A grid, turned.
                var part = scene.NewPart();
                using (scene.Painter.At(area.MidX, area.MidY, 1, random.Between(-45, 45)))
                {
                    using var grid = new SKPath();
                    for (var i = -count / 2; i <= count / 2; i++)
                    {
                        var at = 1.6f * i / count;
                        grid.MoveTo(at, -0.8f);
                        grid.LineTo(at, 0.8f);
                        grid.MoveTo(-0.8f, at);
                        grid.LineTo(0.8f, at);
                    }

                    scene.Painter.Line(grid, width / 2, part, scene.Colour());
                }

                break;
            default:
                for (var i = 0; i < count; i++)
                {
                    SKPoint from = scene.Place(area), to = scene.Place(area);
                    using var wire = Segment(from.X, from.Y, to.X, to.Y);
                    scene.Painter.Line(wire, scene.Size(0.004f, 0.04f), scene.NewPart(), scene.Colour());
                }

                break;
        }
    }

    private static void Bricks(GenericScene scene, SKRect area, string part, SKColor ink)
    {
        var random = scene.Random;
        int rows = 8 + random.Below(14), columns = 5 + random.Below(6);
        using var path = new SKPath();
        for (var row = 0; row < rows; row++)
        {
            var y = area.Top + (area.Height * row / rows);
            path.MoveTo(area.Left, y);
            path.LineTo(area.Right, y);
            for (var column = 0; column < columns; column++)
            {
                var x = area.Left + (area.Width * (column + (0.5f * (row % 2))) / columns);
                path.MoveTo(x, y);
                path.LineTo(x, y + (area.Height / rows));
            }
        }

        scene.Painter.Line(path, 0.005f, part, ink);
    }

    private static void Box(GenericScene scene, SKRect box, string part, SKColor colour) => scene.Painter.Polygon(
        part, colour, new(box.Left, box.Top), new(box.Right, box.Top), new(box.Right, box.Bottom), new(box.Left, box.Bottom));

    private static SKPath Segment(float fromX, float fromY, float toX, float toY)
    {
        var path = new SKPath();
        path.MoveTo(fromX, fromY);
        path.LineTo(toX, toY);
        return path;
    }
}
