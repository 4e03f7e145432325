namespace CnnMrf.Pipeline.Blobs;

/// <summary>Something about a blob did not work.</summary>
/// <param name="blob">The blob.</param>
/// <param name="message">What, and the remedy where there is one.</param>
/// <param name="inner">The cause.</param>
public abstract class BlobException(BlobAddress blob, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The blob.</summary>
    public BlobAddress Blob { get; } = blob;
}

/// <summary>The blob, or its container, does not exist.</summary>
public sealed class BlobNotFoundException(BlobAddress blob, Exception? inner = null)
    : BlobException(blob, $"{blob} does not exist.", inner);

/// <summary>The condition of a write or deletion did not hold: somebody else was there first. Nothing was changed.</summary>
public sealed class BlobConditionException(BlobAddress blob, Exception? inner = null)
    : BlobException(blob, $"{blob} was changed by somebody else.", inner);

/// <summary>Another holds the lease: it could not be acquired, or the blob not be written or deleted. Nothing was changed.</summary>
public sealed class BlobLeaseHeldException(BlobAddress blob, Exception? inner = null)
    : BlobException(blob, $"{blob} is leased by somebody else.", inner);

/// <summary>The lease shown is no longer, or never was, the blob's. Nothing was changed.</summary>
public sealed class BlobLeaseLostException(BlobAddress blob, Exception? inner = null)
    : BlobException(blob, $"The lease on {blob} is lost.", inner);

/// <summary>The blob is larger than the reader takes.</summary>
public sealed class BlobTooLargeException(BlobAddress blob, long length, long most)
    : BlobException(blob, $"{blob} has {length:N0} bytes; at most {most:N0} are read.");

/// <summary>The store could not be reached or did not answer, or the disk is full: what was asked may or may not have happened; try
/// again later.</summary>
public sealed class BlobUnavailableException(BlobAddress blob, string message, Exception? inner = null)
    : BlobException(blob, message, inner);
