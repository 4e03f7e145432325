using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Landscapes;

/// <summary>Ranges of mountains and hills.</summary>
internal static class Mountains
{
    private const string Part = "mountain";

    /// <summary>One to three ranges; the nearest has the main peak, whose places are named.</summary>
    public static SKPoint[] Draw(Land land, SceneRandom random)
    {
        var ranges = 1 + random.Below(3);
        var rock = Tint.Hsv(random.Between(15, 260), random.Between(0.05f, 0.45f), random.Between(0.3f, 0.65f));
        var height = land.Horizon * random.Between(0.25f, 0.75f);
        var snow = land.Winter || random.Chance(0.6);
        var jagged = random.Between(0.1f, 1);
        SKPoint[] ridge = [];
        for (var i = 0; i < ranges; i++)
        {
            var far = 0.75f - (0.55f * (i + 1) / ranges);
            var main = i == ranges - 1;
            ridge = Range(land, random, Tint.Vary(random, rock, 0.05f), far, main ? height : height * random.Between(0.7f, 1.3f), jagged,
                snow, main);
        }

        return ridge;
    }

    /// <summary>Rounded hills before the mountains.</summary>
    public static void Hills(Land land, SceneRandom random, int count, float height)
    {
        for (var i = 0; i < count; i++)
        {
            var share = (i + 1f) / count;
            var row = land.Horizon - (height * (1 - share) * 0.9f);
            var colour = land.Winter ? land.GroundColour : Tint.Vary(random, land.Green, 0.18f);
            colour = land.Air.Far(colour, 0.65f * (1 - (share * 0.8f)));
            var ridge = Land.Waves(random, row, height * random.Between(0.2f, 0.6f), random.Between(0.25f, 0.5f));
            land.Ridge("hill", colour, ridge, smooth: true);
            if (!land.Flat && random.Chance(0.5))
            {
                Woods(land, random, ridge, colour);
            }
        }
    }

    private static void Woods(Land land, SceneRandom random, SKPoint[] ridge, SKColor colour)
    {
        var dark = Tint.Shade(colour, random.Between(0.7f, 0.9f));
        var size = random.Between(0.008f, 0.02f);
        for (var patch = 0; patch < 3; patch++)
        {
            var at = random.Below(ridge.Length - 1);
            using var path = new SKPath { FillType = SKPathFillType.Winding };
            for (var i = 0; i < 14; i++)
            {
                var t = random.Next();
                var x = ridge[at].X + ((ridge[at + 1].X - ridge[at].X) * t);
                var y = ridge[at].Y + ((ridge[at + 1].Y - ridge[at].Y) * t) + random.Between(0.4f * size, 3 * size);
                path.AddOval(new(x - size, y - size, x + size, y + size));
            }

            land.Sketch.Fill(path, "tree.leaves", dark);
        }
    }

    private static SKPoint[] Range(Land land, SceneRandom random, SKColor rock, float far, float height, float jagged, bool snow, bool main)
    {
        var foot = land.Horizon;
        var peaks = 3 + random.Below(4);
        var (mainX, mainHalf) = (random.Between(0.15f, 0.85f), random.Between(0.18f, 0.45f));
        var ridge = new List<SKPoint>();
        var tops = new List<(SKPoint Top, SKPoint Left, SKPoint Right)>();
        // The main peak, then others to both sides of it.
        var top = new SKPoint(mainX, foot - height);
        var (left, right) = (new SKPoint(mainX - mainHalf, foot - (height * random.Between(0.15f, 0.5f))),
            new SKPoint(mainX + (mainHalf * random.Between(0.7f, 1.3f)), foot - (height * random.Between(0.15f, 0.5f))));
        tops.Add((top, left, right));
        for (var (valley, i) = (left, 0); i < peaks && valley.X > Sketch.Least; i++)
        {
            var peak = new SKPoint(valley.X - random.Between(0.1f, 0.3f), foot - (height * random.Between(0.45f, 0.85f)));
            var next = new SKPoint(peak.X - random.Between(0.1f, 0.3f), foot - (height * random.Between(0.1f, 0.4f)));
            tops.Insert(0, (peak, next, valley));
            valley = next;
        }

        for (var (valley, i) = (right, 0); i < peaks && valley.X < Sketch.Greatest; i++)
        {
            var peak = new SKPoint(valley.X + random.Between(0.1f, 0.3f), foot - (height * random.Between(0.45f, 0.85f)));
            var next = new SKPoint(peak.X + random.Between(0.1f, 0.3f), foot - (height * random.Between(0.1f, 0.4f)));
            tops.Add((peak, valley, next));
            valley = next;
        }

        ridge.Add(new(Math.Min(Sketch.Least, tops[0].Left.X), foot));
        foreach (var (t, l, r) in tops)
        {
            ridge.Add(l);
            Rough(random, ridge, l, t, jagged);
            ridge.Add(t);
            Rough(random, ridge, t, r, jagged);
        }

        ridge.Add(tops[^1].Right);
        ridge.Add(new(Math.Max(Sketch.Greatest, tops[^1].Right.X), foot));
        var colour = land.Air.Far(rock, far);
        SKPoint[] line = [.. ridge];
        land.Ridge(Part, colour, line, smooth: false);
        using (var whole = new SKPath())
        {
            whole.AddPoly([.. line, new(line[^1].X, foot + 0.1f), new(line[0].X, foot + 0.1f)]);
            using var inside = land.Sketch.Inside(whole);
            var white = land.Air.Far(Tint.Hsv(210, 0.06f, 0.98f), far * 0.6f);
            var level = random.Between(0.35f, 0.75f);
            var depth = random.Between(0.65f, 0.88f);
            foreach (var (t, l, r) in tops)
            {
                if (!land.Flat)
                {
                    Shadow(land, random, t, l, r, foot, Tint.Shade(colour, depth));
                }

                if (snow && foot - t.Y > height * level)
                {
                    Cap(land, random, t, l, r, foot - (height * level), white, land.Flat ? 1 : 0.5f + (depth / 2));
                }
            }
        }

        if (main)
        {
            var painter = land.Sketch.Painter;
            var tip = snow && height > 0 && foot - top.Y > height * 0.3f ? "snow" : Part;
            painter.Landmark("peak.top", top.X, top.Y + 0.004f, tip);
            painter.Landmark("peak.middle", top.X, top.Y + (height * 0.6f), Part);
            painter.Landmark("peak.left", (top.X + left.X) / 2, ((top.Y + left.Y) / 2) + 0.006f, Part);
            painter.Landmark("peak.right", (top.X + right.X) / 2, ((top.Y + right.Y) / 2) + 0.006f, Part);
        }

        return line;
    }

