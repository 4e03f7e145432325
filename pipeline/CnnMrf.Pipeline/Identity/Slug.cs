using System.Buffers;
using System.Globalization;
using System.Text;

namespace CnnMrf.Pipeline.Identity;

/// <summary>Names as they may stand in an id: [a-z0-9-], 1…60 characters, no hyphen at either end.</summary>
public static class Slug
{
    /// <summary>The most characters.</summary>
    public const int MaxLength = 60;

    /// <summary>What stands for a name of which nothing is left.</summary>
    public const string Nameless = "synthesis";

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    // Normalization depends on the system's tables, and an id must not.
    private static readonly Dictionary<char, string> Plain = new (string Letters, string Of)[]
    {
        ("a", "àáâãäåāăą"), ("c", "çćĉċč"), ("d", "ðďđ"), ("e", "èéêëēĕėęě"), ("g", "ĝğġģ"), ("h", "ĥħ"), ("i", "ìíîïĩīĭįı"), ("j", "ĵ"),
        ("k", "ķ"), ("l", "ĺļľŀł"), ("n", "ñńņň"), ("o", "òóôõöøōŏő"), ("r", "ŕŗř"), ("s", "śŝşšș"), ("t", "ţťŧț"), ("u", "ùúûüũūŭůűų"),
        ("w", "ŵ"), ("y", "ýÿŷ"), ("z", "źżž"), ("ae", "æ"), ("oe", "œ"), ("ss", "ß"), ("th", "þ"),
    }.SelectMany(p => p.Of.Select(c => (Accented: c, p.Letters))).ToDictionary(p => p.Accented, p => p.Letters);

    /// <summary>
    /// A slug of any text: letters become small, those of Europe's Latin alphabets lose their accents; whatever else is neither a letter
    /// nor a
    /// digit of ASCII becomes a hyphen, several become one.
    /// </summary>
    public static string Of(string? name)
    {
        var slug = new StringBuilder();
        foreach (var c in (name ?? "").Select(char.ToLowerInvariant))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(c);
            }
            else if (Plain.TryGetValue(c, out var letters))
            {
                slug.Append(letters);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }

            if (slug.Length >= MaxLength)
            {
                break;
            }
        }

        var text = slug.ToString(0, Math.Min(slug.Length, MaxLength)).TrimEnd('-');
        return text.Length > 0 ? text : Nameless;
    }

    /// <summary>Whether a text is a slug.</summary>
    public static bool IsSlug(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxLength && text[0] != '-' && text[^1] != '-' && !text.ContainsAnyExcept(Allowed);
}
