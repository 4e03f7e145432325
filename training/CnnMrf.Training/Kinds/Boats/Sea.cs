using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Boats;

/// <summary>
/// Water with its horizon, shores and other boats. Parts: <c>sky</c>, <c>water</c>, <c>water.foam</c>, <c>water.reflection</c>,
/// <c>hill</c>, <c>wall</c>, <c>pier</c>, <c>lighthouse</c>, …
/// </summary>
internal sealed class Sea
{
    private readonly Painter _painter;
    private readonly SceneRandom _random;
    private readonly Sketch _sketch;
    private readonly Atmosphere _air;
    private readonly float _horizon;

    /// <summary>Chooses how rough it is.</summary>
    public Sea(Painter painter, SceneRandom random, Atmosphere air, float horizon)
    {
        (_painter, _random, _air, _horizon) = (painter, random, air, horizon);
        _sketch = new(painter);
        Water = Tint.Mix(air.Lit(random.Chance(0.85)
                ? Tint.Hsv(random.Between(170, 228), random.Between(0.2f, 0.85f), random.Between(0.3f, 0.85f))
                : Tint.Hsv(random.Between(40, 170), random.Between(0.1f, 0.4f), random.Between(0.35f, 0.7f))),
            air.Low, random.Between(0, 0.4f));
        Roughness = random.Chance(0.35) ? random.Between(0, 0.12f) : random.Next();
        Foam = Tint.Mix(Water, air.Lit(SKColors.White), random.Between(0.5f, 0.95f));
    }

    /// <summary>0 a mirror, 1 high waves.</summary>
    public float Roughness { get; }

    /// <summary>Its colour.</summary>
    public SKColor Water { get; }

    /// <summary>White water.</summary>
    public SKColor Foam { get; }

    /// <summary>Everything behind the boat.</summary>
    public void Behind()
    {
        _sketch.Watch("background.top.left", 0.07f, 0.08f);
        _sketch.Watch("background.top.right", 0.93f, 0.08f);
        _sketch.Watch("background.middle.left", 0.05f, 0.5f);
        _sketch.Watch("background.middle.right", 0.95f, 0.5f);
        Skies.Any(_sketch, _random, _air, MathF.Max(0.1f, _horizon));
        switch (_random.Below(8))
        {
            case 0 or 1:
                Hills();
                break;
            case 2:
                Town();
                break;
            case 3:
                Hills();
                Lighthouse();
                break;
            case 4:
                Fleet();
                break;
            default:
                break;
        }

        Surface();
        if (_random.Chance(0.12))
        {
            Pier();
        }

        _sketch.Tell();
        foreach (var (word, x) in new[] { ("left", 0.04f), ("right", 0.96f) })
        {
            _painter.Landmark($"horizon.{word}", x, _horizon + 0.004f, "water");
            _painter.Landmark($"water.far.{word}", x + ((0.5f - x) * 0.1f), _horizon + ((1 - _horizon) * 0.25f), "water");
        }
    }

    /// <summary>A picture upside down in calm water.</summary>
    public void Reflect(Hull hull, Action<Action<SKPath, SKColor>> shapes)
    {
        var line = hull.On(0.5f, 1, 1).Y;
        var strength = (1 - Roughness) * _random.Between(0.35f, 0.85f);
        if (strength < 0.2f)
        {
            return;
        }

        var shrink = _random.Between(0.55f, 0.95f);
        using (_painter.Moved(SKMatrix.CreateTranslation(0, line * (1 + shrink)).PreConcat(SKMatrix.CreateScale(1, -shrink))))
        {
            shapes((path, colour) => _painter.Fill(path, "water.reflection", Tint.Mix(Water, Tint.Shade(colour, 0.85f), strength)));
        }

        var box = (Left: MathF.Min(hull.On(0, 1, 1).X, hull.On(1, 1, 1).X), Right: MathF.Max(hull.On(0, 1, 1).X, hull.On(1, 1, 1).X));
        for (var i = 0; i < 16; i++)
        {
            var share = MathF.Sqrt(_random.Next());
            var y = line + 0.01f + (share * (1 - line));
            _painter.Ellipse(box.Left + ((box.Right - box.Left) * _random.Between(-0.1f, 1.1f)), y, _random.Between(0.02f, 0.1f),
                0.002f + (0.006f * share), "water", Tint.Shade(Water, _random.Between(0.9f, 1.15f)));
        }

        _painter.Landmark("reflection.middle", (box.Left + box.Right) / 2, line + (hull.Plan.Freeboard * 0.6f * shrink * hull.View.Scale),
            "water.reflection");
    }

