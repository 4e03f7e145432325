using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Faces;

/// <summary>Caps, beanies, hats with brims and berets.</summary>
internal sealed class Hat
{
    private readonly Painter _painter;
    private readonly Head _head;
    private readonly Manner _manner;
    private readonly SceneRandom _random;
    private readonly SKColor _colour;
    private readonly SKColor _second;
    private readonly float _line;

    public Hat(Painter painter, Head head, Manner manner, SceneRandom random)
    {
        (_painter, _head, _manner, _random) = (painter, head, manner, random);
        _colour = random.Chance(0.4) ? Tone.Near(random, new(60, 56, 54), 0.5f) : Tone.Any(random, 15, 90, 20, 90);
        _second = random.Chance(0.5) ? Tone.Darker(_colour, 0.35f) : Tone.Any(random, 10, 90, 20, 95);
        _line = head.BrowLine - random.Between(0.12f, 0.26f);
    }

    /// <summary>Draws it, if there is one.</summary>
    public void Draw(Headwear kind)
    {
        switch (kind)
        {
            case Headwear.Cap:
                Dome(0.13f, 0.02f);
                Peak();
                break;
            case Headwear.Beanie:
                Dome(_random.Between(0.14f, 0.24f), 0.05f);
                Band(0.2f, _second);
                break;
            case Headwear.Brimmed:
                Dome(_random.Between(0.16f, 0.34f), 0);
                Band(0.16f, _second);
                Brim();
                break;
            case Headwear.Beret:
                Beret();
                break;
            default:
                return;
        }

        if (kind != Headwear.Beret)
        {
            var middle = _head.Around(0, (_line - 1) / 2 - 0.06f);
            _painter.Landmark("hat.middle", middle.X, middle.Y, "hat");
        }
    }

    private SKPoint[] Edge(float down, float lift) =>
    [
        .. new[] { 1, 0.8f, 0.5f, 0, -0.5f, -0.8f, -1 }.Select(share => _head.Around(share, _line + down + (0.08f * share * share), lift)),
    ];

    private void Dome(float volume, float sag)
    {
        var lean = _random.Between(-0.05f, 0.05f);
        using var area = Curves.Closed(
        [
            .. new[] { -82, -60, -38, -15, 12, 36, 60, 82 }.Select(d => _head.Skull(d + (lean * 100),
            volume * (1 - MathF.Pow(Math.Abs(d) / 120f, 2)))),
            .. Edge(sag, 0.06f),
        ]);
        _painter.Fill(area, "hat", _colour);
        using (_painter.Inside(area))
        {
            if (_manner.Shaded)
            {
                var dark = -_manner.Light;
                _painter.Blob("hat", Tone.Darker(_colour, 0.3f),
                    _head.Skull(dark * 80, volume + 0.3f), _head.Skull(dark * 25, volume * 0.6f), _head.Around(dark * 0.45f, _line),
                        _head.Around(dark, _line + 0.2f, 0.2f));
            }

            if (_random.Chance(0.5))
            {
                foreach (var share in (ReadOnlySpan<float>)[-0.55f, 0, 0.55f])
                {
                    _painter.Curve("hat", _manner.Ink * 0.6f, Tone.Darker(_colour, 0.35f), _head.Around(share, _line, 0.06f),
                        _head.Around(share * 0.9f, -0.8f, 0.1f), _head.Skull(0, volume));
                }
            }
        }

        var top = _head.Skull(0, volume * 0.85f);
        _painter.Landmark("hat.top", top.X, top.Y, "hat");
    }

    private void Band(float height, SKColor colour)
    {
        using var area = Curves.Closed([.. Edge(0.02f, 0.09f), .. Edge(0.02f - height, 0.09f).Reverse()]);
        _painter.Fill(area, "hat.band", colour);
        var middle = _head.Around(0, _line - (height / 2), 0.09f);
        _painter.Landmark("hat.band.middle", middle.X, middle.Y, "hat.band");
    }

    private void Peak()
    {
        SKPoint[] root = [_head.Around(-0.72f, _line + 0.05f, 0.06f), _head.Around(-0.35f, _line, 0.07f),
            _head.Around(0, _line - 0.02f, 0.07f), _head.Around(0.35f, _line, 0.07f), _head.Around(0.72f, _line + 0.05f, 0.06f)];
        var reach = _random.Between(0.3f, 0.5f);
        SKPoint Out(float share) => _head.Project(_head.Width * share, _line + 0.14f - (0.05f * (1 - (share * share))),
            _head.Front(_line) + (reach * (1 - (share * share * 0.8f))));
        _painter.Blob("hat.brim", _second, [.. root, Out(0.75f), Out(0.4f), Out(0), Out(-0.4f), Out(-0.75f)]);
        var tip = Out(0);
        var inside = new SKPoint((tip.X + root[2].X) / 2, (tip.Y + root[2].Y) / 2);
        _painter.Landmark("hat.brim.middle", inside.X, inside.Y, "hat.brim");
    }

    private void Brim()
    {
        var (left, right) = (_head.Skull(-90, 0).X, _head.Skull(90, 0).X);
        var middle = (left + right) / 2;
        var wide = (right - left) / 2 * _random.Between(1.35f, 2);
        var y = _head.Around(0, _line).Y;
        var side = _head.Around(1, _line + 0.08f).Y;
        var dip = _random.Between(0.04f, 0.18f);
        var tip = _random.Between(-0.12f, 0.12f);
        _painter.Blob("hat.brim", Tone.Near(_random, _colour, 0.15f),
            new(middle - wide, side + tip), new(middle - (wide * 0.6f), side - 0.08f), new(middle, y - 0.02f),
            new(middle + (wide * 0.6f), side - 0.08f),
            new(middle + wide, side + tip), new(middle + (wide * 0.6f), side + dip), new(middle, y + dip + 0.02f),
            new(middle - (wide * 0.6f), side + dip));
        _painter.Landmark("hat.brim.left", middle - (wide * 0.95f), side + tip, "hat.brim");
        _painter.Landmark("hat.brim.right", middle + (wide * 0.95f), side + tip, "hat.brim");
        _painter.Landmark("hat.brim.middle", middle, y + (dip * 0.5f), "hat.brim");
    }

    private void Beret()
    {
        var side = _random.Chance(0.5) ? 1 : -1;
        _painter.Blob("hat", _colour,
            _head.Around(-0.95f, _line + 0.04f, 0.03f), _head.Around(0, _line - 0.06f, 0.04f), _head.Around(0.95f, _line + 0.04f, 0.03f),
            _head.Skull(side * 88, side > 0 ? 0.34f : 0.12f), _head.Skull(side * 60, 0.36f), _head.Skull(0, 0.16f),
            _head.Skull(-side * 55, 0.1f), _head.Skull(-side * 85, 0.06f));
        var top = _head.Skull(0, 0.1f);
        _painter.Landmark("hat.top", top.X, top.Y, "hat");
        _painter.Curve("hat", 0.05f, Tone.Darker(_colour, 0.35f), [.. Edge(-0.02f, 0.04f)]);
    }
}
