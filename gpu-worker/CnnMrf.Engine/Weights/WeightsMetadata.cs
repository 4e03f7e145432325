namespace CnnMrf.Engine.Weights;

/// <summary>The keys of a weights file's metadata and the words in them.</summary>
internal static class WeightsMetadata
{
    public const string Input = "input";
    public const string Pooling = "pooling";
    public const string Name = "name";
    public const string Source = "source";
    public const string Revision = "revision";
    public const string Deepest = "deepest";

    public static string Word(Enum value) => value.ToString().ToLowerInvariant();

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
