using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Cars;

/// <summary>
/// A car's face and its back: lamps, grille, bumpers, plates. Parts: <c>headlight</c>, <c>taillight</c>, <c>grille</c>, <c>bumper</c>,
/// <c>plate</c>, <c>badge</c>, <c>lamp.orange</c>.
/// </summary>
internal sealed class Ends
{
    private readonly Painter _painter;
    private readonly SceneRandom _random;
    private readonly CarSurface _surface;
    private readonly CarPaint _paint;
    private readonly SKColor _plate;

    /// <summary>Chooses the shapes.</summary>
    public Ends(Painter painter, SceneRandom random, CarSurface surface, CarPaint paint)
    {
        (_painter, _random, _surface, _paint) = (painter, random, surface, paint);
        var style = surface.Shape.Style;
        var old = style is BodyStyle.Beetle or BodyStyle.Vintage || paint.Bumper == paint.Chrome;
        RoundLamps = style is BodyStyle.Beetle or BodyStyle.Vintage || random.Chance(old ? 0.7 : 0.12);
        BumperFoot = old ? random.Between(0.06f, 0.16f) : 0;
        Bumper = old ? BumperFoot + random.Between(0.12f, 0.2f) : random.Between(0.32f, 0.52f);
        BumperColour = paint.Bumper == paint.Body ? Tint.Shade(paint.Body, paint.SideLight) : paint.Bumper;
        LampLow = random.Between(0.52f, 0.68f);
        LampHigh = MathF.Min(0.97f, LampLow + random.Between(0.16f, 0.32f));
        LampReach = random.Between(0.22f, 0.55f);
        TailTop = random.Between(0.03f, 0.2f);
        TailFoot = TailTop + random.Between(0.15f, 0.35f);
        TailReach = random.Between(0.12f, 0.42f);
        _plate = random.Pick(new SKColor(238, 238, 232), new(238, 238, 232), new(240, 205, 70), new(24, 24, 28));
    }

    /// <summary>Whether the headlights are round.</summary>
    public bool RoundLamps { get; }

    /// <summary>The bumper's lower edge, as a share of the fascia.</summary>
    public float BumperFoot { get; }

    /// <summary>The bumper's upper edge.</summary>
    public float Bumper { get; }

    /// <summary>The bumper's colour.</summary>
    public SKColor BumperColour { get; }

    /// <summary>The headlights' lower edge.</summary>
    public float LampLow { get; }

    /// <summary>The headlights' upper edge.</summary>
    public float LampHigh { get; }

    /// <summary>How far back the headlights go round the corner, m from the front.</summary>
    public float LampReach { get; }

    /// <summary>The taillights' upper edge, as a share of the tail from above.</summary>
    public float TailTop { get; }

    /// <summary>The taillights' lower edge.</summary>
    public float TailFoot { get; }

    /// <summary>How far the taillights go round the corner, m.</summary>
    public float TailReach { get; }

    /// <summary>Details of the fascia or the tail.</summary>
    public void Draw(Panel panel)
    {
        if (panel == Panel.Fascia)
        {
            Front();
        }
        else
        {
            Back();
        }
    }

    /// <summary>Round headlights that stand on the mudguards.</summary>
    public void StandingLamps()
    {
        var shape = _surface.Shape;
        var z = shape.WheelRadius * 2.35f;
        Span<SKPoint> glass = stackalloc SKPoint[12];
        foreach (var sign in new[] { -1, 1 })
        {
            var y = sign * shape.HalfWidth * 0.72f;
            var back = _surface.View.Project(shape.FrontAxle - 0.02f, y, z);
            var size = 0.15f * _surface.View.Scale;
            _painter.Ellipse(back.X, back.Y, size * 0.85f, size * 0.9f, "headlight", Tint.Shade(_paint.Chrome, 0.8f));
            if (_surface.Sees(Panel.Fascia, 0) || MathF.Abs(_surface.View.Yaw) < 14)
            {
                for (var i = 0; i < glass.Length; i++)
                {
                    var (sin, cos) = MathF.SinCos(i * MathF.PI / 6);
                    glass[i] = _surface.View.Project(shape.FrontAxle - 0.12f, y + (0.16f * cos), z + (0.16f * sin));
                }

                _painter.Blob("headlight", _paint.Lamp, glass);
            }

            if (_surface.Sees(Panel.Fascia, 0))
            {
                var place = _surface.View.Project(shape.FrontAxle - 0.12f, y, z);
                Headlight(sign, place);
            }
            else if (sign > 0 && _surface.View.Yaw > -14)
            {
                _painter.Landmark("headlight", back.X, back.Y, "headlight");
            }
        }
    }

