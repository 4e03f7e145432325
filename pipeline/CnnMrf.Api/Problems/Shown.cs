using CnnMrf.Pipeline.Identity;

namespace CnnMrf.Api.Problems;

/// <summary>Texts of a request, fit to be shown in a message: short, on one line.</summary>
internal static class Shown
{
    private const int MaxLength = 60;

    public static string Of(string? text)
    {
        var shown = DisplayName.Of(text) ?? "";
        return shown.Length <= MaxLength ? shown
            : string.Concat(shown.AsSpan(0, char.IsHighSurrogate(shown[MaxLength - 1]) ? MaxLength - 1 : MaxLength), "…");
    }

    /// <summary>A message of the framework as one sentence.</summary>
    public static string Sentence(string message) => DisplayName.Of(message) is { } text ? text.TrimEnd('.') + "." : "";
}
