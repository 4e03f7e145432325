namespace CnnMrf.Pipeline.Blobs;

/// <summary>What is known of a blob without reading it.</summary>
/// <param name="Address">Where it lies.</param>
/// <param name="ETag">Changes with every write, and never comes back; opaque, without quotes.</param>
/// <param name="Length">Bytes.</param>
/// <param name="LastModified">When it was last written, UTC.</param>
/// <param name="ContentType">Its media type; <c>application/octet-stream</c> where none was given. Of a blob that others
/// put there it is what they, or the name's extension, say: not to be relied on.</param>
public sealed record BlobProperties(
    BlobAddress Address, string ETag, long Length, DateTimeOffset LastModified, string ContentType)
{
    /// <summary>Metadata given when it was written. Empty in listings, and for files that others put into a folder.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = NoMetadata;

    internal static IReadOnlyDictionary<string, string> NoMetadata { get; } = new Dictionary<string, string>();
}
