using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Cars;

/// <summary>The side that faces the viewer: shading, doors, handles, strips, lamps that go round the corner.</summary>
internal sealed class BodySide(Painter painter, SceneRandom random, CarSurface surface, CarPaint paint, SKPath side)
{
    private readonly CarShape _shape = surface.Shape;

    /// <summary>Where the front door begins, the doors meet and the rear door ends.</summary>
    public (float Front, float Middle, float Back) DoorEdges { get; } = Edges(random, surface.Shape);

    /// <summary>Paint, light and dirt.</summary>
    public void Skin()
    {
        using var inside = painter.Inside(side);
        var body = Tint.Shade(paint.Body, paint.SideLight);
        painter.Fill(side, "car.body", body);
        var mid = (_shape.Sill + _shape.Belt(_shape.Length / 2)) / 2;
        if (paint.Roof != paint.Body)
        {
            Strip(x => _shape.Belt(x) - 0.02f, _ => _shape.Height + 0.2f, paint.Roof);
        }

        if (random.Chance(0.12))
        {
            var second = random.Chance(0.5) ? Tint.Shade(paint.Body, 0.6f) : Tint.Any(random);
            Strip(_ => 0, _ => mid + 0.02f, second, "car.stripe");
        }

        if (!paint.Flat)
        {
            var high = random.Between(0.03f, 0.12f);
            var low = random.Between(0.15f, 0.3f);
            Strip(x => _shape.Belt(x) - low, x => _shape.Belt(x) - high, Tint.Shade(body, random.Between(1.08f, 1.35f)));
            var wave = random.Between(0.02f, 0.07f);
            var phase = random.Between(0, 6);
            Strip(_ => 0, x => mid - 0.1f + (wave * MathF.Sin((x * 1.7f) + phase)), Tint.Shade(body, random.Between(0.7f, 0.92f)));
            Strip(_ => 0, _ => _shape.Sill + 0.12f, Tint.Shade(body, random.Between(0.45f, 0.7f)));
        }

        Decoration(mid);
        if (random.Chance(0.5))
        {
            Line(x => _shape.Belt(x) - 0.16f + (0.01f * x), 0.35f, _shape.Length - 0.35f, 0.018f, "car.seam",
                Tint.Mix(paint.Seam, body, 0.3f));
        }

        if (random.Chance(0.3))
        {
            Line(_ => mid, DoorEdges.Front - 0.1f, DoorEdges.Back + 0.1f, 0.045f, "car.trim", paint.Trim);
        }

        Arches(body);
    }

    /// <summary>Gaps around doors and flaps, handles.</summary>
    public void Doors()
    {
        var (front, middle, back) = DoorEdges;
        var low = _shape.Sill + random.Between(0.06f, 0.14f);
        using var seams = new SKPath();
        Upright(seams, front, low, Math.Min(_shape.Belt(front), Roofline(front)));
        Upright(seams, middle, low, _shape.Belt(middle));
        seams.MoveTo(surface.Side(front, low));
        seams.LineTo(surface.Side(middle, low));
        if (_shape.Doors == 2)
        {
            // The rear door's edge follows the wheel's opening.
            var turn = MathF.Max(low, _shape.WheelRadius + (_shape.ArchRadius * 0.75f));
            var foot = MathF.Min(back, _shape.RearAxle - (_shape.ArchRadius * 1.08f));
            seams.LineTo(surface.Side(foot, low));
            seams.LineTo(surface.Side(back, turn));
            seams.LineTo(surface.Side(back, _shape.Belt(back)));
        }

        painter.Line(seams, 0.02f * surface.View.Scale, "car.seam", paint.Seam);
        var colour = random.Pick(paint.Seam, paint.Chrome, paint.Dark, Tint.Shade(paint.Body, 0.8f));
        Handle("front", middle, colour);
        Name("door.front", (front + middle) / 2, Middle(front), "car.body");
        if (_shape.Doors == 2)
        {
            Handle("rear", back, colour);
            Name("door.rear", (middle + back) / 2, Middle(middle), "car.body");
        }

        if (random.Chance(0.4))
        {
            var flap = surface.Side(_shape.RearAxle + random.Between(0, 0.2f), _shape.Belt(_shape.RearAxle) - 0.18f);
            using var ring = new SKPath();
            ring.AddCircle(flap.X, flap.Y, 0.07f * surface.View.Scale);
            painter.Line(ring, 0.014f * surface.View.Scale, "car.seam", paint.Seam);
        }

        Name("sill.middle", middle, _shape.Sill + 0.03f, "car.body");
        Name("arch.front.top", _shape.FrontAxle, _shape.WheelRadius + _shape.ArchRadius + 0.02f, "car.body");
        Name("arch.rear.top", _shape.RearAxle, _shape.WheelRadius + _shape.ArchRadius + 0.02f, "car.body");
        Name("wing.front", (_shape.FrontAxle + front) / 2, _shape.Belt(front) - 0.12f, "car.body");
        Name("wing.rear", _shape.RearAxle + 0.1f, _shape.Belt(_shape.RearAxle) - 0.1f, "car.body");
    }

