using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Pipeline.Starting;

/// <summary>
/// Removes everything of a synthesis. Its status is marked first, so that no further run begins; then goes what owns a level: while a worker
/// holds one, nothing is removed. The request goes next and the status last: one that is marked, or without a request, is a removal that was
/// interrupted, and is finished by whoever comes upon it.
/// </summary>
/// <remarks>
/// Several may remove the same, and the same may be started anew as soon as one of them is done. So each deletes nothing but what it saw
/// beside the mark, by its etag.
/// </remarks>
public sealed class SynthesisRemoval(IBlobStore store, IWorkflowClient client)
{
    /// <summary>Removes a synthesis that has ended. Once begun it is not cancelled.</summary>
    /// <param name="status">Its status, as it is.</param>
    /// <returns>False where that is no longer its status: look anew.</returns>
    /// <exception cref="ProblemException">A worker has not let go of it; nothing was removed.</exception>
    public async Task<bool> RemoveAsync(Stored<SynthesisStatus> status)
    {
        ArgumentNullException.ThrowIfNull(status);
        var (id, ct) = (status.Value.Id, CancellationToken.None);
        if (await MarkAsync(status, true, ct).ConfigureAwait(false) is not { } marked)
        {
            return false;
        }

        for (var run = 1; run <= status.Value.Run; run++)
        {
            await client.PurgeAsync(new RunKey(id, run).InstanceId, ct).ConfigureAwait(false);
        }

        await DeleteOwnersAsync(marked, ct).ConfigureAwait(false);

        // Only now does nobody write any more, but who starts the same anew when another has removed it.
        var blobs = await ListAsync(id, ct).ConfigureAwait(false);
        var (request, last) = (BlobLayout.Request(id), BlobLayout.Status(id));
        if (blobs.FirstOrDefault(b => b.Address == last)?.ETag is var there && there != marked.ETag)
        {
            return there is null;
        }

        foreach (var blob in blobs.Where(b => b.Address != last).OrderBy(b => b.Address == request ? 0 : 1))
        {
            await DeleteAsync(blob.Address, blob.ETag, ct).ConfigureAwait(false);
        }

        await store.DeleteAsync(BlobLayout.IndexEntry(id, status.Value.CreatedAt), BlobCondition.None, null, ct).ConfigureAwait(false);
        await DeleteAsync(last, marked.ETag, ct).ConfigureAwait(false);
        return true;
    }

    /// <summary>Finishes a removal that was interrupted, or is under way.</summary>
    /// <exception cref="ProblemException">A worker has not let go of it.</exception>
    public async Task FinishAsync(SynthesisId id, CancellationToken ct)
    {
        var status = await store.ReadDocumentAsync<SynthesisStatus>(BlobLayout.Status(id), ct).ConfigureAwait(false);
        if (status is not null && status.Value.Status.IsFinal()
            && (status.Value.Removing || await store.FindAsync(BlobLayout.Request(id), ct).ConfigureAwait(false) is null))
        {
            await RemoveAsync(status).ConfigureAwait(false);
        }
    }

    private async Task<Stored<SynthesisStatus>?> MarkAsync(Stored<SynthesisStatus> status, bool removing, CancellationToken ct)
    {
        if (status.Value.Removing == removing)
        {
            return status;
        }

        try
        {
            return await store.WriteDocumentAsync(
                BlobLayout.Status(status.Value.Id), status.Value with { Removing = removing }, status.Unchanged, ct).ConfigureAwait(false);
        }
        catch (BlobConditionException)
        {
            return null;
        }
    }

    private async Task DeleteOwnersAsync(Stored<SynthesisStatus> marked, CancellationToken ct)
    {
        var blobs = await ListAsync(marked.Value.Id, ct).ConfigureAwait(false);
        try
        {
            foreach (var owner in blobs.Where(b => b.Address.Name.EndsWith("/owner", StringComparison.Ordinal)))
            {
                await store.DeleteAsync(owner.Address, BlobCondition.IfMatch(owner.ETag), null, ct).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is BlobLeaseHeldException or BlobConditionException)
        {
            await MarkAsync(marked, false, ct).ConfigureAwait(false);
            throw new ProblemException(
                new(ProblemCodes.Conflict, "A worker has not let go of it yet. Remove it in some seconds; after a crash, in a minute."), e);
        }
    }

    private async Task<List<BlobProperties>> ListAsync(SynthesisId id, CancellationToken ct)
    {
        var blobs = new List<BlobProperties>();
        await foreach (var blob in store.ListAllAsync(BlobContainers.Syntheses, BlobLayout.Prefix(id), ct).ConfigureAwait(false))
        {
            blobs.Add(blob);
        }

        return blobs;
    }

    private async Task DeleteAsync(BlobAddress blob, string etag, CancellationToken ct)
    {
        try
        {
            await store.DeleteAsync(blob, BlobCondition.IfMatch(etag), null, ct).ConfigureAwait(false);
        }
        catch (BlobConditionException)
        {
            // It is of a new start.
        }
    }
}
