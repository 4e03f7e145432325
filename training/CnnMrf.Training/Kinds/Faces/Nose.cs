using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Faces;

/// <summary>The nose in one of several drawing manners, from modelled by light to two dots.</summary>
internal sealed class Nose
{
    private readonly Painter _painter;
    private readonly Head _head;
    private readonly Palette _palette;
    private readonly Manner _manner;
    private readonly SceneRandom _random;
    private readonly Drawn _drawn;
    private readonly float _half;
    private readonly SKPoint _bridge;
    private readonly SKPoint _middle;
    private readonly SKPoint _tip;
    private readonly SKPoint _base;
    private readonly float _reach;

    public Nose(Painter painter, Head head, Palette palette, Manner manner, SceneRandom random)
    {
        (_painter, _head, _palette, _manner, _random) = (painter, head, palette, manner, random);
        var roll = random.Below(100);
        _drawn = manner.Cartoon
            ? roll switch
            {
                < 24 => Drawn.Nostrils,
                < 42 => Drawn.Line,
                < 52 => Drawn.Wedge,
                < 70 => Drawn.Base,
                < 84 => Drawn.Button,
                < 94 => Drawn.Modelled,
                _ => Drawn.None
            }
            : roll switch { < 66 => Drawn.Modelled, < 78 => Drawn.Wedge, < 85 => Drawn.Nostrils, < 93 => Drawn.Line, _ => Drawn.Base };
        _half = head.Width * random.Between(0.17f, 0.28f);
        _reach = random.Between(0.16f, 0.32f);
        var (eye, low, front) = (head.EyeLine, head.NoseLine, head.Front(head.NoseLine));
        _bridge = head.Project(0, eye + 0.02f, head.Front(eye) + (0.12f * _reach));
        _middle = head.Project(0, eye + (0.55f * (low - eye)), front + (random.Between(0.45f, 0.7f) * _reach));
        _tip = head.Project(0, low - ((low - eye) * random.Between(0.1f, 0.22f)), front + _reach);
        _base = head.Project(0, low, front + (0.35f * _reach));
    }

    private enum Drawn
    {
        Modelled,
        Wedge,
        Nostrils,
        Line,
        Base,
        Button,
        None,
    }

    private int Profile => _head.Turn >= 0 ? 1 : -1;

    /// <summary>Draws it and names its places.</summary>
    public void Draw()
    {
        var part = "skin";
        var nearProfile = Math.Abs(_head.Turn) > 0.7f;
        var drawn = nearProfile && _drawn is not (Drawn.Line or Drawn.Wedge) ? Drawn.Modelled : _drawn;
        if (nearProfile)
        {
            // The nose stands out beyond the cheek: its area is needed whatever the manner.
            Area(_palette.Skin);
            part = "nose";
        }

        switch (drawn)
        {
            case Drawn.Modelled:
                Modelled();
                part = "nose";
                break;
            case Drawn.Wedge:
                Wedge();
                part = "nose";
                break;
            case Drawn.Nostrils:
                Nostrils(_palette.Ink);
                break;
            case Drawn.Line:
                Stroke();
                break;
            case Drawn.Base:
                _painter.Curve("nose", _manner.Ink, _palette.Ink, Wing(-1, 0.3f), Wing(-1, 0), _base, Wing(1, 0), Wing(1, 0.3f));
                break;
            case Drawn.Button:
                _painter.Ellipse(_tip.X, _tip.Y, _half * 0.75f, _half * _random.Between(0.5f, 0.8f), "nose",
                    _random.Chance(0.7) ? Tone.Mix(_palette.Skin, new(200, 70, 60), 0.35f) : Tone.Darker(_palette.Skin, 0.3f));
                part = "nose";
                break;
            default:
                return;
        }

        _painter.Landmark("nose.bridge", _bridge.X, _bridge.Y, drawn is Drawn.Modelled or Drawn.Wedge ? part : "skin");
        _painter.Landmark("nose.middle", _middle.X, _middle.Y, drawn == Drawn.Button ? "skin" : part);
        _painter.Landmark("nose.tip", _tip.X, _tip.Y, part);
        foreach (var (side, word) in Sides.Both)
        {
            if (side * _head.Turn < 0.6f && drawn is not (Drawn.Button or Drawn.None))
            {
                var wing = Wing(side, 0);
                _painter.Landmark($"nostril.{word}", wing.X, wing.Y, drawn is Drawn.Nostrils or Drawn.Line ? "skin" : "nose");
            }
        }
    }

    private SKPoint Wing(int side, float up) => _head.Project(
        side * _half * (1 - (0.25f * up)), _head.NoseLine - 0.035f - (up * 0.16f), _head.Front(_head.NoseLine) + (_reach * 0.12f));

    private SKPoint Flank(int side, float down) => _head.Project(
        side * _half * (0.4f + (0.22f * down)), _head.EyeLine + (down * (_head.NoseLine - _head.EyeLine)),
            _head.Front(_head.Down(0.2f)) + (_reach * 0.15f * down));

