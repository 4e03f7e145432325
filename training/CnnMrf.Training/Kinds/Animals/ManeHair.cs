using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Animals;

/// <summary>Draws a mane (part <c>mane</c>).</summary>
internal sealed class ManeHair(Painter painter, Skeleton bones, Coat coat, SceneRandom random)
{
    private readonly Build _build = bones.Build;

    /// <summary>Draws it, if it has one.</summary>
    public void Draw()
    {
        switch (_build.Mane)
        {
            case Mane.Crest or Mane.Brush:
                Crest();
                break;
            case Mane.Ruff:
                Ruff();
                break;
        }
    }

    private void Crest()
    {
        var brush = _build.Mane == Mane.Brush;
        var steps = 7;
        var up = new SKPoint[steps];
        var down = new SKPoint[steps];
        var hang = brush ? 0.9f : random.Between(-0.1f, 0.7f);
        var rise = brush ? random.Between(1.25f, 1.5f) : random.Between(1.05f, 1.25f);
        for (var i = 0; i < steps; i++)
        {
            var along = 0.02f + (0.98f * i / (steps - 1));
            up[i] = bones.OnNeck(along, rise);
            down[steps - 1 - i] = bones.OnNeck(Math.Max(0, along - (brush ? 0 : 0.08f)), i is 0 ? 0.9f : hang
                + (random.Normal(0, brush ? 0.02f : 0.12f)));
        }

        painter.Blob("mane", coat.Mane, [.. up, .. down]);
        for (var i = 0; i < steps && coat.Shaded; i++)
        {
            painter.Curve("mane", 0.008f, Tint.Shade(coat.Mane, random.Pick(0.7f, 1.25f)), up[i],
                Shapes.Add(Shapes.Mix(up[i], down[steps - 1 - i], 0.5f), 0.01f, 0), down[steps - 1 - i]);
        }
    }

    private void Ruff()
    {
        var head = _build.Head;
        var middle = bones.OnHead(-0.3f, 0.22f);
        var radius = head * random.Between(0.8f, 1.05f);
        var points = 22;
        Span<SKPoint> edge = stackalloc SKPoint[points];
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < points; i++)
            {
                var down = MathF.Max(0, -MathF.Sin(i * MathF.Tau / points)) * 0.35f;
                var jag = i % 2 == 0 ? random.Between(1, 1.1f) : random.Between(0.85f, 0.97f);
                edge[i] = Shapes.Polar(middle, 360f * i / points, radius * (jag + down) * (pass == 0 ? 1 : 0.72f));
            }

            var colour = pass == 0 ? coat.Mane : Tint.Mix(coat.Mane, coat.Base, 0.4f);
            if (pass == 0 || coat.Shaded)
            {
                painter.Blob("mane", colour, edge);
            }
        }

        for (var i = 0; i < 16 && coat.Shaded; i++)
        {
            var angle = random.Between(0, 360);
            painter.Curve("mane", 0.01f, Tint.Shade(coat.Mane, random.Pick(0.7f, 1.2f)), Shapes.Polar(middle, angle, radius * 0.5f),
                Shapes.Polar(middle, angle + 6, radius * 0.75f), Shapes.Polar(middle, angle, radius * 0.98f));
        }
    }
}
