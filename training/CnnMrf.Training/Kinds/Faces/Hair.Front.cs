using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Faces;

/// <content>What falls over forehead, temples and ears.</content>
internal sealed partial class Hair
{
    private void Sideburns()
    {
        var down = _head.Down(_random.Between(0.02f, 0.3f));
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            if (!_head.IsFar(side))
            {
                _painter.Polygon(_part, _colour,
                    _head.Around(side, _head.EyeLine - 0.28f), _head.Around(side, down), _head.Around(side * 0.92f, down - 0.02f),
                    _head.Around(side * 0.88f, _head.EyeLine - 0.1f), _head.Around(side * 0.84f, _head.EyeLine - 0.3f));
            }
        }
    }

    /// <summary>The hair on both sides of the face, before or behind the ears.</summary>
    private void Locks()
    {
        var low = Scarf ? 1.1f : _length - _random.Between(0, 0.12f);
        var inner = _coversEars ? _random.Between(Scarf ? 0.8f : 0.78f, 0.96f) : 1;
        foreach (var (side, word) in Sides.Both)
        {
            var skull = _head.Skull(side * 90, _volume);
            var end = new SKPoint(skull.X + (side * _flare * 0.6f), low);
            if (_coversEars)
            {
                var hang = Math.Min(low, 0.95f);
                var bend = _head.Around(side * inner, _head.Down(0.6f));
                var narrow = Scarf ? _head.Edge(side, _head.Down(0.87f)) : new SKPoint(bend.X + (side * 0.06f), Math.Max(bend.Y, hang));
                using var area = Curves.Closed(
                [
                    _head.Around(side * 0.5f, Math.Max(-0.94f, _head.Hairline - 0.12f)),
                    _head.Around(side * inner * 0.9f, _head.BrowLine - 0.12f), _head.Around(side * inner, _head.EyeLine),
                    _head.Around(side * inner, _head.Down(0.3f)), bend, narrow, new(narrow.X + (side * 0.02f), (low + narrow.Y) / 2),
                    new((narrow.X + end.X) / 2, low + 0.04f), end,
                    new(skull.X + (side * _flare * 0.7f), (skull.Y + low) / 2), skull, _head.Skull(side * 60, _volume),
                    _head.Skull(side * 35, _volume * 0.6f),
                ]);
                _painter.Fill(area, _part, _manner.Shaded && side == -_manner.Light ? Tone.Darker(_colour, 0.18f) : _colour);
                using (_painter.Inside(area))
                {
                    for (var i = 0; i < _strands / 3; i++)
                    {
                        var share = _random.Next();
                        SKPoint from = Between(_head.Around(side * 0.6f, _head.Hairline), _head.Skull(side * 50, _volume), share);
                        SKPoint half = Between(_head.Around(side * inner, _head.Down(0.2f)),
                            new(skull.X + (side * _flare * 0.6f), _head.Down(0.2f)), share);
                        Strand(from, half, Between(new(narrow.X, low), end, share), 0.2f);
                    }

                    if (Scarf && _manner.Shaded)
                    {
                        _painter.Curve(_part, 0.03f, Tone.Darker(_colour, 0.3f), _head.Skull(side * 45, _volume * 0.5f),
                            _head.Around(side, _head.EyeLine), new(narrow.X, narrow.Y));
                    }
                }

                Mark($"hair.{word}.lower", Between(bend, new(skull.X, bend.Y), 0.5f), _part);
            }
        }
    }

    private SKPoint DrawFringe()
    {
        var upper = Math.Max(-0.93f, _head.Hairline - 0.2f);
        var parting = (_random.Chance(0.5) ? 1 : -1) * _random.Between(0.25f, 0.6f);
        var low = _head.BrowLine + _random.Between(-0.16f, 0.04f);
        var jag = _random.Chance(0.5) ? _random.Between(0.02f, 0.07f) : 0;
        float Edge(float share) => _wardrobe.Fringe switch
        {
            Fringe.Straight => low - (0.05f * share * share),
            Fringe.Swept => _head.Hairline + 0.03f + ((low + 0.03f - _head.Hairline) * Math.Clamp((parting < 0 ? share - parting
            : parting - share) / 1.3f, 0, 1.1f)),
            Fringe.Parted => _head.Hairline + ((low + 0.08f - _head.Hairline) * MathF.Pow(Math.Abs(share - (parting * 0.4f)), 1.3f)),
            _ => _head.Hairline + 0.09f,
        };
        var lower = new List<SKPoint>();
        var count = _wardrobe.Fringe == Fringe.Tufts ? 15 : 13;
        for (var i = 0; i <= count; i++)
        {
            var share = -0.93f + (1.86f * i / count);
            var spike = _wardrobe.Fringe == Fringe.Tufts ? (i % 2 == 0 ? -0.09f : _random.Between(0, 0.16f)) : i % 2 == 0 ? jag : -jag;
            lower.Add(_head.Around(share, Edge(share) + spike, 0.02f));
        }

        SKPoint[] top = [_head.Around(0.93f, upper + 0.15f), _head.Around(0.5f, upper), _head.Around(0, upper - 0.03f),
            _head.Around(-0.5f, upper), _head.Around(-0.93f, upper + 0.15f)];
        using var area = new SKPath();
        if (jag > 0 || _wardrobe.Fringe == Fringe.Tufts)
        {
            area.AddPoly([.. lower, .. top]);
        }
        else
        {
            using var smooth = Curves.Closed([.. lower, .. top]);
            area.AddPath(smooth);
        }

        _painter.Fill(area, _part, _colour);
        using (_painter.Inside(area))
        {
            for (var i = 0; i < _strands / 2; i++)
            {
                var share = _random.Between(-0.95f, 0.95f);
                var root = _wardrobe.Fringe is Fringe.Swept or Fringe.Parted ? parting : share;
                Strand(_head.Around(root, upper), _head.Around((root + share) / 2, (upper + Edge(share)) / 2),
                    _head.Around(share, Edge(share) + 0.03f), 0.2f);
            }
        }

        return _head.Around(0, Edge(0));
    }

    private void ChinBand()
    {
        var jaw = _head.JawLine(0.6f);
        using var band = Curves.Closed(
        [
            .. jaw.Select(p => new SKPoint(p.X * 0.99f, p.Y - 0.03f)),
            _head.Skull(100, _volume), new(_head.Skull(90, 0).X * 0.95f, 1.15f), new(0, 1.4f), new(_head.Skull(-90, 0).X * 0.95f, 1.15f),
            _head.Skull(-100, _volume),
        ]);
        _painter.Fill(band, _part, _colour);
        if (_manner.Shaded)
        {
            _painter.Curve(_part, 0.04f, Tone.Darker(_colour, 0.35f), [.. jaw.Select(p => new SKPoint(p.X * 0.99f, p.Y - 0.01f))]);
            _painter.Curve(_part, 0.03f, Tone.Darker(_colour, 0.2f), new(-0.4f, 1.08f), new(0, 1.2f), new(0.4f, 1.06f));
        }
    }
}
