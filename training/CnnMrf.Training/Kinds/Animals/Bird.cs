using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Animals;

/// <summary>
/// A bird from the side: songbird, hen, duck, crow, parrot, wader. Faces right in units of its body's length. Parts: <c>body</c>,
/// <c>head</c>, <c>wing</c>, <c>tail</c>, <c>leg</c>, <c>beak</c>, <c>comb</c> and the eye's.
/// </summary>
internal sealed class Bird
{
    private readonly Painter _painter;
    private readonly SceneRandom _random;
    private readonly SKColor _colour;
    private readonly SKColor _wing;
    private readonly SKColor _breast;
    private readonly SKColor _head;
    private readonly SKColor _beak;
    private readonly bool _shaded;
    private readonly float _pitch;
    private readonly float _neck;
    private readonly float _legs;
    private readonly float _headSize;
    private readonly float _beakLength;
    private readonly bool _comb;

    public Bird(Painter painter, SceneRandom random)
    {
        (_painter, _random) = (painter, random);
        var black = Tint.Hsv(220, random.Between(0, 0.4f), random.Between(0.06f, 0.2f));
        var white = Tint.Hsv(45, random.Between(0, 0.1f), random.Between(0.88f, 1));
        var brown = Tint.Hsv(random.Between(15, 38), random.Between(0.3f, 0.7f), random.Between(0.25f, 0.75f));
        var bright = Tint.Hsv(random.Between(0, 360), random.Between(0.5f, 0.9f), random.Between(0.5f, 0.95f));
        _colour = random.Pick(black, white, brown, brown, bright);
        _wing = random.Pick(_colour, Tint.Shade(_colour, 0.75f), black, brown);
        _breast = random.Pick(_colour, white, Tint.Hsv(random.Between(5, 50), 0.75f, 0.9f));
        _head = random.Pick(_colour, _colour, black, bright, white);
        _beak = random.Pick(Tint.Hsv(random.Between(20, 50), 0.85f, 0.95f), black, Tint.Hsv(30, 0.2f, 0.6f));
        _shaded = random.Chance(0.7);
        // Songbird, hen, duck, crow or parrot, wader.
        var sort = random.Below(5);
        (_pitch, _neck, _legs, _headSize, _beakLength) = sort switch
        {
            0 => (random.Between(15, 45), 0.12f, 0.22f, random.Between(0.17f, 0.22f), 0.16f),
            1 => (random.Between(0, 20), 0.3f, 0.3f, 0.13f, 0.13f),
            2 => (random.Between(0, 12), random.Between(0.2f, 0.4f), 0.18f, 0.14f, 0.22f),
            3 => (random.Between(30, 60), 0.1f, 0.16f, 0.18f, 0.2f),
            _ => (random.Between(10, 30), random.Between(0.5f, 0.8f), random.Between(0.6f, 0.9f), 0.11f, random.Between(0.2f, 0.4f)),
        };
        _comb = sort == 1;
    }

    /// <summary>Draws it, on a branch, on the ground or where the backdrop has put it.</summary>
    public void Draw(SceneRandom place)
    {
        var neck = Turned(0.36f, -0.12f);
        var head = Shapes.Polar(neck, 65 + place.Normal(0, 12), _neck + 0.08f);
        var tail = Turned(-0.85f, -0.02f);
        var feet = 0.28f + _legs;
        var (left, right) = (MathF.Min(tail.X, -0.5f), MathF.Max(head.X + _headSize + _beakLength, 0.5f));
        var top = MathF.Min(head.Y - _headSize, -0.3f);
        var most = MathF.Max(right - left, feet - top);
        var scale = place.Between(0.55f, 0.92f) / most;
        var mirrored = place.Chance(0.5);
        var x = 0.5f - (scale * (left + right) / 2 * (mirrored ? -1 : 1)) + place.Normal(0, 0.06f);
        var y = 0.5f - (scale * (top + feet) / 2) + place.Normal(0, 0.04f);
        if (place.Chance(0.5))
        {
            var line = y + (scale * feet);
            _painter.Curve("tree.trunk", place.Between(0.02f, 0.06f), Tint.Hsv(25, place.Between(0.2f, 0.6f), place.Between(0.2f, 0.5f)),
                new(-0.3f, line + place.Normal(0, 0.06f)), new(x - 0.1f, line + 0.02f), new(x + 0.1f, line + 0.02f),
                    new(1.3f, line + place.Normal(0, 0.08f)));
        }

        using var at = _painter.At(x, y, scale, 0, mirrored);
        Legs(feet);
        Tail();
        Body(neck, head);
        Head(head);
        Wing();
    }

