namespace CnnMrf.Pipeline.Blobs;

/// <summary>What a blob may be called, in every store.</summary>
public static class BlobNames
{
    /// <summary>The most characters.</summary>
    public const int MaxLength = 1_024;

    /// <summary>Whether a text is a blob's name: not empty, at most 1,024 characters, no control character, no backslash, no lone
    /// surrogate,
    /// and no segment that is empty, <c>.</c> or <c>..</c>.</summary>
    public static bool IsValid(string? name)
    {
        if (name is not { Length: > 0 and <= MaxLength } || name.Any(c => char.IsControl(c) || c == '\\'))
        {
            return false;
        }

        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsSurrogate(name[i]) && !(i + 1 < name.Length && char.IsSurrogatePair(name[i], name[++i])))
            {
                return false;
            }
        }

        return name.Split('/').All(segment => segment is not ("" or "." or ".."));
    }
}
