using SkiaSharp;

namespace CnnMrf.Training.Kinds.Generic;

/// <summary>Things that branch: trees, roots, veins, lightning.</summary>
internal static class Branches
{
    public static void Draw(GenericScene scene, SKRect area, int budget)
    {
        var random = scene.Random;
        var trees = 1 + random.Below(3);
        for (var i = 0; i < trees; i++)
        {
            var (part, colour) = (scene.NewPart(), scene.Colour());
            var from = new SKPoint(random.Between(area.Left, area.Right), random.Chance(0.7) ? area.Bottom : scene.Place(area).Y);
            var tree = new Tree(random.Between(0.25f, 0.8f), random.Between(0.6f, 0.85f), random.Between(0.05f, 0.35f));
            var depth = 4 + random.Below(3);
            var levels = new SKPath[depth];
            for (var level = 0; level < depth; level++)
            {
                levels[level] = new();
            }

            List<SKPoint> tips = [];
            Grow(scene, tree, levels, tips, from, -MathF.PI / 2 + random.Normal(0, 0.2f), area.Height * random.Between(0.15f, 0.3f), 0);
            var width = random.Between(0.01f, 0.06f);
            for (var level = 0; level < depth; level++, width *= 0.62f)
            {
                scene.Painter.Line(levels[level], MathF.Max(width, 0.004f), part, colour);
                levels[level].Dispose();
            }

            if (random.Chance(0.6))
            {
                Foliage(scene, tips, budget / trees);
            }
        }
    }

    private static void Grow(
        GenericScene scene, Tree tree, SKPath[] levels, List<SKPoint> tips, SKPoint from, float angle, float length, int level)
    {
        var random = scene.Random;
        if (level == levels.Length)
        {
            tips.Add(from);
            return;
        }

        var (sin, cos) = MathF.SinCos(angle);
        var to = new SKPoint(from.X + (cos * length), from.Y + (sin * length));
        var bend = length * random.Normal(0, tree.Crooked);
        levels[level].MoveTo(from);
        levels[level].QuadTo(((from.X + to.X) / 2) - (sin * bend), ((from.Y + to.Y) / 2) + (cos * bend), to.X, to.Y);
        var count = random.Chance(0.25) ? 3 : 2;
        for (var i = 0; i < count; i++)
        {
            var turn = (((float)i / (count - 1)) - 0.5f) * 2 * tree.Spread;
            Grow(
                scene, tree, levels, tips, to, angle + turn + random.Normal(0, tree.Crooked),
                length * tree.Shorter * random.Between(0.8f, 1.2f), level + 1);
        }
    }

    /// <summary>Leaves at the twigs' ends, a few twigs to an object.</summary>
    private static void Foliage(GenericScene scene, List<SKPoint> tips, int budget)
    {
        var random = scene.Random;
        var groups = Math.Clamp(budget / 4, 2, 16);
        var size = random.Between(0.006f, 0.035f);
        var colour = scene.Colour();
        for (var group = 0; group < groups; group++)
        {
            using var path = new SKPath();
            for (var i = group * tips.Count / groups; i < (group + 1) * tips.Count / groups; i++)
            {
                float radius = size * random.Between(0.5f, 1.3f), flat = random.Between(0.5f, 1);
                path.AddOval(SKRect.Create(tips[i].X - radius, tips[i].Y - (radius * flat), 2 * radius, 2 * radius * flat));
            }

            scene.Painter.Fill(path, scene.NewPart(), GenericScene.Lighter(colour, random.Normal(0, 0.07f)));
        }
    }

    private readonly record struct Tree(float Spread, float Shorter, float Crooked);
}
