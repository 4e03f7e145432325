using CnnMrf.Pipeline.Blobs;

namespace CnnMrf.Worker.Owning;

/// <summary>
/// A blob that only a level's owner writes. A lease guards its own blob only; so this one is written if-match, and a new owner rewrites it
/// first: from then on an owner that was paused fails.
/// </summary>
internal sealed class FencedBlob(IBlobStore store, BlobAddress blob, LeaseKeeper lease)
{
    private const int Tries = 5;
    private BlobCondition _condition = BlobCondition.IfMissing;

    /// <summary>Takes the blob over by rewriting it as it is.</summary>
    /// <param name="most">Most bytes that are read.</param>
    /// <param name="placeholder">Whether an empty blob is put where there is none: else the first write of an owner before, paused in the
    /// middle of it, could still arrive.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What it holds; null where there was none. Of one that is larger its properties and no bytes: it stays as it is until it
    /// is written.</returns>
    /// <exception cref="OwnershipLostException">The level is another's.</exception>
    public async Task<BlobBytes?> TakeAsync(long most, bool placeholder, CancellationToken ct)
    {
        for (var left = Tries; ; left--)
        {
            await lease.EnsureAsync(ct).ConfigureAwait(false);
            try
            {
                var found = await store.ReadAsync(blob, most, ct).ConfigureAwait(false);
                if (found is null)
                {
                    _condition = BlobCondition.IfMissing;
                    if (placeholder)
                    {
                        var put = await store.WriteAsync(blob, ReadOnlyMemory<byte>.Empty, new() { Condition = _condition }, ct)
                            .ConfigureAwait(false);
                        _condition = BlobCondition.IfMatch(put.ETag);
                    }

                    return null;
                }

                var written = await store.WriteAsync(
                    blob,
                    found.Bytes,
                    new()
                    {
                        ContentType = found.Properties.ContentType,
                        Metadata = found.Properties.Metadata,
                        Condition = BlobCondition.IfMatch(found.Properties.ETag),
                    },
                    ct).ConfigureAwait(false);
                _condition = BlobCondition.IfMatch(written.ETag);
                return found with { Properties = written };
            }
            catch (BlobTooLargeException)
            {
                return await LookAgainAsync(ct).ConfigureAwait(false) is { } large ? new(large, ReadOnlyMemory<byte>.Empty) : null;
            }
            catch (BlobConditionException e)
            {
                Check(left, e);

                // The owner before wrote once more. It cannot for long: its lease is ours.
                await lease.RenewAsync(ct).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Writes the blob.</summary>
    /// <exception cref="OwnershipLostException">The level is another's; nothing was written.</exception>
    /// <exception cref="BlobUnavailableException">The store cannot be reached.</exception>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, BlobWrite how, CancellationToken ct)
    {
        for (var left = Tries; ; left--)
        {
            await lease.EnsureAsync(ct).ConfigureAwait(false);
            try
            {
                var written = await store.WriteAsync(blob, bytes, how with { Condition = _condition }, ct).ConfigureAwait(false);
                _condition = BlobCondition.IfMatch(written.ETag);
                return;
            }
            catch (BlobConditionException e)
            {
                Check(left, e);

                // Another owns the level, which renewing tells; or a write of ours had arrived although it seemed to fail.
                await lease.RenewAsync(ct).ConfigureAwait(false);
                await LookAgainAsync(ct).ConfigureAwait(false);
            }
        }
    }

    private static void Check(int left, BlobConditionException e)
    {
        if (left == 0)
        {
            throw new OwnershipLostException(e);
        }
    }

    private async Task<BlobProperties?> LookAgainAsync(CancellationToken ct)
    {
        var found = await store.FindAsync(blob, ct).ConfigureAwait(false);
        _condition = found is null ? BlobCondition.IfMissing : BlobCondition.IfMatch(found.ETag);
        return found;
    }
}
