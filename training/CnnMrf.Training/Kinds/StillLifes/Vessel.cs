using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Animals;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.StillLifes;

/// <summary>
/// A vessel on the table, in the scene's units. Parts: <c>vessel</c>, <c>vessel.inside</c>, <c>handle</c>, <c>spout</c>, <c>lid</c>,
/// <c>liquid</c>, <c>label</c>, <c>glint</c>.
/// </summary>
internal sealed class Vessel
{
    private readonly Painter _painter;
    private readonly SceneRandom _random;
    private readonly bool _shaded;
    private readonly bool _glass;
    private readonly bool _main;
    private readonly int _light;
    private readonly int _handleSide;
    private readonly SKColor _colour;
    private readonly float _handleReach;

    /// <summary>Chooses a vessel.</summary>
    /// <param name="painter">The painter.</param>
    /// <param name="profile">Its outline.</param>
    /// <param name="x">Its middle.</param>
    /// <param name="foot">Where its foot stands.</param>
    /// <param name="height">From rim to foot.</param>
    /// <param name="setting">What it shares with everything on the table.</param>
    /// <param name="main">Whether its places are named.</param>
    /// <param name="random">Decides the rest.</param>
    public Vessel(Painter painter, Profile profile, float x, float foot, float height, Setting setting, bool main, SceneRandom random)
    {
        (_painter, _random, Profile, X, Foot, Height, Tilt) = (painter, random, profile, x, foot, height, setting.Tilt);
        (_shaded, _light, _main) = (setting.Shaded, setting.Light, main);
        _glass = profile.Ware is Ware.Goblet or Ware.Bottle ? random.Chance(0.7) : profile.Ware is Ware.Vase or Ware.Jar
            && random.Chance(0.15);
        _handleSide = random.Chance(0.5) ? 1 : -1;
        _handleReach = random.Between(0.8f, 1.25f);
        var white = Tint.Hsv(random.Between(30, 60), random.Between(0, 0.12f), random.Between(0.8f, 1));
        var clay = Tint.Hsv(random.Between(10, 32), random.Between(0.35f, 0.75f), random.Between(0.35f, 0.8f));
        var glaze = Tint.Hsv(random.Between(0, 360), random.Between(0.2f, 0.85f), random.Between(0.25f, 0.9f));
        var metal = Tint.Hsv(random.Between(20, 60), random.Between(0, 0.5f), random.Between(0.45f, 0.8f));
        var glass = Tint.Mix(setting.Behind, Tint.Hsv(random.Between(80, 220), random.Between(0, 0.5f), random.Between(0.3f, 0.95f)),
            random.Between(0.25f, 0.8f));
        var dark = Tint.Hsv(random.Between(30, 140), random.Between(0.3f, 0.8f), random.Between(0.1f, 0.35f));
        _colour = _glass ? (profile.Ware == Ware.Bottle ? random.Pick(dark, glass) : glass)
            : random.Pick(white, white, clay, clay, glaze, glaze, metal);
    }

    public Profile Profile { get; }

    public float X { get; }

    public float Foot { get; }

    public float Height { get; }

    /// <summary>Height of a circle's picture over its width.</summary>
    public float Tilt { get; }

    public float Rim => Foot - Height;

    public float RimRadius => Profile.Knots[0].R * Height;

    /// <summary>What is behind everything that may stand in it: shadow, handle, spout, the far rim and the inside.</summary>
    public void Behind()
    {
        if (Profile.Ware is Ware.Jug or Ware.Cup or Ware.Teapot)
        {
            Handle(_handleSide, _main ? "handle" : null);
        }
        else if (Profile.Ware is Ware.Amphora)
        {
            Handle(-1, _main ? "handle.left" : null);
            Handle(1, _main ? "handle.right" : null);
        }

        if (Profile.Ware == Ware.Teapot)
        {
            Spout();
        }

        var r = RimRadius;
        _painter.Ellipse(X, Rim, r, r * Tilt, "vessel", Tint.Shade(_colour, _shaded ? 1.12f : 1));
        _painter.Ellipse(X, Rim, r * 0.9f, r * Tilt * 0.86f, "vessel.inside", Tint.Shade(_colour, _shaded ? 0.5f : 0.65f));
        if (Profile.Ware == Ware.Cup && _random.Chance(0.6))
        {
            _painter.Ellipse(X, Rim + (r * Tilt * 0.15f), r * 0.84f, r * Tilt * 0.66f, "liquid",
                Tint.Hsv(_random.Between(15, 45), _random.Between(0.3f, 0.9f), _random.Between(0.12f, 0.7f)));
        }
        else if (_main && Tilt > 0.1f)
        {
            Name("rim.inside", 0, 0, "vessel.inside");
        }
    }

