using System.CommandLine;
using System.Text.Json;
using CnnMrf.Engine.Features;

namespace CnnMrf.Local.Options;

/// <summary>Options that the commands about weights share.</summary>
internal static class WeightsArguments
{
    internal static Option<string> Deepest(string description) => new("--deepest") { HelpName = "LAYER", Description = description };

    internal static Option<string> Output() => new("--output", "-o")
    {
        HelpName = "FILE",
        Description = "Where to write; default: the user's cache, where --weights vgg19 looks.",
    };

    /// <summary>The layer of <c>--deepest</c>.</summary>
    /// <exception cref="UsageException">There is no such layer.</exception>
    internal static VggLayer? Layer(string? text)
    {
        try
        {
            return text is null ? null : VggArchitecture.Parse(text);
        }
        catch (FormatException e)
        {
            throw new UsageException($"--deepest: {e.Message}", e);
        }
    }

    /// <summary>A word of an enumeration.</summary>
    /// <exception cref="UsageException">There is no such word.</exception>
    internal static T? Word<T>(string? text, string option)
        where T : struct, Enum => text is null ? null
        : Enum.GetNames<T>().FirstOrDefault(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } name ? Enum.Parse<T>(name)
        : throw new UsageException($"{option}: expects {Words<T>()}, not '{text}'");

    /// <summary><c>max|average</c>.</summary>
    internal static string Words<T>()
        where T : struct, Enum => string.Join('|', Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName));
}
