namespace CnnMrf.Pipeline.Blobs;

/// <summary>A lease on a blob.</summary>
/// <param name="Blob">The blob.</param>
/// <param name="Id">What the holder shows; unlike any other lease's.</param>
/// <param name="Duration">How long it lasts from acquiring or the last renewal.</param>
public sealed record BlobLease(BlobAddress Blob, string Id, TimeSpan Duration);
