using CnnMrf.Training.Drawing;
using CnnMrf.Training.Kinds.Backdrops;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Cars;

/// <summary>Mirrors, roof racks and what is on them, aerials; the shadow beneath; things in front.</summary>
internal sealed class Extras(Painter painter, SceneRandom random, CarSurface surface, CarPaint paint)
{
    private readonly CarShape _shape = surface.Shape;
    private readonly SKColor _mirror = random.Chance(0.6) ? paint.Body : random.Pick(paint.Dark, paint.Chrome);

    /// <summary>The shadow on the ground.</summary>
    public void Shadow(SKColor ground)
    {
        var (lean, reach) = (random.Normal(0, 0.35f), random.Between(0.02f, 0.25f));
        var soft = random.Chance(0.5);
        foreach (var (grow, dark) in soft ? new[] { (1.0f, 0.75f), (0.55f, 0.55f) } : [(0.8f, random.Between(0.35f, 0.65f))])
        {
            var (x, y) = (reach * grow, _shape.HalfWidth + (reach * grow));
            Span<SKPoint> points =
            [
                surface.View.Project(-x + lean, 0, 0), surface.View.Project(0.25f - x, y, 0), surface.View.Project(_shape.Length / 2, y, 0),
                surface.View.Project(_shape.Length - 0.25f + x, y, 0), surface.View.Project(_shape.Length + x + lean, 0, 0),
                surface.View.Project(_shape.Length - 0.25f + x, -y, 0), surface.View.Project(0.25f - x, -y, 0),
            ];
            painter.Blob("shadow", Tint.Shade(ground, dark), points);
        }

        var under = surface.View.Project(_shape.Length / 2, 0, 0);
        painter.Landmark("ground.under", under.X, under.Y, "shadow");
    }

    /// <summary>A mirror beside the windscreen.</summary>
    /// <param name="near">Whether it is the one on the side that faces the viewer.</param>
    public void Mirror(bool near)
    {
        var (x, _, z) = _shape.On(Panel.Windscreen, 0.18f, 1);
        var sign = near ? 1 : -1;
        var y = sign * (_shape.HalfWidthAt(x, z) + 0.1f);
        var place = surface.View.Project(x + 0.08f, y, z + 0.02f);
        var (sin, cos) = MathF.SinCos(surface.View.Yaw * MathF.PI / 180);
        var wide = ((0.08f * MathF.Abs(cos)) + (0.12f * MathF.Abs(sin))) * surface.View.Scale;
        var high = 0.075f * surface.View.Scale;
        var part = "mirror";
        Span<SKPoint> corners =
        [
            new(place.X - wide, place.Y + (high * 0.3f)), new(place.X - (wide * 0.6f), place.Y - high), new(place.X + wide, place.Y - high),
            new(place.X + wide, place.Y + high), new(place.X - (wide * 0.3f), place.Y + high),
        ];
        painter.Blob(part, _mirror, corners);
        var yaw = surface.View.Yaw;
        if (near && MathF.Abs(yaw) < 65)
        {
            painter.Landmark("mirror", place.X, place.Y, part);
        }
        else if (yaw > 18)
        {
            painter.Landmark(near ? "mirror.right" : "mirror.left", place.X, place.Y, part);
        }
    }

    /// <summary>What is on the roof, at times.</summary>
    public void Roof()
    {
        var open = _shape.Style is BodyStyle.Sports or BodyStyle.Vintage;
        if (random.Chance(open ? 0.02 : 0.16))
        {
            Rack();
        }
        else if (random.Chance(0.05))
        {
            // A taxi's sign, or a lamp.
            Crate(0.45f, 0.56f, 0.4f, 0.14f, "roof.sign", random.Pick(new SKColor(245, 225, 120), new(60, 90, 220), new(245, 245, 240)));
        }

        if (random.Chance(0.25))
        {
            var (x, y, z) = _shape.On(Panel.Roof, 0.9f, 0);
            using var path = new SKPath();
            path.MoveTo(surface.View.Project(x, y, z));
            path.LineTo(surface.View.Project(x + 0.25f, y, z + random.Between(0.08f, 0.4f)));
            painter.Line(path, 0.015f * surface.View.Scale, "car.trim", paint.Dark);
        }
    }