    /// <summary>One edge of the nose from the bridge down; on the side that the head turns to it may be the profile.</summary>
    private SKPoint[] Edge(int side)
    {
        var wing = Wing(side, 0);
        return side == Profile && side * (_tip.X - wing.X) > 0
            ? [_bridge, _middle, _tip]
            : [Flank(side, 0), Flank(side, 0.55f), Wing(side, 0.55f), wing];
    }

    private void Area(SKColor colour) => _painter.Blob("nose", colour, [.. Edge(-1), _base, .. Edge(1).Reverse()]);

    private void Modelled()
    {
        var lit = Tone.Mix(_palette.Skin, new(206, 96, 80), _random.Between(0, 0.12f));
        Area(lit);
        var dark = -_manner.Light;
        if (_manner.Shaded)
        {
            var shade = Tone.Mix(_palette.Skin, _palette.Shadow, _random.Between(0.6f, 1));
            var edge = Edge(dark);
            if (edge[^1] != _tip)
            {
                _painter.Blob("nose", shade, [_bridge, .. edge, _base, _tip, _middle]);
            }

            // Seen from the side the light's spot would float beside the profile.
            var spot = Math.Abs(_head.Turn) > 0.5f ? 0 : 0.22f;
            _painter.Ellipse(_tip.X + (_manner.Light * _half * 0.15f), _tip.Y, _half * spot, _half * spot, "nose",
                Tone.Mix(lit, _palette.Glow, 0.8f));
            _painter.Curve("nose", _half * 0.16f, Tone.Mix(lit, _palette.Glow, 0.6f), _bridge, _middle);
            // The shadow below the tip.
            _painter.Blob("nose", Tone.Mix(_palette.Shadow, _palette.Deep, 0.3f),
                Wing(-1, 0), new(_tip.X, _tip.Y + (0.35f * (_base.Y - _tip.Y))), Wing(1, 0), new(_base.X, _base.Y + 0.02f));
        }

        var line = _manner.Cartoon ? _palette.Ink : Tone.Mix(_palette.Shadow, _palette.Deep, 0.8f);
        Nostrils(_manner.Cartoon ? _palette.Ink : Tone.Darker(_palette.Deep, 0.35f));
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            if (!_head.IsFar(side))
            {
                _painter.Curve("nose", _manner.Ink * 0.6f, line, Wing(side, 0.45f), Wing(side, 0), Nostril(side, 1.2f));
            }
        }
    }

    private SKPoint Nostril(int side, float outwards) => _head.Project(
        side * _half * 0.5f * outwards, _head.NoseLine - 0.012f, _head.Front(_head.NoseLine) + (_reach * 0.35f));

    private void Nostrils(SKColor colour)
    {
        var size = _half * _random.Between(0.2f, 0.32f);
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            if (side * _head.Turn < 0.65f)
            {
                var place = Nostril(side, 1);
                using (_painter.At(place.X, place.Y, 1, side * 14))
                {
                    _painter.Ellipse(0, 0, size, size * 0.5f, "nostril", colour);
                }
            }
        }
    }

    /// <summary>One line from the brow or the bridge to the base, as pens do it.</summary>
    private void Stroke()
    {
        var side = _random.Chance(0.8) ? Profile : -Profile;
        var brow = _head.At(side * _half * 0.6f, _head.BrowLine + 0.03f);
        var line = new List<SKPoint>();
        if (_random.Chance(0.4))
        {
            line.Add(brow);
        }

        if (_random.Chance(0.75))
        {
            line.Add(_bridge);
            line.Add(_middle);
        }

        line.AddRange([_tip, new(_tip.X - (side * 0.01f), _tip.Y + 0.045f), _base, Wing(-side, 0)]);
        _painter.Curve("nose", _manner.Ink, _palette.Ink, [.. line]);
    }

    /// <summary>A long flat wedge from the brows down, one side dark: the way of masks and cubists.</summary>
    private void Wedge()
    {
        var dark = Math.Abs(_head.Turn) > 0.2f ? -Profile : -_manner.Light;
        var top = _random.Chance(0.5) ? _head.BrowLine + 0.05f : _head.EyeLine;
        SKPoint crown = _head.Project(0, top, _head.Front(top) + 0.02f);
        var lit = Tone.Mix(_palette.Skin, _random.Chance(0.3) ? new SKColor(222, 110, 60) : _palette.Glow, _random.Between(0, 0.5f));
        var shade = _manner.Cartoon && _random.Chance(0.5) ? Tone.Darker(_palette.Skin, 0.3f)
            : Tone.Mix(_palette.Skin, _palette.Shadow, 0.8f);
        _painter.Polygon("nose", lit, crown, Wing(-dark, 0), _base, _tip);
        _painter.Polygon("nose", shade, crown, _tip, _base, Wing(dark, 0), Flank(dark, 0.3f));
        if (_random.Chance(0.6))
        {
            _painter.Curve("nose", _manner.Ink, _palette.Ink, crown, _middle, _tip);
            _painter.Curve("nose", _manner.Ink, _palette.Ink, Wing(-1, 0.35f), Wing(-1, 0), _base, Wing(1, 0), Wing(1, 0.35f));
        }

        if (_random.Chance(0.6))
        {
            Nostrils(_palette.Ink);
        }
    }
}
