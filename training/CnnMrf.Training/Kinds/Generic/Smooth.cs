using SkiaSharp;

namespace CnnMrf.Training.Kinds.Generic;

/// <summary>Almost empty areas, as skin and sky: faint shading and faint detail are all there is to find a place by.</summary>
internal static class Smooth
{
    public static void DrawFaint(GenericScene scene, SKRect area, int budget)
    {
        var random = scene.Random;
        var (part, colour) = (scene.NewPart(), scene.Colour());
        using (var ground = Shapes.Place(
            Shapes.Blob(random, 7, 0.3f), new(area.MidX, area.MidY),
            MathF.Max(area.Width, area.Height) * random.Between(0.45f, 0.9f), random.Between(0, 360)))
        {
            scene.Painter.Fill(ground, part, colour);
        }

        var clouds = 2 + random.Below(5);
        for (var i = 0; i < clouds; i++)
        {
            Cloud(scene, scene.Place(area), random.Between(0.1f, 0.4f), part, colour, random.Normal(0, 0.07f));
        }

        if (random.Chance(0.5))
        {
            Mottle.Draw(scene, area, part, colour, 40 + budget);
        }

        var details = Math.Min(budget / 3, 4 + random.Below(20));
        for (var i = 0; i < details; i++)
        {
            var at = scene.Place(area);
            var ink = GenericScene.Lighter(colour, random.Normal(0, 0.09f));
            var mark = random.Chance(0.5) ? part : scene.NewPart();
            if (random.Chance(0.5))
            {
                var radius = scene.Size(0.004f, 0.04f);
                scene.Painter.Ellipse(at.X, at.Y, radius, radius * random.Between(0.5f, 1), mark, ink);
            }
            else
            {
                scene.Painter.Curve(
                    mark, random.Between(0.004f, 0.012f), ink,
                    Strokes.Walk(random, at, random.Between(0, MathF.Tau), random.Between(0.03f, 0.25f), 4, 0.4f));
            }
        }
    }

    /// <summary>A slope of light in steps.</summary>
    public static void DrawBands(GenericScene scene, SKRect area, int budget)
    {
        var random = scene.Random;
        var (part, from, to) = (scene.NewPart(), scene.Colour(), scene.Colour());
        var steps = Math.Clamp(budget, 4, 16);
        using var turned = scene.Painter.At(area.MidX, area.MidY, MathF.Max(area.Width, area.Height), random.Between(0, 360));
        for (var i = 0; i < steps; i++)
        {
            var t = (float)i / steps;
            var colour = new SKColor(Mix(from.Red, to.Red, t), Mix(from.Green, to.Green, t), Mix(from.Blue, to.Blue, t));
            scene.Painter.Polygon(part, colour, new(-1, t - 0.5f), new(1, t - 0.5f), new(1, 1), new(-1, 1));
        }
    }

    private static void Cloud(GenericScene scene, SKPoint at, float radius, string part, SKColor colour, float tone)
    {
        const int Steps = 5;
        var random = scene.Random;
        var seed = random.NextBits();
        var degrees = random.Between(0, 360);
        for (var i = 0; i < Steps; i++)
        {
            using var ring = Shapes.Place(
                Shapes.Blob(new(seed), 7, 0.5f), at, radius * (1 - (0.8f * i / Steps)), degrees);
            scene.Painter.Fill(ring, part, GenericScene.Lighter(colour, tone * (i + 1) / Steps));
        }
    }

    private static byte Mix(byte from, byte to, float share) => (byte)MathF.Round(from + ((to - from) * share));
}
