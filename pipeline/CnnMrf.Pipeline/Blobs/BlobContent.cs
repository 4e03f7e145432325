namespace CnnMrf.Pipeline.Blobs;

/// <summary>A blob being read: what it is, and its bytes. Dispose it.</summary>
/// <param name="properties">Of exactly the version that is read.</param>
/// <param name="stream">Its bytes, forward only; owned.</param>
public sealed class BlobContent(BlobProperties properties, Stream stream) : IAsyncDisposable
{
    /// <summary>Of exactly the version that is read.</summary>
    public BlobProperties Properties { get; } = properties;

    /// <summary>The bytes, forward only.</summary>
    public Stream Stream { get; } = stream;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}

/// <summary>A small blob read whole.</summary>
/// <param name="Properties">Of exactly the version that was read.</param>
/// <param name="Bytes">Its bytes.</param>
public sealed record BlobBytes(BlobProperties Properties, ReadOnlyMemory<byte> Bytes);