    /// <summary>Posts, branches and bushes between the viewer and the car, seldom.</summary>
    public void InFront()
    {
        if (!random.Chance(0.08))
        {
            return;
        }

        if (random.Chance(0.5))
        {
            var x = random.Between(0.02f, 0.98f);
            var w = random.Between(0.008f, 0.03f);
            painter.Polygon("tree.trunk", Tint.Hsv(30, random.Between(0, 0.4f), random.Between(0.15f, 0.5f)), new(x - w, -0.6f),
                new(x + w, -0.6f), new(x + w, 0.97f), new(x - w, 0.97f));
            return;
        }

        var green = OutdoorBackdrops.Green(random);
        var side = random.Pick(0f, 1f);
        for (var i = 0; i < 6; i++)
        {
            var r = random.Between(0.05f, 0.13f);
            painter.Ellipse(side + random.Normal(0, 0.1f), 1 - random.Between(-0.05f, 0.12f), r, r, "tree.leaves",
                Tint.Vary(random, green, 0.15f));
        }
    }

    private void Rack()
    {
        var metal = random.Pick(paint.Chrome, paint.Dark);
        using var path = new SKPath();
        foreach (var q in new[] { 0.2f, 0.75f })
        {
            var (x, _, z) = _shape.On(Panel.Roof, q, 0);
            path.MoveTo(surface.View.Project(x, -_shape.HalfWidth * 0.7f, z + 0.06f));
            path.LineTo(surface.View.Project(x, _shape.HalfWidth * 0.7f, z + 0.06f));
        }

        foreach (var sign in new[] { -1, 1 })
        {
            var (fromX, _, fromZ) = _shape.On(Panel.Roof, 0.1f, 1);
            var (toX, _, toZ) = _shape.On(Panel.Roof, 0.95f, 1);
            path.MoveTo(surface.View.Project(fromX, sign * _shape.HalfWidth * 0.72f, fromZ + 0.09f));
            path.LineTo(surface.View.Project(toX, sign * _shape.HalfWidth * 0.72f, toZ + 0.09f));
        }

        painter.Line(path, 0.03f * surface.View.Scale, "roof.rack", metal);
        switch (random.Below(5))
        {
            case 0:
                Crate(0.15f, 0.8f, _shape.HalfWidth * 0.55f, random.Between(0.22f, 0.4f), "luggage", Tint.Any(random));
                break;
            case 1:
                Crate(0.3f, 0.6f, _shape.HalfWidth * 0.4f, 0.3f, "luggage", Tint.Any(random));
                Crate(0.62f, 0.85f, _shape.HalfWidth * 0.4f, 0.22f, "luggage", Tint.Any(random));
                break;
            case 2:
                Crate(-0.1f, 1.05f, 0.25f, 0.07f, "luggage", Tint.Any(random));
                break;
            default:
                break;
        }
    }

    private void Crate(float fromQ, float toQ, float halfWidth, float height, string part, SKColor colour)
    {
        var (fromX, _, fromZ) = _shape.On(Panel.Roof, fromQ, 0);
        var (toX, _, toZ) = _shape.On(Panel.Roof, toQ, 0);
        var floor = MathF.Min(fromZ, toZ) + 0.05f;
        var top = MathF.Max(fromZ, toZ) + height;
        SKPoint At(float x, int sign, float z) => surface.View.Project(x, sign * halfWidth, z);
        Span<SKPoint> lid = [At(fromX, -1, top), At(fromX, 1, top), At(toX, 1, top), At(toX, -1, top)];
        painter.Polygon(part, Tint.Shade(colour, 1.15f), lid);
        var end = surface.View.Yaw >= 0 ? fromX : toX;
        painter.Polygon(part, Tint.Shade(colour, 0.8f), At(end, -1, floor), At(end, 1, floor), At(end, 1, top), At(end, -1, top));
        if (surface.SideSeen)
        {
            painter.Polygon(part, colour, At(fromX, 1, floor), At(fromX, 1, top), At(toX, 1, top), At(toX, 1, floor));
        }
    }
}