    private SKPoint Turned(float x, float y) => Shapes.Turn(new(x, y), default, _pitch);

    private void Legs(float feet)
    {
        foreach (var (x, shade, word) in new[] { (0.06f, 0.75f, "far"), (-0.04f, 1f, "near") })
        {
            var colour = Tint.Shade(_beak, shade);
            var knee = new SKPoint(x - 0.05f, 0.28f + (_legs * 0.4f));
            _painter.Curve("leg", 0.03f, colour, new(x, 0.15f), knee, new(x, feet));
            _painter.Curve("foot", 0.026f, colour, new(x - 0.06f, feet), new(x, feet - 0.005f), new(x + 0.12f, feet + 0.01f));
            _painter.Landmark($"leg.hind.{word}.foot", x, feet, "foot");
        }
    }

    private void Tail()
    {
        var spread = _random.Between(0.06f, 0.2f);
        _painter.Polygon("tail", Tint.Shade(_wing, 0.85f), Turned(-0.35f, -0.1f), Turned(-0.85f, -spread + 0.02f),
            Turned(-0.88f, spread * 0.5f), Turned(-0.35f, 0.1f));
        for (var i = 0; i < 2 && _shaded; i++)
        {
            _painter.Curve("tail", 0.012f, Tint.Shade(_wing, 0.6f), Turned(-0.4f, 0),
                Turned(-0.84f, (spread * 0.5f * i) - (spread * 0.4f)));
        }

        var (tip, root) = (Turned(-0.85f, -0.02f), Turned(-0.45f, -0.03f));
        _painter.Landmark("tail.tip", tip.X, tip.Y, "tail");
        _painter.Landmark("tail.base", root.X, root.Y, "body");
    }

    private void Body(SKPoint neck, SKPoint head)
    {
        var trunk = Curves.Closed([
            Turned(0.42f, -0.2f), Turned(0.1f, -0.27f), Turned(-0.3f, -0.17f), Turned(-0.55f, -0.03f), Turned(-0.35f, 0.13f),
                Turned(0, 0.27f), Turned(0.32f, 0.22f),
            Turned(0.48f, 0.02f)]);
        using var outline = Shapes.Union(trunk, Shapes.Limb([Shapes.Add(neck, -0.04f, 0.05f), Shapes.Mix(neck, head, 0.5f), head],
            [0.2f, _headSize * 0.75f, _headSize * 0.8f]));
        _painter.Fill(outline, "body", _colour);
        using (_painter.Inside(outline))
        {
            var (a, b, c) = (Turned(0.5f, -0.1f), Turned(0.3f, 0.2f), Turned(-0.1f, 0.28f));
            _painter.Curve("body", 0.24f, _breast, Shapes.Add(head, 0.15f, 0.1f), a, b, c);
            if (_shaded)
            {
                _painter.Curve("body", 0.1f, Tint.Shade(_breast, 0.8f), Turned(0.35f, 0.27f), Turned(0, 0.3f), Turned(-0.4f, 0.14f));
            }
        }

        foreach (var (name, place) in new[]
        {
            ("back.middle", Turned(0.05f, -0.25f)), ("belly.middle", Turned(0.05f, 0.24f)), ("chest.front", Turned(0.45f, 0.02f)),
            ("withers", Turned(0.33f, -0.2f)),
        })
        {
            _painter.Landmark(name, place.X, place.Y, "body");
        }
    }

