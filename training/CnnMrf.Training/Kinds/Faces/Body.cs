using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Faces;

/// <summary>
/// Neck, shoulders and what is worn on them. The origin is the point where the head turns on the neck; units are half heights of the head.
/// </summary>
internal sealed partial class Body
{
    private readonly Painter _painter;
    private readonly Palette _palette;
    private readonly Manner _manner;
    private readonly SceneRandom _random;
    private readonly SKColor _cloth;
    private readonly SKColor _second;
    private readonly SKColor _collar;
    private readonly float _neck;
    private readonly float _shoulder;
    private readonly float _slope;
    private readonly float _pit;
    private readonly float _front;
    private readonly float _top;
    private readonly float _turn;

    public Body(Painter painter, Head head, Palette palette, Manner manner, SceneRandom random)
    {
        (_painter, _palette, _manner, _random) = (painter, palette, manner, random);
        _cloth = random.Chance(0.35) ? Tone.Near(random, random.Pick(new SKColor(28, 28, 34), new SKColor(236, 234, 230),
            new SKColor(120, 116, 112)), 0.15f) : Tone.Any(random, 15, 90, 18, 92);
        _second = random.Chance(0.45) ? Tone.Near(random, new(240, 240, 238), 0.15f) : Tone.Any(random, 5, 85, 20, 95);
        _collar = random.Chance(0.5) ? Tone.Near(random, _cloth, 0.25f) : Tone.Any(random, 5, 80, 20, 95);
        _neck = head.Width * random.Between(0.5f, 0.78f);
        _shoulder = manner.Cartoon ? random.Between(1, 1.9f) : Math.Max(1.25f, head.Width * random.Between(1.95f, 2.8f));
        _slope = random.Between(0.05f, 0.4f);
        _turn = (head.Turn * random.Between(0.1f, 0.7f)) + random.Normal(0, 0.12f);
        _front = 0.34f * MathF.Sin(_turn);
        // From the turning point to the pit of the throat.
        _pit = random.Between(0.58f, 0.85f);
        _top = _pit - 0.2f;
    }

    private int Dark => -_manner.Light;

    /// <summary>Draws it all.</summary>
    /// <param name="scarf">Whether a headscarf will hide the throat.</param>
    public void Draw(bool scarf)
    {
        var worn = _random.Below(100) switch
        {
            < 24 => Worn.Shirt,
            < 46 => Worn.Tee,
            < 64 => Worn.Jacket,
            < 74 => Worn.Roll,
            < 82 => Worn.Standing,
            < 90 => Worn.VNeck,
            < 95 => Worn.Bare,
            _ => Worn.Hood,
        };
        if (worn == Worn.Hood)
        {
            _painter.Blob("collar", Tone.Darker(_cloth, 0.2f), Neck(-1, 2.1f, 0.5f), Neck(-1, 1.7f, -0.1f), Neck(0, 0, -0.25f),
                Neck(1, 1.7f, -0.1f), Neck(1, 2.1f, 0.5f), Neck(0, 0, 0.8f));
        }
        else if (worn is Worn.Shirt or Worn.Jacket or Worn.Standing)
        {
            // The collar's back, behind the neck.
            var behind = Tone.Darker(worn == Worn.Jacket ? _second : worn == Worn.Standing ? _cloth : _collar, 0.3f);
            _painter.Polygon("collar", behind,
                Neck(-1, 1.22f, _top), Neck(-1, 1.08f, _top - 0.3f), Neck(0, 0, _top - 0.36f), Neck(1, 1.08f, _top - 0.3f),
                    Neck(1, 1.22f, _top));
        }

        using var torso = Torso();
        var bare = worn == Worn.Bare;
        _painter.Fill(torso, bare ? "skin" : "cloth", bare ? _palette.Skin : _cloth);
        using (_painter.Inside(torso))
        {
            if (!bare)
            {
                Pattern();
            }

            Folds(bare);
        }

        Throat(worn);
        NeckItself();
        Wear(worn);
        var skin = bare ? "skin" : "cloth";
        foreach (var (side, word) in Sides.Both)
        {
            Mark($"shoulder.{word}", new(X(side * _shoulder * 0.93f), _top + 0.2f + _slope), skin);
            Mark($"shoulder.{word}.middle", new(X(side * _shoulder * 0.58f), _top + 0.24f + (_slope * 0.5f)), skin);
            Mark($"chest.{word}", new(X(side * _shoulder * 0.62f) + (_front * 0.5f), _pit + 0.75f), skin);
        }

        if (!scarf)
        {
            Mark("neck.middle", Neck(0, 0, _pit * 0.62f), worn == Worn.Roll ? "collar" : "skin");
            foreach (var (side, word) in Sides.Both)
            {
                Mark($"neck.{word}", Neck(side, 0.9f, _pit * 0.5f), worn == Worn.Roll ? "collar" : "skin");
            }
        }
    }

    private enum Worn
    {
        Shirt,
        Tee,
        Jacket,
        Roll,
        Standing,
        VNeck,
        Bare,
        Hood,
    }

    private static SKPoint Add(SKPoint point, float x, float y) => new(point.X + x, point.Y + y);

    /// <summary>Sideways on the shoulders, foreshortened where the body turns away.</summary>
    private float X(float x) => x * MathF.Cos(_turn) * (x * _turn > 0 ? 0.94f : 1.04f);

    /// <summary>A point by the neck: 1 its edge.</summary>
    private SKPoint Neck(int side, float share, float y) => new((_front * Math.Clamp(y / _pit, -0.2f, 1)) + (side * share * _neck), y);