    private void Headlight(int sign, SKPoint place)
    {
        if (MathF.Abs(_surface.View.Yaw) >= 14)
        {
            _painter.Landmark(sign < 0 ? "headlight.left" : "headlight.right", place.X, place.Y, "headlight");
            if (sign > 0 && _surface.View.Yaw < 70)
            {
                _painter.Landmark("headlight", place.X, place.Y, "headlight");
            }
        }
    }

    private void Front()
    {
        Fill(_surface.Patch(Panel.Fascia, BumperFoot, Bumper, -1, 1), "bumper", Tint.Shade(BumperColour, _paint.EndLight));
        if (Bumper < 0.5f && BumperFoot == 0)
        {
            var wide = _random.Between(0.4f, 0.85f);
            Fill(_surface.Outline(Panel.Fascia, new(-wide, 0.08f), new(-wide * 0.85f, 0.26f), new(wide * 0.85f, 0.26f), new(wide, 0.08f)),
                "grille", _paint.Dark);
        }

        Grille();
        if (_surface.Shape.Style != BodyStyle.Vintage)
        {
            Lamps();
        }

        if (_random.Chance(0.4))
        {
            foreach (var t in new[] { -0.72f, 0.72f })
            {
                Fill(_surface.Disc(Panel.Fascia, t, 0.17f, 0.055f), "headlight", _paint.Lamp);
            }
        }

        if (_random.Chance(0.85))
        {
            Plate(Panel.Fascia, _random.Between(0.24f, 0.36f), "plate.front");
        }

        Name("bumper.front", Panel.Fascia, Bumper - 0.04f, 0.5f, "bumper");
        Name("nose.foot", Panel.Fascia, 0.01f, 0, BumperFoot > 0 ? "car.body" : "bumper");
    }

    private void Grille()
    {
        var style = _surface.Shape.Style;
        if (style is BodyStyle.Beetle or BodyStyle.Bus && _random.Chance(0.8))
        {
            // No grille in front of an engine that is at the back; a large badge instead.
            Fill(_surface.Disc(Panel.Fascia, 0, 0.72f, style == BodyStyle.Bus ? 0.17f : 0.07f), "badge", _paint.Chrome);
            Name("badge", Panel.Fascia, 0.72f, 0, "badge");
            return;
        }

        var upright = style == BodyStyle.Vintage;
        var low = upright ? 0.1f : MathF.Max(Bumper + 0.03f, LampLow - _random.Between(0, 0.2f));
        var high = upright ? 0.97f : MathF.Min(0.96f, LampHigh - _random.Between(-0.03f, 0.06f));
        var foot = upright ? 0.5f : _random.Between(0.2f, 0.45f);
        var top = upright ? 0.55f : foot + _random.Between(-0.1f, 0.12f);
        var sort = _random.Below(5);
        if (sort == 4 && !upright)
        {
            // Two kidneys.
            foreach (var sign in new[] { -1, 1 })
            {
                Bars(new(sign * 0.02f, low), new(sign * 0.03f, high), new(sign * foot * 0.6f, high), new(sign * foot * 0.5f, low));
            }
        }
        else
        {
            Bars(new(-foot, low), new(-top, high), new(top, high), new(foot, low));
        }

        Name("grille.middle", Panel.Fascia, (low + high) / 2, 0, "grille");
        if (_random.Chance(0.8))
        {
            var q = _random.Chance(0.5) ? (low + high) / 2 : MathF.Min(0.97f, high + 0.02f);
            Fill(_surface.Disc(Panel.Fascia, 0, q, _random.Between(0.04f, 0.08f)), "badge", _paint.Chrome);
            Name("badge", Panel.Fascia, q, 0, "badge");
        }
    }