    private static void Rough(SceneRandom random, List<SKPoint> ridge, SKPoint from, SKPoint to, float jagged)
    {
        const int Steps = 4;
        var swing = MathF.Abs(to.Y - from.Y) * 0.14f * jagged;
        for (var i = 1; i < Steps; i++)
        {
            var t = (float)i / Steps;
            ridge.Add(new(from.X + ((to.X - from.X) * t), from.Y + ((to.Y - from.Y) * t) + random.Between(-swing, swing)));
        }
    }

    private static void Shadow(Land land, SceneRandom random, SKPoint top, SKPoint left, SKPoint right, float foot, SKColor dark)
    {
        var away = land.Air.FromLeft ? right : left;
        var (w, h) = (away.X - top.X, foot - top.Y);
        var points = new List<SKPoint> { top };
        for (var i = 1; i <= 5; i++)
        {
            points.Add(new(top.X + (w * (i % 2 == 0 ? 0.28f : 0.02f) * random.Between(0.5f, 1.4f)) - (w * 0.08f * i / 5), top.Y
                + (h * i / 5)));
        }

        points.Add(new(away.X, foot));
        points.Add(new(away.X, away.Y - 0.02f));
        points.Add(new(top.X + (w * 0.5f), top.Y - 0.02f));
        land.Sketch.Polygon(Part, dark, [.. points]);
    }

    private static void Cap(Land land, SceneRandom random, SKPoint top, SKPoint left, SKPoint right, float level, SKColor white, float dark)
    {
        var reach = Math.Max(0.02f, (level - top.Y) / Math.Max(0.03f, Math.Min(left.Y, right.Y) - top.Y));
        var (from, to) = (top.X + ((left.X - top.X) * reach * 1.3f), top.X + ((right.X - top.X) * reach * 1.3f));
        var points = new List<SKPoint> { new(top.X, top.Y - 0.03f), new(from, level) };
        const int Teeth = 7;
        for (var i = 1; i < Teeth; i++)
        {
            var x = from + ((to - from) * i / Teeth);
            points.Add(new(x, level + ((level - top.Y) * (i % 2 == 0 ? -0.45f : 0.25f) * random.Between(0.5f, 1.2f))));
        }

        points.Add(new(to, level));
        land.Sketch.Polygon("snow", white, [.. points]);
        if (dark < 1)
        {
            var away = land.Air.FromLeft ? to : from;
            land.Sketch.Polygon("snow", Tint.Shade(white, dark), new(top.X, top.Y - 0.01f),
                new(top.X + ((away - top.X) * 0.15f), (top.Y + level) / 2),
                new(top.X + ((away - top.X) * 0.1f), level - ((level - top.Y) * 0.2f)),
                    new(top.X + ((away - top.X) * 0.45f), level - ((level - top.Y) * 0.3f)),
                new(away, level), new(away, top.Y));
        }
    }
}
