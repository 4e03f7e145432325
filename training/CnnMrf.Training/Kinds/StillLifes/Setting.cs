using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.StillLifes;

/// <summary>
/// The table, its cloth and the light. Parts: <c>table</c>, <c>table.edge</c>, <c>cloth</c>, beside the backdrop's.
/// </summary>
internal sealed class Setting
{
    private readonly Painter _painter;
    private readonly SceneRandom _random;
    private readonly SKColor _table;
    private readonly SKColor _cloth;
    private readonly int _clothForm;
    private readonly float _front;

    public Setting(Painter painter, SceneRandom random)
    {
        (_painter, _random) = (painter, random);
        Shaded = random.Chance(0.75);
        Light = random.Chance(0.5) ? 1 : -1;
        Tilt = random.Between(0.03f, 0.34f);
        // Seen from higher up, more of the table is seen.
        Back = Math.Clamp(0.8f - (Tilt * 0.75f) + random.Normal(0, 0.06f), 0.42f, 0.84f);
        _front = random.Chance(0.35) ? Back + random.Between(0.18f, 0.3f) : 2;
        var wood = Tint.Hsv(random.Between(14, 40), random.Between(0.25f, 0.75f), random.Between(0.2f, 0.8f));
        var plain = Tint.Hsv(random.Between(20, 60), random.Between(0, 0.2f), random.Between(0.6f, 1));
        _table = random.Pick(wood, wood, plain, Tint.Any(random));
        _cloth = random.Pick(Tint.Hsv(45, random.Between(0, 0.12f), random.Between(0.8f, 1)), Tint.Any(random),
            Tint.Hsv(random.Between(340, 370), 0.7f, random.Between(0.3f, 0.8f)));
        _clothForm = random.Below(5);
        Behind = Tint.Any(random);
    }

    /// <summary>Whether things have inner shading.</summary>
    public bool Shaded { get; }

    /// <summary>The side from which light comes: −1 left, 1 right.</summary>
    public int Light { get; }

    /// <summary>Height of a circle's picture over its width: how high the eye is.</summary>
    public float Tilt { get; }

    /// <summary>The table's far edge.</summary>
    public float Back { get; }

    /// <summary>A colour like what is behind, for glass.</summary>
    public SKColor Behind { get; }

    /// <summary>Draws wall, table and cloth.</summary>
    /// <param name="scenery">Decides the backdrop.</param>
    public void Draw(SceneRandom scenery)
    {
        Backdrop.Draw(_painter, scenery);
        if (_random.Chance(0.12))
        {
            Drapery();
        }

        Box(-0.6f, Back, 1.6f, 1.7f, "table", _table);
        Grain();
        if (_front < 1.2f)
        {
            Box(-0.6f, _front, 1.6f, 1.7f, "table.edge", Tint.Shade(_table, 0.62f));
            Box(-0.6f, _front, 1.6f, _front + 0.045f, "table.edge", Tint.Shade(_table, 0.8f));
            _painter.Landmark("table.front.left", 0.08f, _front, "table.edge");
            _painter.Landmark("table.front.right", 0.92f, _front, "table.edge");
        }

        if (_clothForm < 3)
        {
            Cloth();
        }

        _painter.Landmark("table.back.left", 0.08f, Back, "table");
        _painter.Landmark("table.back.right", 0.92f, Back, "table");
        var low = MathF.Min(_front, 1);
        _painter.Landmark("table.left", 0.1f, (Back + low) / 2, _clothForm == 0 ? "cloth" : "table");
        _painter.Landmark("table.right", 0.9f, (Back + low) / 2, _clothForm == 0 ? "cloth" : "table");
    }

    /// <summary>A shadow under a thing.</summary>
    /// <param name="x">The thing's middle.</param>
    /// <param name="y">Where it stands.</param>
    /// <param name="radius">Half its width.</param>
    public void Shadow(float x, float y, float radius)
    {
        if (!Shaded)
        {
            return;
        }

        // On a cloth that covers all, shadows are the cloth's.
        var (part, colour) = _clothForm == 0 ? ("cloth", _cloth) : ("table", _table);
        var side = -Light * radius;
        _painter.Ellipse(x + (side * 0.7f), y + (radius * 0.02f), radius * 1.35f, MathF.Max(0.012f, radius * MathF.Max(Tilt, 0.1f)), part,
            Tint.Shade(colour, 0.6f));
    }

    private void Grain()
    {
        if (Shaded)
        {
            for (var i = 2 + _random.Below(6); i > 0; i--)
            {
                var y = _random.Between(Back + 0.02f, 1.05f);
                var x = _random.Between(-0.1f, 0.8f);
                _painter.Curve("table", _random.Between(0.004f, 0.012f), Tint.Shade(_table, _random.Pick(0.8f, 0.9f, 1.1f)), new(x, y),
                    new(x + 0.2f, y + _random.Normal(0, 0.006f)),
                    new(x + _random.Between(0.3f, 0.7f), y));
            }
        }

        Box(-0.6f, Back, 1.6f, Back + 0.012f, "table", Tint.Shade(_table, _random.Pick(0.75f, 1.2f)));
    }

