using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Animals;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.StillLifes;

/// <summary>A bunch of flowers that stands in a vessel. Parts: <c>stem</c>, <c>leaf</c>, <c>petal</c>, <c>flower.middle</c>.</summary>
/// <param name="painter">In the scene's units.</param>
/// <param name="setting">The light.</param>
/// <param name="random">Decides everything else.</param>
internal sealed class Flowers(Painter painter, Setting setting, SceneRandom random)
{
    private readonly SKColor _green = Tint.Hsv(random.Between(75, 150), random.Between(0.3f, 0.75f), random.Between(0.2f, 0.6f));
    private readonly int _form = random.Below(5);
    private readonly float _hue = random.Between(0, 360);
    private readonly bool _mixed = random.Chance(0.4);

    /// <summary>Draws it.</summary>
    /// <param name="x">The rim's middle.</param>
    /// <param name="y">The rim's height.</param>
    /// <param name="radius">Half the rim's width.</param>
    /// <param name="reach">How far the bunch reaches.</param>
    public void Draw(float x, float y, float radius, float reach)
    {
        var count = random.Chance(0.2) ? 1 : 3 + random.Below(9);
        var size = count == 1 ? reach * random.Between(0.3f, 0.45f) : reach * random.Between(0.18f, 0.32f);
        var heads = new List<SKPoint>();
        for (var i = 0; i < count - 1; i++)
        {
            var angle = 90 + ((((i + 0.5f) / (count - 1)) - 0.5f) * random.Between(110, 190)) + random.Normal(0, 8);
            heads.Add(Shapes.Polar(new(x, y - (reach * 0.15f)), angle, reach * random.Between(0.45f, 0.95f)));
        }

        var centre = new SKPoint(x + random.Normal(0, 0.01f), y - (reach * (count == 1 ? 0.8f : 0.55f)));
        heads.Add(centre);
        foreach (var head in heads)
        {
            painter.Curve("stem", 0.009f, _green, new(x + ((head.X - x) * 0.2f), y + (radius * 0.1f)),
                new(x + ((head.X - x) * 0.5f), (y + head.Y) / 2), head);
        }

        for (var i = 3 + random.Below(8); i > 0; i--)
        {
            Leaf(Shapes.Mix(new(x, y), heads[random.Below(heads.Count)], random.Between(0.15f, 0.8f)), random.Between(-110, 110),
                reach * random.Between(0.15f, 0.35f));
        }

        foreach (var head in heads)
        {
            Bloom(head, size * random.Between(0.75f, 1.15f));
        }

        painter.Landmark("flowers.middle", centre.X, centre.Y, "flower.middle");
        painter.Landmark("flowers.base", x, y - (reach * 0.08f), "stem");
        if (count > 1)
        {
            var top = heads.MinBy(h => h.Y);
            painter.Landmark("flowers.top", top.X, top.Y, "flower.middle");
            painter.Landmark("flowers.left", heads.MinBy(h => h.X).X, heads.MinBy(h => h.X).Y, "flower.middle");
            painter.Landmark("flowers.right", heads.MaxBy(h => h.X).X, heads.MaxBy(h => h.X).Y, "flower.middle");
        }
    }

    private void Leaf(SKPoint from, float degrees, float length)
    {
        using var at = painter.At(from.X, from.Y, length, degrees);
        var green = Tint.Shade(_green, random.Between(0.7f, 1.25f));
        painter.Blob("leaf", green, new(0, 0), new(0.2f, -0.45f), new(0.03f, -1), new(-0.2f, -0.45f));
        if (setting.Shaded)
        {
            painter.Curve("leaf", 0.03f, Tint.Shade(green, 0.7f), new(0, 0), new(0, -0.9f));
        }
    }

    private void Bloom(SKPoint place, float size)
    {
        var form = _mixed ? random.Below(5) : _form;
        var colour = Tint.Hsv(_mixed ? random.Between(0, 360) : _hue + random.Normal(0, 12), random.Between(0.05f, 0.9f),
            random.Between(0.7f, 1));
        var centre = form == 1 ? Tint.Shade(colour, 0.6f)
            : Tint.Hsv(random.Between(20, 55), random.Between(0.5f, 0.95f), random.Between(0.25f, 0.95f));
        using var at = painter.At(place.X, place.Y, size, random.Normal(0, 25));
        switch (form)
        {
            case 0 or 2:
                // A star of petals.
                var petals = form == 0 ? 5 + random.Below(3) : 10 + random.Below(8);
                for (var i = 0; i < petals; i++)
                {
                    using var turned = painter.At(0, 0, 1, 360f * i / petals);
                    painter.Ellipse(0, -0.33f, form == 0 ? 0.21f : 0.1f, 0.27f, "petal", setting.Shaded
                        ? Tint.Shade(colour, random.Between(0.8f, 1.08f)) : colour);
                }

                painter.Ellipse(0, 0, 0.17f, 0.17f, "flower.middle", centre);
                break;
            case 1:
                // A rose: petal in petal.
                painter.Blob("petal", colour, new(-0.45f, 0), new(-0.3f, -0.42f), new(0.1f, -0.5f), new(0.46f, -0.2f), new(0.42f, 0.3f),
                    new(0, 0.5f), new(-0.38f, 0.34f));
                for (var i = 0; i < 4; i++)
                {
                    var r = 0.36f - (0.08f * i);
                    painter.Curve("petal", 0.05f, Tint.Shade(colour, 0.75f), Shapes.Polar(default, 90 * i, r),
                        Shapes.Polar(default, (90 * i) + 60, r), Shapes.Polar(default, (90 * i) + 130, r * 0.9f));
                }

                painter.Ellipse(0, 0, 0.12f, 0.12f, "flower.middle", centre);
                break;
            case 3:
                // A tulip.
                painter.Blob("petal", colour, new(-0.3f, -0.45f), new(-0.12f, -0.2f), new(0, -0.5f), new(0.12f, -0.2f), new(0.3f, -0.45f),
                    new(0.34f, 0.1f), new(0, 0.42f), new(-0.34f, 0.1f));
                painter.Blob("flower.middle", Tint.Shade(colour, 0.82f), new(0, -0.48f), new(0.17f, 0), new(0, 0.4f), new(-0.17f, 0));
                break;
            default:
                // A ball of florets.
                for (var i = 0; i < 14; i++)
                {
                    var floret = Shapes.Polar(default, i * 137.5f, 0.42f * MathF.Sqrt(i / 14f));
                    painter.Ellipse(floret.X, floret.Y, 0.15f, 0.15f, "petal", Tint.Shade(colour, random.Between(0.75f, 1.12f)));
                }

                painter.Ellipse(0, 0, 0.1f, 0.1f, "flower.middle", Tint.Shade(colour, 0.7f));
                break;
        }
    }
}
