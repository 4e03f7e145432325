using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Cars;

/// <summary>The windows of the side that faces the viewer. Parts: <c>car.window</c>, <c>car.trim</c>, <c>seat</c>, <c>skin</c>.</summary>
internal sealed class SideWindows
{
    private readonly Painter _painter;
    private readonly SceneRandom _random;
    private readonly CarSurface _surface;
    private readonly CarPaint _paint;
    private readonly CarShape _shape;
    private readonly float _low = 0.03f;
    private readonly float _roofEdge;
    private readonly (float X, float Z, float Slope) _front;
    private readonly (float X, float Z, float Slope) _back;

    /// <summary>Measures the room for windows.</summary>
    public SideWindows(Painter painter, SceneRandom random, CarSurface surface, CarPaint paint)
    {
        (_painter, _random, _surface, _paint, _shape) = (painter, random, surface, paint, surface.Shape);
        _roofEdge = random.Between(0.06f, 0.13f);
        _front = Line(Panel.Windscreen, random.Between(0.06f, 0.13f));
        _back = Line(Panel.RearScreen, -_random.Between(0.1f, _shape.Style is BodyStyle.Estate or BodyStyle.Suv ? 0.2f : 0.45f));
    }

    /// <summary>All panes from the front to the back.</summary>
    /// <param name="doors">Where doors begin and end.</param>
    public void Draw((float Front, float Middle, float Back) doors)
    {
        var start = Foot(_front);
        var end = Foot(_back);
        var pillar = _random.Between(0.04f, 0.1f);
        Corners(start, end);
        var panes = Panes(start, end, doors, pillar);
        for (var i = 0; i < panes.Count; i++)
        {
            Pane(panes[i].From, panes[i].To, i);
        }

        if (_random.Chance(0.5))
        {
            using var strip = new SKPath();
            strip.MoveTo(_surface.Side(start, _shape.Belt(start) + 0.01f));
            strip.LineTo(_surface.Side(end, _shape.Belt(end) + 0.01f));
            _painter.Line(strip, 0.03f * _surface.View.Scale, "car.trim", _paint.Trim);
        }
    }

    private List<(float From, float To)> Panes(float start, float end, (float Front, float Middle, float Back) doors, float pillar)
    {
        List<(float, float)> panes = [(start, MathF.Min(end, doors.Middle - pillar))];
        var blind = _shape.Style == BodyStyle.Van && _random.Chance(0.55);
        if (blind)
        {
            return panes;
        }

        var from = doors.Middle + pillar;
        if (_shape.Style is BodyStyle.Bus or BodyStyle.Van)
        {
            for (var x = from; x + 0.5f < end; x += 1.0f)
            {
                panes.Add((x, MathF.Min(end, x + 1 - (2 * pillar))));
            }

            return panes;
        }

        if (_shape.Doors == 2 && doors.Back + 0.25f < end && _random.Chance(0.8))
        {
            panes.Add((from, doors.Back - pillar));
            panes.Add((doors.Back + (pillar * 0.4f), end));
        }
        else if (from + 0.25f < end && !(_shape.Style == BodyStyle.Sports && _random.Chance(0.3)))
        {
            panes.Add((from, end));
        }

        return panes;
    }

    private void Pane(float from, float to, int index)
    {
        if (to - from < 0.12f)
        {
            return;
        }

        const int Count = 7;
        Span<SKPoint> points = stackalloc SKPoint[Count + 3];
        points[0] = _surface.Side(from, Foot(from));
        for (var i = 0; i <= Count; i++)
        {
            var x = from + ((to - from) * i / Count);
            points[i + 1] = _surface.Side(x, MathF.Max(Foot(x), Upper(x)));
        }

        points[^1] = _surface.Side(to, Foot(to));
        using var pane = CarSurface.Polygon(points);
        _painter.Fill(pane, "car.window", _paint.Glass);
        using (_painter.Inside(pane))
        {
            Interior(from, to, index);
        }

        if (_random.Chance(0.5))
        {
            _painter.Line(pane, 0.025f * _surface.View.Scale, "car.trim", _paint.Trim);
        }

        var middle = (from + to) / 2;
        var height = (Foot(middle) + Upper(middle)) / 2;
        if (index < 2)
        {
            var place = _surface.Side(middle, height);
            _painter.Landmark(index == 0 ? "side.window.front.middle" : "side.window.rear.middle", place.X, place.Y, "car.window");
        }
    }

