using CnnMrf.Pipeline.Blobs;

namespace CnnMrf.Storage.Checks;

/// <summary>The names that every store can hold. Whatever else is asked for is refused before it comes near the storage.</summary>
internal static class BlobNames
{
    private const int MostCharacters = 1_024;
    private const int MostSegments = 254;

    /// <exception cref="ArgumentException">The address is none that a store can hold.</exception>
    internal static void Check(BlobAddress blob)
    {
        CheckContainer(blob.Container);
        if (WhyNot(blob.Name) is { } why)
        {
            throw new ArgumentException($"'{Shown(blob.Name)}' is no name for a blob: {why}.", nameof(blob));
        }
    }

    /// <exception cref="ArgumentException">It is none: 3 to 63 of a-z, 0-9 and single hyphens between them.</exception>
    internal static void CheckContainer(string container)
    {
        var good = container is { Length: >= 3 and <= 63 }
            && container[0] != '-' && container[^1] != '-' && !container.Contains("--", StringComparison.Ordinal)
            && container.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
        if (!good)
        {
            throw new ArgumentException(
                $"'{Shown(container)}' is no name for a container: 3 to 63 of a-z, 0-9 and single hyphens between them.", nameof(container));
        }
    }

    /// <exception cref="ArgumentException">No blob's name can begin so.</exception>
    internal static void CheckPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        // Whatever follows the last slash may go on in the names that are looked for.
        var slash = prefix.LastIndexOf('/');
        var why = prefix.Length > MostCharacters ? "it is too long" : CharactersWhyNot(prefix);
        why ??= slash < 0 ? null : SegmentsWhyNot(prefix[..slash]);
        if (why is not null)
        {
            throw new ArgumentException($"No blob's name begins with '{Shown(prefix)}': {why}.", nameof(prefix));
        }
    }

    internal static bool IsValid(string name) => WhyNot(name) is null;

    private static string? WhyNot(string? name) => name switch
    {
        null or "" => "it is empty",
        { Length: > MostCharacters } => "it has more than 1,024 characters",
        _ => CharactersWhyNot(name) ?? SegmentsWhyNot(name),
    };

    private static string? CharactersWhyNot(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (c == '\\' || char.IsControl(c) || c is '\uFFFE' or '\uFFFF')
            {
                return $"it holds the character U+{(int)c:X4}";
            }

            if (char.IsSurrogate(c))
            {
                if (!char.IsHighSurrogate(c) || i + 1 == name.Length || !char.IsLowSurrogate(name[i + 1]))
                {
                    return "it holds half a character";
                }

                i++;
            }
        }

        return null;
    }

    private static string? SegmentsWhyNot(string name)
    {
        var segments = 0;
        foreach (var range in name.AsSpan().Split('/'))
        {
            var segment = name.AsSpan(range);
            if (segment.Length == 0)
            {
                return "a segment is empty";
            }

            if (segment is "." or "..")
            {
                return "a segment is . or ..";
            }

            segments++;
        }

        return segments > MostSegments ? "it has more than 254 segments" : null;
    }

    // A hostile name must not break the line of a log.
    private static string Shown(string? name)
    {
        var text = name ?? "";
        var cut = text.Length > 80 ? text[..80] + "…" : text;
        return string.Concat(cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
    }
}
