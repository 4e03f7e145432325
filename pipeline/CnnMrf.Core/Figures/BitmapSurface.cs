using CnnMrf.Core.Pictures;
using SkiaSharp;

namespace CnnMrf.Core.Figures;

internal sealed class BitmapSurface : ISheetSurface, IDisposable
{
    private readonly SKBitmap _bitmap;
    private readonly SKCanvas _canvas;

    public BitmapSurface(int width, int height)
    {
        using var sRgb = SKColorSpace.CreateSrgb();
        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque, sRgb);
        _bitmap = new SKBitmap();
        if (!_bitmap.TryAllocPixels(info, info.RowBytes))
        {
            _bitmap.Dispose();
            throw new PictureException($"There is not enough memory for a sheet of {width}×{height} pixels. Choose smaller cells.");
        }

        _canvas = new SKCanvas(_bitmap);
    }

    public void Fill(SKRectI area, SKColor color)
    {
        using var paint = new SKPaint { Color = color };
        _canvas.DrawRect(area, paint);
    }

    public void Frame(SKRectI area, SKColor color)
    {
        using var paint = new SKPaint { Color = color, Style = SKPaintStyle.Stroke, StrokeWidth = 1 };
        _canvas.DrawRect(area.Left + 0.5f, area.Top + 0.5f, area.Width - 1, area.Height - 1, paint);
    }

    public void Draw(Picture picture, int x, int y)
    {
        using var bitmap = picture.ToBitmap();
        _canvas.DrawBitmap(bitmap, x, y);
    }

    public void Draw(string line, float x, float baseline, TextAnchor anchor, TextLook look)
    {
        using var font = SheetFont.Make(look);
        using var paint = new SKPaint { Color = look.Color, IsAntialias = true };
        var align = anchor switch
        {
            TextAnchor.Start => SKTextAlign.Left,
            TextAnchor.Middle => SKTextAlign.Center,
            _ => SKTextAlign.Right,
        };
        _canvas.DrawText(line, x, baseline, align, font, paint);
    }

    public Picture ToPicture()
    {
        _canvas.Flush();
        return _bitmap.ToPicture();
    }

    public void Dispose()
    {
        _canvas.Dispose();
        _bitmap.Dispose();
    }
}
