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

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>
    /// A slug of any text: letters lose their accents and become small; whatever else is neither a letter nor a digit of ASCII becomes a
    /// hyphen, several become one.
    /// </summary>
    public static string Of(string? name)
    {
        var slug = new StringBuilder();
        foreach (var c in Decomposed(name))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }

            if (slug.Length == MaxLength)
            {
                break;
            }
        }

        var text = slug.ToString().TrimEnd('-');
        return text.Length > 0 ? text : Nameless;
    }

    /// <summary>Whether a text is a slug.</summary>
    public static bool IsSlug(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= MaxLength && text[0] != '-' && text[^1] != '-' && !text.ContainsAnyExcept(Allowed);

    // Only the beginning can matter; a lone surrogate cannot be normalised.
    private static string Decomposed(string? name)
    {
        var head = name is null ? "" : name[..Math.Min(name.Length, 1_000)];
        try
        {
            return head.Normalize(NormalizationForm.FormKD);
        }
        catch (ArgumentException)
        {
            return head;
        }
    }
}
