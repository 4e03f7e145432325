using CnnMrf.Training.Drawing;
using SkiaSharp;

namespace CnnMrf.Training.Kinds.Backdrops;

/// <summary>
/// A painter's shorthand that knows which part shows at some marked places, so that a landmark can be put on "whatever is there".
/// Draws in the scene's units only: no moved units.
/// </summary>
internal sealed class Sketch(Painter painter)
{
    /// <summary>How far scenery reaches to the left and above the picture, whose view may show more than 0…1.</summary>
    public const float Least = -0.6f;

    /// <summary>How far it reaches to the right and below.</summary>
    public const float Greatest = 1.6f;

    /// <summary>What counts as sky where a place of the sky is named.</summary>
    public static readonly IReadOnlySet<string> SkyParts = new HashSet<string> { "sky", "cloud", "star" };

    /// <summary>What counts as ground where a place of the ground is named.</summary>
    public static readonly IReadOnlySet<string> GroundParts = new HashSet<string>
    {
        "grass", "snow", "sand", "earth", "field", "street", "path",
    };

    private readonly List<Mark> _marks = [];
    private readonly List<SKPath> _clips = [];

    /// <summary>The painter.</summary>
    public Painter Painter => painter;

    /// <summary>Marks a place: from now on what is drawn over it is noted.</summary>
    /// <param name="name">The landmark's.</param>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    /// <param name="parts">Those on which it is worth naming; null: any.</param>
    public void Watch(string name, float x, float y, IReadOnlySet<string>? parts = null) =>
        _marks.Add(new(name, new(x, y), parts) { Part = "" });

    /// <summary>Names the marked places, each on the part that was drawn there last.</summary>
    public void Tell()
    {
        foreach (var mark in _marks.Where(m => m.Part.Length > 0 && m.Parts?.Contains(m.Part) != false))
        {
            painter.Landmark(mark.Name, mark.Place.X, mark.Place.Y, mark.Part);
        }

        _marks.Clear();
    }

    /// <summary>Fills an area.</summary>
    public void Fill(SKPath area, string part, SKColor colour)
    {
        painter.Fill(area, part, colour);
        Note(area, part);
    }

    /// <summary>Draws a line.</summary>
    public void Line(string part, float width, SKColor colour, float fromX, float fromY, float toX, float toY)
    {
        using var path = new SKPath();
        path.MoveTo(fromX, fromY);
        path.LineTo(toX, toY);
        painter.Line(path, width, part, colour);
    }

    /// <summary>Fills the whole picture.</summary>
    public void All(string part, SKColor colour)
    {
        painter.Background(part, colour);
        foreach (var mark in _marks)
        {
            mark.Part = part;
        }
    }

    /// <summary>Fills an upright rectangle.</summary>
    public void Box(float left, float top, float right, float bottom, string part, SKColor colour)
    {
        using var path = new SKPath();
        path.AddRect(new(left, top, right, bottom));
        Fill(path, part, colour);
    }

    /// <summary>Fills an ellipse.</summary>
    public void Ellipse(float x, float y, float radiusX, float radiusY, string part, SKColor colour)
    {
        using var path = new SKPath();
        path.AddOval(new(x - radiusX, y - radiusY, x + radiusX, y + radiusY));
        Fill(path, part, colour);
    }

    /// <summary>Fills a polygon.</summary>
    public void Polygon(string part, SKColor colour, params ReadOnlySpan<SKPoint> corners)
    {
        using var path = new SKPath();
        path.AddPoly(corners.ToArray());
        Fill(path, part, colour);
    }

    /// <summary>Fills a closed smooth curve.</summary>
    public void Blob(string part, SKColor colour, params ReadOnlySpan<SKPoint> points)
    {
        using var path = Curves.Closed(points);
        Fill(path, part, colour);
    }

    /// <summary>Draws a smooth open curve; too thin to be noted as what shows at a marked place.</summary>
    public void Curve(string part, float width, SKColor colour, params ReadOnlySpan<SKPoint> points) =>
        painter.Curve(part, width, colour, points);

    /// <summary>Fills everything below a ridge that goes from left to right.</summary>
    /// <param name="part">What it shows.</param>
    /// <param name="colour">Its colour.</param>
    /// <param name="ridge">Points from left to right; the area goes down from them.</param>
    /// <param name="smooth">Whether the ridge is a curve.</param>
    public void Below(string part, SKColor colour, ReadOnlySpan<SKPoint> ridge, bool smooth = false)
    {
        using var path = smooth ? Curves.Open(ridge) : new SKPath();
        if (!smooth)
        {
            path.MoveTo(ridge[0]);
            foreach (var point in ridge[1..])
            {
                path.LineTo(point);
            }
        }

        path.LineTo(ridge[^1].X, Greatest);
        path.LineTo(ridge[0].X, Greatest);
        path.Close();
        Fill(path, part, colour);
    }

    /// <summary>Draws only inside an area until the result is disposed of.</summary>
    public IDisposable Inside(SKPath area)
    {
        var clip = new SKPath(area);
        _clips.Add(clip);
        return new Unclip(this, clip, painter.Inside(area));
    }

    private void Note(SKPath area, string part)
    {
        foreach (var mark in _marks)
        {
            if (area.Bounds.Contains(mark.Place) && area.Contains(mark.Place.X, mark.Place.Y)
                && _clips.TrueForAll(c => c.Contains(mark.Place.X, mark.Place.Y)))
            {
                mark.Part = part;
            }
        }
    }

    private sealed class Mark(string name, SKPoint place, IReadOnlySet<string>? parts)
    {
        public string Name { get; } = name;

        public SKPoint Place { get; } = place;

        public IReadOnlySet<string>? Parts { get; } = parts;

        public required string Part { get; set; }
    }

    private sealed class Unclip(Sketch sketch, SKPath clip, IDisposable restore) : IDisposable
    {
        public void Dispose()
        {
            restore.Dispose();
            sketch._clips.Remove(clip);
            clip.Dispose();
        }
    }
}
