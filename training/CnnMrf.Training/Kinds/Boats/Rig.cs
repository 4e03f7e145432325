using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Boats;

/// <summary>
/// Masts, booms, ropes and sails. Parts: <c>mast</c>, <c>sail</c>, <c>sail.seam</c>, <c>sail.stripe</c>, <c>rigging</c>, <c>flag</c>.
/// </summary>
internal sealed class Rig
{
    private readonly Painter _painter;
    private readonly SceneRandom _random;
    private readonly Hull _hull;
    private readonly BoatPlan _plan;
    private readonly SKColor _sail;
    private readonly SKColor _wood;
    private readonly float _swing;
    private readonly bool _furled;
    private readonly int _battens;
    private readonly bool _striped;

    /// <summary>Chooses cloth and trim.</summary>
    public Rig(Painter painter, SceneRandom random, Hull hull, Atmosphere air)
    {
        (_painter, _random, _hull, _plan) = (painter, random, hull, hull.Plan);
        _sail = air.Lit(random.Chance(0.65)
            ? Tint.Hsv(random.Between(20, 60), random.Between(0, 0.2f), random.Between(0.85f, 1))
            : random.Pick(new SKColor(170, 75, 45), new(200, 150, 80), Tint.Any(random)));
        _wood = air.Lit(random.Chance(0.5)
            ? Tint.Hsv(random.Between(18, 38), random.Between(0.3f, 0.6f), random.Between(0.25f, 0.6f))
            : Tint.Hsv(210, 0.05f, random.Between(0.5f, 0.9f)));
        _swing = random.Pick(-1, 1) * random.Between(0.05f, 0.9f);
        _furled = random.Chance(0.18);
        _battens = random.Chance(0.25) ? 3 + random.Below(4) : 0;
        _striped = random.Chance(0.12);
    }

    /// <summary>All of it.</summary>
    public void Draw()
    {
        switch (_plan.Style)
        {
            case BoatStyle.Sloop:
                Mast(0.42f, _plan.Height, "mast", 0.09f);
                Stays(0.42f, _plan.Height);
                Main(0.42f, _plan.Height, 0.52f, "sail.main", gaff: false);
                Jib(0.42f, _plan.Height * _random.Between(0.7f, 0.97f), _random.Between(0.02f, 0.1f), "sail.jib");
                break;
            case BoatStyle.Dinghy:
                Mast(0.34f, _plan.Height * (_battens > 0 ? 0.9f : 1), "mast", 0.1f);
                Main(0.34f, _plan.Height, 0.6f, "sail.main", gaff: _random.Chance(0.5));
                if (_random.Chance(0.35))
                {
                    Jib(0.34f, _plan.Height * 0.7f, 0, "sail.jib");
                }

                break;
            case BoatStyle.Schooner:
                Stays(0.6f, _plan.Height);
                Mast(0.6f, _plan.Height, "mast", 0.11f);
                Main(0.6f, _plan.Height * 0.86f, 0.38f, "sail.main", gaff: true);
                Mast(0.3f, _plan.Height * 0.88f, "mast.fore", 0.1f);
                Main(0.3f, _plan.Height * 0.8f, 0.27f, "sail.fore", gaff: true);
                Jib(0.3f, _plan.Height * 0.78f, -0.12f, "sail.jib");
                break;
            case BoatStyle.Galleon:
                Stays(0.5f, _plan.Height);
                Square(0.82f, _plan.Height * 0.8f, 0.6f, "mast.rear", "sail.rear");
                Square(0.5f, _plan.Height, 1, "mast", "sail.main");
                Square(0.2f, _plan.Height * 0.88f, 0.8f, "mast.fore", "sail.fore");
                if (_random.Chance(0.6))
                {
                    Jib(0.2f, _plan.Height * 0.7f, -0.14f, "sail.jib");
                }

                break;
            default:
                Mast(0.45f, _plan.Height, "mast", 0.09f);
                break;
        }
    }

    /// <summary>A pole from the deck up, with a flag at times.</summary>
    /// <param name="u">Where.</param>
    /// <param name="height">Above the water.</param>
    /// <param name="name">What its landmarks begin with.</param>
    /// <param name="width">How thick.</param>
    public void Mast(float u, float height, string name, float width)
    {
        var x = u * _plan.Length;
        var (foot, top) = (_hull.At(x, 0, _hull.Sheer(u) * 0.9f), _hull.At(x, 0, height));
        Line("mast", width, _wood, foot, top);
        _hull.Name($"{name}.top", top, "mast");
        _hull.Name($"{name}.middle", _hull.At(x, 0, height * 0.5f), "mast");
        _hull.Name($"{name}.foot", _hull.At(x, 0, _hull.Sheer(u) + 0.1f), "mast");
        if (name == "mast" && _random.Chance(0.4))
        {
            var wind = _random.Pick(-1, 1) * _random.Between(0.5f, 1.1f);
            Span<SKPoint> flag =
            [
                top, _hull.At(x + (wind * 0.5f), 0, height - 0.1f), _hull.At(x + wind, 0, height - 0.05f),
                    _hull.At(x + wind, 0, height - 0.5f),
                _hull.At(x + (wind * 0.5f), 0, height - 0.55f), _hull.At(x, 0, height - 0.45f),
            ];
            _painter.Polygon("flag", Tint.Any(_random), flag);
        }
    }

