using SkiaSharp;

namespace CnnMrf.Training.Kinds.Faces;

/// <content>Necklines, collars, lapels and ties.</content>
internal sealed partial class Body
{
    /// <summary>The skin that a neckline leaves bare.</summary>
    private void Throat(Worn worn)
    {
        var depth = worn switch
        {
            Worn.VNeck => _random.Between(0.25f, 0.6f),
            Worn.Tee => _random.Between(0.02f, 0.16f),
            Worn.Standing => 0.25f,
            Worn.Shirt => 0.18f,
            Worn.Hood => 0.06f,
            _ => 0,
        };
        if (depth <= 0)
        {
            return;
        }

        SKPoint left = Neck(-1, 1.1f, _top - 0.06f), right = Neck(1, 1.1f, _top - 0.06f);
        var low = Neck(0, 0, _pit + depth);
        if (worn is Worn.VNeck or Worn.Shirt)
        {
            _painter.Polygon("skin", _palette.Skin, left, low, right);
            if (worn == Worn.VNeck)
            {
                Trim(named: true, [left, low], [right, low]);
            }
        }
        else
        {
            SKPoint[] arc = [left, Neck(-1, 0.85f, _pit + (depth * 0.55f)), low, Neck(1, 0.85f, _pit + (depth * 0.55f)), right];
            _painter.Blob("skin", _palette.Skin, arc);
            Trim(named: worn != Worn.Standing, arc);
        }
    }

    private void Trim(bool named, params SKPoint[][] lines)
    {
        var width = _random.Between(0.03f, 0.11f);
        foreach (var line in lines)
        {
            _painter.Curve("collar", width, _collar, line);
        }

        if (!named)
        {
            return;
        }

        var (first, last) = (lines[0], lines[^1]);
        Mark("collar.left", first[0], "collar");
        Mark("collar.right", lines.Length > 1 ? last[0] : last[^1], "collar");
        Mark("collar.middle", lines.Length > 1 ? first[^1] : first[first.Length / 2], "collar");
    }

    private void Wear(Worn worn)
    {
        switch (worn)
        {
            case Worn.Shirt:
                Placket(_cloth);
                if (_random.Chance(0.3))
                {
                    Tie();
                }

                Wings(_random.Chance(0.6) ? Tone.Near(_random, _cloth, 0.12f) : _collar, 1);
                break;
            case Worn.Jacket:
                JacketFront();
                break;
            case Worn.Roll:
                Roll();
                break;
            case Worn.Standing:
                Standing();
                break;
            case Worn.Hood:
                foreach (var side in (ReadOnlySpan<int>)[-1, 1])
                {
                    _painter.Curve("collar", 0.04f, _second, Neck(side, 0.4f, _pit + 0.1f), Neck(side, 0.5f, _pit + 0.5f),
                        Neck(side, 0.42f, _pit + 0.85f));
                }

                break;
            case Worn.Bare when _random.Chance(0.6):
                foreach (var side in (ReadOnlySpan<int>)[-1, 1])
                {
                    _painter.Curve("cloth", _random.Between(0.08f, 0.3f), _cloth,
                        new(X(side * _shoulder * 0.55f), _top + 0.1f + (_slope * 0.4f)), new(X(side * _shoulder * 0.5f), 1.5f),
                        new(X(side * _shoulder * 0.42f), 2.6f));
                }

                break;
            default:
                break;
        }
    }

    private void Placket(SKColor colour)
    {
        SKPoint top = Neck(0, 0, _pit + 0.15f), low = new(_front * 1.2f, 4);
        _painter.Curve("cloth", _manner.Ink * 0.7f, Tone.Darker(colour, 0.4f), top, low);
        var buttons = Tone.Near(_random, _second, 0.3f);
        for (var y = _pit + 0.4f; y < 2.4f; y += 0.42f)
        {
            _painter.Ellipse(_front + 0.05f, y, 0.035f, 0.035f, "button", buttons);
        }
    }

    private void Tie()
    {
        var colour = Tone.Any(_random, 20, 95, 15, 80);
        var middle = Neck(0, 0, _pit);
        _painter.Polygon("tie", colour, Add(middle, -0.05f, 0.18f), Add(middle, 0.05f, 0.18f), Add(middle, 0.2f, 2), Add(middle, 0, 2.3f),
            Add(middle, -0.2f, 2));
        _painter.Polygon("tie", Tone.Darker(colour, 0.15f), Add(middle, -0.12f, -0.02f), Add(middle, 0.12f, -0.02f),
            Add(middle, 0.06f, 0.22f), Add(middle, -0.06f, 0.22f));
        if (_random.Chance(0.4))
        {
            for (var i = 0; i < 4; i++)
            {
                _painter.Curve("tie", 0.05f, Tone.Lighter(colour, 0.4f), Add(middle, -0.08f - (0.02f * i), 0.5f + (0.3f * i)),
                    Add(middle, 0.08f + (0.02f * i), 0.4f + (0.3f * i)));
            }
        }

        Mark("tie.knot", Add(middle, 0, 0.1f), "tie");
    }

