using SkiaSharp;

namespace CnnMrf.Training.Kinds.Generic;

/// <summary>Dead leaves: shapes of all sizes over one another, the larger ones with something inside.</summary>
internal static class Leaves
{
    public static void Draw(GenericScene scene, SKRect area, int budget)
    {
        var random = scene.Random;
        var sorts = Shapes.Sorts(random);
        float least = random.Between(0.008f, 0.03f), greatest = random.Between(0.12f, 0.45f);
        var count = (int)(budget * random.Between(0.5f, 1.2f));
        var sizes = new float[count];
        for (var i = 0; i < count; i++)
        {
            sizes[i] = scene.Size(least, greatest);
        }

        // Sorted, the small ones lie in front and are seen; unsorted, only some are.
        if (random.Chance(0.6))
        {
            Array.Sort(sizes);
            Array.Reverse(sizes);
        }

        var inside = random.Chance(0.75) ? random.Between(0.2f, 0.9f) : 0;
        var upright = random.Chance(0.3);
        foreach (var size in sizes)
        {
            using var shape = Shapes.Place(
                Shapes.Of(sorts, random), scene.Place(area), size, upright ? random.Normal(0, 6) : random.Between(0, 360));
            var (part, colour) = (scene.NewPart(), scene.Colour());
            scene.Painter.Fill(shape, part, colour);
            if (size > 0.05f && random.Chance(inside))
            {
                Insides.Draw(scene, shape, part, colour);
            }
        }
    }

    /// <summary>Few, smooth, large.</summary>
    public static void DrawBlobs(GenericScene scene, SKRect area, int budget)
    {
        var random = scene.Random;
        var count = Math.Min(budget, 4 + random.Below(20));
        for (var i = 0; i < count; i++)
        {
            using var shape = Shapes.Place(
                Shapes.Blob(random, 4 + random.Below(6), random.Between(0.1f, 0.6f)), scene.Place(area),
                random.Between(0.06f, 0.35f), random.Between(0, 360));
            var (part, colour) = (scene.NewPart(), scene.Colour());
            scene.Painter.Fill(shape, part, colour);
            if (random.Chance(0.5))
            {
                Insides.Draw(scene, shape, part, colour);
            }
        }
    }
}