    private void Wing()
    {
        var drop = _random.Between(-0.02f, 0.08f);
        using var wing = Curves.Closed([
            Turned(0.3f, -0.1f), Turned(0.12f, -0.2f), Turned(-0.25f, -0.13f), Turned(-0.62f, drop), Turned(-0.3f, 0.1f + drop),
                Turned(0.05f, 0.13f), Turned(0.26f, 0.05f)]);
        _painter.Fill(wing, "wing", _wing);
        using (_painter.Inside(wing))
        {
            for (var i = 0; i < 4 && _shaded; i++)
            {
                _painter.Curve("wing", 0.014f, Tint.Shade(_wing, _random.Pick(0.65f, 1.25f)),
                    Turned(0.15f - (0.1f * i), -0.05f + (0.03f * i)),
                    Turned(-0.2f - (0.05f * i), -0.02f + (0.03f * i)), Turned(-0.55f, drop));
            }

            if (_random.Chance(0.4))
            {
                _painter.Curve("wing", 0.04f, Tint.Shade(_breast, 1.1f), Turned(0.08f, -0.2f), Turned(0.02f, -0.02f), Turned(0, 0.12f));
            }
        }

        var (middle, tip) = (Turned(-0.05f, -0.03f), Turned(-0.56f, drop));
        _painter.Landmark("wing.middle", middle.X, middle.Y, "wing");
        _painter.Landmark("wing.tip", tip.X, tip.Y, "wing");
    }

    private void Head(SKPoint place)
    {
        using var at = _painter.At(place.X, place.Y, _headSize, _random.Normal(0, 8));
        var length = _beakLength / _headSize;
        var hook = _random.Chance(0.2) ? 0.35f : 0;
        if (_comb)
        {
            _painter.Blob("comb", new(200, 35, 35), new(-0.5f, -0.7f), new(-0.55f, -1.4f), new(-0.15f, -1.15f), new(0.05f, -1.5f),
                new(0.3f, -1.1f), new(0.65f, -1.25f),
                new(0.6f, -0.6f));
            _painter.Ellipse(0.75f, 0.85f, 0.2f, 0.35f, "comb", new(200, 35, 35));
        }

        _painter.Polygon("beak", Tint.Shade(_beak, 0.75f), new(0.75f, 0.1f), new(0.85f + (length * 0.85f), 0.2f), new(0.7f, 0.45f));
        _painter.Blob("beak", _beak, new(0.7f, -0.3f), new(0.85f + (length * 0.5f), -0.15f), new(0.85f + length, 0.15f + hook),
            new(0.85f + (length * 0.5f), 0.22f), new(0.75f, 0.25f));
        _painter.Ellipse(0, 0, 1, 0.95f, "head", _head);
        if (_shaded)
        {
            _painter.Ellipse(-0.05f, 0.55f, 0.7f, 0.3f, "head", Tint.Shade(_head, 0.82f));
            _painter.Ellipse(-0.1f, -0.5f, 0.5f, 0.25f, "head", Tint.Shade(_head, 1.15f));
        }

        var eye = _random.Between(0.13f, 0.25f);
        if (_random.Chance(0.4))
        {
            _painter.Ellipse(0.35f, -0.2f, eye * 1.6f, eye * 1.5f, "eye.white", Tint.Hsv(45, _random.Between(0, 0.6f), 0.97f));
        }

        _painter.Ellipse(0.35f, -0.2f, eye, eye, "pupil", new(14, 12, 12));
        _painter.Ellipse(0.4f, -0.27f, eye * 0.3f, eye * 0.3f, "glint", SKColors.White);
        _painter.Landmark("eye.pupil", 0.35f, -0.2f, "pupil");
        _painter.Landmark("head.top", 0, -0.9f, "head");
        _painter.Landmark("cheek", 0.1f, 0.4f, "head");
        _painter.Landmark("beak.tip", 0.82f + length, 0.13f + hook, "beak");
        _painter.Landmark("mouth.corner", 0.88f, 0.18f, "beak");
    }
}
