using CnnMrf.Pipeline.Blobs;

namespace CnnMrf.Storage.Checks;

/// <summary>The addresses that every store can hold. Whatever else is asked for is refused before it comes near the storage.</summary>
internal static class BlobAddresses
{
    /// <exception cref="ArgumentException">The address is none that a store can hold.</exception>
    internal static void Check(BlobAddress blob)
    {
        CheckContainer(blob.Container);
        if (BlobNames.WhyNot(blob.Name) is { } why)
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
                $"'{Shown(container)}' is no name for a container: 3 to 63 of a-z, 0-9 and single hyphens between them.",
                nameof(container));
        }
    }

    /// <exception cref="ArgumentException">No blob's name can begin so.</exception>
    internal static void CheckPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        // Whatever the last segment is, a letter may follow it.
        if (prefix.Length > 0 && !BlobNames.IsValid(prefix) && BlobNames.WhyNot(prefix + "x") is { } why)
        {
            throw new ArgumentException($"No blob's name begins with '{Shown(prefix)}': {why}.", nameof(prefix));
        }
    }

    // A hostile name must not break the line of a log.
    private static string Shown(string? name)
    {
        var text = name ?? "";
        var cut = text.Length > 80 ? text[..80] + "…" : text;
        return string.Concat(cut.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
    }
}
