using SkiaSharp;

namespace CnnMrf.Core.Figures;

/// <summary>The embedded font. The system's are never asked for.</summary>
internal static class SheetFont
{
    public const string FamilyName = "DejaVu Sans";

    private static readonly Lazy<SKTypeface> Regular = new(() => Load("DejaVuSans-subset.ttf"));
    private static readonly Lazy<SKTypeface> Bold = new(() => Load("DejaVuSans-Bold-subset.ttf"));

    public static SKFont Make(TextLook look) => new(look.Bold ? Bold.Value : Regular.Value, look.Size)
    {
        // Without hinting, glyphs and widths do not depend on where they are drawn.
        Hinting = SKFontHinting.None,
        Subpixel = true,
        Edging = SKFontEdging.Antialias,
        BaselineSnap = true,
    };

    public static float Measure(string text, TextLook look)
    {
        using var font = Make(look);
        return font.MeasureText(text);
    }

    private static SKTypeface Load(string name)
    {
        using var stream = typeof(SheetFont).Assembly.GetManifestResourceStream("CnnMrf.Core.Figures.Fonts." + name)
            ?? throw new InvalidOperationException($"The assembly lacks its font {name}. Build it again.");
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data) ?? throw new InvalidOperationException($"The embedded font {name} cannot be read.");
    }
}
