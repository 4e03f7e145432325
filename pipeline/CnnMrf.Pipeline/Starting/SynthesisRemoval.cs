using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Pipeline.Starting;

/// <summary>
/// Removes everything of a synthesis. What owns a level goes first: while a worker holds one, nothing is removed. The request goes next and
/// the status last: a status without a request is a removal that was interrupted, and is finished by whoever comes upon it.
/// </summary>
public sealed class SynthesisRemoval(IBlobStore store, IWorkflowClient client)
{
    /// <summary>Removes a synthesis that has ended. Once begun it is not cancelled.</summary>
    /// <exception cref="ProblemException">A worker has not let go of it; nothing was removed.</exception>
    public async Task RemoveAsync(SynthesisStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        var (id, ct) = (status.Id, CancellationToken.None);
        for (var run = 1; run <= status.Run; run++)
        {
            await client.PurgeAsync(new RunKey(id, run).InstanceId, ct).ConfigureAwait(false);
        }

        var blobs = new List<BlobAddress>();
        await foreach (var blob in store.ListAllAsync(BlobContainers.Syntheses, BlobLayout.Prefix(id), ct).ConfigureAwait(false))
        {
            blobs.Add(blob.Address);
        }

        var (request, last) = (BlobLayout.Request(id), BlobLayout.Status(id));
        try
        {
            foreach (var blob in blobs.Where(b => b != last)
                .OrderBy(b => b.Name.EndsWith("/owner", StringComparison.Ordinal) ? 0 : b == request ? 1 : 2))
            {
                await store.DeleteAsync(blob, BlobCondition.None, null, ct).ConfigureAwait(false);
            }
        }
        catch (BlobLeaseHeldException e)
        {
            throw new ProblemException(
                new(ProblemCodes.Conflict, "A worker has not let go of it yet. Remove it in some seconds; after a crash, in a minute."), e);
        }

        await store.DeleteAsync(BlobLayout.IndexEntry(id, status.CreatedAt), BlobCondition.None, null, ct).ConfigureAwait(false);
        await store.DeleteAsync(last, BlobCondition.None, null, ct).ConfigureAwait(false);
    }

    /// <summary>Finishes a removal that was interrupted, of a synthesis without a request.</summary>
    public async Task FinishAsync(SynthesisId id, CancellationToken ct)
    {
        var status = await store.ReadDocumentAsync<SynthesisStatus>(BlobLayout.Status(id), ct).ConfigureAwait(false);
        if (status is { Value.Status: var state } && state.IsFinal())
        {
            await RemoveAsync(status.Value).ConfigureAwait(false);
        }
    }
}