    /// <summary>The water's edge along the hull, and waves in front.</summary>
    public void Before(Hull hull)
    {
        var lively = Roughness * 0.14f * hull.View.Scale;
        Span<SKPoint> line = stackalloc SKPoint[13];
        Span<SKPoint> below = stackalloc SKPoint[26];
        for (var i = 0; i < line.Length; i++)
        {
            var u = i / 12f;
            var place = hull.On(u, 1, 1);
            line[i] = new(place.X, place.Y + (lively * MathF.Sin((i * 1.9f) + 1)));
            below[i] = line[i];
            below[^(i + 1)] = new(line[i].X, line[i].Y + (0.35f * hull.View.Scale) + 0.01f);
        }

        _painter.Polygon("water", Tint.Shade(Water, 0.85f), below);
        _painter.Curve("water.foam", (0.05f + (Roughness * 0.14f)) * hull.View.Scale, Foam, line);
        if (Roughness > 0.5f && _random.Chance(0.7))
        {
            BowWave(hull);
        }

        var rows = Roughness < 0.15f ? 0 : 1 + _random.Below(4);
        var nearest = MathF.Max(line[0].Y, line[^1].Y) + (0.4f * hull.View.Scale * (1 - (0.9f * Roughness)));
        for (var i = 0; i < rows; i++)
        {
            Crests(nearest + ((1.05f - nearest) * (i + 0.3f) / rows), 0.01f + (0.035f * Roughness * (i + 1) / rows));
        }

        foreach (var (word, x) in new[] { ("left", 0.1f), ("middle", 0.5f), ("right", 0.9f) })
        {
            _painter.Landmark($"water.near.{word}", x, 0.95f, "water");
        }
    }

    private void BowWave(Hull hull)
    {
        var bow = hull.On(0.05f, 1, 1);
        var size = 0.25f * hull.View.Scale * (0.5f + Roughness);
        for (var i = 0; i < 7; i++)
        {
            _painter.Ellipse(bow.X + (size * _random.Between(-0.7f, 1.5f)), bow.Y - (size * _random.Between(-0.3f, 0.6f)),
                size * _random.Between(0.3f, 0.7f), size * _random.Between(0.2f, 0.5f), "water.foam",
                    Tint.Shade(Foam, _random.Between(0.9f, 1.1f)));
        }
    }

    private void Crests(float y, float high)
    {
        var wide = high * _random.Between(3.5f, 7);
        List<SKPoint> ridge = [];
        var x = -0.7f + _random.Between(0, wide);
        while (x < 1.7f)
        {
            var step = wide * _random.Between(0.7f, 1.4f);
            ridge.Add(new(x, y + (high * 0.5f)));
            ridge.Add(new(x + (step * 0.5f), y - (high * _random.Between(0.3f, 1))));
            x += step;
        }

        var colour = Tint.Shade(Water, _random.Between(0.75f, 1.1f));
        using var area = Curves.Open(ridge.ToArray());
        area.LineTo(ridge[^1].X, 1.8f);
        area.LineTo(ridge[0].X, 1.8f);
        area.Close();
        _painter.Fill(area, "water", colour);
        if (_random.Chance(0.7))
        {
            for (var i = 1; i + 1 < ridge.Count; i += 2)
            {
                var (a, b, c) = (ridge[i - 1], ridge[i], ridge[i + 1]);
                _painter.Curve("water.foam", high * _random.Between(0.08f, 0.3f), Foam, new((a.X + b.X) / 2, (a.Y + b.Y) / 2), b,
                    new((c.X + b.X) / 2, (c.Y + b.Y) / 2));
            }
        }
    }

    private void Surface()
    {
        _sketch.Box(Sketch.Least, _horizon, Sketch.Greatest, Sketch.Greatest, "water", Water);
        var near = Tint.Shade(Water, _random.Between(0.6f, 1.1f));
        var bands = _random.Below(7);
        for (var i = 1; i <= bands; i++)
        {
            var share = (float)i / (bands + 1);
            _sketch.Box(Sketch.Least, _horizon + ((1 - _horizon) * share * share), Sketch.Greatest, Sketch.Greatest, "water",
                Tint.Mix(Water, near, share));
        }

        OutdoorBackdrops.Ripples(_sketch, _random, Water, _horizon, 1.1f, Roughness < 0.1f ? _random.Below(8) : 12 + _random.Below(30));
        if (Roughness > 0.4f)
        {
            for (var i = 0; i < 10 * Roughness; i++)
            {
                var share = _random.Next();
                var (x, y) = (_random.Between(-0.1f, 1.1f), _horizon + ((1 - _horizon) * share * share));
                var w = 0.01f + (0.05f * share);
                _painter.Curve("water.foam", 0.002f + (0.006f * share), Foam, new(x - w, y + (w * 0.15f)), new(x, y - (w * 0.15f)),
                    new(x + w, y + (w * 0.15f)));
            }
        }

        if (_air.Hour is Hour.Dusk or Hour.Night && _random.Chance(0.5))
        {
            var x = _random.Between(0.1f, 0.9f);
            for (var i = 0; i < 14; i++)
            {
                var share = (i + 0.5f) / 14;
                _sketch.Ellipse(x + _random.Normal(0, 0.01f + (0.03f * share)), _horizon + ((1 - _horizon) * share), 0.02f
                    + (0.05f * share), 0.004f,
                    "water", Tint.Mix(Water, _air.Hour == Hour.Dusk ? new(255, 210, 140) : new(230, 230, 215), 0.6f));
            }
        }
    }