    /// <summary>The wall that is seen.</summary>
    public void Front()
    {
        using var wall = Wall();
        _painter.Fill(wall, "vessel", _colour);
        var liquid = false;
        using (_painter.Inside(wall))
        {
            if (_glass)
            {
                liquid = Liquid();
            }
            else
            {
                Decoration();
            }

            if (_shaded || _random.Chance(0.3))
            {
                Shade(liquid);
            }
        }

        if (Profile.Ware == Ware.Teapot || (Profile.Ware is Ware.Jar && _random.Chance(0.3)))
        {
            Lid();
        }

        if (_main)
        {
            Mark(liquid);
        }
    }

    private SKPath Wall()
    {
        SKPoint Right(Knot k) => new(X + (k.R * Height), Rim + (k.Y * Height));
        SKPoint Left(Knot k) => new(X - (k.R * Height), Rim + (k.Y * Height));
        var knots = Profile.Along().ToArray();
        var path = Curves.Open([.. knots.Select(Right)]);
        var (rim, foot) = (RimRadius, knots[^1].R * Height);
        path.ArcTo(new(X - foot, Foot - (foot * Tilt), X + foot, Foot + (foot * Tilt)), 0, 180, false);
        using (var left = Curves.Open([.. knots.Reverse().Select(Left)]))
        {
            path.AddPath(left, SKPathAddMode.Extend);
        }

        // The near half of the rim; the far half with the inside lies behind.
        path.ArcTo(new(X - rim, Rim - (rim * Tilt), X + rim, Rim + (rim * Tilt)), 180, -180, false);
        path.Close();
        return path;
    }

    /// <summary>A strip that follows the outline.</summary>
    /// <param name="inner">Its one edge, in half widths.</param>
    /// <param name="outer">Its other edge.</param>
    /// <param name="top">0…1.</param>
    /// <param name="low">0…1.</param>
    private SKPath Strip(float inner, float outer, float top, float low)
    {
        const int Steps = 9;
        Span<SKPoint> points = stackalloc SKPoint[2 * (Steps + 1)];
        for (var i = 0; i <= Steps; i++)
        {
            var y = top + ((low - top) * i / Steps);
            var r = Profile.At(y) * Height;
            // Circles are seen as ellipses: their nearer points are lower.
            SKPoint At(float u) => new(X + (u * r), Rim + (y * Height) + (MathF.Sqrt(MathF.Max(0, 1 - (u * u))) * r * Tilt));
            points[i] = At(inner);
            points[(2 * Steps) + 1 - i] = At(outer);
        }

        var path = new SKPath();
        path.AddPoly(points.ToArray());
        return path;
    }

    private void Band(float y, float thick, SKColor colour, string part = "vessel")
    {
        var r = Profile.At(y) * Height * 1.02f;
        using var path = new SKPath();
        path.AddArc(new(X - r, Rim + (y * Height) - (r * Tilt), X + r, Rim + (y * Height) + (r * Tilt)), 0, 180);
        _painter.Line(path, thick * Height, part, colour);
    }

    private void Shade(bool liquid)
    {
        var s = -_light;
        var part = "vessel";
        var dark = Tint.Shade(_colour, _glass ? 0.8f : _random.Between(0.5f, 0.8f));
        if (!liquid)
        {
            using (var half = Strip(s * _random.Between(0.45f, 0.65f), s * 1.15f, 0, 1))
            {
                _painter.Fill(half, part, Tint.Mix(_colour, dark, 0.55f));
            }

            using (var edge = Strip(s * 0.78f, s * 1.15f, 0, 1))
            {
                _painter.Fill(edge, part, dark);
            }

            using var reflex = Strip(-s * 0.3f, -s * 0.72f, 0.02f, 0.98f);
            _painter.Fill(reflex, part, Tint.Shade(_colour, 1.1f));
        }

        var belly = Profile.Knots[Profile.Belly].Y;
        var (top, low) = (MathF.Max(0.03f, belly - 0.22f), MathF.Min(0.95f, belly + 0.1f));
        SKPoint Lit(float y)
        {
            var r = Profile.At(y) * Height;
            return new(X - (s * 0.5f * r), Rim + (y * Height) + (0.866f * r * Tilt));
        }

        _painter.Curve("glint", Profile.Knots[Profile.Belly].R * Height * _random.Between(0.1f, 0.2f),
            Tint.Shade(_colour, _glass ? 1.75f : _random.Between(1.35f, 1.8f)), Lit(top), Lit((top + low) / 2), Lit(low));

        if (_main)
        {
            var y = (top + low) / 2;
            Name("highlight", -s * 0.5f * Profile.At(y), y + (0.866f * Profile.At(y) * Tilt), "glint");
        }
    }

