using CnnMrf.Pipeline.Blobs;

namespace CnnMrf.Storage.Checks;

/// <summary>What may be said of a blob beside its bytes: what every store keeps unchanged.</summary>
internal static class BlobWrites
{
    private const int MostMetadata = 8 * 1_024;

    /// <summary>Checks type and metadata.</summary>
    /// <returns>The metadata, names in lower case.</returns>
    /// <exception cref="ArgumentException">Type or metadata cannot be kept.</exception>
    internal static Dictionary<string, string> Check(BlobWrite how)
    {
        ArgumentNullException.ThrowIfNull(how);
        if (!IsKept(how.ContentType) || how.ContentType.Length > 255)
        {
            throw new ArgumentException($"'{how.ContentType}' is no content type.", nameof(how));
        }

        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var length = 0;
        foreach (var (name, value) in how.Metadata)
        {
            if (!IsName(name))
            {
                throw new ArgumentException($"'{name}' is no name for metadata: ASCII letters, digits and _, a letter first.", nameof(how));
            }

            if (!IsKept(value))
            {
                throw new ArgumentException(
                    $"The metadata '{name}' must be of printable ASCII, neither empty nor with a space at an end.", nameof(how));
            }

            if (!metadata.TryAdd(name.ToLowerInvariant(), value))
            {
                throw new ArgumentException($"The metadata '{name}' is given twice.", nameof(how));
            }

            length += name.Length + value.Length;
        }

        return length <= MostMetadata
            ? metadata
            : throw new ArgumentException($"The metadata has {length:N0} characters; at most {MostMetadata:N0} are kept.", nameof(how));
    }

    private static bool IsName(string name)
        => name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static bool IsKept(string? value)
        => !string.IsNullOrEmpty(value) && value[0] != ' ' && value[^1] != ' ' && value.All(c => c is >= ' ' and <= '~');
}