    private void Cloth()
    {
        var folds = 3 + _random.Below(5);
        if (_clothForm == 0)
        {
            // All over the table, hanging down before it.
            Box(-0.6f, Back, 1.6f, 1.7f, "cloth", _cloth);
            var hem = MathF.Min(_front, 0.9f);
            for (var i = 0; i < folds + 3; i++)
            {
                var x = -0.05f + (1.1f * (i + _random.Next()) / (folds + 3));
                _painter.Curve("cloth", _random.Between(0.008f, 0.03f), Tint.Shade(_cloth, _random.Pick(0.75f, 0.85f, 1.12f)), new(x, hem),
                    new(x + _random.Normal(0, 0.02f), (hem + 1.1f) / 2),
                    new(x + _random.Normal(0, 0.04f), 1.15f));
            }

            for (var i = 0; i < folds && Shaded; i++)
            {
                var y = _random.Between(Back + 0.03f, hem);
                var x = _random.Between(0, 0.9f);
                _painter.Curve("cloth", _random.Between(0.006f, 0.014f), Tint.Shade(_cloth, 0.82f), new(x, y),
                    new(x + _random.Between(0.05f, 0.15f), y + 0.02f), new(x + _random.Between(0.1f, 0.35f), y));
            }

            if (_random.Chance(0.35))
            {
                Checks();
            }

            _painter.Landmark("cloth.middle", 0.5f, (Back + hem) / 2, "cloth");
            return;
        }

        // A heap or a napkin that hangs over the front.
        var (left, right) = (_random.Between(-0.1f, 0.35f), _random.Between(0.55f, 1.1f));
        var top = Back + _random.Between(0.02f, 0.1f);
        Span<SKPoint> edge =
        [
            new(left, top + 0.06f), new((left * 0.7f) + (right * 0.3f), top + _random.Normal(0, 0.015f)),
                new((left * 0.3f) + (right * 0.7f), top + _random.Normal(0, 0.015f)),
            new(right, top + 0.05f), new(right + _random.Normal(0, 0.04f), 0.85f),
                new((left * 0.25f) + (right * 0.75f), _random.Between(0.88f, 1.1f)),
            new((left + right) / 2, _random.Between(0.85f, 1.1f)), new((left * 0.75f) + (right * 0.25f), _random.Between(0.88f, 1.1f)),
                new(left + _random.Normal(0, 0.04f), 0.87f),
        ];
        using var area = Curves.Closed(edge);
        _painter.Fill(area, "cloth", _cloth);
        using var inside = _painter.Inside(area);
        for (var i = 0; i < folds + 2; i++)
        {
            var (a, b) = (left + ((right - left) * _random.Next()), left + ((right - left) * _random.Next()));
            _painter.Curve("cloth", _random.Between(0.01f, 0.035f), Tint.Shade(_cloth, _random.Pick(0.7f, 0.82f, 1.12f)), new(a, top),
                new((a + b) / 2 + _random.Normal(0, 0.05f), (top + 1) / 2), new(b, 1.05f));
        }

        _painter.Landmark("cloth.middle", (left + right) / 2, top + 0.1f, "cloth");
    }

    private void Checks()
    {
        var ink = Tint.Shade(_cloth, 0.65f);
        for (var i = -3; i < 12; i++)
        {
            var x = 0.5f + ((i - 4.5f) * 0.12f);
            _painter.Curve("cloth", 0.02f, ink, new(0.5f + ((x - 0.5f) * 0.7f), Back), new(0.5f + ((x - 0.5f) * 1.4f), 1.2f));
        }

        for (var y = Back + 0.03f; y < 1.2f; y += 0.09f)
        {
            _painter.Curve("cloth", 0.016f, ink, new(-0.5f, y), new(1.5f, y));
        }
    }

    private void Drapery()
    {
        var side = _random.Chance(0.5) ? 0f : 1f;
        var inner = side == 0 ? _random.Between(0.2f, 0.45f) : _random.Between(0.55f, 0.8f);
        var outer = side == 0 ? -0.5f : 1.5f;
        using var area = Curves.Closed([
            new(outer, -0.6f), new(inner, -0.6f), new(inner + _random.Normal(0, 0.04f), 0.2f),
                new((inner * 0.7f) + (side * 0.3f), Back * 0.8f), new(inner + _random.Normal(0, 0.05f), 1.2f), new(outer, 1.2f)]);
        var colour = Tint.Any(_random);
        _painter.Fill(area, "curtain", colour);
        using var inside = _painter.Inside(area);
        for (var i = 0; i < 6; i++)
        {
            var x = inner + ((side - inner) * (i + _random.Next()) / 5);
            _painter.Curve("curtain", _random.Between(0.01f, 0.04f), Tint.Shade(colour, _random.Pick(0.65f, 0.8f, 1.15f)), new(x, -0.5f),
                new(x + _random.Normal(0, 0.03f), 0.3f), new(x + _random.Normal(0, 0.05f), 1.1f));
        }
    }

    private void Box(float left, float top, float right, float low, string part, SKColor colour)
    {
        using var path = new SKPath();
        path.AddRect(new(left, top, right, low));
        _painter.Fill(path, part, colour);
    }
}