    private void Hills()
    {
        var green = Tint.Hsv(_random.Between(80, 230), _random.Between(0.1f, 0.5f), _random.Between(0.3f, 0.7f));
        for (var i = 2; i > 0; i--)
        {
            OutdoorBackdrops.Ridge(_sketch, _random, "hill", _air.Far(Tint.Vary(_random, green, 0.15f), 0.3f * i), _horizon - (0.035f * i),
                _random.Between(0.02f, 0.06f));
        }
    }

    private void Town()
    {
        if (_random.Chance(0.5))
        {
            Hills();
        }

        for (var x = _random.Between(-0.4f, -0.1f); x < 1.3f;)
        {
            var w = _random.Between(0.04f, 0.12f);
            var top = _horizon - _random.Between(0.04f, 0.16f);
            var colour = _air.Far(Tint.Hsv(_random.Between(0, 60), _random.Between(0.05f, 0.6f), _random.Between(0.45f, 0.95f)), 0.15f);
            _sketch.Box(x, top, x + w, Sketch.Greatest, "wall", colour);
            if (_random.Chance(0.7))
            {
                _sketch.Polygon("roof", _air.Far(Tint.Hsv(_random.Between(0, 30), 0.5f, _random.Between(0.3f, 0.65f)), 0.15f),
                    new(x - 0.004f, top),
                    new(x + (w / 2), top - 0.035f), new(x + w + 0.004f, top));
            }

            for (var y = top + 0.012f; y < _horizon - 0.015f; y += 0.03f)
            {
                _sketch.Box(x + (w * 0.2f), y, x + (w * 0.38f), y + 0.013f, "window.glass", Tint.Shade(colour, 0.5f));
                _sketch.Box(x + (w * 0.62f), y, x + (w * 0.8f), y + 0.013f, "window.glass", Tint.Shade(colour, 0.5f));
            }

            x += w * _random.Between(0.95f, 1.2f);
        }
    }

    private void Lighthouse()
    {
        var x = _random.Pick(_random.Between(0.04f, 0.25f), _random.Between(0.75f, 0.96f));
        var (high, wide) = (_random.Between(0.15f, 0.35f), _random.Between(0.014f, 0.03f));
        var top = _horizon - high;
        _sketch.Polygon("lighthouse", new(240, 238, 230), new(x - wide, _horizon), new(x - (wide * 0.6f), top), new(x + (wide * 0.6f), top),
            new(x + wide, _horizon));
        var stripe = _random.Pick(new SKColor(190, 50, 45), new(40, 60, 110), new(40, 40, 45));
        for (var i = 0; i < 3; i++)
        {
            var y = top + (high * ((i * 0.33f) + 0.1f));
            _sketch.Box(x - (wide * 0.8f), y, x + (wide * 0.8f), y + (high * 0.12f), "lighthouse", stripe);
        }

        _sketch.Box(x - (wide * 0.45f), top - 0.03f, x + (wide * 0.45f), top, "lamp", new(250, 235, 170));
        _sketch.Polygon("roof", stripe, new(x - (wide * 0.7f), top - 0.03f), new(x, top - 0.055f), new(x + (wide * 0.7f), top - 0.03f));
    }

    private void Fleet()
    {
        for (var i = 2 + _random.Below(5); i > 0; i--)
        {
            var (x, size) = (_random.Between(0, 1), _random.Between(0.03f, 0.09f));
            var sail = _air.Far(Tint.Hsv(40, _random.Between(0, 0.15f), _random.Between(0.85f, 1)), 0.2f);
            _sketch.Polygon("sail", sail, new(x, _horizon - (size * 0.15f)), new(x, _horizon - size),
                new(x + (size * 0.5f), _horizon - (size * 0.18f)));
            _sketch.Polygon("sail", Tint.Shade(sail, 0.9f), new(x - (size * 0.05f), _horizon - (size * 0.15f)),
                new(x - (size * 0.03f), _horizon - (size * 0.8f)),
                new(x - (size * 0.35f), _horizon - (size * 0.15f)));
            _sketch.Polygon("hull", _air.Far(Tint.Any(_random), 0.2f), new(x - (size * 0.4f), _horizon - (size * 0.12f)),
                new(x + (size * 0.5f), _horizon - (size * 0.12f)), new(x + (size * 0.4f), _horizon + 0.004f),
                    new(x - (size * 0.3f), _horizon + 0.004f));
        }
    }

    private void Pier()
    {
        var y = _horizon + ((1 - _horizon) * _random.Between(0.1f, 0.35f));
        var (from, to) = _random.Chance(0.5) ? (-0.6f, _random.Between(0.2f, 0.7f)) : (_random.Between(0.3f, 0.8f), 1.6f);
        var wood = _air.Lit(Tint.Hsv(30, _random.Between(0.1f, 0.5f), _random.Between(0.3f, 0.7f)));
        for (var x = from; x < to; x += 0.07f)
        {
            _sketch.Box(x, y, x + 0.012f, y + 0.06f, "pier", Tint.Shade(wood, 0.65f));
        }

        _sketch.Box(from, y - 0.012f, to, y + 0.012f, "pier", wood);
    }
}
