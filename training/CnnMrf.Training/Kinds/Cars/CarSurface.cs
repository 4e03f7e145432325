using CnnMrf.Training.Kinds.Views;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Cars;

/// <summary>A car's skin as the viewer sees it: areas given in the car's own measures become paths in the picture.</summary>
internal sealed class CarSurface
{
    private const int Cells = 16;
    private const int Samples = 6;

    private readonly (float From, float To)?[] _seen = new (float, float)?[7];
    private readonly (float From, float To)[] _seenAlong = new (float, float)[7];

    /// <summary>Looks which bands face the viewer.</summary>
    public CarSurface(CarShape shape, ObliqueView view)
    {
        (Shape, View) = (shape, view);
        foreach (var panel in Enum.GetValues<Panel>())
        {
            _seen[(int)panel] = Facing(panel);
            _seenAlong[(int)panel] = FacingAlong(panel);
        }

        Span<SKPoint> door =
        [
            Side(shape.FrontAxle, shape.Sill), Side(shape.FrontAxle, shape.Belt(shape.FrontAxle) - 0.1f),
            Side(shape.RearAxle, shape.Belt(shape.RearAxle) - 0.1f), Side(shape.RearAxle, shape.Sill),
        ];
        SideSeen = Area(door) > 0.004f * view.Scale * view.Scale;
        SideReadable = SideSeen && MathF.Abs(view.Yaw) < 78;
    }

    /// <summary>The body.</summary>
    public CarShape Shape { get; }

    /// <summary>The viewer.</summary>
    public ObliqueView View { get; }

    /// <summary>Whether the doors are seen.</summary>
    public bool SideSeen { get; }

    /// <summary>Whether they are seen well enough for windows and handles to be drawn.</summary>
    public bool SideReadable { get; }

    /// <summary>Twice the area of a polygon; positive if it runs clockwise in the picture.</summary>
    public static float Area(ReadOnlySpan<SKPoint> corners)
    {
        var sum = 0f;
        for (var i = 0; i < corners.Length; i++)
        {
            var (a, b) = (corners[i], corners[(i + 1) % corners.Length]);
            sum += (a.X * b.Y) - (b.X * a.Y);
        }

        return sum;
    }

    /// <summary>A closed path through corners.</summary>
    public static SKPath Polygon(ReadOnlySpan<SKPoint> corners)
    {
        var path = new SKPath();
        path.AddPoly(corners.ToArray());
        return path;
    }

    /// <summary>A place of the skin in the picture.</summary>
    public SKPoint On(Panel panel, float q, float t)
    {
        var (x, y, z) = Shape.On(panel, q, t);
        return View.Project(x, y, z);
    }

    /// <summary>A place of the side that faces the viewer.</summary>
    /// <param name="x">From the front, m.</param>
    /// <param name="z">Above the ground, m.</param>
    /// <param name="outward">How far it stands out from the skin, m.</param>
    public SKPoint Side(float x, float z, float outward = 0) => View.Project(x, Shape.HalfWidthAt(x, z) + outward, z);

    /// <summary>Whether a place of the skin faces the viewer.</summary>
    public bool Sees(Panel panel, float t) => _seen[(int)panel] is { } seen && t >= seen.From && t <= seen.To;

    /// <summary>What of a band faces the viewer, as a range of t.</summary>
    public (float From, float To)? Seen(Panel panel) => _seen[(int)panel];

    /// <summary>A piece of a band, less what is turned away; nothing if all of it is.</summary>
    public SKPath? Patch(Panel panel, float fromQ, float toQ, float fromT, float toT)
    {
        if (_seen[(int)panel] is not { } seen)
        {
            return null;
        }

        var along = _seenAlong[(int)panel];
        (fromT, toT) = (MathF.Max(fromT, seen.From), MathF.Min(toT, seen.To));
        (fromQ, toQ) = (Math.Clamp(fromQ, along.From, along.To), Math.Clamp(toQ, along.From, along.To));
        if (toT - fromT < 0.03f || MathF.Abs(toQ - fromQ) < 0.001f)
        {
            return null;
        }

        var path = new SKPath();
        path.MoveTo(On(panel, fromQ, fromT));
        Along(path, panel, fromQ, fromQ, fromT, toT);
        Along(path, panel, fromQ, toQ, toT, toT);
        Along(path, panel, toQ, toQ, toT, fromT);
        Along(path, panel, toQ, fromQ, fromT, fromT);
        path.Close();
        return path;
    }

