namespace CnnMrf.Pipeline.Blobs;

/// <summary>A part of a listing.</summary>
/// <param name="Items">In ordinal order of their names. May be empty although more follow.</param>
/// <param name="Continuation">Opaque; asks for what follows. Null: nothing follows.</param>
public sealed record BlobPage(IReadOnlyList<BlobProperties> Items, string? Continuation);
