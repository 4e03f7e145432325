using SkiaSharp;

namespace CnnMrf.Core.Figures;

internal static class TextWrapping
{
    private const string Ellipsis = "…";

    /// <summary>Breaks a text into lines no wider than given: between words where it can, anywhere where it must.</summary>
    public static IReadOnlyList<string> Wrap(string text, TextLook look, float width, int maxLines)
    {
        using var font = SheetFont.Make(look);
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Trim().Split('\n'))
        {
            Fill(lines, paragraph, font, width);
        }

        if (lines.Count > maxLines)
        {
            lines.RemoveRange(maxLines, lines.Count - maxLines);
            lines[^1] = Cut(lines[^1], font, width);
        }

        return lines is [""] ? [] : lines;
    }

    private static void Fill(List<string> lines, string paragraph, SKFont font, float width)
    {
        var line = "";
        foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var rest = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && font.MeasureText(rest) > width)
            {
                lines.Add(line);
                rest = word;
            }

            for (var fits = Fitting(rest, font, width); fits < rest.Length; fits = Fitting(rest, font, width))
            {
                lines.Add(rest[..fits]);
                rest = rest[fits..];
            }

            line = rest;
        }

        lines.Add(line);
    }

    private static string Cut(string line, SKFont font, float width)
    {
        while (line.Length > 0 && font.MeasureText(line + Ellipsis) > width)
        {
            line = line[..^(line.Length > 1 && char.IsLowSurrogate(line[^1]) ? 2 : 1)];
        }

        return line.TrimEnd() + Ellipsis;
    }

    /// <summary>How many characters from the start fit, at least one.</summary>
    private static int Fitting(string text, SKFont font, float width)
    {
        if (font.MeasureText(text) <= width)
        {
            return text.Length;
        }

        // Only ends of whole characters: half a pair of surrogates has no width.
        int[] ends = [.. Enumerable.Range(1, text.Length).Where(end => !char.IsHighSurrogate(text[end - 1]))];
        var (low, high) = (0, ends.Length - 1);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = font.MeasureText(text[..ends[middle]]) <= width ? (middle, high) : (low, middle);
        }

        return ends[low];
    }
}