    /// <summary>A polygon on a band with corners (t, q), less what is turned away; nothing if all of it is.</summary>
    public SKPath? Outline(Panel panel, params ReadOnlySpan<SKPoint> corners)
    {
        if (_seen[(int)panel] is not { } seen)
        {
            return null;
        }

        var along = _seenAlong[(int)panel];
        Span<SKPoint> flat = stackalloc SKPoint[corners.Length];
        for (var i = 0; i < flat.Length; i++)
        {
            flat[i] = new(Math.Clamp(corners[i].X, seen.From, seen.To), Math.Clamp(corners[i].Y, along.From, along.To));
        }

        if (MathF.Abs(Area(flat)) < 0.1f * MathF.Abs(Area(corners)))
        {
            return null;
        }

        var path = new SKPath();
        path.MoveTo(On(panel, flat[0].Y, flat[0].X));
        for (var i = 0; i < flat.Length; i++)
        {
            var (a, b) = (flat[i], flat[(i + 1) % flat.Length]);
            Along(path, panel, a.Y, b.Y, a.X, b.X, 3);
        }

        path.Close();
        return path;
    }

    /// <summary>A disc on a band.</summary>
    /// <param name="panel">The band.</param>
    /// <param name="t">Its middle, across.</param>
    /// <param name="q">Its middle, along.</param>
    /// <param name="radius">m.</param>
    public SKPath? Disc(Panel panel, float t, float q, float radius)
    {
        Span<SKPoint> corners = stackalloc SKPoint[12];
        var (wide, high) = (radius / Shape.HalfWidth, radius / Shape.Extent(panel));
        for (var i = 0; i < corners.Length; i++)
        {
            var (sin, cos) = MathF.SinCos(i * 2 * MathF.PI / corners.Length);
            corners[i] = new(t + (wide * cos), q + (high * sin));
        }

        return Outline(panel, corners);
    }

    private void Along(SKPath path, Panel panel, float fromQ, float toQ, float fromT, float toT, int samples = Samples)
    {
        for (var i = 1; i <= samples; i++)
        {
            var share = (float)i / samples;
            path.LineTo(On(panel, fromQ + ((toQ - fromQ) * share), fromT + ((toT - fromT) * share)));
        }
    }

    private (float From, float To)? Facing(Panel panel)
    {
        (float From, float To)? seen = null;
        for (var i = 0; i < Cells; i++)
        {
            var from = (2f * i / Cells) - 1;
            var to = from + (2f / Cells);
            var area = 0f;
            for (var k = 0; k < 3; k++)
            {
                area += MathF.Min(0, Area(
                [
                    On(panel, k / 3f, from), On(panel, k / 3f, to), On(panel, (k + 1) / 3f, to), On(panel, (k + 1) / 3f, from),
                ]));
            }

            if (area < -0.002f * View.Scale * View.Scale / Cells)
            {
                seen = (seen?.From ?? from, to);
            }
        }

        return seen;
    }

    /// <summary>What of a band faces the viewer, as a range of q: a bulging roof hides its own back.</summary>
    private (float From, float To) FacingAlong(Panel panel)
    {
        if (_seen[(int)panel] is not { } across)
        {
            return (0, 1);
        }

        const int Pieces = 12;
        (float From, float To)? seen = null;
        for (var i = 0; i < Pieces; i++)
        {
            var (from, to) = ((float)i / Pieces, (i + 1f) / Pieces);
            var area = 0f;
            for (var k = 0; k < 4; k++)
            {
                var left = across.From + ((across.To - across.From) * k / 4);
                var right = across.From + ((across.To - across.From) * (k + 1) / 4);
                area += MathF.Min(0, Area([On(panel, from, left), On(panel, from, right), On(panel, to, right), On(panel, to, left)]));
            }

            if (area < -0.001f * View.Scale * View.Scale / Pieces)
            {
                seen = (seen?.From ?? from, to);
            }
        }

        return seen ?? (0, 1);
    }
}
