namespace CnnMrf.Pipeline.Blobs;

/// <summary>What must hold for a write or a deletion to happen; checked and done in one step that nothing comes between.</summary>
public readonly record struct BlobCondition
{
    private BlobCondition(string? etag, bool missing) => (ETag, MustBeMissing) = (etag, missing);

    /// <summary>No condition.</summary>
    public static BlobCondition None => default;

    /// <summary>The blob does not exist (<c>If-None-Match: *</c>).</summary>
    public static BlobCondition IfMissing => new(null, true);

    /// <summary>The etag that the blob must have; null: any.</summary>
    public string? ETag { get; }

    /// <summary>True when the blob must not exist.</summary>
    public bool MustBeMissing { get; }

    /// <summary>The blob exists with this etag (<c>If-Match</c>).</summary>
    public static BlobCondition IfMatch(string etag)
    {
        ArgumentException.ThrowIfNullOrEmpty(etag);
        return new(etag, false);
    }
}
