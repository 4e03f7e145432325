using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Faces;

/// <summary>Both eyes, from a photograph's to a cartoonist's dots.</summary>
internal sealed class Eyes
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
    private readonly float _slant;
    private readonly float _irisSize;
    private readonly float _pupilSize;
    private readonly float _gazeX;
    private readonly float _gazeY;
    private readonly bool _lashes;
    private readonly bool _crease;
    private readonly bool _ringed;
    private readonly SKColor _lidColour;

    public Eyes(Painter painter, Head head, Palette palette, Manner manner, SceneRandom random)
    {
        (_painter, _head, _palette, _manner, _random) = (painter, head, palette, manner, random);
        var roll = random.Below(100);
        _drawn = manner.Cartoon
            ? roll switch { < 30 => Drawn.Dot, < 52 => Drawn.Round, < 70 => Drawn.Big, < 75 => Drawn.Closed, _ => Drawn.Almond }
            : roll switch { < 4 => Drawn.Closed, < 6 => Drawn.Dot, _ => Drawn.Almond };
        _half = Math.Min(head.EyeX * 0.62f, head.Width * random.Between(0.18f, 0.25f));
        var open = random.Between(0.36f, 0.6f);
        if (_drawn == Drawn.Big)
        {
            (_half, open) = (_half * random.Between(1.05f, 1.3f), random.Between(0.75f, 1.2f));
        }
        else if (_drawn == Drawn.Almond && random.Chance(0.14))
        {
            // Painters' wide eyes.
            (_half, open) = (_half * random.Between(1.05f, 1.25f), random.Between(0.6f, 0.8f));
        }

        _upper = _half * open;
        _lower = _half * open * random.Between(0.6f, 0.95f);
        _slant = _half * random.Between(-0.25f, 0.2f);
        _irisSize = Math.Max(_half * random.Between(0.36f, 0.48f), _drawn == Drawn.Big ? _upper * 0.7f : _upper * 0.78f);
        _pupilSize = _irisSize * random.Between(0.35f, 0.65f);
        _gazeX = Math.Clamp(random.Normal(0, 0.25f), -0.5f, 0.5f) * _half;
        _gazeY = Math.Clamp(random.Normal(0, 0.12f), -0.3f, 0.3f) * _upper;
        _lashes = random.Chance(0.3);
        _crease = random.Chance(0.75);
        _ringed = random.Chance(manner.Cartoon ? 0.6 : 0.25);
        _lidColour = random.Chance(0.15)
            ? Tone.Mix(palette.Skin, Tone.Any(random, 40, 90, 30, 70), 0.5f)
            : Tone.Mix(palette.Skin, palette.Shadow, random.Between(0.4f, 1));
    }

    private enum Drawn
    {
        Almond,
        Dot,
        Round,
        Big,
        Closed,
    }

    /// <summary>Draws what can be seen of them.</summary>
    public void Draw()
    {
        foreach (var (side, word) in Sides.Both)
        {
            var size = 1 + _random.Normal(0, 0.03f);
            if (!_head.Sees(side * (_head.EyeX - (0.3f * _half)), _head.EyeLine))
            {
                continue;
            }

            if (_manner.Shaded && _drawn is Drawn.Almond or Drawn.Closed)
            {
                Socket(side);
            }

            switch (_drawn)
            {
                case Drawn.Dot:
                    Dot(side, word, size);
                    break;
                case Drawn.Round:
                    Round(side, word, size);
                    break;
                case Drawn.Closed:
                    Closed(side, word, size);
                    break;
                default:
                    Almond(side, word, size);
                    break;
            }
        }
    }

    private SKPoint At(int side, float outwards, float down) =>
        _head.At(side * (_head.EyeX + outwards), _head.EyeLine + down, 0);

    /// <summary>How much the eye is foreshortened where it lies.</summary>
    private float Narrowing(int side)
    {
        var width = Math.Abs(At(side, 0.06f, 0).X - At(side, -0.06f, 0).X) / 0.12f;
        return Math.Clamp(width, 0.2f, 1.1f);
    }

    private void Socket(int side)
    {
        var share = 0.3f + (0.9f * _manner.Depth);
        var colour = Tone.Mix(_palette.Skin, _palette.Shadow, Math.Min(1, side == -_manner.Light ? share * 1.5f : share));
        _painter.Blob("skin", colour,
            At(side, -_half * 1.5f, -0.05f), At(side, -_half * 0.9f, -_upper - 0.08f), At(side, _half * 0.4f, -_upper - 0.1f),
            At(side, _half * 1.35f, -_upper * 0.4f), At(side, _half * 0.6f, _lower + 0.05f), At(side, -_half * 0.7f, _lower + 0.07f));
        if (_lidColour != default)
        {
            _painter.Blob("skin", Tone.Mix(colour, _lidColour, 0.6f),
                At(side, -_half, 0), At(side, -_half * 0.4f, -_upper - 0.05f), At(side, _half * 0.5f, -_upper - 0.05f),
                At(side, _half * 1.1f, _slant), At(side, 0, 0));
        }
    }

    private void Dot(int side, string word, float size)
    {
        var radius = Math.Max(0.04f, _half * 0.34f) * size;
        var place = At(side, _gazeX * 0.2f, 0);
        _painter.Ellipse(place.X, place.Y, radius * Math.Max(0.6f, Narrowing(side)), radius * (1 + Math.Max(0, _slant * 3)), "pupil",
            _palette.Ink);
        if (_crease && _random.Chance(0.4))
        {
            _painter.Ellipse(place.X - (radius * 0.3f), place.Y - (radius * 0.35f), radius * 0.28f, radius * 0.28f, "glint",
                SKColors.White);
        }

        _painter.Landmark($"eye.{word}.pupil", place.X, place.Y, "pupil");
    }

    private void Round(int side, string word, float size)
    {
        var radius = Math.Max(_half * 0.95f, 0.09f) * size;
        var narrow = Narrowing(side);
        var place = At(side, 0, 0);
        using var white = new SKPath();
        var height = radius * (1 + Math.Max(0, _slant * 4));
        white.AddOval(new(place.X - (radius * narrow), place.Y - height, place.X + (radius * narrow), place.Y + height));
        _painter.Fill(white, "eye.white", _palette.White);
        SKPoint pupil = new(place.X + (_gazeX * narrow), place.Y + _gazeY);
        using (_painter.Inside(white))
        {
            var small = radius * 0.42f;
            if (_crease)
            {
                _painter.Ellipse(pupil.X, pupil.Y, small * 1.5f * narrow, small * 1.5f, "iris", _palette.Iris);
            }

            _painter.Ellipse(pupil.X, pupil.Y, small * narrow, small, "pupil", _palette.Ink);
        }

        _painter.Line(white, _manner.Ink * 0.8f, "lash", _palette.Ink);
        Corners(word, new(place.X - (side * radius * narrow), place.Y), new(place.X + (side * radius * narrow), place.Y), "lash");
        _painter.Landmark($"eye.{word}.pupil", pupil.X, pupil.Y, "pupil");
        _painter.Landmark($"eye.{word}.top", place.X, place.Y - height, "lash");
        _painter.Landmark($"eye.{word}.bottom", place.X, place.Y + height, "lash");
    }

    private void Closed(int side, string word, float size)
    {
        var bend = _random.Chance(0.7) ? _lower : -_upper;
        SKPoint[] line = [At(side, -_half * size, 0), At(side, 0, bend * 0.9f), At(side, _half * size, _slant)];
        _painter.Curve("lash", Math.Max(0.025f, _manner.Ink), _palette.Ink, line);
        Corners(word, line[0], line[2], "lash");
    }

    private void Almond(int side, string word, float size)
    {
        float half = _half * size, upper = _upper * size, lower = _lower * size;
        SKPoint[] top =
        [
            At(side, -half, 0.1f * lower), At(side, -half * 0.5f, -upper * 0.75f), At(side, half * 0.1f, -upper),
            At(side, half * 0.62f, (-upper * 0.7f) + (_slant * 0.5f)), At(side, half, _slant),
        ];
        SKPoint[] bottom = [At(side, half * 0.5f, (lower * 0.8f) + (_slant * 0.4f)), At(side, 0, lower),
            At(side, -half * 0.5f, lower * 0.75f)];
        using var white = Curves.Closed([.. top, .. bottom]);
        _painter.Fill(white, "eye.white", _palette.White);
        var narrow = Narrowing(side);
        var pupil = At(side, side * _gazeX * 0.8f, _gazeY);
        using (_painter.Inside(white))
        {
            var iris = _irisSize * size;
            _painter.Ellipse(pupil.X, pupil.Y, iris * narrow, iris, "iris", Tone.Darker(_palette.Iris, 0.35f));
            _painter.Ellipse(pupil.X, pupil.Y, iris * 0.84f * narrow, iris * 0.84f, "iris", _palette.Iris);
            _painter.Ellipse(pupil.X, pupil.Y, _pupilSize * narrow, _pupilSize, "pupil", new(12, 10, 12));
            if (_manner.Shaded)
            {
                // The upper lid's shadow on the ball.
                _painter.Curve("lash", upper * 0.3f, Tone.Darker(_palette.Iris, 0.6f), top);
            }

            if (_manner.Shaded || _crease)
            {
                var glint = iris * 0.24f;
                _painter.Ellipse(pupil.X + (_manner.Light * iris * 0.34f), pupil.Y - (iris * 0.34f), glint * narrow, glint, "glint",
                    SKColors.White);
            }
        }

        var ink = _ringed || _manner.Cartoon ? _palette.Ink : Tone.Mix(_palette.Deep, _palette.Ink, 0.6f);
        if (_ringed)
        {
            _painter.Line(white, _manner.Ink * 0.8f, "lash", ink);
        }
        else
        {
            _painter.Curve("lash", Ink(0.4f), Tone.Mix(_palette.Shadow, _palette.Deep, 0.5f), [top[^1], .. bottom, top[0]]);
        }

        _painter.Curve("lash", _lashes ? Ink(1.5f) : Ink(0.95f), ink, top);
        if (_lashes)
        {
            _painter.Curve("lash", Ink(0.9f), ink, top[4], At(side, half * 1.25f, _slant - (upper * 0.35f)));
            _painter.Curve("lash", Ink(0.7f), ink, top[3], At(side, half * 0.85f, (-upper * 1.15f) + _slant));
        }

        if (_crease)
        {
            _painter.Curve("skin", Ink(0.6f), Tone.Mix(_palette.Shadow, _manner.Cartoon ? _palette.Ink : _palette.Deep, 0.6f),
                At(side, -half * 0.8f, -upper * 0.75f), At(side, 0, -upper * 1.45f), At(side, half * 0.95f, (-upper * 0.7f) + _slant));
        }

        if (_head.Age > 0.5f && _manner.Shaded)
        {
            _painter.Curve("skin", Ink(0.6f), Tone.Mix(_palette.Skin, _palette.Deep, 0.5f),
                At(side, -half * 0.8f, lower * 1.3f), At(side, 0, lower * 2.1f), At(side, half * 0.7f, lower * 1.6f));
        }

        Corners(word, top[0], top[4], "eye.white");
        _painter.Landmark($"eye.{word}.pupil", pupil.X, pupil.Y, "pupil");
        _painter.Landmark($"eye.{word}.top", top[2].X, top[2].Y, "lash");
        var low = bottom[1];
        _painter.Landmark($"eye.{word}.bottom", low.X, low.Y, "lash");

        float Ink(float share) => _manner.Ink * share;
    }

    private void Corners(string word, SKPoint inner, SKPoint outer, string part)
    {
        _painter.Landmark($"eye.{word}.inner", inner.X, inner.Y, part);
        _painter.Landmark($"eye.{word}.outer", outer.X, outer.Y, part);
    }
}