    private void Interior(float from, float to, int index)
    {
        var base_ = _shape.Belt((from + to) / 2);
        var high = Upper((from + to) / 2);
        var seat = to - ((to - from) * 0.25f);
        if (index < 2 && _random.Chance(0.6) && to - from > 0.4f)
        {
            Box(seat - 0.1f, base_ - 0.1f, seat + 0.14f, base_ + ((high - base_) * 0.45f), "seat", _paint.Seat);
            Box(seat - 0.04f, base_ - 0.1f, seat + 0.1f, base_ + ((high - base_) * 0.8f), "seat", _paint.Seat);
        }

        if (index == 0 && _random.Chance(0.25))
        {
            var head = _surface.Side(seat - 0.16f, base_ + ((high - base_) * 0.5f));
            var size = 0.115f * _surface.View.Scale;
            _painter.Ellipse(head.X, head.Y, size * 0.85f, size * 1.1f, "skin",
                Tint.Hsv(25, _random.Between(0.3f, 0.6f), _random.Between(0.3f, 0.8f)));
        }

        if (!_paint.Flat && _random.Chance(0.7))
        {
            var x = from + ((to - from) * _random.Between(-0.1f, 0.5f));
            var wide = (to - from) * _random.Between(0.15f, 0.5f);
            _painter.Polygon("car.window", _paint.Reflection, _surface.Side(x, base_ - 0.05f), _surface.Side(x + 0.25f, high + 0.05f),
                _surface.Side(x + 0.25f + wide, high + 0.05f), _surface.Side(x + wide, base_ - 0.05f));
        }
    }

    private void Box(float left, float low, float right, float high, string part, SKColor colour) => _painter.Polygon(part, colour,
        _surface.Side(left, low), _surface.Side(left, high), _surface.Side(right, high), _surface.Side(right, low));

    private void Corners(float start, float end)
    {
        var front = _surface.Side(start + 0.07f, Foot(start) + 0.025f);
        var back = _surface.Side(end - 0.06f, Foot(end) + 0.025f);
        _painter.Landmark("side.window.front.corner", front.X, front.Y, "car.window");
        _painter.Landmark("side.window.rear.corner", back.X, back.Y, "car.window");
        var top = _surface.On(Panel.Roof, 0, 1);
        _painter.Landmark("roof.front", top.X, top.Y, "car.body");
        var rear = _surface.On(Panel.Roof, 1, 1);
        _painter.Landmark("roof.rear", rear.X, rear.Y, "car.body");
        var middle = _surface.On(Panel.Roof, 0.5f, 1);
        _painter.Landmark("roof.edge.middle", middle.X, middle.Y, "car.body");
        var cowl = _surface.On(Panel.Windscreen, 0, 1);
        _painter.Landmark("windscreen.foot", cowl.X, cowl.Y, "car.body");
        var deck = _surface.On(Panel.RearScreen, 1, 1);
        _painter.Landmark("rear.screen.foot", deck.X, deck.Y, "car.body");
        var bonnet = _surface.On(Panel.Bonnet, 0.5f, 1);
        _painter.Landmark("bonnet.edge.middle", bonnet.X, bonnet.Y, "car.body");
        var nose = _surface.On(Panel.Fascia, 0.96f, 1);
        _painter.Landmark("bonnet.edge.front", nose.X, nose.Y, "car.body");
        var tail = _surface.On(Panel.Tail, 0.03f, 1);
        _painter.Landmark("boot.edge.rear", tail.X, tail.Y, "car.body");
    }

    private float Foot(float x) => _shape.Belt(x) + _low;

    /// <summary>Where a slanted end of the windows meets their lower edge.</summary>
    private float Foot((float X, float Z, float Slope) line)
    {
        var x = line.X;
        for (var i = 0; i < 3; i++)
        {
            x = line.X + ((Foot(x) - line.Z) / line.Slope);
        }

        return x;
    }

    private float Upper(float x)
    {
        var front = _front.Z + ((x - _front.X) * _front.Slope);
        var back = _back.Z + ((x - _back.X) * _back.Slope);
        var (fromX, _, _) = _shape.On(Panel.Roof, 0, 1);
        var (toX, _, _) = _shape.On(Panel.Roof, 1, 1);
        var (_, _, roof) = _shape.On(Panel.Roof, Math.Clamp((x - fromX) / (toX - fromX), 0, 1), 1);
        return MathF.Min(roof - _roofEdge, MathF.Min(front, back));
    }

    private (float X, float Z, float Slope) Line(Panel panel, float shift)
    {
        var (fromX, _, fromZ) = _shape.On(panel, 0, 1);
        var (toX, _, toZ) = _shape.On(panel, 1, 1);
        var run = toX - fromX;
        return (fromX + shift, fromZ, (toZ - fromZ) / (MathF.Abs(run) < 0.04f ? 0.04f : run));
    }
}
