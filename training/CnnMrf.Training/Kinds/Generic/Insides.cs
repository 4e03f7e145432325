using SkiaSharp;

namespace CnnMrf.Training.Kinds.Generic;

/// <summary>Fine structure inside an object.</summary>
internal static class Insides
{
    /// <summary>Draws some structure within an outline.</summary>
    /// <param name="scene">The scene.</param>
    /// <param name="outline">The object's outline.</param>
    /// <param name="part">The object's name; what is in it is named after it.</param>
    /// <param name="colour">Its colour.</param>
    public static void Draw(GenericScene scene, SKPath outline, string part, SKColor colour)
    {
        var random = scene.Random;
        var bounds = outline.Bounds;
        using var inside = scene.Painter.Inside(outline);
        var kinds = random.Chance(0.3) ? 2 : 1;
        for (var i = 0; i < kinds; i++)
        {
            // Markings may belong to the object (and follow its colour) or be coloured on their own.
            var mark = random.Chance(0.6) ? $"{part}.mark{i}" : part;
            var ink = scene.Against(colour);
            switch (random.Below(12))
            {
                case 0:
                    Veins(scene, bounds, mark, ink);
                    break;
                case 1:
                    Spots(scene, bounds, mark, ink);
                    break;
                case 2:
                    Ridges(scene, bounds, mark, ink);
                    break;
                case 3:
                    Hairs(scene, bounds, mark, ink);
                    break;
                case 4:
                    Cracks(scene, bounds, mark, ink);
                    break;
                case 5:
                    Lettering.DrawRows(scene, bounds, mark, ink);
                    break;
                case 6:
                    Rings(scene, outline, mark, ink);
                    break;
                case 7:
                    Tiles(scene, bounds, mark, ink);
                    break;
                case 8:
                    Shade(scene, bounds, part, colour);
                    break;
                case 9:
                case 10:
                    Mottle.Draw(scene, bounds, part, colour, 8 + (int)(200 * MathF.Min(bounds.Width * bounds.Height, 0.5f)));
                    break;
                default:
                    Patches(scene, bounds, part);
                    break;
            }
        }
    }

    public static void Cracks(GenericScene scene, SKRect bounds, string part, SKColor ink)
    {
        var random = scene.Random;
        using var path = new SKPath();
        var count = 1 + random.Below(4);
        var step = bounds.Width * random.Between(0.05f, 0.12f);
        for (var i = 0; i < count; i++)
        {
            var at = scene.Place(bounds);
            var angle = random.Between(0, MathF.Tau);
            path.MoveTo(at);
            for (var k = 3 + random.Below(14); k > 0; k--)
            {
                angle += random.Normal(0, 0.6f);
                var (sin, cos) = MathF.SinCos(angle);
                at = new(at.X + (cos * step), at.Y + (sin * step));
                path.LineTo(at);
            }
        }

        scene.Painter.Line(path, Thin(scene), part, ink);
    }

    public static void Hairs(GenericScene scene, SKRect bounds, string part, SKColor ink)
    {
        var random = scene.Random;
        float angle = random.Between(0, MathF.Tau), spread = random.Between(0.05f, 0.6f), turn = random.Between(-2, 2);
        var length = MathF.Min(bounds.Width, bounds.Height) * random.Between(0.15f, 0.6f);
        var width = Thin(scene) * 0.7f;
        for (var tone = 0; tone < 2; tone++)
        {
            using var path = new SKPath();
            for (var i = 12 + random.Below(25); i > 0; i--)
            {
                var at = scene.Place(bounds);
                var own = angle + (turn * (at.X - bounds.MidX)) + random.Normal(0, spread);
                var (sin, cos) = MathF.SinCos(own);
                path.MoveTo(at);
                path.QuadTo(
                    at.X + (cos * length / 2), at.Y + (sin * length / 2),
                    at.X + (cos * length) - (sin * length * 0.2f), at.Y + (sin * length) + (cos * length * 0.2f));
            }

            scene.Painter.Line(path, width, part, GenericScene.Lighter(ink, tone * random.Between(-0.2f, 0.2f)));
        }
    }

    /// <summary>A soft light and a soft shadow in a few steps.</summary>
    public static void Shade(GenericScene scene, SKRect bounds, string part, SKColor colour)
    {
        var random = scene.Random;
        var amount = random.Between(-0.3f, 0.3f);
        float x = random.Between(-0.4f, 0.4f), y = random.Between(-0.4f, 0.4f);
        const int Steps = 5;
        for (var i = 1; i <= Steps; i++)
        {
            var t = (float)i / Steps;
            scene.Painter.Ellipse(
                bounds.MidX + (x * t * bounds.Width), bounds.MidY + (y * t * bounds.Height),
                bounds.Width * 0.7f * (1.1f - t), bounds.Height * 0.7f * (1.1f - t), part, GenericScene.Lighter(colour, amount * t));
        }
    }

