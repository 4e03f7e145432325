using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Animals;

/// <summary>
/// A fish from the side, facing right, in units of its body's length. Parts: <c>body</c>, <c>fin</c>, <c>tail</c>, <c>mouth</c> and the
/// eye's.
/// </summary>
internal sealed class Fish(Painter painter, SceneRandom random)
{
    private readonly SKColor _colour = Tint.Hsv(random.Between(0, 360), random.Between(0.1f, 0.9f), random.Between(0.4f, 0.95f));
    private readonly float _height = random.Between(0.16f, 0.36f);
    private readonly bool _shaded = random.Chance(0.7);

    /// <summary>Draws it, mostly in water, with what is behind it.</summary>
    public void Draw(SceneRandom place, SceneRandom scenery)
    {
        if (place.Chance(0.6))
        {
            var water = Tint.Hsv(place.Between(170, 225), place.Between(0.3f, 0.8f), place.Between(0.4f, 0.9f));
            painter.Background("water", water);
            for (var i = place.Below(12); i > 0; i--)
            {
                painter.Ellipse(place.Next(), place.Next(), place.Between(0.05f, 0.3f), place.Between(0.01f, 0.03f), "water",
                    Tint.Shade(water, place.Between(0.9f, 1.15f)));
            }

            painter.Landmark("background.top.left", 0.07f, 0.08f, "water");
            painter.Landmark("background.top.right", 0.93f, 0.08f, "water");
            painter.Landmark("background.bottom.left", 0.07f, 0.93f, "water");
            painter.Landmark("background.bottom.right", 0.93f, 0.93f, "water");
        }
        else
        {
            Backdrop.Draw(painter, scenery);
        }

        var mirrored = place.Chance(0.5);
        var scale = place.Between(0.5f, 0.75f);
        using var at = painter.At(0.5f + ((mirrored ? -0.12f : 0.12f) * scale) + place.Normal(0, 0.04f), 0.5f + place.Normal(0, 0.06f),
            scale, place.Normal(0, 8), mirrored);
        var fin = random.Pick(Tint.Shade(_colour, 0.75f), Tint.Shade(_colour, 1.25f), Tint.Any(random));
        var (spread, fork) = (random.Between(0.15f, 0.3f), random.Between(-0.05f, 0.12f));
        painter.Blob("tail", fin, new(-0.42f, -0.04f), new(-0.6f, -spread * 0.7f), new(-0.78f, -spread), new(-0.68f + fork, 0),
            new(-0.78f, spread), new(-0.6f, spread * 0.7f),
            new(-0.42f, 0.04f));
        painter.Blob("fin", fin, new(0.2f, -_height * 0.8f), new(0.02f, -_height * random.Between(1.3f, 1.7f)),
            new(-0.25f, -_height * 1.1f), new(-0.3f, -_height * 0.5f));
        painter.Blob("fin", fin, new(0, _height * 0.8f), new(-0.12f, _height * 1.4f), new(-0.25f, _height * 1.05f),
            new(-0.2f, _height * 0.6f));
        using (var body = Curves.Closed([
            new(0.52f, 0.02f), new(0.4f, -_height * 0.55f), new(0.12f, -_height), new(-0.22f, -_height * 0.6f), new(-0.47f, -0.05f),
                new(-0.47f, 0.05f), new(-0.22f, _height * 0.6f),
            new(0.12f, _height), new(0.4f, _height * 0.6f)]))
        {
            painter.Fill(body, "body", _colour);
            using var inside = painter.Inside(body);
            Scales();
        }

        painter.Blob("fin", Tint.Shade(fin, 0.9f), new(0.16f, 0.02f), new(-0.02f, 0), new(-0.1f, 0.08f), new(0, 0.12f), new(0.14f, 0.08f));
        Face();
        foreach (var (name, x, y, part) in new[]
        {
            ("tail.tip", -0.75f, -spread * 0.93f, "tail"), ("tail.base", -0.45f, 0f, "body"),
                ("back.middle", 0.1f, -_height * 0.93f, "body"),
            ("belly.middle", 0.1f, _height * 0.93f, "body"), ("body.middle", -0.12f, -_height * 0.3f, "body"),
                ("fin.top", 0.02f, -_height * 1.25f, "fin"),
            ("eye.pupil", 0.35f, -_height * 0.22f, "pupil"), ("mouth.corner", 0.44f, 0.06f, "mouth"),
                ("cheek", 0.3f, _height * 0.25f, "body"),
        })
        {
            painter.Landmark(name, x, y, part);
        }
    }

    private void Scales()
    {
        painter.Ellipse(0.05f, _height * 0.95f, 0.55f, _height * 0.5f, "body", Tint.Shade(_colour, 1.35f));
        if (_shaded)
        {
            painter.Ellipse(0.05f, -_height * 1.05f, 0.55f, _height * 0.45f, "body", Tint.Shade(_colour, 0.7f));
            for (var i = 0; i < 24; i++)
            {
                var (x, y) = (-0.35f + (0.1f * (i % 6)), ((i / 6) - 1.5f) * _height * 0.4f);
                painter.Curve("body", 0.008f, Tint.Shade(_colour, 0.75f), new(x + 0.02f, y - 0.03f), new(x - 0.01f, y),
                    new(x + 0.02f, y + 0.03f));
            }
        }

        for (var i = random.Chance(0.4) ? 3 : 0; i > 0; i--)
        {
            var x = 0.3f - (0.2f * i);
            painter.Curve("body", 0.05f, Tint.Shade(_colour, random.Pick(0.35f, 1.8f)), new(x, -_height), new(x - 0.03f, 0),
                new(x, _height));
        }
    }

    private void Face()
    {
        var eye = random.Between(0.025f, 0.05f);
        painter.Curve("body", 0.014f, Tint.Shade(_colour, 0.6f), new(0.24f, -_height * 0.6f), new(0.19f, 0), new(0.24f, _height * 0.6f));
        painter.Ellipse(0.35f, -_height * 0.22f, eye * 1.6f, eye * 1.6f, "eye.white", new(245, 240, 220));
        painter.Ellipse(0.355f, -_height * 0.22f, eye, eye, "pupil", new(12, 12, 16));
        painter.Ellipse(0.365f, (-_height * 0.22f) - (eye * 0.4f), eye * 0.3f, eye * 0.3f, "glint", SKColors.White);
        painter.Curve("mouth", 0.014f, Tint.Shade(_colour, 0.35f), new(0.515f, 0.04f), new(0.47f, 0.05f), new(0.44f, 0.06f));
    }
}
