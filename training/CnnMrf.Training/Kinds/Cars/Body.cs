using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Cars;

/// <summary>The skin: silhouette, bonnet, windscreen, roof, boot. Parts: <c>car.body</c>, <c>car.window</c>, <c>car.seam</c>, …</summary>
internal sealed class Body(Painter painter, SceneRandom random, CarSurface surface, CarPaint paint) : IDisposable
{
    private readonly SKPath _side = Outline(surface);
    private readonly bool _bed = surface.Shape.Style == BodyStyle.Pickup && random.Chance(0.85);

    /// <summary>The side that faces the viewer, without the openings for wheels.</summary>
    public SKPath Side => _side;

    /// <summary>What is dark beneath and behind the wheels.</summary>
    public void Underside()
    {
        var shape = surface.Shape;
        var colour = Tint.Shade(paint.Dark, 0.6f);
        var low = shape.Sill + 0.06f;
        var wide = shape.HalfWidth - 0.08f;
        using var path = new SKPath { FillType = SKPathFillType.Winding };
        Span<SKPoint> floor =
        [
            surface.View.Project(0.3f, -wide, low), surface.View.Project(0.3f, wide, low),
            surface.View.Project(shape.Length - 0.3f, wide, low), surface.View.Project(shape.Length - 0.3f, -wide, low),
        ];
        path.AddPoly(floor.ToArray());
        if (surface.SideSeen)
        {
            // Behind the openings for the wheels.
            Span<SKPoint> wall = stackalloc SKPoint[4];
            foreach (var axle in new[] { shape.FrontAxle, shape.RearAxle })
            {
                var high = MathF.Min(shape.WheelRadius + (shape.ArchRadius * 0.98f), shape.Belt(axle) - 0.1f);
                (wall[0], wall[1]) = (surface.Side(axle - shape.ArchRadius, low, -0.1f),
                    surface.Side(axle - shape.ArchRadius, high, -0.1f));
                (wall[2], wall[3]) = (surface.Side(axle + shape.ArchRadius, high, -0.1f),
                    surface.Side(axle + shape.ArchRadius, low, -0.1f));
                if (CarSurface.Area(wall) * CarSurface.Area(floor) < 0)
                {
                    wall.Reverse();
                }

                path.AddPoly(wall.ToArray());
            }
        }

        painter.Fill(path, "car.underside", colour);
    }

    /// <summary>All that is painted, at once, so that a look's outline runs around it.</summary>
    public void Whole()
    {
        using var path = new SKPath { FillType = SKPathFillType.Winding };
        foreach (var panel in Enum.GetValues<Panel>())
        {
            using var patch = surface.Patch(panel, 0, 1, -1, 1);
            if (patch is not null)
            {
                path.AddPath(patch);
            }
        }

        if (surface.SideSeen)
        {
            path.AddPathReverse(_side);
        }

        painter.Fill(path, "car.body", Tint.Shade(paint.Body, paint.SideLight));
    }

