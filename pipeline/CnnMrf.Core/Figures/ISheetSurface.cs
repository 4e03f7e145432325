using CnnMrf.Core.Pictures;
using SkiaSharp;

namespace CnnMrf.Core.Figures;

/// <summary>Where a laid-out sheet is drawn. Coordinates are pixels from the upper left.</summary>
internal interface ISheetSurface
{
    void Fill(SKRectI area, SKColor color);

    /// <summary>A hairline just inside the area.</summary>
    void Frame(SKRectI area, SKColor color);

    void Draw(Picture picture, int x, int y);

    void Draw(string line, float x, float baseline, TextAnchor anchor, TextLook look);
}

internal enum TextAnchor
{
    Start,
    Middle,
    End,
}

/// <summary>How a line of text looks. The size is in pixels.</summary>
internal readonly record struct TextLook(float Size, bool Bold, SKColor Color)
{
    public float LineHeight => MathF.Ceiling(Size * 1.35f);

    /// <summary>From a line's top to its baseline.</summary>
    public float Ascent => MathF.Round(Size * 1.02f);
}
