using SkiaSharp;

namespace CnnMrf.Training.Drawing;

/// <summary>
/// Draws a scene twice at once: as a picture in some look, and as a map of its parts, from which hidden landmarks are known. Scenes are
/// drawn in units of the picture's side: (0, 0) top left, (1, 1) bottom right; a view may show more or less of them.
/// </summary>
public sealed class Painter : IDisposable
{
    /// <summary>How far from a landmark its part must show for it to count as visible, in picture sides.</summary>
    public const float VisibleWithin = 0.015f;

    private readonly ILook _look;
    private readonly SKBitmap _picture;
    private readonly SKBitmap _ids;
    private readonly SKCanvas _canvas;
    private readonly SKCanvas _idCanvas;
    private readonly SKPaint _idPaint = new() { IsAntialias = false };
    private readonly Dictionary<string, ushort> _parts = new() { [""] = 0 };
    private readonly List<Landmark> _landmarks = [];

    /// <summary>An empty canvas.</summary>
    /// <param name="side">Pixels a side, at least 1.</param>
    /// <param name="view">From the scene's units (0…1) to 0…1 over the picture; the identity shows the scene as it was meant.</param>
    /// <param name="look">How it looks.</param>
    public Painter(int side, SKMatrix view, ILook look)
    {
        (Side, _look) = (side, look);
        _picture = new(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        _ids = new(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        _canvas = new(_picture);
        _idCanvas = new(_ids);
        _canvas.Clear(SKColors.Gray);
        _idCanvas.Clear(SKColors.Black);
        var matrix = SKMatrix.Concat(SKMatrix.CreateScale(side, side), view);
        _canvas.SetMatrix(matrix);
        _idCanvas.SetMatrix(matrix);
    }

    /// <summary>Pixels a side.</summary>
    public int Side { get; }

    /// <summary>Fills the whole picture, whatever the view.</summary>
    public void Background(string part, SKColor natural)
    {
        using var all = new SKPath();
        var inverse = _canvas.TotalMatrix.Invert();
        var corners = new SKPoint[] { new(-2, -2), new(Side + 2, -2), new(Side + 2, Side + 2), new(-2, Side + 2) };
        all.AddPoly([.. corners.Select(inverse.MapPoint)]);
        Fill(all, part, natural);
    }

    /// <summary>Fills an area.</summary>
    /// <param name="area">In the current units.</param>
    /// <param name="part">What it shows; areas of one name belong together in meaning, e.g. <c>skin</c>.</param>
    /// <param name="natural">The colour that it has in nature; opaque.</param>
    public void Fill(SKPath area, string part, SKColor natural)
    {
        _look.Fill(_canvas, area, part, natural);
        _idPaint.IsStroke = false;
        _idPaint.Color = IdColour(part);
        _idCanvas.DrawPath(area, _idPaint);
    }

    /// <summary>Draws a line with round ends.</summary>
    /// <param name="line">In the current units.</param>
    /// <param name="width">In the current units.</param>
    /// <param name="part">What it shows.</param>
    /// <param name="natural">The colour that it has in nature; opaque.</param>
    public void Line(SKPath line, float width, string part, SKColor natural)
    {
        _look.Line(_canvas, line, width, part, natural);
        _idPaint.IsStroke = true;
        _idPaint.StrokeWidth = width;
        _idPaint.StrokeCap = SKStrokeCap.Round;
        _idPaint.Color = IdColour(part);
        _idCanvas.DrawPath(line, _idPaint);
    }

    /// <summary>Fills an ellipse.</summary>
    public void Ellipse(float x, float y, float radiusX, float radiusY, string part, SKColor natural)
    {
        using var path = new SKPath();
        path.AddOval(new(x - radiusX, y - radiusY, x + radiusX, y + radiusY));
        Fill(path, part, natural);
    }

    /// <summary>Fills a polygon.</summary>
    public void Polygon(string part, SKColor natural, params ReadOnlySpan<SKPoint> corners)
    {
        using var path = new SKPath();
        path.AddPoly(corners.ToArray());
        Fill(path, part, natural);
    }

    /// <summary>Fills a closed smooth curve through points (Catmull and Rom).</summary>
    public void Blob(string part, SKColor natural, params ReadOnlySpan<SKPoint> points)
    {
        using var path = Curves.Closed(points);
        Fill(path, part, natural);
    }

    /// <summary>Draws a smooth open curve through points.</summary>
    public void Curve(string part, float width, SKColor natural, params ReadOnlySpan<SKPoint> points)
    {
        using var path = Curves.Open(points);
        Line(path, width, part, natural);
    }

    /// <summary>
    /// Names a point. It is kept if it lies in the picture and its part still shows there when the drawing is finished: what covers it
    /// later hides it.
    /// </summary>
    /// <param name="name">E.g. <c>eye.left</c>: left and right as the picture shows them; in a mirrored view they are exchanged.</param>
    /// <param name="x">In the current units.</param>
    /// <param name="y">In the current units.</param>
    /// <param name="part">The part that must show within <see cref="VisibleWithin"/>.</param>
    public void Landmark(string name, float x, float y, string part)
    {
        var matrix = _canvas.TotalMatrix;
        var place = matrix.MapPoint(x, y);
        var mirrored = (matrix.ScaleX * matrix.ScaleY) - (matrix.SkewX * matrix.SkewY) < 0;
        _landmarks.Add(new(mirrored ? Drawing.Landmark.Exchanged(name) : name, place.X, place.Y, part));
    }

    /// <summary>Changes the units until the result is disposed of.</summary>
    /// <param name="matrix">From the new units to the current ones.</param>
    public IDisposable Moved(SKMatrix matrix)
    {
        var restore = Saved();
        _canvas.Concat(in matrix);
        _idCanvas.Concat(in matrix);
        return restore;
    }

    /// <summary>Moves, turns and scales the units until the result is disposed of: the new origin lies at (x, y).</summary>
    /// <param name="x">Where, in the current units.</param>
    /// <param name="y">Where, in the current units.</param>
    /// <param name="scale">One new unit in current units.</param>
    /// <param name="degrees">Clockwise.</param>
    /// <param name="mirrored">Whether the new x axis points left.</param>
    public IDisposable At(float x, float y, float scale = 1, float degrees = 0, bool mirrored = false) => Moved(
        SKMatrix.CreateTranslation(x, y)
            .PreConcat(SKMatrix.CreateRotationDegrees(degrees))
            .PreConcat(SKMatrix.CreateScale(mirrored ? -scale : scale, scale)));

    /// <summary>Draws only inside an area until the result is disposed of.</summary>
    public IDisposable Inside(SKPath area)
    {
        var restore = Saved();
        _canvas.ClipPath(area, antialias: true);
        _idCanvas.ClipPath(area);
        return restore;
    }

    /// <summary>Ends the drawing. The picture belongs to the caller.</summary>
    public DrawnScene Finish()
    {
        _canvas.Flush();
        _idCanvas.Flush();
        var bytes = _ids.GetPixelSpan();
        var ids = new ushort[Side * Side];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = (ushort)(bytes[4 * i] | (bytes[(4 * i) + 1] << 8));
        }

        var parts = new PartMap(Side, ids, [.. _parts.OrderBy(p => p.Value).Select(p => p.Key)]);
        _look.Finish(_picture, parts);
        var seen = _landmarks.Where(l => l.X >= 0 && l.Y >= 0 && l.X <= Side && l.Y <= Side
            && parts.Shows(l.Part, l.X, l.Y, VisibleWithin * Side));
        return new(_picture.Copy(), parts, [.. seen]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _canvas.Dispose();
        _idCanvas.Dispose();
        _picture.Dispose();
        _ids.Dispose();
        _idPaint.Dispose();
    }

    private Restore Saved()
    {
        _canvas.Save();
        _idCanvas.Save();
        return new(_canvas, _idCanvas);
    }

    private SKColor IdColour(string part)
    {
        if (!_parts.TryGetValue(part, out var id))
        {
            id = (ushort)_parts.Count;
            _parts[part] = id;
        }

        return new((byte)id, (byte)(id >> 8), 0);
    }

    private sealed class Restore(SKCanvas canvas, SKCanvas ids) : IDisposable
    {
        private bool _done;

        public void Dispose()
        {
            if (!_done)
            {
                _done = true;
                canvas.Restore();
                ids.Restore();
            }
        }
    }
}
