using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using CnnMrf.Training.Kinds.Views;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Cars;

/// <summary>Wheels: tyre, rim of many designs, hub. Parts: <c>tyre</c>, <c>rim</c>, <c>rim.gap</c>.</summary>
internal sealed class Wheels
{
    private readonly Painter _painter;
    private readonly CarSurface _surface;
    private readonly CarPaint _paint;
    private readonly int _design;
    private readonly int _spokes;
    private readonly float _rim;
    private readonly float _thickness;
    private readonly float _turn;
    private readonly float _steering;
    private readonly bool _whitewall;
    private readonly SKColor _gap;

    /// <summary>Chooses a design.</summary>
    public Wheels(Painter painter, SceneRandom random, CarSurface surface, CarPaint paint)
    {
        (_painter, _surface, _paint) = (painter, surface, paint);
        var style = surface.Shape.Style;
        var old = style is BodyStyle.Vintage or BodyStyle.Beetle;
        _design = old ? random.Pick(0, 2, 2, 3, 3) : random.Pick(0, 1, 1, 1, 1, 1, 2, 4);
        _spokes = _design == 3 ? 12 : random.Pick(4, 5, 5, 5, 6, 7, 8, 10);
        _rim = old ? random.Between(0.55f, 0.68f) : random.Between(0.6f, 0.78f);
        _thickness = style == BodyStyle.Vintage ? 0.13f : random.Between(0.18f, 0.24f);
        _turn = random.Between(0, 6.3f);
        _steering = random.Chance(0.35) ? random.Normal(0, 14) * MathF.PI / 180 : 0;
        _whitewall = random.Chance(old ? 0.4 : 0.04);
        _gap = random.Chance(0.7) ? Tint.Shade(paint.Tyre, random.Between(0.8f, 1.4f)) : Tint.Shade(paint.Rim, random.Between(0.45f, 0.7f));
    }

    /// <summary>The wheels on the side that is turned away.</summary>
    public void Far()
    {
        var front = MathF.Abs(_surface.View.Yaw) > 65;
        Draw(true, -1, front && _surface.View.Yaw > 0 ? "left" : null);
        Draw(false, -1, front && _surface.View.Yaw < 0 ? "right" : null);
    }

    /// <summary>The wheels on the side that faces the viewer.</summary>
    public void Near()
    {
        var yaw = _surface.View.Yaw;
        Draw(true, 1, yaw > 65 ? "right" : yaw > -65 ? "left" : null);
        Draw(false, 1, yaw > 65 ? null : yaw > -65 ? "right" : "left");
    }

    private void Draw(bool front, int side, string? name)
    {
        var shape = _surface.Shape;
        var x = front ? shape.FrontAxle : shape.RearAxle;
        var wheel = new Frame(_surface.View, x, side, shape.HalfWidthAt(x, shape.WheelRadius) - 0.03f, shape.WheelRadius,
            front ? _steering : 0);
        using (var tread = Tread(wheel))
        {
            _painter.Fill(tread, "tyre", Tint.Shade(_paint.Tyre, 0.8f));
        }

        var outside = wheel.Faces;
        using (var wall = wheel.Ring(1, outside ? 0 : -_thickness / wheel.Radius))
        {
            _painter.Fill(wall, "tyre", _paint.Flat ? _paint.Tyre : Tint.Shade(_paint.Tyre, 1.12f));
        }

        if (outside && MathF.Abs(_surface.View.Yaw) < 80)
        {
            Rim(wheel);
            if (name is not null && MathF.Abs(_surface.View.Yaw) < 65)
            {
                Name(wheel, name);
            }
        }
        else if (!outside)
        {
            using var inner = wheel.Ring(_rim, -_thickness / wheel.Radius);
            _painter.Fill(inner, "rim.gap", Tint.Shade(_paint.Tyre, 0.6f));
        }

        if (name is not null)
        {
            var foot = wheel.At(0, -1, -_thickness / 2 / wheel.Radius);
            _painter.Landmark($"tyre.{name}.bottom", foot.X, foot.Y, "tyre");
        }
    }

    private void Name(Frame wheel, string name)
    {
        var hub = wheel.At(0, 0);
        _painter.Landmark($"wheel.{name}.hub", hub.X, hub.Y, "rim");
        foreach (var (word, u, v) in new[] { ("left", -1, 0), ("right", 1, 0), ("top", 0, 1), ("bottom", 0, -1) })
        {
            var place = wheel.At(u * (_rim + 0.07f), v * (_rim + 0.07f));
            _painter.Landmark($"wheel.{name}.edge.{word}", place.X, place.Y, "tyre");
        }
    }

    private SKPath Tread(Frame wheel)
    {
        const int Count = 14;
        var path = new SKPath { FillType = SKPathFillType.Winding };
        var deep = -_thickness / wheel.Radius;
        Span<SKPoint> quad = stackalloc SKPoint[4];
        for (var i = 0; i < Count; i++)
        {
            var (sinA, cosA) = MathF.SinCos(i * 2 * MathF.PI / Count);
            var (sinB, cosB) = MathF.SinCos((i + 1) * 2 * MathF.PI / Count);
            (quad[0], quad[1]) = (wheel.At(cosA, sinA), wheel.At(cosB, sinB));
            (quad[2], quad[3]) = (wheel.At(cosB, sinB, deep), wheel.At(cosA, sinA, deep));
            // All run one way round, or overlapping pieces would cancel each other out.
            if (CarSurface.Area(quad) < 0)
            {
                quad.Reverse();
            }

            path.AddPoly(quad.ToArray());
        }

        return path;
    }