    private void Bars(SKPoint lowLeft, SKPoint highLeft, SKPoint highRight, SKPoint lowRight)
    {
        using var frame = _surface.Outline(Panel.Fascia, lowLeft, highLeft, highRight, lowRight);
        if (frame is null)
        {
            return;
        }

        _painter.Fill(frame, "grille", _paint.Dark);
        var metal = _random.Chance(0.6) ? _paint.Chrome : Tint.Shade(_paint.Dark, 1.25f);
        using (_painter.Inside(frame))
        {
            using var bars = new SKPath();
            var seen = _surface.Seen(Panel.Fascia) ?? (-1, 1);
            var upright = _random.Chance(0.4);
            var count = upright ? 9 : 3 + _random.Below(3);
            for (var i = 1; i < count; i++)
            {
                var share = (float)i / count;
                var (fromT, toT) = (MathF.Min(lowLeft.X, lowRight.X), MathF.Max(lowLeft.X, lowRight.X));
                if (upright)
                {
                    var t = Math.Clamp(fromT + ((toT - fromT) * share), seen.From, seen.To);
                    bars.MoveTo(_surface.On(Panel.Fascia, lowLeft.Y, t));
                    bars.LineTo(_surface.On(Panel.Fascia, highLeft.Y, t));
                }
                else
                {
                    var q = lowLeft.Y + ((highLeft.Y - lowLeft.Y) * share);
                    bars.MoveTo(_surface.On(Panel.Fascia, q, Math.Clamp(fromT, seen.From, seen.To)));
                    bars.LineTo(_surface.On(Panel.Fascia, q, Math.Clamp((fromT + toT) / 2, seen.From, seen.To)));
                    bars.LineTo(_surface.On(Panel.Fascia, q, Math.Clamp(toT, seen.From, seen.To)));
                }
            }

            _painter.Line(bars, 0.018f * _surface.View.Scale, "grille", metal);
        }

        if (_random.Chance(0.5))
        {
            _painter.Line(frame, 0.03f * _surface.View.Scale, "grille", _paint.Chrome);
        }
    }

    private void Lamps()
    {
        var q = (LampLow + LampHigh) / 2;
        var slant = _random.Between(-0.04f, 0.16f);
        var inner = _random.Between(0.5f, 0.66f);
        var two = _random.Chance(0.25);
        var rim = _random.Chance(0.5) ? _paint.Chrome : _paint.Dark;
        foreach (var sign in new[] { -1, 1 })
        {
            if (RoundLamps)
            {
                var radius = two ? 0.085f : 0.125f;
                var t = sign * (two ? 0.8f : 0.74f);
                Fill(_surface.Disc(Panel.Fascia, t, q, radius * 1.2f), "headlight", rim);
                Fill(_surface.Disc(Panel.Fascia, t, q, radius), "headlight", _paint.Lamp);
                if (two)
                {
                    Fill(_surface.Disc(Panel.Fascia, t - (sign * 0.24f), q, radius), "headlight", _paint.Lamp);
                }

                if (_surface.Sees(Panel.Fascia, t))
                {
                    Headlight(sign, _surface.On(Panel.Fascia, q, t));
                }
            }
            else
            {
                Fill(_surface.Outline(Panel.Fascia, new(sign * inner, LampLow), new(sign * (inner + 0.02f), LampHigh - slant),
                    new(sign, LampHigh), new(sign, LampLow)), "headlight", _paint.Lamp);
                if (!_paint.Flat)
                {
                    Fill(_surface.Disc(Panel.Fascia, sign * ((inner + 1) / 2), q - 0.02f, 0.055f), "headlight",
                        Tint.Shade(_paint.Lamp, 0.7f));
                }

                if (_surface.Sees(Panel.Fascia, sign * 0.75f))
                {
                    Headlight(sign, _surface.On(Panel.Fascia, q, sign * 0.76f));
                }
            }
        }
    }

