using SkiaSharp;

namespace CnnMrf.Training.Drawing;

/// <summary>How a scene looks, apart from what it shows: the same scene in two looks is a pair with known correspondence.</summary>
public interface ILook
{
    /// <summary>The colour that a part takes.</summary>
    /// <param name="part">The part's name.</param>
    /// <param name="natural">The colour that it has in nature.</param>
    SKColor Colour(string part, SKColor natural);

    /// <summary>Paints an area: colour, shading, texture, outline.</summary>
    /// <param name="canvas">Where; its matrix maps the path's units to pixels.</param>
    /// <param name="area">The area.</param>
    /// <param name="part">The part's name.</param>
    /// <param name="natural">Its natural colour.</param>
    void Fill(SKCanvas canvas, SKPath area, string part, SKColor natural);

    /// <summary>Draws a line.</summary>
    /// <param name="canvas">Where; its matrix maps the path's units to pixels.</param>
    /// <param name="line">The line.</param>
    /// <param name="width">Its width in the path's units.</param>
    /// <param name="part">The part's name.</param>
    /// <param name="natural">Its natural colour.</param>
    void Line(SKCanvas canvas, SKPath line, float width, string part, SKColor natural);

    /// <summary>What is done to the finished picture (blur, grain, brush strokes …); it may replace the pixels in place.</summary>
    void Finish(SKBitmap picture, PartMap parts);
}

/// <summary>Natural colours, flat, without outlines: the plainest look.</summary>
public sealed class PlainLook : ILook
{
    /// <inheritdoc/>
    public SKColor Colour(string part, SKColor natural) => natural;

    /// <inheritdoc/>
    public void Fill(SKCanvas canvas, SKPath area, string part, SKColor natural)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = Colour(part, natural) };
        canvas.DrawPath(area, paint);
    }

    /// <inheritdoc/>
    public void Line(SKCanvas canvas, SKPath line, float width, string part, SKColor natural)
    {
        using var paint = new SKPaint
        {
            IsAntialias = true,
            Color = Colour(part, natural),
            IsStroke = true,
            StrokeWidth = width,
            StrokeCap = SKStrokeCap.Round,
            StrokeJoin = SKStrokeJoin.Round,
        };
        canvas.DrawPath(line, paint);
    }

    /// <inheritdoc/>
    public void Finish(SKBitmap picture, PartMap parts)
    {
    }
}