    private void Rim(Frame wheel)
    {
        Ring(wheel, _whitewall ? _rim + 0.18f : _rim, "rim", _whitewall ? new(235, 232, 222) : _paint.Rim);
        switch (_design)
        {
            case 0:
                Ring(wheel, _rim * 0.88f, "rim", Tint.Shade(_paint.Rim, 0.8f));
                Around(wheel, _spokes + 3, _rim * 0.68f, _rim * 0.1f);
                Ring(wheel, _rim * 0.5f, "rim", Tint.Shade(_paint.Rim, 0.95f));
                break;
            case 1 or 4:
                Ring(wheel, _rim * 0.9f, "rim.gap", _gap);
                Spokes(wheel, _spokes, _design == 4 ? 0.5f : 0.9f);
                break;
            case 2:
                Ring(wheel, _rim * 0.92f, "rim", Tint.Shade(_paint.Rim, 0.7f));
                Ring(wheel, _rim * 0.75f, "rim", _paint.Chrome);
                if (!_paint.Flat)
                {
                    Ring(wheel, _rim * 0.5f, "rim", Tint.Shade(_paint.Chrome, 0.85f));
                }

                break;
            default:
                Ring(wheel, _rim * 0.92f, "rim.gap", _gap);
                Wires(wheel);
                break;
        }

        Ring(wheel, _rim * 0.24f, "rim", Tint.Shade(_paint.Rim, _paint.Flat ? 1 : 0.85f));
        Ring(wheel, _rim * 0.12f, "rim", Tint.Shade(_paint.Rim, 1.2f));
    }

    private void Ring(Frame wheel, float radius, string part, SKColor colour)
    {
        using var path = wheel.Ring(radius, 0);
        _painter.Fill(path, part, colour);
    }

    private void Around(Frame wheel, int count, float radius, float size)
    {
        using var path = new SKPath();
        Span<SKPoint> hole = stackalloc SKPoint[6];
        for (var i = 0; i < count; i++)
        {
            var (sin, cos) = MathF.SinCos(_turn + (i * 2 * MathF.PI / count));
            for (var k = 0; k < hole.Length; k++)
            {
                var (s, c) = MathF.SinCos(k * MathF.PI / 3);
                hole[k] = wheel.At((cos * radius) + (c * size), (sin * radius) + (s * size));
            }

            path.AddPoly(hole.ToArray());
        }

        _painter.Fill(path, "rim.gap", _gap);
    }

    private void Spokes(Frame wheel, int count, float share)
    {
        using var path = new SKPath();
        Span<SKPoint> spoke = stackalloc SKPoint[4];
        var outer = share * MathF.PI / count * 0.55f;
        for (var i = 0; i < count; i++)
        {
            var angle = _turn + (i * 2 * MathF.PI / count);
            var (innerTurn, reach) = (MathF.Min(1.2f, outer * 1.9f), _rim * 0.93f);
            spoke[0] = Polar(wheel, angle - innerTurn, _rim * 0.2f);
            spoke[1] = Polar(wheel, angle - outer, reach);
            spoke[2] = Polar(wheel, angle + outer, reach);
            spoke[3] = Polar(wheel, angle + innerTurn, _rim * 0.2f);
            path.AddPoly(spoke.ToArray());
        }

        _painter.Fill(path, "rim", _paint.Rim);
    }

    private void Wires(Frame wheel)
    {
        using var path = new SKPath();
        for (var i = 0; i < _spokes; i++)
        {
            var angle = _turn + (i * 2 * MathF.PI / _spokes);
            path.MoveTo(Polar(wheel, angle, _rim * 0.15f));
            path.LineTo(Polar(wheel, angle + 0.2f, _rim * 0.95f));
        }

        _painter.Line(path, 0.025f * _surface.View.Scale, "rim", _paint.Rim);
    }

    private static SKPoint Polar(Frame wheel, float angle, float radius)
    {
        var (sin, cos) = MathF.SinCos(angle);
        return wheel.At(cos * radius, sin * radius);
    }

    /// <summary>A wheel's own measures: u and v in its plane, w outwards along the axle, all in radii.</summary>
    private readonly struct Frame(ObliqueView view, float x, int side, float y, float radius, float steering)
    {
        public float Radius => radius;

        /// <summary>Whether the outer face is seen.</summary>
        public bool Faces => CarSurface.Area([At(0, 1), At(1, 0), At(0, -1), At(-1, 0)]) * side > 0;

        public SKPoint At(float u, float v, float w = 0)
        {
            var (sin, cos) = MathF.SinCos(steering);
            // u points to the car's back, which is to the picture's right in a side view.
            var along = (u * cos) - (w * side * sin);
            var out_ = (u * sin) + (w * side * cos);
            return view.Project(x + (along * radius), (side * y) + (out_ * radius), (v + 1) * radius);
        }

        public SKPath Ring(float size, float w)
        {
            Span<SKPoint> points = stackalloc SKPoint[12];
            for (var i = 0; i < points.Length; i++)
            {
                var (sin, cos) = MathF.SinCos(i * MathF.PI / 6);
                points[i] = At(cos * size, sin * size, w);
            }

            return Curves.Closed(points);
        }
    }
}
