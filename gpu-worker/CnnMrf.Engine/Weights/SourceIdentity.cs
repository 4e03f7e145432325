using System.Globalization;
using System.Net.Http.Headers;

namespace CnnMrf.Engine.Weights;

/// <summary>What tells one version of a remote file from another.</summary>
/// <param name="LinkedTag">The hub's tag of the file itself (X-Linked-Etag), whichever mirror serves it.</param>
/// <param name="Tag">The ETag of the server that gave the bytes, quotes and W/ included.</param>
/// <param name="LastModified">Its date.</param>
/// <param name="Length">Bytes of the whole file; null where the server does not say.</param>
/// <param name="Commit">The hub's commit (X-Repo-Commit). It may change without the file.</param>
internal sealed record SourceIdentity(string? LinkedTag, string? Tag, DateTimeOffset? LastModified, long? Length, string? Commit)
{
    /// <summary>Whether two sessions can be sure to speak of the same file.</summary>
    public bool IsCertain => LinkedTag is not null || Tag is not null || LastModified is not null;

    /// <summary>What the written file records.</summary>
    public string Revision =>
        Commit ?? LinkedTag?.Trim('"') ?? Tag?.Trim('"') ?? LastModified?.ToString("R", CultureInfo.InvariantCulture) ?? "unknown";

    /// <summary>The condition under which a range is wanted; null where HTTP allows none (a weak tag).</summary>
    public RangeConditionHeaderValue? Condition =>
        Tag is not null
            ? EntityTagHeaderValue.TryParse(Tag, out var tag) && !tag.IsWeak ? new RangeConditionHeaderValue(tag) : null
            : LastModified is { } date ? new RangeConditionHeaderValue(date) : null;

    /// <summary>Whether both are the same version of the file.</summary>
    public bool Matches(SourceIdentity other)
    {
        if (Length is not null && other.Length is not null && Length != other.Length) return false;
        if (LinkedTag is not null || other.LinkedTag is not null) return LinkedTag == other.LinkedTag;
        return Tag is not null || other.Tag is not null ? Tag == other.Tag : LastModified == other.LastModified;
    }
}