    /// <summary>The bands that face the viewer, the furthest first.</summary>
    public void Bands(Action<Panel> detail)
    {
        var panels = Enum.GetValues<Panel>();
        foreach (var panel in surface.View.Yaw >= 0 ? panels.Reverse() : panels)
        {
            using var patch = surface.Patch(panel, 0, 1, -1, 1);
            if (patch is null)
            {
                continue;
            }

            var end = panel is Panel.Fascia or Panel.Tail;
            var light = end ? paint.EndLight : panel is Panel.Windscreen or Panel.RearScreen ? (paint.TopLight + paint.SideLight) / 2
                : paint.TopLight;
            painter.Fill(patch, "car.body", Tint.Shade(panel is Panel.Roof ? paint.Roof : paint.Body, light));
            switch (panel)
            {
                case Panel.Windscreen or Panel.RearScreen:
                    Screen(panel);
                    break;
                case Panel.Bonnet or Panel.Roof or Panel.Boot:
                    Top(panel);
                    break;
                default:
                    detail(panel);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _side.Dispose();

    private static SKPath Outline(CarSurface surface)
    {
        var shape = surface.Shape;
        var path = new SKPath();
        path.MoveTo(surface.On(Panel.Fascia, 0, 1));
        foreach (var panel in Enum.GetValues<Panel>())
        {
            for (var i = 1; i <= 6; i++)
            {
                path.LineTo(surface.On(panel, i / 6f, 1));
            }
        }

        foreach (var axle in new[] { shape.RearAxle, shape.FrontAxle })
        {
            var start = MathF.Asin(Math.Clamp((shape.Sill - shape.WheelRadius) / shape.ArchRadius, -0.95f, 0.95f));
            for (var i = 0; i <= 8; i++)
            {
                var (sin, cos) = MathF.SinCos(start + ((MathF.PI - (2 * start)) * i / 8));
                path.LineTo(surface.Side(axle + (shape.ArchRadius * cos), shape.WheelRadius + (shape.ArchRadius * sin)));
            }
        }

        path.Close();
        return path;
    }

    private void Screen(Panel panel)
    {
        var front = panel == Panel.Windscreen;
        var pillar = front ? random.Between(0.84f, 0.94f) : random.Between(0.72f, 0.9f);
        var (low, high) = front ? (0.06f, 0.95f) : (0.94f, 0.08f);
        if (!front && surface.Shape.Style is BodyStyle.Van && random.Chance(0.4))
        {
            return;
        }

        // Longer rear screens (fastbacks, beetles) have metal below the glass.
        var foot = !front && surface.Shape.Extent(panel) > 0.9f ? 0.65f : low;
        var glass = front ? paint.Glass : Tint.Shade(paint.Glass, 0.9f);
        using var pane = surface.Outline(panel, new(-pillar, foot), new(-pillar * 0.92f, high), new(pillar * 0.92f, high),
            new(pillar, foot));
        if (pane is null)
        {
            return;
        }

        painter.Fill(pane, "car.window", glass);
        using (painter.Inside(pane))
        {
            Inside(panel, foot, high, front);
        }

        foreach (var (word, sign) in new[] { ("left", -1), ("right", 1) })
        {
            // t = −1 is the left one for a viewer in front, the right one from behind.
            var name = surface.View.Yaw >= 0 ? word : word == "left" ? "right" : "left";
            var screen = front ? "windscreen" : "rear.screen";
            Name($"{screen}.{name}.bottom", panel, foot, sign * pillar, "car.window");
            Name($"{screen}.{name}.top", panel, high, sign * pillar * 0.92f, "car.window");
        }

        Name(front ? "windscreen.middle" : "rear.screen.middle", panel, (foot + high) / 2, 0, "car.window");
        Name(front ? "windscreen.bottom" : "rear.screen.bottom", panel, foot, 0, "car.window");
        if (front && random.Chance(0.6) && surface.Sees(panel, 0))
        {
            using var wipers = new SKPath();
            wipers.MoveTo(surface.On(panel, low, -0.1f));
            wipers.LineTo(surface.On(panel, low + 0.12f, -0.7f));
            wipers.MoveTo(surface.On(panel, low, 0.5f));
            wipers.LineTo(surface.On(panel, low + 0.12f, -0.08f));
            painter.Line(wipers, 0.025f * surface.View.Scale, "car.trim", paint.Dark);
        }
    }

    private void Inside(Panel panel, float foot, float high, bool front)
    {
        var people = front && random.Chance(0.25);
        if (random.Chance(0.6))
        {
            foreach (var t in new[] { -0.42f, 0.42f })
            {
                Patch(panel, t - 0.2f, t + 0.2f, foot, foot + ((high - foot) * 0.55f), "seat", paint.Seat);
                Patch(panel, t - 0.1f, t + 0.1f, foot + ((high - foot) * 0.5f), foot + ((high - foot) * 0.72f), "seat", paint.Seat);
            }
        }

        if (people && surface.Sees(panel, 0.4f))
        {
            var head = surface.On(panel, foot + ((high - foot) * 0.6f), 0.42f);
            var size = 0.11f * surface.View.Scale;
            painter.Ellipse(head.X, head.Y, size, size * 1.25f, "skin",
                Tint.Hsv(25, random.Between(0.3f, 0.6f), random.Between(0.3f, 0.8f)));
        }

        if (!paint.Flat && random.Chance(0.7))
        {
            var t = random.Between(-0.7f, 0.4f);
            var wide = random.Between(0.1f, 0.5f);
            using var gleam = surface.Outline(panel, new(t, foot), new(t + 0.3f, high), new(t + 0.3f + wide, high), new(t + wide, foot));
            if (gleam is not null)
            {
                painter.Fill(gleam, "car.window", paint.Reflection);
            }
        }

        if (!paint.Flat && random.Chance(0.5))
        {
            var edge = high > foot ? 0.86f : 0.12f;
            Patch(panel, -1, 1, edge, high, "car.window", Tint.Shade(paint.Glass, 0.6f));
        }
    }

    private void Top(Panel panel)
    {
        var colour = Tint.Shade(panel == Panel.Roof ? paint.Roof : paint.Body, paint.TopLight);
        if (panel == Panel.Boot && _bed)
        {
            using var bed = surface.Patch(panel, 0.03f, 0.96f, -0.9f, 0.9f);
            if (bed is not null)
            {
                painter.Fill(bed, "car.bed", paint.Dark);
            }

            return;
        }

        if (!paint.Flat)
        {
            Patch(panel, random.Between(-0.75f, -0.5f), random.Between(-0.3f, 0), 0.03f, 0.97f, "car.body", Tint.Shade(colour, 1.12f));
            if (random.Chance(0.5))
            {
                Patch(panel, 0.72f, 1, 0, 1, "car.body", Tint.Shade(colour, 0.92f));
            }
        }

        switch (panel)
        {
            case Panel.Bonnet:
                Crease(panel, 0.03f, 0.97f, random.Between(0.35f, 0.7f));
                Name("bonnet.middle", panel, 0.5f, 0, "car.body");
                Name("bonnet.front", panel, 0.02f, 0, "car.body");
                break;
            case Panel.Roof:
                if (random.Chance(0.15))
                {
                    Patch(panel, -0.55f, 0.55f, 0.12f, 0.45f, "car.window", paint.Glass);
                }

                Name("roof.middle", panel, 0.6f, 0, "car.body");
                break;
            default:
                if (surface.Shape.Extent(panel) > 0.4f)
                {
                    Name("boot.middle", panel, 0.5f, 0, "car.body");
                }

                break;
        }
    }

    private void Crease(Panel panel, float from, float to, float t)
    {
        using var path = new SKPath();
        foreach (var (a, b) in new[] { (-t, -t * 1.15f), (t, t * 1.15f) })
        {
            if (surface.Sees(panel, a))
            {
                path.MoveTo(surface.On(panel, from, a));
                path.LineTo(surface.On(panel, (from + to) / 2, (a + b) / 2));
                path.LineTo(surface.On(panel, to, b));
            }
        }

        if (!path.IsEmpty)
        {
            painter.Line(path, 0.018f * surface.View.Scale, "car.seam", Tint.Mix(paint.Seam, paint.Body, random.Between(0, 0.6f)));
        }
    }

    private void Patch(Panel panel, float fromT, float toT, float fromQ, float toQ, string part, SKColor colour)
    {
        using var path = surface.Patch(panel, fromQ, toQ, fromT, toT);
        if (path is not null)
        {
            painter.Fill(path, part, colour);
        }
    }

    private void Name(string name, Panel panel, float q, float t, string part)
    {
        if (surface.Sees(panel, t))
        {
            var place = surface.On(panel, q, t);
            painter.Landmark(name, place.X, place.Y, part);
        }
    }
}