    private void Back()
    {
        Fill(_surface.Patch(Panel.Tail, 1 - Bumper, 1 - BumperFoot, -1, 1), "bumper", Tint.Shade(BumperColour, _paint.EndLight));
        var band = _random.Chance(0.15);
        if (band)
        {
            Fill(_surface.Patch(Panel.Tail, TailTop, TailTop + ((TailFoot - TailTop) * 0.6f), -0.7f, 0.7f), "taillight", _paint.TailLamp);
        }

        var inner = _random.Between(0.5f, 0.75f);
        foreach (var sign in new[] { -1, 1 })
        {
            Fill(_surface.Patch(Panel.Tail, TailTop, TailFoot, MathF.Min(sign, sign * inner), MathF.Max(sign, sign * inner)), "taillight",
                _paint.TailLamp);
            if (!_paint.Flat && _random.Chance(0.6))
            {
                var t = sign * (1 + inner) / 2;
                Fill(_surface.Patch(Panel.Tail, TailTop + ((TailFoot - TailTop) * 0.6f), TailFoot - 0.02f, t - 0.08f, t + 0.08f),
                    "taillight", Tint.Shade(_paint.Lamp, 0.95f));
            }

            // From behind, the side that faces the viewer is the left one.
            Name(sign > 0 ? "taillight.left" : "taillight.right", Panel.Tail, (TailTop + TailFoot) / 2, sign * ((1 + inner) / 2),
                "taillight");
        }

        using (var lid = _surface.Patch(Panel.Tail, 0.02f, 1 - Bumper - 0.02f, -inner, inner))
        {
            if (lid is not null)
            {
                _painter.Line(lid, 0.018f * _surface.View.Scale, "car.seam", _paint.Seam);
            }
        }

        Plate(Panel.Tail, _random.Chance(0.5) ? MathF.Min(TailFoot, 0.4f) : 1 - (Bumper * 0.6f), "plate.rear");
        if (_random.Chance(0.5))
        {
            Fill(_surface.Disc(Panel.Tail, 0.55f, 0.97f, 0.045f), "exhaust", _paint.Dark);
        }

        Name("bumper.rear", Panel.Tail, 1 - Bumper + 0.04f, 0.5f, "bumper");
    }

    private void Plate(Panel panel, float q, string name)
    {
        var tall = 0.055f / _surface.Shape.Extent(panel);
        var wide = _random.Between(0.22f, 0.29f);
        Fill(_surface.Patch(panel, q - tall, q + tall, -wide, wide), "plate", _plate);
        using var text = new SKPath();
        var seen = _surface.Seen(panel) ?? (0, 0);
        for (var i = 0; i < 5; i++)
        {
            var t = wide * (-0.75f + (i * 0.33f));
            if (t > seen.From && t + (wide * 0.2f) < seen.To)
            {
                text.MoveTo(_surface.On(panel, q - (tall * 0.4f), t));
                text.LineTo(_surface.On(panel, q + (tall * 0.4f), t + (wide * 0.1f)));
                text.LineTo(_surface.On(panel, q - (tall * 0.4f), t + (wide * 0.2f)));
            }
        }

        if (!text.IsEmpty)
        {
            _painter.Line(text, 0.014f * _surface.View.Scale, "plate", _plate.Red < 60 ? SKColors.White : new SKColor(30, 30, 40));
            Name(name, panel, q, 0, "plate");
        }
    }

    private void Fill(SKPath? path, string part, SKColor colour)
    {
        if (path is not null)
        {
            _painter.Fill(path, part, colour);
            path.Dispose();
        }
    }

    private void Name(string name, Panel panel, float q, float t, string part)
    {
        if (_surface.Sees(panel, t))
        {
            var place = _surface.On(panel, q, t);
            _painter.Landmark(name, place.X, place.Y, part);
        }
    }
}
