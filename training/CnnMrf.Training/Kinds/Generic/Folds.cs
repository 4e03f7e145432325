using SkiaSharp;

namespace CnnMrf.Training.Kinds.Generic;

/// <summary>Surfaces known by their shading alone: crumpled paper and draped cloth.</summary>
internal static class Folds
{
    /// <summary>A crumpled sheet: flat facets, each as light as it faces the light.</summary>
    public static void DrawFacets(GenericScene scene, SKRect area, int budget)
    {
        var random = scene.Random;
        var cells = Math.Clamp((int)MathF.Sqrt(budget * 0.5f), 3, 9);
        var points = new (SKPoint At, float Height)[(cells + 1) * (cells + 1)];
        for (var i = 0; i < points.Length; i++)
        {
            float x = (i % (cells + 1)) + random.Between(-0.35f, 0.35f), y = (i / (cells + 1)) + random.Between(-0.35f, 0.35f);
            points[i] = (
                new(area.Left + (area.Width * x / cells), area.Top + (area.Height * y / cells)), random.Between(-1, 1));
        }

        var (part, colour) = (scene.NewPart(), scene.Colour());
        var separate = random.Chance(0.3);
        float contrast = random.Between(0.03f, 0.35f);
        var (sin, cos) = MathF.SinCos(random.Between(0, MathF.Tau));
        for (var cell = 0; cell < cells * cells; cell++)
        {
            var at = (cell / cells * (cells + 1)) + (cell % cells);
            int[] corners = [at, at + 1, at + cells + 2, at + cells + 1];
            var first = random.Below(2);
            for (var half = 0; half < 2; half++)
            {
                int a = corners[first], b = corners[(first + 1 + half) % 4], c = corners[(first + 2 + half) % 4];

                // The slope of the plane through three corners, against the light's direction.
                float height = points[a].Height, right = points[b].Height - height, down = points[c].Height - height;
                var facing = Math.Clamp((right * cos) + (down * sin), -1.2f, 1.2f);
                scene.Painter.Polygon(
                    separate ? scene.NewPart() : part, GenericScene.Lighter(colour, contrast * facing),
                    points[a].At, points[b].At, points[c].At);
            }
        }
    }

    /// <summary>Drapery: soft creases, each a light side and a dark side in a few steps.</summary>
    public static void DrawCreases(GenericScene scene, SKRect area, int budget)
    {
        var random = scene.Random;
        var (part, colour) = (scene.NewPart(), scene.Colour());
        if (random.Chance(0.5))
        {
            using var cloth = Shapes.Place(
                Shapes.Blob(random, 8, 0.4f), new(area.MidX, area.MidY), MathF.Max(area.Width, area.Height) * 0.6f, random.Between(0, 360));
            scene.Painter.Fill(cloth, part, colour);
        }

        var count = Math.Clamp(budget / 8, 2, 12);
        float angle = random.Between(0, MathF.Tau), spread = random.Between(0.1f, 1), contrast = random.Between(0.02f, 0.25f);
        const int Steps = 4;
        for (var i = 0; i < count; i++)
        {
            var points = Strokes.Walk(
                random, scene.Place(area), angle + random.Normal(0, spread), random.Between(0.3f, 1.2f), 5, random.Between(0.05f, 0.5f));
            var width = random.Between(0.03f, 0.16f);
            var tone = random.Chance(0.5) ? contrast : -contrast;
            for (var step = 0; step < Steps; step++)
            {
                using var crease = Strokes.Tapered(points, width * (1 - ((float)step / Steps)), bothEnds: true);
                scene.Painter.Fill(crease, part, GenericScene.Lighter(colour, tone * (step + 1) / Steps));
            }
        }
    }
}
