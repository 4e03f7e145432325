using System.Globalization;
using System.Security;
using System.Text;
using CnnMrf.Core.Pictures;
using SkiaSharp;

namespace CnnMrf.Core.Figures;

internal sealed class SvgSurface : ISheetSurface
{
    // Verdana's widths are nearly those of DejaVu Sans; textLength takes care of the rest.
    private const string Fonts = SheetFont.FamilyName + ", Verdana, Geneva, sans-serif";

    private readonly StringBuilder _svg = new();
    private readonly PictureFormat _format;

    public SvgSurface(int width, int height, string title, PictureFormat format)
    {
        _format = format;
        _svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" ");
        _svg.Append(CultureInfo.InvariantCulture, $"viewBox=\"0 0 {width} {height}\" role=\"img\" font-family=\"{Fonts}\">\n");
        if (title.Length > 0)
        {
            _svg.Append(CultureInfo.InvariantCulture, $"<title>{Escape(title)}</title>\n");
        }
    }

    public void Fill(SKRectI area, SKColor color) => _svg.Append(
        CultureInfo.InvariantCulture,
        $"<rect x=\"{area.Left}\" y=\"{area.Top}\" width=\"{area.Width}\" height=\"{area.Height}\" fill=\"{Hex(color)}\"/>\n");

    public void Frame(SKRectI area, SKColor color) => _svg.Append(
        CultureInfo.InvariantCulture,
        $"<rect x=\"{area.Left}.5\" y=\"{area.Top}.5\" width=\"{area.Width - 1}\" height=\"{area.Height - 1}\" "
        + $"fill=\"none\" stroke=\"{Hex(color)}\"/>\n");

    public void Draw(Picture picture, int x, int y)
    {
        var type = _format switch
        {
            PictureFormat.Png => "png",
            PictureFormat.Jpeg => "jpeg",
            _ => "webp",
        };
        var bytes = PictureCodec.Encode(picture, _format);
        _svg.Append(
            CultureInfo.InvariantCulture,
            $"<image x=\"{x}\" y=\"{y}\" width=\"{picture.Width}\" height=\"{picture.Height}\" ");
        _svg.Append(CultureInfo.InvariantCulture, $"href=\"data:image/{type};base64,{Convert.ToBase64String(bytes)}\"/>\n");
    }

    public void Draw(string line, float x, float baseline, TextAnchor anchor, TextLook look)
    {
        if (line.Length == 0)
        {
            return;
        }

        var place = anchor switch
        {
            TextAnchor.Start => "start",
            TextAnchor.Middle => "middle",
            _ => "end",
        };
        _svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{x:0.##}\" y=\"{baseline:0.##}\" font-size=\"{look.Size:0.##}\" text-anchor=\"{place}\" ");
        _svg.Append(CultureInfo.InvariantCulture, $"fill=\"{Hex(look.Color)}\" ");
        _svg.Append(look.Bold ? "font-weight=\"bold\" " : "");
        _svg.Append(
            CultureInfo.InvariantCulture,
            $"textLength=\"{SheetFont.Measure(line, look):0.##}\" lengthAdjust=\"spacingAndGlyphs\">{Escape(line)}</text>\n");
    }

    public override string ToString() => _svg + "</svg>\n";

    private static string Hex(SKColor color) => $"#{color.Red:x2}{color.Green:x2}{color.Blue:x2}";

    // XML knows no escape for most control characters; file names can hold them.
    private static string Escape(string text) =>
        SecurityElement.Escape(string.Concat(text.Select(c => c < ' ' || c is '\uFFFE' or '\uFFFF' ? ' ' : c)));
}
