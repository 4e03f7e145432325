using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Faces;

/// <summary>The mouth: lips closed or open, or a line.</summary>
internal sealed class Mouth
{
    private readonly Painter _painter;
    private readonly Head _head;
    private readonly Palette _palette;
    private readonly Manner _manner;
    private readonly SceneRandom _random;
    private readonly Drawn _drawn;
    private readonly float _half;
    private readonly float _upper;
    private readonly float _lower;
    private readonly float _smile;
    private readonly float _shift;

    public Mouth(Painter painter, Head head, Palette palette, Manner manner, SceneRandom random)
    {
        (_painter, _head, _palette, _manner, _random) = (painter, head, palette, manner, random);
        var roll = random.Below(100);
        _drawn = manner.Cartoon
            ? roll switch { < 36 => Drawn.Line, < 52 => Drawn.LineAndLip, < 72 => Drawn.Lips, < 90 => Drawn.Grin, _ => Drawn.Round }
            : roll switch { < 74 => Drawn.Lips, < 90 => Drawn.Grin, < 94 => Drawn.Round, < 97 => Drawn.Line, _ => Drawn.LineAndLip };
        _half = head.Width * random.Between(0.29f, 0.44f) * (_drawn == Drawn.Grin ? 1.15f : 1);
        _upper = random.Between(0.022f, 0.055f);
        _lower = random.Between(0.035f, 0.085f);
        _smile = _drawn == Drawn.Grin ? random.Between(0.03f, 0.12f) : Math.Clamp(random.Normal(0.012f, 0.028f), -0.05f, 0.1f);
        _shift = random.Normal(0, 0.008f);
    }

    private enum Drawn
    {
        Lips,
        Grin,
        Round,
        Line,
        LineAndLip,
    }

    /// <summary>Draws it.</summary>
    /// <param name="moustache">Whether a moustache will cover the upper lip.</param>
    public void Draw(bool moustache)
    {
        var open = _drawn switch
        {
            Drawn.Grin => _random.Between(0.05f, 0.17f),
            Drawn.Round => _random.Between(0.06f, 0.14f),
            Drawn.Lips when _random.Chance(0.2) => _random.Between(0.015f, 0.04f),
            _ => 0,
        };
        var half = _drawn == Drawn.Round ? _half * 0.6f : _half;
        SKPoint At(float along, float down)
        {
            var bow = 1 - (along * along);
            return _head.At(along * half, _head.MouthLine + _shift + (_smile * (bow - 0.6f)) + down, 0.045f * bow);
        }

        var line = _manner.Cartoon ? _palette.Ink : Tone.Mix(_palette.Lip, _palette.Ink, 0.7f);
        if (_drawn is Drawn.Line or Drawn.LineAndLip)
        {
            _painter.Curve("mouth", _manner.Ink, line, At(-1, 0), At(-0.5f, 0), At(0, 0), At(0.5f, 0), At(1, 0));
            if (_drawn == Drawn.LineAndLip)
            {
                _painter.Curve("lip", _manner.Ink, line, At(-0.42f, _lower * 1.3f), At(0, _lower * 1.5f), At(0.42f, _lower * 1.3f));
                Mark("mouth.lower", At(0, _lower * 1.4f), "lip");
            }

            Mark("mouth.middle", At(0, 0), "mouth");
            Corners(At(-1, 0), At(1, 0), "mouth");
            return;
        }

        var lips = !_manner.Cartoon || _random.Chance(0.6);
        float upper = lips ? _upper : 0.012f, lower = lips ? _lower : 0.012f;
        if (_manner.Shaded && lips && !moustache)
        {
            // The groove below the nose.
            var groove = At(0, -_upper - 0.05f);
            _painter.Ellipse(groove.X, groove.Y, 0.03f, 0.035f, "skin", Tone.Mix(_palette.Skin, _palette.Shadow, 0.5f));
        }

        SKPoint[] top = [At(-1, 0), At(-0.55f, -upper * 0.75f), At(-0.18f, -upper * 1.05f), At(0, -upper * 0.8f),
            At(0.18f, -upper * 1.05f), At(0.55f, -upper * 0.75f), At(1, 0)];
        SKPoint[] rim = [At(1, 0), At(0.55f, open * 0.75f), At(0, open), At(-0.55f, open * 0.75f), At(-1, 0)];
        SKPoint[] low = [At(1, 0), At(0.58f, (open * 0.75f) + (lower * 0.72f)), At(0, open + lower),
            At(-0.58f, (open * 0.75f) + (lower * 0.72f))];
        _painter.Blob("lip", _palette.Lip, [.. low, .. top[..^1]]);
        if (open > 0)
        {
            using var inside = Curves.Closed([At(-0.96f, 0), At(-0.4f, upper * 0.1f), At(0.4f, upper * 0.1f), At(0.96f, 0), .. rim[1..4]]);
            _painter.Fill(inside, "mouth", Tone.Mix(new(60, 14, 20), _palette.Ink, _random.Next()));
            using (_painter.Inside(inside))
            {
                if (_drawn == Drawn.Grin)
                {
                    var teeth = open * _random.Between(0.4f, 1);
                    _painter.Blob("teeth", Tone.Darker(new(250, 248, 240), _random.Between(0, 0.1f)),
                        At(-0.85f, -0.02f), At(0, -0.02f), At(0.85f, -0.02f), At(0.7f, teeth * 0.55f), At(0, teeth),
                            At(-0.7f, teeth * 0.55f));
                    if (_manner.Shaded && teeth < open * 0.75f)
                    {
                        var tongue = At(0, open * 1.02f);
                        _painter.Ellipse(tongue.X, tongue.Y, half * 0.45f, open * 0.25f, "tongue", new(206, 96, 100));
                    }
                }
            }
        }
        else
        {
            _painter.Blob("lip", Tone.Darker(_palette.Lip, _manner.Shaded ? 0.14f : 0),
                [.. top, At(0.5f, 0.004f), At(0, 0.008f), At(-0.5f, 0.004f)]);
            _painter.Curve("mouth", _manner.Ink * 0.75f, line, [.. rim]);
        }

        if (_manner.Shaded && lips)
        {
            _painter.Curve("lip", lower * 0.25f, Tone.Lighter(_palette.Lip, 0.25f), At(-0.3f, open + (lower * 0.45f)),
                At(0.25f, open + (lower * 0.45f)));
        }

        Corners(At(-0.97f, 0), At(0.97f, 0), open > 0 ? "lip" : "mouth");
        Mark("mouth.upper", At(0, -upper * 0.8f), "lip");
        Mark("mouth.middle", At(0, open / 2), open == 0 ? "mouth" : _drawn == Drawn.Grin ? "teeth" : "mouth");
        Mark("mouth.lower", At(0, open + (lower * 0.9f)), "lip");
    }

    private void Corners(SKPoint left, SKPoint right, string part)
    {
        if (!_head.IsFar(-1) || _head.Turn > -0.75f)
        {
            Mark("mouth.left", left, part);
        }

        if (!_head.IsFar(1) || _head.Turn < 0.75f)
        {
            Mark("mouth.right", right, part);
        }
    }

    private void Mark(string name, SKPoint place, string part) => _painter.Landmark(name, place.X, place.Y, part);
}
