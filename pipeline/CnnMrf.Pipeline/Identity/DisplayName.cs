using System.Text;

namespace CnnMrf.Pipeline.Identity;

/// <summary>Names given by people, fit to be shown and kept.</summary>
public static class DisplayName
{
    /// <summary>The most characters.</summary>
    public const int MaxLength = 120;

    /// <summary>The name on one line, without control and direction characters, at most <see cref="MaxLength"/> long; null where nothing is
    /// left.</summary>
    public static string? Of(string? name)
    {
        var kept = new StringBuilder();
        foreach (var rune in (name ?? "").EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > MaxLength)
            {
                break;
            }

            kept.Append(Keeps(rune) ? rune.ToString() : " ");
        }

        var text = kept.ToString().Trim();
        return text.Length > 0 ? text : null;
    }

    /// <summary>A file's name without folders and extension, as a display name.</summary>
    public static string? OfFile(string? path) =>
        Of(Path.GetFileNameWithoutExtension((path ?? "").Replace('\\', '/').Replace("\0", "", StringComparison.Ordinal)));

    private static bool Keeps(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
        or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator
        or System.Globalization.UnicodeCategory.Surrogate) && rune != Rune.ReplacementChar;
}
