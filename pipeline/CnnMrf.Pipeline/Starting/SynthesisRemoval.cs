using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Pipeline.Starting;

/// <summary>
/// Removes everything of a synthesis. What owns a level goes first: while a worker holds one, nothing is removed. The request goes next and
/// the status last: a status without a request is a removal that was interrupted, and is finished by whoever comes upon it.
/// </summary>
/// <remarks>
/// Several may remove the same, and the same may be started anew as soon as one of them is done, because nothing of it is left then. So the others
/// delete nothing but what they have seen, by its etag, and nothing at all where the status is no longer the one they were to remove.
/// </remarks>
public sealed class SynthesisRemoval(IBlobStore store, IWorkflowClient client)
{
    /// <summary>Removes a synthesis that has ended. Once begun it is not cancelled.</summary>
    /// <param name="status">Its status, as it is.</param>
    /// <returns>False where that is no longer its status; nothing was removed.</returns>
    /// <exception cref="ProblemException">A worker has not let go of it; nothing was removed.</exception>
    public async Task<bool> RemoveAsync(Stored<SynthesisStatus> status)
    {
        ArgumentNullException.ThrowIfNull(status);
        var (id, ct) = (status.Value.Id, CancellationToken.None);
        var blobs = new List<BlobProperties>();
        await foreach (var blob in store.ListAllAsync(BlobContainers.Syntheses, BlobLayout.Prefix(id), ct).ConfigureAwait(false))
        {
            blobs.Add(blob);
        }

        var (request, last) = (BlobLayout.Request(id), BlobLayout.Status(id));
        if (!blobs.Any(b => b.Address == last && b.ETag == status.ETag))
        {
            return false;
        }

        for (var run = 1; run <= status.Value.Run; run++)
        {
            await client.PurgeAsync(new RunKey(id, run).InstanceId, ct).ConfigureAwait(false);
        }

        try
        {
            foreach (var owner in blobs.Where(b => IsOwner(b.Address)))
            {
                await store.DeleteAsync(owner.Address, BlobCondition.IfMatch(owner.ETag), null, ct).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is BlobLeaseHeldException or BlobConditionException)
        {
            throw new ProblemException(
                new(ProblemCodes.Conflict, "A worker has not let go of it yet. Remove it in some seconds; after a crash, in a minute."), e);
        }

        foreach (var blob in blobs.Where(b => b.Address != last && !IsOwner(b.Address)).OrderBy(b => b.Address == request ? 0 : 1))
        {
            await DeleteAsync(blob.Address, blob.ETag, ct).ConfigureAwait(false);
        }

        await store.DeleteAsync(BlobLayout.IndexEntry(id, status.Value.CreatedAt), BlobCondition.None, null, ct).ConfigureAwait(false);
        await DeleteAsync(last, status.ETag, ct).ConfigureAwait(false);
        return true;
    }

    /// <summary>Finishes a removal that was interrupted, of a synthesis without a request.</summary>
    public async Task FinishAsync(SynthesisId id, CancellationToken ct)
    {
        var status = await store.ReadDocumentAsync<SynthesisStatus>(BlobLayout.Status(id), ct).ConfigureAwait(false);
        if (status is not null && status.Value.Status.IsFinal())
        {
            await RemoveAsync(status).ConfigureAwait(false);
        }
    }

    private static bool IsOwner(BlobAddress blob) => blob.Name.EndsWith("/owner", StringComparison.Ordinal);

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