    /// <summary>Bumpers and lamps where they go round the corner.</summary>
    public void Corners(Ends ends)
    {
        var front = surface.On(Panel.Fascia, 0.5f, 1);
        painter.Landmark("end.front", front.X, front.Y, ends.Bumper > 0.5f ? "bumper" : "car.body");
        var back = surface.On(Panel.Tail, 0.5f, 1);
        painter.Landmark("end.rear", back.X, back.Y, ends.Bumper > 0.5f ? "bumper" : "car.body");
        Corner(Panel.Fascia, ends.BumperFoot, ends.Bumper, _shape.FrontAxle - _shape.ArchRadius, "bumper", ends.BumperColour, null);
        Corner(Panel.Tail, 1 - ends.BumperFoot, 1 - ends.Bumper, _shape.RearAxle + _shape.ArchRadius, "bumper", ends.BumperColour, null);
        if (!ends.RoundLamps)
        {
            Corner(Panel.Fascia, ends.LampLow, ends.LampHigh, ends.LampReach, "headlight", paint.Lamp,
                MathF.Abs(surface.View.Yaw) < 14 ? "headlight" : null);
        }

        Corner(Panel.Tail, ends.TailTop, ends.TailFoot, _shape.Length - ends.TailReach, "taillight", paint.TailLamp, "taillight");
    }

    /// <summary>Mudguards that stand out, with a running board.</summary>
    public void Fenders(SKColor colour)
    {
        foreach (var (axle, front) in new[] { (_shape.FrontAxle, true), (_shape.RearAxle, false) })
        {
            Fender(axle, front, colour);
        }

        var from = _shape.FrontAxle + (_shape.ArchRadius * 1.25f);
        var to = _shape.RearAxle - (_shape.ArchRadius * 1.2f);
        Span<SKPoint> board =
        [
            surface.Side(from, _shape.Sill + 0.05f), surface.Side(to, _shape.Sill + 0.05f), surface.Side(to, _shape.Sill - 0.04f, 0.16f),
            surface.Side(from, _shape.Sill - 0.04f, 0.16f),
        ];
        painter.Polygon("car.fender", Tint.Shade(colour, 0.7f), board);
    }

    private static (float Front, float Middle, float Back) Edges(SceneRandom random, CarShape shape)
    {
        var (cowl, _, _) = shape.On(Panel.Windscreen, 0, 1);
        var front = MathF.Max(cowl - random.Between(-0.05f, 0.2f), shape.FrontAxle + (shape.ArchRadius * 1.05f));
        if (shape.Style == BodyStyle.Bus)
        {
            front = 0.25f;
        }

        var (roof, _, _) = shape.On(Panel.Roof, 1, 1);
        var (deck, _, _) = shape.On(Panel.RearScreen, 1, 1);
        var back = MathF.Min((roof + deck) / 2, shape.RearAxle + random.Between(0, 0.25f));
        var middle = shape.Doors == 1
            ? MathF.Min(front + random.Between(1.15f, 1.4f), back)
            : front + ((back - front) * random.Between(0.5f, 0.58f));
        return shape.Style == BodyStyle.Bus ? (front, front + 0.95f, front + 2.1f) : (front, middle, back);
    }

