namespace CnnMrf.Pipeline.Blobs;

/// <summary>
/// Blobs in containers. Every implementation promises the same, and one suite of tests holds them to it. Safe for concurrent use, also by
/// several processes.
/// </summary>
/// <remarks>
/// Names that a store cannot hold (empty, over 1,024 characters, with control characters, a backslash, or a segment that is empty,
/// <c>.</c> or <c>..</c>; in a folder also a name that begins with another blob's and a slash) are refused by
/// <see cref="ArgumentException"/> and never reach the storage.
/// What is transient is retried within; what goes on failing is a <see cref="BlobUnavailableException"/>.
/// </remarks>
public interface IBlobStore
{
    /// <summary>The shortest and longest lease that can be asked for; Azure's are 15 s and 60 s.</summary>
    (TimeSpan Shortest, TimeSpan Longest) LeaseDurations { get; }

    /// <summary>Makes the containers where they are missing. Idempotent.</summary>
    Task EnsureContainersAsync(IEnumerable<string> containers, CancellationToken ct);

    /// <summary>What a blob is, or null where there is none.</summary>
    Task<BlobProperties?> FindAsync(BlobAddress blob, CancellationToken ct);

    /// <summary>Opens a blob. Whatever is written meanwhile, the bytes are those of one version, or reading fails with
    /// <see cref="BlobConditionException"/>; never a mixture.</summary>
    /// <exception cref="BlobNotFoundException">There is none.</exception>
    Task<BlobContent> OpenAsync(BlobAddress blob, CancellationToken ct);

    /// <summary>
    /// Writes a blob whole: at every moment readers find the version before or this one, also after a crash. A write that fails or is
    /// cancelled leaves the version before. What returned is durable and is what every later read, listing and condition sees.
    /// </summary>
    /// <param name="blob">Where.</param>
    /// <param name="content">Read to its end; need not be seekable.</param>
    /// <param name="how">Type, metadata, condition, lease.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What the blob now is.</returns>
    /// <exception cref="BlobConditionException">The condition does not hold; or another write of the same blob came between the parts of a
    /// large one, which can happen without a condition as well.</exception>
    /// <exception cref="BlobLeaseHeldException">The blob is leased and no lease was shown.</exception>
    /// <exception cref="BlobLeaseLostException">The lease shown is not the blob's.</exception>
    /// <exception cref="BlobNotFoundException">There is no such container.</exception>
    Task<BlobProperties> WriteAsync(BlobAddress blob, Stream content, BlobWrite how, CancellationToken ct);

    /// <summary>Deletes a blob.</summary>
    /// <returns>False where there was none; then no condition is looked at.</returns>
    /// <exception cref="BlobConditionException">The condition does not hold.</exception>
    /// <exception cref="BlobLeaseHeldException">The blob is leased and no lease was shown.</exception>
    /// <exception cref="BlobLeaseLostException">The lease shown is not the blob's.</exception>
    Task<bool> DeleteAsync(BlobAddress blob, BlobCondition condition, string? leaseId, CancellationToken ct);

    /// <summary>
    /// Lists blobs by a prefix of their names (which need not end at a <c>/</c>), in ordinal order. Blobs that exist all the while are
    /// listed exactly once over all pages; those that come or go meanwhile may be listed or not. A container that is missing is empty.
    /// </summary>
    /// <param name="container">The container.</param>
    /// <param name="prefix">The prefix; empty: all.</param>
    /// <param name="continuation">From the page before; null: from the start.</param>
    /// <param name="most">Most items on the page, 1…5,000.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="FormatException">The continuation is none of this store's.</exception>
    Task<BlobPage> ListAsync(string container, string prefix, string? continuation, int most, CancellationToken ct);

    /// <summary>
    /// Leases an existing blob. Of all who try, one succeeds until the lease is released or its time is over. A lease guards its own blob
    /// only, and against writing and deleting only.
    /// </summary>
    /// <param name="blob">The blob.</param>
    /// <param name="duration">Within <see cref="LeaseDurations"/>.</param>
    /// <param name="ct">Cancels; a lease that was granted all the same ends by its time.</param>
    /// <exception cref="ArgumentOutOfRangeException">The duration is not possible.</exception>
    /// <exception cref="BlobNotFoundException">There is no such blob.</exception>
    /// <exception cref="BlobLeaseHeldException">Another holds it.</exception>
    Task<BlobLease> AcquireLeaseAsync(BlobAddress blob, TimeSpan duration, CancellationToken ct);

    /// <summary>Prolongs a lease by its duration from now. One whose time is over is renewed only if nobody leased or wrote the blob
    /// since, or not at all.</summary>
    /// <exception cref="BlobLeaseLostException">It is another's or nobody's, or the blob is gone.</exception>
    Task RenewLeaseAsync(BlobLease lease, CancellationToken ct);

    /// <summary>Gives a lease back, so that another can have it at once. A lease that was lost already is none to give back: no
    /// error.</summary>
    Task ReleaseLeaseAsync(BlobLease lease, CancellationToken ct);
}