    private void Main(float u, float height, float reach, string name, bool gaff)
    {
        var x = (u * _plan.Length) + 0.08f;
        var low = _hull.Sheer(u) + (_plan.Freeboard * 0.7f) + 0.2f;
        var length = reach * _plan.Length;
        var boomEnd = Swung(x, length, low + 0.1f);
        if (_furled)
        {
            Line("sail", 0.28f, _sail, Swung(x, 0.1f, low + 0.15f), Swung(x, length * 0.95f, low + 0.2f));
            Line("mast", 0.08f, _wood, Swung(x, 0, low), boomEnd);
            Boom(name, boomEnd);
            return;
        }

        var belly = _random.Between(0, 0.16f);
        var throat = gaff ? low + ((height - low) * _random.Between(0.55f, 0.75f)) : height - 0.1f;
        var peak = gaff ? Swung(x, length * _random.Between(0.35f, 0.75f), height * _random.Between(0.95f, 1.05f))
            : Swung(x, 0.05f, height - 0.1f);
        using var sail = new SKPath();
        var tack = Swung(x, 0, low + 0.12f);
        var head = Swung(x, 0, throat);
        sail.MoveTo(tack);
        sail.LineTo(head);
        sail.LineTo(peak);
        Bow(sail, peak, boomEnd, -belly - (gaff ? 0 : 0.05f));
        Bow(sail, boomEnd, tack, -0.03f);
        sail.Close();
        Cloth(sail, [tack, head, peak, boomEnd], shade: 1);
        Line("mast", 0.08f, _wood, Swung(x, 0, low), boomEnd);
        if (gaff)
        {
            Line("mast", 0.07f, _wood, head, peak);
        }

        _hull.Name($"{name}.tack", tack, "sail");
        _hull.Name($"{name}.head", Mix(gaff ? peak : head, tack, 0.03f), "sail");
        _hull.Name($"{name}.clew", Mix(boomEnd, head, 0.03f), "sail");
        _hull.Name($"{name}.middle", new((tack.X + head.X + peak.X + boomEnd.X) / 4, (tack.Y + head.Y + peak.Y + boomEnd.Y) / 4), "sail");
        Boom(name, boomEnd);
    }

    private void Boom(string sail, SKPoint end)
    {
        if (sail == "sail.main")
        {
            _hull.Name("boom.end", end, "mast");
        }
    }

    private void Jib(float u, float height, float foot, string name)
    {
        var bow = _hull.At(foot * _plan.Length, 0, _hull.Sheer(0) + 0.1f);
        if (foot < 0)
        {
            Line("mast", 0.09f, _wood, _hull.At(0.3f, 0, _hull.Sheer(0)), bow);
        }

        if (_furled)
        {
            return;
        }

        var head = _hull.At((u * _plan.Length) - 0.1f, 0, height);
        var clewX = (u + _random.Between(-0.06f, 0.12f)) * _plan.Length;
        var side = MathF.Sin(_swing * 0.6f) * 1.2f;
        var clew = _hull.At(clewX, side, _hull.Sheer(u) + _random.Between(0.3f, 0.9f));
        using var sail = new SKPath();
        sail.MoveTo(bow);
        sail.LineTo(head);
        Bow(sail, head, clew, -_random.Between(-0.06f, 0.12f));
        Bow(sail, clew, bow, -0.06f);
        sail.Close();
        Cloth(sail, [bow, head, head, clew], shade: _random.Between(0.88f, 1.05f));
        _hull.Name($"{name}.tack", Mix(bow, clew, 0.05f), "sail");
        _hull.Name($"{name}.head", Mix(head, bow, 0.05f), "sail");
        _hull.Name($"{name}.clew", Mix(clew, head, 0.04f), "sail");
        _hull.Name($"{name}.middle", new((bow.X + head.X + clew.X) / 3, (bow.Y + head.Y + clew.Y) / 3), "sail");
    }