    private float Middle(float x) => (_shape.Sill + _shape.Belt(x)) / 2;

    private float Roofline(float x)
    {
        var (roofX, _, roofZ) = _shape.On(Panel.Roof, 0, 1);
        var (cowlX, _, cowlZ) = _shape.On(Panel.Windscreen, 0, 1);
        return cowlZ + ((x - cowlX) / (roofX - cowlX) * (roofZ - cowlZ));
    }

    private void Decoration(float mid)
    {
        if (random.Chance(0.06))
        {
            // Chequers, as taxis and patrol cars have them.
            for (var i = 0; i < 14; i++)
            {
                var x = 0.5f + (i * 0.25f);
                var z = mid + 0.05f + (i % 2 * 0.08f);
                painter.Polygon("car.stripe", paint.Dark, surface.Side(x, z), surface.Side(x + 0.25f, z),
                    surface.Side(x + 0.25f, z + 0.08f),
                    surface.Side(x, z + 0.08f));
            }
        }
        else if (random.Chance(0.06))
        {
            var badge = surface.Side((DoorEdges.Front + DoorEdges.Middle) / 2, mid + 0.1f);
            painter.Ellipse(badge.X, badge.Y, 0.19f * surface.View.Scale, 0.19f * surface.View.Scale, "car.stripe", SKColors.White);
            painter.Ellipse(badge.X, badge.Y, 0.09f * surface.View.Scale, 0.11f * surface.View.Scale, "car.stripe", paint.Dark);
        }
    }

    private void Arches(SKColor body)
    {
        var plastic = _shape.Style == BodyStyle.Suv && random.Chance(0.5);
        using var path = new SKPath();
        foreach (var axle in new[] { _shape.FrontAxle, _shape.RearAxle })
        {
            for (var i = 0; i <= 8; i++)
            {
                var (sin, cos) = MathF.SinCos((i - 0.5f) * MathF.PI / 7);
                var place = surface.Side(axle - (_shape.ArchRadius * 1.02f * cos), _shape.WheelRadius + (_shape.ArchRadius * 1.02f * sin));
                if (i == 0)
                {
                    path.MoveTo(place);
                }
                else
                {
                    path.LineTo(place);
                }
            }
        }

        if (plastic)
        {
            painter.Line(path, 0.16f * surface.View.Scale, "car.trim", paint.Dark);
            Strip(_ => 0, _ => _shape.Sill + 0.14f, paint.Dark, "car.trim");
        }
        else if (!paint.Flat)
        {
            painter.Line(path, 0.05f * surface.View.Scale, "car.body", Tint.Shade(body, random.Pick(0.75f, 1.2f)));
        }
    }

    private void Strip(Func<float, float> low, Func<float, float> high, SKColor colour, string part = "car.body")
    {
        const int Count = 10;
        Span<SKPoint> points = stackalloc SKPoint[(2 * Count) + 2];
        for (var i = 0; i <= Count; i++)
        {
            var x = -0.2f + ((_shape.Length + 0.4f) * i / Count);
            points[i] = surface.Side(x, high(x));
            points[^(i + 1)] = surface.Side(x, low(x));
        }

        painter.Polygon(part, colour, points);
    }

    private void Line(Func<float, float> height, float from, float to, float width, string part, SKColor colour)
    {
        using var path = new SKPath();
        path.MoveTo(surface.Side(from, height(from)));
        for (var i = 1; i <= 6; i++)
        {
            var x = from + ((to - from) * i / 6);
            path.LineTo(surface.Side(x, height(x)));
        }

        painter.Line(path, width * surface.View.Scale, part, colour);
    }

    private void Upright(SKPath path, float x, float low, float high)
    {
        path.MoveTo(surface.Side(x, low));
        path.LineTo(surface.Side(x + 0.03f, (low + high) / 2));
        path.LineTo(surface.Side(x, high));
    }

