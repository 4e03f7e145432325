using CnnMrf.Core.Settings;

namespace CnnMrf.Engine.Weights;

/// <summary>The keys of a weights file's metadata and the words in them.</summary>
internal static class WeightsMetadata
{
    public const string Input = "input";
    public const string Pooling = "pooling";
    public const string Padding = "padding";
    public const string Name = "name";
    public const string Source = "source";
    public const string Revision = "revision";
    public const string Deepest = "deepest";

    /// <summary>What drew the scenes that the weights learnt from, and its version: it marks features of our own.</summary>
    public const string Generator = "generator";

    private static readonly string[] Known = [Input, Pooling, Padding, Name, Source, Revision, Deepest];

    public static string Word(Enum value) => value.ToString().ToLowerInvariant();

    /// <summary>The padding that the weights were trained with; zero where the metadata does not say.</summary>
    public static PaddingChoice PaddingOf(IReadOnlyDictionary<string, string> metadata, string source)
    {
        if (!metadata.TryGetValue(Padding, out var word)) return PaddingChoice.Zero;
        PaddingChoice[] choices = [.. Enum.GetValues<PaddingChoice>().Where(choice => choice != PaddingChoice.Auto)];
        return choices.Any(choice => Word(choice) == word)
            ? choices.First(choice => Word(choice) == word)
            : throw new WeightsException(
                $"{source}: its metadata says {Padding} '{word}', which is not one of {string.Join("|", choices.Select(c => Word(c)))}.");
    }

    /// <summary>What the metadata says beside the keys known here, by key.</summary>
    public static IReadOnlyDictionary<string, string> Notes(IReadOnlyDictionary<string, string> metadata) =>
        new SortedDictionary<string, string>(metadata.Where(m => !Known.Contains(m.Key)).ToDictionary(), StringComparer.Ordinal);

    /// <summary>The metadata's word, else the option, else a refusal; also where both are there and differ.</summary>
    public static T Resolve<T>(IReadOnlyDictionary<string, string> metadata, string key, T? option, string source)
        where T : struct, Enum
    {
        var words = string.Join("|", Enum.GetValues<T>().Select(value => Word(value)));
        if (!metadata.TryGetValue(key, out var word))
        {
            return option ?? throw new WeightsException(
                $"{source}: its metadata does not say '{key}' ({words}). Bring it in with: cnnmrf weights import FILE --{key} {words}");
        }

        foreach (var value in Enum.GetValues<T>())
        {
            if (Word(value) != word) continue;
            return option is null || option.Value.Equals(value)
                ? value
                : throw new WeightsException($"{source}: its metadata says {key} {word}, not {Word(option.Value)}. Leave --{key} away.");
        }

        throw new WeightsException($"{source}: its metadata says {key} '{word}', which is not one of {words}.");
    }
}
