using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Faces;

/// <summary>Hair, or a headscarf, which is drawn like it: what hangs behind, the cap on the skull, what falls over face and ears.</summary>
internal sealed partial class Hair
{
    private readonly Painter _painter;
    private readonly Head _head;
    private readonly Manner _manner;
    private readonly Wardrobe _wardrobe;
    private readonly SceneRandom _random;
    private readonly HairCut _cut;
    private readonly string _part;
    private readonly SKColor _colour;
    private readonly float _volume;
    private readonly float _length;
    private readonly float _flare;
    private readonly float _corners;
    private readonly float _peak;
    private readonly float _lean;
    private readonly int _strands;
    private readonly bool _coversEars;
    private readonly bool _ragged;

    public Hair(Painter painter, Head head, Palette palette, Manner manner, Wardrobe wardrobe, SceneRandom random)
    {
        (_painter, _head, _manner, _wardrobe, _random) = (painter, head, manner, wardrobe, random);
        var scarf = wardrobe.Headwear == Headwear.Scarf;
        var hat = wardrobe.Headwear != Headwear.None && !scarf;
        _cut = scarf ? HairCut.Long : hat && wardrobe.Hair is HairCut.Spiky or HairCut.Bun ? HairCut.Short : wardrobe.Hair;
        _part = scarf ? "scarf" : "hair";
        _colour = scarf ? Tone.Any(random, 0, 70, 15, 95) : palette.Hair;
        _volume = scarf ? random.Between(0.08f, 0.16f) : _cut switch
        {
            HairCut.Bald => 0,
            HairCut.Wreath => random.Between(0.03f, 0.09f),
            HairCut.Short => random.Between(0.03f, 0.16f),
            HairCut.Spiky => random.Between(0.06f, 0.16f),
            HairCut.Bob => random.Between(0.08f, 0.2f),
            HairCut.Long => random.Between(0.05f, 0.18f),
            HairCut.Curly => random.Chance(0.3) ? random.Between(0.3f, 0.55f) : random.Between(0.12f, 0.28f),
            _ => random.Between(0.04f, 0.09f),
        } * (hat ? 0.6f : 1);
        _length = scarf ? 1.5f : _cut switch
        {
            HairCut.Bob => random.Between(0.55f, 1),
            HairCut.Long => random.Between(1.1f, 2.4f),
            HairCut.Curly when random.Chance(0.35) => random.Between(0.6f, 1.5f),
            _ => 0,
        };
        _flare = random.Between(-0.04f, 0.2f);
        _corners = random.Between(-0.05f, 0.06f) + (head.Age > 0.5f && random.Chance(0.4) ? random.Between(0.05f, 0.14f) : 0);
        _peak = random.Between(-0.04f, 0.05f);
        _lean = random.Between(-0.45f, 0.45f);
        _strands = scarf || random.Chance(manner.Cartoon ? 0.6 : 0.12) ? 0 : 14 + random.Below(32);
        _coversEars = scarf || (_length > 0 && random.Chance(0.75));
        _ragged = random.Chance(0.5);
    }

    private bool Scarf => _wardrobe.Headwear == Headwear.Scarf;

    /// <summary>The face that hair leaves bare; the caller disposes of it.</summary>
    public SKPath FaceArea() => _cut switch
    {
        HairCut.Bald => _head.Silhouette(),
        HairCut.Wreath => Curves.Closed([.. _head.JawLine(), .. WreathEdge()]),
        _ => Curves.Closed([.. _head.JawLine(), .. _head.HairEdge(_head.Hairline, _corners, _peak)]),
    };