    private bool Liquid()
    {
        if (!_random.Chance(0.65))
        {
            return false;
        }

        var low = Profile.Ware == Ware.Goblet ? Profile.Knots[3].Y - 0.03f : 0.96f;
        var top = low - (low * _random.Between(0.35f, 0.8f));
        var colour = Tint.Hsv(_random.Pick(_random.Between(345, 360), _random.Between(20, 55), _random.Between(180, 220)),
            _random.Between(0.2f, 0.9f), _random.Between(0.3f, 0.9f));
        using var body = Strip(-0.93f, 0.93f, top, low);
        _painter.Fill(body, "liquid", colour);
        var r = Profile.At(top) * Height * 0.93f;
        var y = Rim + (top * Height);
        _painter.Ellipse(X, y + (r * Tilt * 0.4f), r, MathF.Max(r * Tilt, 0.004f), "liquid", Tint.Shade(colour, 1.2f));
        return true;
    }

    private void Decoration()
    {
        var ink = _random.Pick(Tint.Shade(_colour, 0.55f), Tint.Shade(_colour, 1.4f), Tint.Any(_random), Tint.Hsv(220, 0.8f, 0.5f));
        switch (_random.Below(7))
        {
            case 0:
                for (var i = 1 + _random.Below(4); i > 0; i--)
                {
                    Band(_random.Between(0.05f, 0.95f), _random.Between(0.01f, 0.05f), ink);
                }

                break;
            case 1:
                Band(_random.Between(0.1f, 0.3f), 0.02f, ink);
                var y = Profile.Knots[Profile.Belly].Y;
                var count = 3 + _random.Below(4);
                for (var i = 0; i < count; i++)
                {
                    var u = -0.8f + (1.6f * (i + 0.5f) / count);
                    var r = Profile.At(y) * Height;
                    var (x, cy) = (X + (u * r), Rim + (y * Height) + (r * Tilt * MathF.Sqrt(1 - (u * u))));
                    var size = r * 0.8f / count;
                    for (var p = 0; p < 5; p++)
                    {
                        var petal = Shapes.Polar(new(x, cy), p * 72, size * 0.8f);
                        _painter.Ellipse(petal.X, petal.Y, size * 0.45f, size * 0.45f, "vessel", ink);
                    }
                }

                break;
            case 2:
                for (var u = -0.9f; u < 0.95f; u += 0.3f)
                {
                    using var flute = Strip(u, u + 0.13f, 0.02f, 0.98f);
                    _painter.Fill(flute, "vessel", Tint.Mix(_colour, ink, 0.6f));
                }

                break;
            case 3:
                // Glaze that ran down from the rim.
                using (var glaze = Strip(-1.1f, 1.1f, 0, _random.Between(0.25f, 0.7f)))
                {
                    _painter.Fill(glaze, "vessel", ink);
                }

                break;
        }

        if (Profile.Ware == Ware.Bottle && _random.Chance(0.7))
        {
            using var label = Strip(-0.85f, 0.85f, _random.Between(0.5f, 0.6f), _random.Between(0.78f, 0.9f));
            _painter.Fill(label, "label", Tint.Hsv(_random.Between(30, 60), _random.Between(0.05f, 0.4f), _random.Between(0.75f, 1)));
        }
    }

    private void Handle(int side, string? name)
    {
        SKPoint P(float y, float extra) => new(X + (side * (Profile.At(y) + extra) * Height), Rim + (y * Height));
        var reach = (Profile.Ware is Ware.Cup or Ware.Teapot ? 0.3f : 0.2f) * _handleReach;
        var (top, low) = Profile.Ware switch
        {
            Ware.Cup => (0.15f, 0.72f),
            Ware.Teapot => (0.18f, 0.75f),
            Ware.Amphora => (0.08f, 0.42f),
            _ => (0.06f, 0.55f),
        };
        var thick = Height * (Profile.Ware is Ware.Cup or Ware.Teapot ? 0.07f : 0.05f) * _handleReach;
        SKPoint[] line = [P(top, -0.03f), P(top - 0.01f, reach * 0.75f), P((top * 0.6f) + (low * 0.4f), reach),
            P((top * 0.25f) + (low * 0.75f), reach * 0.6f), P(low, -0.03f)];
        var colour = Tint.Shade(_colour, side == _light || !_shaded ? 1 : 0.75f);
        _painter.Curve("handle", thick, colour, line);
        if (_shaded)
        {
            _painter.Curve("handle", thick * 0.3f, Tint.Shade(colour, 1.2f), Shapes.Add(line[1], 0, -thick * 0.15f), line[2], line[3]);
        }

        if (name is not null)
        {
            _painter.Landmark($"{name}.top", line[1].X, line[1].Y, "handle");
            _painter.Landmark($"{name}.middle", line[2].X, line[2].Y, "handle");
            _painter.Landmark($"{name}.bottom", line[3].X, line[3].Y, "handle");
        }
    }

