namespace CnnMrf.Pipeline.Blobs;

/// <summary>What a blob may be called, in every store.</summary>
public static class BlobNames
{
    /// <summary>The most characters.</summary>
    public const int MaxLength = 1_024;

    /// <summary>The most segments between slashes.</summary>
    public const int MaxSegments = 254;

    /// <summary>Whether a text is a blob's name: not empty, at most 1,024 characters and 254 segments, no control character, no backslash,
    /// no lone surrogate, neither U+FFFE nor U+FFFF, and no segment that is empty, <c>.</c> or <c>..</c>.</summary>
    public static bool IsValid(string? name) => WhyNot(name) is null;

    /// <summary>Why a text is no blob's name, as the end of a sentence without its full stop; null where it is one.</summary>
    public static string? WhyNot(string? name)
    {
        if (name is not { Length: > 0 })
        {
            return "it is empty";
        }

        if (name.Length > MaxLength)
        {
            return "it has more than 1,024 characters";
        }

        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (char.IsControl(c) || c is '\\' or '\uFFFE' or '\uFFFF')
            {
                return $"it holds the character U+{(int)c:X4}";
            }

            if (char.IsSurrogate(c) && !(i + 1 < name.Length && char.IsSurrogatePair(c, name[++i])))
            {
                return "it holds half a character";
            }
        }

        return SegmentsWhyNot(name);
    }

    private static string? SegmentsWhyNot(string name)
    {
        var segments = 0;
        foreach (var range in name.AsSpan().Split('/'))
        {
            segments++;
            switch (name.AsSpan(range))
            {
                case "":
                    return "a segment is empty";
                case "." or "..":
                    return "a segment is . or ..";
            }
        }

        return segments > MaxSegments ? "it has more than 254 segments" : null;
    }
}