    private SKPath Torso()
    {
        var path = new SKPath();
        path.MoveTo(Neck(-1, 1.05f, _top - 0.06f));
        Half(-1, down: true);
        path.LineTo(X(_shoulder * 1.12f), 5);
        Half(1, down: false);
        path.Close();
        return path;

        void Half(int side, bool down)
        {
            SKPoint[] points =
            [
                Neck(side, 1.05f, _top - 0.06f), new(X(side * _shoulder * 0.55f), _top + 0.14f + (_slope * 0.45f)),
                new(X(side * _shoulder * 0.88f), _top + 0.14f + _slope),
                new(X(side * _shoulder * 1.02f), _top + 0.42f + _slope), new(X(side * _shoulder * 1.1f), _top + 1.3f + _slope),
                new(X(side * _shoulder * 1.12f), 5),
            ];
            if (!down)
            {
                Array.Reverse(points);
            }

            using var curve = Curves.Open(points);
            path.AddPath(curve, SKPathAddMode.Extend);
        }
    }

    private void Pattern()
    {
        var kind = _random.Below(10);
        var step = _random.Between(0.12f, 0.34f);
        var colour = _random.Chance(0.5) ? _second : Tone.Near(_random, _cloth, 0.35f);
        if (kind is 0 or 2)
        {
            for (var y = _top - 0.1f; y < 3.2f; y += step)
            {
                _painter.Curve("cloth", step * 0.42f, colour, new(-2.6f, y + 0.25f), new(_front, y), new(2.6f, y + 0.25f));
            }
        }

        if (kind is 1 or 2)
        {
            for (var x = -2.4f; x < 2.4f; x += step)
            {
                _painter.Curve("cloth", step * 0.3f, colour, new(x, _top - 0.2f), new(x * 1.05f, 3.2f));
            }
        }
    }

    private void Folds(bool bare)
    {
        if (!_manner.Shaded)
        {
            return;
        }

        var part = bare ? "skin" : "cloth";
        var colour = bare ? Tone.Mix(_palette.Skin, _palette.Shadow, 0.7f) : Tone.Darker(_cloth, 0.35f);
        _painter.Blob(part, colour,
            new(Dark * 3, _top), new(X(Dark * _shoulder * 0.95f), _top + 0.5f + _slope), new(X(Dark * _shoulder * 0.78f), 1.6f),
                new(X(Dark * _shoulder * 0.8f), 3.5f), new(Dark * 3, 3.5f));
        if (bare)
        {
            foreach (var side in (ReadOnlySpan<int>)[-1, 1])
            {
                _painter.Curve(part, 0.04f, colour, new(_front + (side * 0.08f), _pit + 0.04f),
                    new(X(side * _shoulder * 0.5f), _pit + 0.02f), new(X(side * _shoulder * 0.8f), _pit - 0.02f + (_slope * 0.5f)));
            }

            return;
        }

        for (var i = 0; i < 5; i++)
        {
            var side = _random.Chance(0.5) ? 1 : -1;
            SKPoint from = new(X(side * _shoulder * _random.Between(0.2f, 0.9f)), _top + 0.3f + _random.Between(0, 0.8f) + (_slope * 0.6f));
            _painter.Curve("cloth", _random.Between(0.02f, 0.06f), Tone.Near(_random, _cloth, 0.35f),
                from, Add(from, side * -0.06f, 0.3f), Add(from, side * _random.Between(-0.3f, 0.1f), _random.Between(0.4f, 0.9f)));
        }
    }

    private void NeckItself()
    {
        using var neck = Curves.Closed(
        [
            Neck(-1, 0.98f, -0.5f), Neck(-1, 0.95f, 0.05f), Neck(-1, 0.96f, _top - 0.15f), Neck(-1, 1.12f, _top + 0.02f),
            Neck(-1, 0.6f, _pit - 0.04f), Neck(0, 0, _pit),
            Neck(1, 0.6f, _pit - 0.04f), Neck(1, 1.12f, _top + 0.02f), Neck(1, 0.96f, _top - 0.15f), Neck(1, 0.95f, 0.05f),
            Neck(1, 0.98f, -0.5f),
        ]);
        var part = "skin";
        _painter.Fill(neck, part, _palette.Skin);
        using (_painter.Inside(neck))
        {
            if (_manner.Shaded)
            {
                _painter.Blob(part, Tone.Mix(_palette.Skin, _palette.Shadow, 0.8f),
                    Neck(Dark, 1.4f, -0.5f), Neck(Dark, 0.3f, 0), Neck(Dark, 0.45f, _pit * 0.6f), Neck(Dark, 0.8f, _pit + 0.05f),
                        Neck(Dark, 1.5f, _pit));
            }

            if (_manner.Shaded || _manner.TwoTone || _random.Chance(0.35))
            {
                // The shadow that the chin throws.
                var low = 0.26f + _random.Between(0.05f, 0.22f);
                _painter.Blob(part, Tone.Mix(_palette.Shadow, _palette.Deep, _manner.Shaded ? 0.5f : 0),
                    Neck(-1, 1.2f, -0.6f), Neck(-1, 1.2f, low - 0.16f), Neck(-Dark, 0.2f, low), Neck(Dark, 0.3f, low + 0.04f),
                        Neck(1, 1.2f, low - 0.16f), Neck(1, 1.2f, -0.6f));
            }

            if (_manner.Shaded && _random.Chance(0.6))
            {
                foreach (var side in (ReadOnlySpan<int>)[-1, 1])
                {
                    _painter.Curve(part, 0.03f, Tone.Mix(_palette.Skin, _palette.Shadow, 0.8f), Neck(side, 0.85f, 0.1f),
                        Neck(side, 0.5f, _pit * 0.6f), Neck(side, 0.12f, _pit));
                }
            }
        }
    }

    private void Mark(string name, SKPoint place, string part) => _painter.Landmark(name, place.X, place.Y, part);
}