    private static void Veins(GenericScene scene, SKRect bounds, string part, SKColor ink)
    {
        var random = scene.Random;
        using var path = new SKPath();
        var (sin, cos) = MathF.SinCos(random.Between(0, MathF.Tau));
        float half = MathF.Max(bounds.Width, bounds.Height) / 2, slant = random.Between(0.3f, 1.2f), width = random.Between(0.3f, 0.8f);
        SKPoint At(float along, float across) =>
            new(bounds.MidX + (half * ((along * cos) - (across * sin))), bounds.MidY + (half * ((along * sin) + (across * cos))));
        path.MoveTo(At(-1, 0));
        path.LineTo(At(1, 0));
        var count = 4 + random.Below(7);
        for (var i = 0; i < count; i++)
        {
            var along = -1 + (2f * (i + 0.5f) / count);
            path.MoveTo(At(along + (slant * width), width));
            path.QuadTo(At(along, width * 0.4f), At(along, 0));
            path.QuadTo(At(along, -width * 0.4f), At(along + (slant * width), -width));
        }

        scene.Painter.Line(path, Thin(scene), part, ink);
    }

    private static void Spots(GenericScene scene, SKRect bounds, string part, SKColor ink)
    {
        var random = scene.Random;
        var size = MathF.Min(bounds.Width, bounds.Height);
        using var path = new SKPath();
        for (var i = 5 + random.Below(25); i > 0; i--)
        {
            var at = scene.Place(bounds);
            var radius = scene.Size(MathF.Max(size * 0.02f, 0.003f), MathF.Max(size * 0.15f, 0.01f));
            path.AddOval(new(at.X - radius, at.Y - (radius * 0.8f), at.X + radius, at.Y + (radius * 0.8f)));
        }

        scene.Painter.Fill(path, part, ink);
    }

    private static void Ridges(GenericScene scene, SKRect bounds, string part, SKColor ink)
    {
        var random = scene.Random;
        using var path = new SKPath();
        var reach = MathF.Max(bounds.Width, bounds.Height) * 0.75f;
        var (sin, cos) = MathF.SinCos(random.Between(0, MathF.Tau));
        var bend = random.Between(-0.6f, 0.6f) * reach;
        var count = 4 + random.Below(12);
        for (var i = 0; i < count; i++)
        {
            var across = reach * (((i + random.Between(0.3f, 0.7f)) * 2 / count) - 1);
            SKPoint At(float along, float more) => new(
                bounds.MidX + (along * cos) - ((across + more) * sin), bounds.MidY + (along * sin) + ((across + more) * cos));
            path.MoveTo(At(-reach, 0));
            path.QuadTo(At(0, bend), At(reach, 0));
        }

        scene.Painter.Line(path, Thin(scene) * random.Between(0.8f, 2), part, ink);
    }

    private static void Rings(GenericScene scene, SKPath outline, string part, SKColor ink)
    {
        var random = scene.Random;
        var bounds = outline.Bounds;
        var count = 2 + random.Below(4);
        using var path = new SKPath();
        for (var i = 1; i <= count; i++)
        {
            var scale = 1 - ((float)i / (count + 1));
            path.AddPath(outline, SKMatrix.CreateScale(scale, scale, bounds.MidX, bounds.MidY));
        }

        scene.Painter.Line(path, Thin(scene), part, ink);
    }

    private static void Tiles(GenericScene scene, SKRect bounds, string part, SKColor ink)
    {
        var random = scene.Random;
        int rows = 3 + random.Below(8), columns = 3 + random.Below(6);
        var offset = random.Chance(0.6);
        using var path = new SKPath();
        for (var row = 0; row <= rows; row++)
        {
            var y = bounds.Top + (bounds.Height * row / rows);
            path.MoveTo(bounds.Left, y);
            path.LineTo(bounds.Right, y);
            for (var column = 0; column <= columns; column++)
            {
                var x = bounds.Left + (bounds.Width * (column + (offset && row % 2 == 1 ? 0.5f : 0)) / columns);
                path.MoveTo(x, y);
                path.LineTo(x, y + (bounds.Height / rows));
            }
        }

        scene.Painter.Line(path, Thin(scene), part, ink);
    }

    private static void Patches(GenericScene scene, SKRect bounds, string part)
    {
        var random = scene.Random;
        var size = MathF.Max(bounds.Width, bounds.Height) / 2;
        var count = 2 + random.Below(5);
        for (var i = 0; i < count; i++)
        {
            using var patch = Shapes.Place(
                Shapes.Any(random), scene.Place(bounds), size * random.Between(0.15f, 0.6f), random.Between(0, 360));
            scene.Painter.Fill(patch, $"{part}.{i}", scene.Colour());
        }
    }

    private static float Thin(GenericScene scene) => scene.Random.Between(0.004f, 0.012f);
}