    private void Handle(string door, float edge, SKColor colour)
    {
        var z = _shape.Belt(edge) - 0.13f;
        var (from, to) = (edge - 0.28f, edge - 0.08f);
        using var path = new SKPath();
        path.MoveTo(surface.Side(from, z, 0.02f));
        path.LineTo(surface.Side(to, z, 0.02f));
        painter.Line(path, 0.045f * surface.View.Scale, "door.handle", colour);
        var middle = surface.Side((from + to) / 2, z, 0.02f);
        painter.Landmark($"door.{door}.handle", middle.X, middle.Y, "door.handle");
    }

    private void Corner(Panel panel, float fromQ, float toQ, float reach, string part, SKColor colour, string? name)
    {
        var (_, _, fromZ) = _shape.On(panel, fromQ, 1);
        var (_, _, toZ) = _shape.On(panel, toQ, 1);
        var taper = part == "bumper" ? 0 : 0.2f * (toZ - fromZ);
        Span<SKPoint> points =
        [
            surface.On(panel, fromQ, 1), surface.On(panel, (fromQ + toQ) / 2, 1), surface.On(panel, toQ, 1), surface.Side(reach, toZ),
            surface.Side(reach, fromZ + taper),
        ];
        painter.Polygon(part, colour, points);
        if (name is not null)
        {
            painter.Landmark(name, (points[1].X + points[3].X) / 2, (points[1].Y + ((points[3].Y + points[4].Y) / 2)) / 2, part);
        }
    }

    private void Fender(float axle, bool front, SKColor colour)
    {
        const int Count = 9;
        var (inner, outer) = (_shape.WheelRadius * 1.05f, _shape.WheelRadius * random.Between(1.3f, 1.45f));
        Span<SKPoint> points = stackalloc SKPoint[2 * Count];
        using var depth = new SKPath { FillType = SKPathFillType.Winding };
        for (var i = 0; i < Count; i++)
        {
            // From the front end over the wheel to the back end, which runs out into the running board.
            var share = (float)i / (Count - 1);
            var (sin, cos) = MathF.SinCos(MathF.PI * (front ? 0.02f + (1.02f * share) : -0.04f + (1.02f * share)));
            var trail = front ? 0.3f * share * share : 0.3f * (1 - share) * (1 - share);
            var x = axle - (outer * cos * (1 + trail));
            points[i] = surface.Side(x, _shape.WheelRadius + (outer * sin), 0.14f);
            points[^(i + 1)] = surface.Side(axle - (inner * cos), _shape.WheelRadius + (inner * sin), 0.14f);
        }

        Span<SKPoint> quad = stackalloc SKPoint[4];
        for (var i = 0; i + 1 < Count; i++)
        {
            (quad[0], quad[1]) = (points[i], points[i + 1]);
            (quad[2], quad[3]) = (Inward(axle, i + 1, Count, outer, front), Inward(axle, i, Count, outer, front));
            if (CarSurface.Area(quad) < 0)
            {
                quad.Reverse();
            }

            depth.AddPoly(quad.ToArray());
        }

        painter.Fill(depth, "car.fender", Tint.Shade(colour, paint.TopLight));
        painter.Polygon("car.fender", Tint.Shade(colour, paint.SideLight), points);
        if (!paint.Flat)
        {
            using var gleam = Curves.Open(points[2..(Count - 2)]);
            painter.Line(gleam, 0.04f * surface.View.Scale, "car.fender", Tint.Shade(colour, 1.3f));
        }
    }

    private SKPoint Inward(float axle, int i, int count, float outer, bool front)
    {
        var share = (float)i / (count - 1);
        var (sin, cos) = MathF.SinCos(MathF.PI * (front ? 0.02f + (1.02f * share) : -0.04f + (1.02f * share)));
        var trail = front ? 0.3f * share * share : 0.3f * (1 - share) * (1 - share);
        return surface.Side(axle - (outer * cos * (1 + trail)), _shape.WheelRadius + (outer * sin), -0.22f);
    }

    private void Name(string name, float x, float z, string part)
    {
        var place = surface.Side(x, z);
        painter.Landmark(name, place.X, place.Y, part);
    }
}