    private void Square(float u, float height, float size, string mast, string name)
    {
        Mast(u, height, mast, 0.13f * size);
        var x = (u * _plan.Length) - 0.1f;
        var low = _hull.Sheer(u) + (0.9f * size);
        var rows = size > 0.75f ? 3 : 2;
        // The yards are braced so that the viewer sees the sails' width.
        var angle = (_hull.View.Yaw > 0 ? -1 : 1) * (0.5f + (0.3f * MathF.Abs(_swing)));
        for (var i = 0; i < rows; i++)
        {
            var (from, to) = (low + ((height - 0.4f - low) * i / rows), low + ((height - 0.4f - low) * (i + 0.9f) / rows));
            var wide = size * (1.75f - (0.42f * i));
            var (sin, cos) = MathF.SinCos(angle);
            SKPoint At(float across, float z, float belly) =>
                _hull.At(x - (across * cos) - (belly * sin), (across * sin) - (belly * cos), z);
            Line("mast", 0.08f, _wood, At(-wide, to, 0), At(wide, to, 0));
            if (_furled)
            {
                Line("sail", 0.17f, _sail, At(-wide * 0.9f, to - 0.1f, 0), At(wide * 0.9f, to - 0.1f, 0));
                continue;
            }

            using var sail = new SKPath();
            Span<SKPoint> corners = [At(-wide * 0.95f, to, 0), At(wide * 0.95f, to, 0), At(wide * 1.1f, from, 0.1f),
                At(-wide * 1.1f, from, 0.1f)];
            sail.MoveTo(corners[0]);
            sail.LineTo(corners[1]);
            Bow(sail, corners[1], corners[2], -0.12f);
            Bow(sail, corners[2], corners[3], 0.14f);
            Bow(sail, corners[3], corners[0], -0.12f);
            sail.Close();
            Cloth(sail, corners, shade: _random.Between(0.92f, 1.06f));
            if (i == 0)
            {
                _hull.Name($"{name}.middle", Mix(corners[0], corners[2], 0.5f), "sail");
            }
            else if (i == rows - 1)
            {
                _hull.Name($"{name}.head", Mix(Mix(corners[0], corners[1], 0.5f), corners[2], 0.08f), "sail");
            }
        }
    }

    private void Cloth(SKPath sail, ReadOnlySpan<SKPoint> corners, float shade)
    {
        var colour = Tint.Shade(_sail, shade);
        _painter.Fill(sail, "sail", colour);
        using var inside = _painter.Inside(sail);
        var (low, high, peak, end) = (corners[0], corners[1], corners[2], corners[3]);
        if (!_hull.Flat)
        {
            var from = _random.Between(0.35f, 0.7f);
            _painter.Polygon("sail", Tint.Shade(colour, _random.Between(0.78f, 0.95f)), Mix(low, end, from), Mix(high, peak, from),
                Mix(peak, end, -0.3f), Mix(end, peak, -0.3f));
        }

        if (_striped)
        {
            var second = Tint.Any(_random);
            for (var i = 0; i < 4; i++)
            {
                var (a, b) = (i / 4f, (i + 0.5f) / 4);
                _painter.Polygon("sail.stripe", second, Mix(low, high, a), Mix(end, peak, a), Mix(end, peak, b), Mix(low, high, b));
            }
        }

        var count = _battens > 0 ? _battens : _hull.Flat ? 0 : _random.Below(5);
        for (var i = 1; i < count; i++)
        {
            var share = (float)i / count;
            Line("sail.seam", _battens > 0 ? 0.05f : 0.025f, Tint.Shade(colour, _battens > 0 ? 0.5f : 0.8f), Mix(low, high, share),
                Mix(end, peak, share));
        }

        if (_random.Chance(0.12))
        {
            var place = new SKPoint((low.X + high.X + end.X) / 3, (low.Y + high.Y + end.Y) / 3);
            _painter.Ellipse(place.X, place.Y, 0.35f * _hull.View.Scale, 0.4f * _hull.View.Scale, "sail.stripe", Tint.Any(_random));
        }
    }

    private void Stays(float u, float height)
    {
        var (top, bow) = (_hull.At(u * _plan.Length, 0, height * 0.98f), _hull.At(0.05f, 0, _hull.Sheer(0)));
        var thin = _random.Between(0.02f, 0.045f);
        Line("rigging", thin, Tint.Shade(_wood, 0.6f), top, bow);
        Line("rigging", thin, Tint.Shade(_wood, 0.6f), top, _hull.At(_plan.Length * 0.98f, 0, _hull.Sheer(1)));
        foreach (var side in new[] { -1, 1 })
        {
            Line("rigging", thin, Tint.Shade(_wood, 0.6f), _hull.At(u * _plan.Length, 0, height * 0.8f),
                _hull.At((u * _plan.Length) + 0.2f, side * _hull.Width(u), _hull.Sheer(u)));
        }
    }

    private SKPoint Swung(float x, float along, float z)
    {
        var (sin, cos) = MathF.SinCos(_swing);
        return _hull.At(x + (along * cos), along * sin, z);
    }

    private void Line(string part, float width, SKColor colour, SKPoint from, SKPoint to)
    {
        using var path = new SKPath();
        path.MoveTo(from);
        path.LineTo(to);
        _painter.Line(path, width * _hull.View.Scale, part, colour);
    }

    private static void Bow(SKPath path, SKPoint from, SKPoint to, float bulge)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        path.QuadTo(((from.X + to.X) / 2) - (dy * bulge * 2), ((from.Y + to.Y) / 2) + (dx * bulge * 2), to.X, to.Y);
    }

    private static SKPoint Mix(SKPoint from, SKPoint to, float share) =>
        new(from.X + ((to.X - from.X) * share), from.Y + ((to.Y - from.Y) * share));
}