    private void Spout()
    {
        var side = -_handleSide;
        SKPoint P(float x, float y) => new(X + (side * x * Height), Rim + (y * Height));
        var wide = Profile.Widest;
        var tip = P(wide + 0.42f, 0.12f);
        using var path = Shapes.Limb([P(wide * 0.85f, 0.62f), P(wide + 0.18f, 0.48f), P(wide + 0.3f, 0.24f), tip],
            [0.13f * Height, 0.09f * Height, 0.06f * Height, 0.05f * Height]);
        _painter.Fill(path, "spout", Tint.Shade(_colour, side == _light || !_shaded ? 1 : 0.8f));
        if (_main)
        {
            _painter.Landmark("spout.tip", tip.X, tip.Y, "spout");
            _painter.Landmark("spout.middle", P(wide + 0.22f, 0.42f).X, P(wide + 0.22f, 0.42f).Y, "spout");
        }
    }

    private void Lid()
    {
        var r = RimRadius * 0.98f;
        var rise = r * _random.Between(0.3f, 0.6f);
        _painter.Blob("lid", _colour, new(X - r, Rim), new(X - (r * 0.6f), Rim - (rise * 0.8f)), new(X, Rim - rise),
            new(X + (r * 0.6f), Rim - (rise * 0.8f)), new(X + r, Rim), new(X, Rim + (r * Tilt)));
        if (_shaded)
        {
            _painter.Curve("lid", r * 0.08f, Tint.Shade(_colour, 0.7f), new(X - r, Rim), new(X, Rim + (r * Tilt)), new(X + r, Rim));
        }

        _painter.Ellipse(X, Rim - rise - (r * 0.14f), r * 0.2f, r * 0.19f, "lid", Tint.Shade(_colour, 0.9f));
        if (_main)
        {
            _painter.Landmark("lid.knob", X, Rim - rise - (r * 0.14f), "lid");
        }
    }

    private void Mark(bool liquid)
    {
        var knots = Profile.Knots;
        Pair("rim", knots[0]);
        Name("rim.front", 0, knots[0].R * Tilt, "vessel");
        if (Profile.Neck >= 0)
        {
            Pair("neck", knots[Profile.Neck]);
            Middle("neck", knots[Profile.Neck], "vessel");
        }

        if (Profile.Shoulder >= 0)
        {
            Pair("shoulder", knots[Profile.Shoulder]);
        }

        var belly = knots[Profile.Belly];
        Pair("belly", belly);
        Middle("belly", belly, liquid && Profile.Ware != Ware.Goblet ? "liquid" : "vessel");
        Pair("foot", knots[^1]);
        Name("foot.middle", 0, 1 + (knots[^1].R * Tilt * 0.95f), "vessel");
        if (Profile.Ware != Ware.Goblet)
        {
            Name("wall.lower", 0, (1 + belly.Y) / 2 + (knots[^1].R * Tilt), liquid ? "liquid" : "vessel");
        }
    }

    private void Pair(string name, Knot knot)
    {
        Name($"{name}.left", -knot.R * 0.98f, knot.Y, "vessel");
        Name($"{name}.right", knot.R * 0.98f, knot.Y, "vessel");
    }

    private void Middle(string name, Knot knot, string part) => Name($"{name}.middle", 0, knot.Y + (knot.R * Tilt), part);

    /// <summary>Names a place.</summary>
    /// <param name="name">After <c>vessel.</c>.</param>
    /// <param name="x">Heights of the vessel to the right of its middle.</param>
    /// <param name="y">Heights below the rim.</param>
    /// <param name="part">The part.</param>
    private void Name(string name, float x, float y, string part) =>
        _painter.Landmark($"vessel.{name}", X + (x * Height), Rim + (y * Height), part);
}