    /// <summary>Draws what hangs behind neck and shoulders.</summary>
    public void DrawBack()
    {
        if (_length <= 0)
        {
            return;
        }

        var (left, right) = (_head.Skull(-90, _volume), _head.Skull(90, _volume));
        var low = Scarf ? 1.15f : _length;
        var middle = (left.X + right.X) / 2;
        using var area = Curves.Closed(
        [
            _head.Skull(-40, _volume * 0.9f), left, new(left.X - (_flare * 0.7f), (left.Y + low) / 2),
            new(left.X - (_flare * 0.6f), low - 0.1f),
            new(left.X * 0.7f, low), new(middle, low + 0.02f), new(right.X * 0.7f, low), new(right.X + (_flare * 0.6f), low - 0.1f),
            new(right.X + (_flare * 0.7f), (right.Y + low) / 2), right, _head.Skull(40, _volume * 0.9f),
        ]);
        _painter.Fill(area, _part, Tone.Darker(_colour, _manner.Shaded ? 0.35f : 0.1f));
        if (_strands > 0)
        {
            using (_painter.Inside(area))
            {
                for (var i = 0; i < _strands / 2; i++)
                {
                    var x = _random.Between(left.X - _flare, right.X + _flare);
                    Strand(new(x * 0.95f, 0), new(x + _random.Between(-0.1f, 0.1f), low * 0.6f),
                        new(x + _random.Between(-0.12f, 0.12f), low), 0.3f);
                }
            }
        }
    }

    /// <summary>Draws the hair on the skull; the face is laid over it.</summary>
    public void DrawCap()
    {
        if (_cut == HairCut.Bald)
        {
            return;
        }

        using var area = Cap();
        _painter.Fill(area, _part, _colour);
        using (_painter.Inside(area))
        {
            if (_manner.Shaded)
            {
                var dark = -_manner.Light * 70;
                _painter.Blob(_part, Tone.Darker(_colour, 0.28f),
                    _head.Skull(dark, _volume + 0.3f), _head.Skull(dark * 0.3f, _volume * 0.4f), _head.Skull(dark * 0.7f, -0.2f),
                    _head.Skull(dark * 1.6f, -0.2f), _head.Skull(dark * 1.9f, 0.3f));
            }

            var whorl = _head.Around(_lean, -0.96f);
            for (var i = 0; i < _strands; i++)
            {
                var degrees = _random.Between(-118, 118);
                var end = _head.Skull(degrees, _volume * _random.Between(0.3f, 1.1f));
                var bend = _head.Skull(degrees * 0.6f, _random.Between(-0.12f, _volume * 0.7f));
                var start = Between(whorl, bend, _random.Between(0.05f, 0.9f));
                Strand(start, Between(start, bend, 0.7f), end, 0.2f);
            }

            if (_manner.Shaded && _random.Chance(0.6))
            {
                var light = _manner.Light * 30;
                _painter.Curve(_part, 0.05f + (_volume * 0.3f), Tone.Lighter(_colour, _random.Between(0.1f, 0.35f)),
                    _head.Skull(light - 32, (_volume * 0.4f) - 0.08f), _head.Skull(light, (_volume * 0.5f) - 0.08f),
                        _head.Skull(light + 30, (_volume * 0.4f) - 0.08f));
            }
        }
    }

    /// <summary>Draws what falls over forehead, temples and ears, and names the places of the hair.</summary>
    public void DrawFront()
    {
        if (_cut is HairCut.Short or HairCut.Spiky or HairCut.Bun or HairCut.Wreath && _random.Chance(0.75))
        {
            Sideburns();
        }

        if (_length > 0)
        {
            Locks();
        }

        var edge = _wardrobe.Fringe == Fringe.None ? _head.Around(0, _head.Hairline + _peak) : DrawFringe();
        if (_cut == HairCut.Bun)
        {
            var knot = _head.Skull(_lean * 40, _volume + 0.12f);
            _painter.Ellipse(knot.X, knot.Y, 0.24f, 0.2f, "hair", Tone.Darker(_colour, 0.12f));
            _painter.Curve("hair", 0.02f, Tone.Darker(_colour, 0.4f), new(knot.X - 0.14f, knot.Y - 0.02f), new(knot.X, knot.Y + 0.08f),
                new(knot.X + 0.15f, knot.Y - 0.02f));
        }

        if (Scarf)
        {
            ChinBand();
        }

        if (_cut == HairCut.Bald)
        {
            return;
        }

        var part = _part;
        if (_cut != HairCut.Wreath)
        {
            Mark("hairline.middle", edge, part);
            Mark("hair.top", _head.Skull(0, _volume * 0.75f), part);
            Mark("hair.middle", _head.Around(0, (_head.Hairline - 1) / 2), part);
            foreach (var (side, word) in Sides.Both)
            {
                Mark($"hair.{word}.upper", _head.Skull(side * 42, _volume * 0.5f), part);
            }
        }

        foreach (var (side, word) in Sides.Both)
        {
            Mark($"hair.{word}", _head.Skull(side * 78, _volume * 0.3f), part);
        }
    }