    /// <summary>A shirt's collar: two wings that meet at the throat.</summary>
    private void Wings(SKColor colour, float size)
    {
        var spread = _random.Between(0.25f, 0.5f) * size;
        var length = _random.Between(0.3f, 0.5f) * size;
        foreach (var (side, word) in Sides.Both)
        {
            SKPoint[] wing =
            [
                Neck(side, 1.06f, _top - 0.24f), Neck(side, 0.5f, _pit - 0.06f), Neck(side, 0.08f, _pit + 0.08f),
                Add(Neck(0, 0, _pit), side * spread, length),
                Neck(side, 1.3f, _top + 0.2f), Neck(side, 1.22f, _top - 0.1f),
            ];
            _painter.Polygon("collar", _manner.Shaded && side == Dark ? Tone.Darker(colour, 0.2f) : colour, wing);
            if (_random.Chance(0.5))
            {
                _painter.Curve("collar", _manner.Ink * 0.7f, Tone.Darker(colour, 0.55f), wing[2], wing[3], wing[4]);
            }

            Mark($"collar.{word}", wing[5], "collar");
            Mark($"collar.{word}.tip", wing[3], "collar");
        }

        Mark("collar.middle", Neck(0, 0, _pit + 0.06f), "collar");
    }

    private void JacketFront()
    {
        var depth = _random.Between(0.9f, 1.6f);
        _painter.Polygon("cloth", _second,
            Neck(-1, 1.15f, _top - 0.05f), Neck(-1, 0.5f, _pit - 0.03f), Neck(0, 0, _pit + 0.06f), Neck(1, 0.5f, _pit - 0.03f),
            Neck(1, 1.15f, _top - 0.05f), Neck(0, 0, _pit + depth));
        if (_random.Chance(0.55))
        {
            Tie();
        }

        Wings(Tone.Near(_random, _second, 0.06f), 0.75f);
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            var colour = Tone.Near(_random, _cloth, 0.12f);
            SKPoint[] lapel =
            [
                Neck(side, 1.25f, _top - 0.16f), Neck(side, 0.95f, _pit + 0.2f), Neck(0, 0, _pit + depth + 0.05f),
                Add(Neck(side, 1.4f, _pit + 0.55f), side * 0.16f, 0),
                Neck(side, 1.5f, _pit + 0.36f), Add(Neck(side, 1.5f, _pit + 0.2f), side * 0.18f, 0), Neck(side, 1.55f, _top + 0.04f),
            ];
            _painter.Polygon("lapel", side == Dark && _manner.Shaded ? Tone.Darker(colour, 0.25f) : colour, lapel);
            using var line = new SKPath();
            line.AddPoly(lapel[1..6], close: false);
            _painter.Line(line, _manner.Ink * 0.6f, "lapel", Tone.Darker(colour, 0.5f));
        }
    }

    private void Roll()
    {
        var high = _random.Between(0.22f, 0.42f);
        var colour = Tone.Near(_random, _cloth, 0.1f);
        _painter.Blob("collar", colour,
            Neck(-1, 1.06f, high), Neck(0, 0, high + 0.1f), Neck(1, 1.06f, high), Neck(1, 1.16f, _pit - 0.1f),
            Neck(1, 0.9f, _pit + 0.06f), Neck(0, 0, _pit + 0.14f),
            Neck(-1, 0.9f, _pit + 0.06f), Neck(-1, 1.16f, _pit - 0.1f));
        _painter.Curve("collar", _manner.Ink * 0.7f, Tone.Darker(colour, 0.4f), Neck(-1, 1.1f, _pit - 0.08f), Neck(0, 0, _pit + 0.06f),
            Neck(1, 1.1f, _pit - 0.08f));
        for (var i = -3; i <= 3 && _manner.Shaded; i++)
        {
            _painter.Curve("collar", 0.02f, Tone.Darker(colour, 0.25f), Neck(1, i * 0.28f, high + 0.12f), Neck(1, i * 0.28f, _pit));
        }

        Mark("collar.left", Neck(-1, 1.04f, high + 0.06f), "collar");
        Mark("collar.right", Neck(1, 1.04f, high + 0.06f), "collar");
        Mark("collar.middle", Neck(0, 0, _pit + 0.08f), "collar");
    }

    /// <summary>A jacket whose collar stands up about the neck.</summary>
    private void Standing()
    {
        foreach (var (side, word) in Sides.Both)
        {
            var high = _random.Between(0, 0.22f);
            var colour = side == Dark && _manner.Shaded ? Tone.Darker(_cloth, 0.3f) : Tone.Near(_random, _cloth, 0.1f);
            SKPoint[] flap =
            [
                Neck(side, 1.05f, high), Add(Neck(side, 1.5f, high + 0.02f), side * 0.08f, 0),
                Add(Neck(side, 1.9f, _top + 0.14f), side * 0.1f, 0), Neck(side, 1.5f, _pit + 0.6f),
                Neck(side, 0.5f, _pit + 0.9f), Neck(side, 0.75f, _pit + 0.3f),
            ];
            _painter.Blob("collar", colour, flap);
            _painter.Curve("collar", 0.02f, Tone.Darker(colour, 0.4f), flap[0], Neck(side, 1.2f, _top), flap[5], flap[4]);
            _painter.Curve("collar", 0.015f, Tone.Lighter(colour, 0.35f), Add(flap[1], 0, 0.06f), Add(flap[2], -side * 0.08f, 0.04f),
                Add(flap[3], -side * 0.05f, -0.05f));
            Mark($"collar.{word}", Neck(side, 1.2f, _top), "collar");
        }
    }
}