    private SKPoint[] WreathEdge() =>
    [
        _head.Around(0.94f, _head.EyeLine - 0.06f), _head.Around(0.82f, _head.EyeLine - 0.3f), _head.Around(0.86f, _head.EyeLine - 0.55f),
        _head.Skull(42, 0), _head.Skull(0, 0), _head.Skull(-42, 0), _head.Around(-0.86f, _head.EyeLine - 0.55f),
        _head.Around(-0.82f, _head.EyeLine - 0.3f),
        _head.Around(-0.94f, _head.EyeLine - 0.06f),
    ];

    private SKPath Cap()
    {
        if (_cut == HairCut.Spiky)
        {
            return Spikes();
        }

        var points = new List<SKPoint>();
        for (var degrees = -180; degrees < 180; degrees += 12)
        {
            var height = _head.Skull(degrees, 0).Y;
            // Short hair thins out towards ears and neck.
            var fade = _length > 0 || _cut == HairCut.Curly ? 1 : Math.Clamp((_head.EyeLine - 0.05f - height) / 0.5f, 0.15f, 1);
            var lean = 1 + (_lean * MathF.Sin(degrees * MathF.PI / 180));
            var ragged = _ragged ? _random.Between(-0.018f, 0.018f) : 0;
            // Below the ears it must not come out again beneath cheeks and jaw.
            var low = Math.Clamp((height - _head.Down(0.1f)) / 0.35f, 0, 1);
            points.Add(_head.Skull(degrees, (((_volume * fade * lean) + ragged) * (1 - low)) - (0.05f * low)));
        }

        var cap = Curves.Closed([.. points]);
        if (_cut == HairCut.Curly)
        {
            foreach (var point in points)
            {
                if (point.Y < _head.EyeLine + 0.2f)
                {
                    var radius = _random.Between(0.08f, 0.1f + (_volume * 0.5f));
                    cap.AddCircle(point.X, point.Y, radius);
                }
            }
        }

        return cap;
    }

    private SKPath Spikes()
    {
        var path = new SKPath();
        var first = true;
        var degrees = -180f;
        var longest = _random.Between(0.12f, 0.32f);
        var straight = _random.Chance(0.5);
        while (degrees < 180)
        {
            var above = MathF.Abs(degrees) < 96;
            var root = _head.Skull(degrees, above ? _volume : -0.03f);
            if (first)
            {
                path.MoveTo(root);
                first = false;
            }
            else
            {
                path.LineTo(root);
            }

            var step = above ? _random.Between(5, 15) : 15;
            if (above)
            {
                var tip = _head.Skull(degrees + (step * _random.Between(0.1f, 0.7f)) + (_lean * 22),
                    _volume + (longest * _random.Between(0.2f, 1)));
                if (straight)
                {
                    path.LineTo(tip);
                }
                else
                {
                    var middle = _head.Skull(degrees + (step * 0.2f), _volume + (longest * 0.35f));
                    path.QuadTo(middle, tip);
                }
            }

            degrees += step;
        }

        path.Close();
        return path;
    }

    private static SKPoint Between(SKPoint from, SKPoint to, float share) => new(from.X + ((to.X - from.X) * share),
        from.Y + ((to.Y - from.Y) * share));

    private void Strand(SKPoint from, SKPoint bend, SKPoint to, float spread) =>
        _painter.Curve(_part, _random.Between(0.008f, 0.028f), Tone.Near(_random, _colour, spread), from, bend, to);

    private void Mark(string name, SKPoint place, string part) => _painter.Landmark(name, place.X, place.Y, part);
}
