using CnnMrf.Pipeline.Blobs;

namespace CnnMrf.Pipeline.Batches;

/// <summary>
/// Reads and writes reports of batches so that none is lost: the report of a manifest that was replaced meanwhile is another's, and is left
/// alone by who still works on the one before.
/// </summary>
public sealed class BatchReports(IBlobStore store, TimeProvider time)
{
    /// <summary>The report of a manifest, by its hash; null where there is none, or it is another manifest's.</summary>
    public async Task<BatchReport?> FindAsync(string name, string hash, CancellationToken ct)
    {
        var stored = await store.ReadDocumentAsync<BatchReport>(BlobLayout.BatchReport(name), ct).ConfigureAwait(false);
        return stored?.Value.ManifestHash == hash ? stored.Value : null;
    }

    /// <summary>Changes the report of a batch that runs.</summary>
    /// <param name="name">The batch.</param>
    /// <param name="hash">Of its manifest.</param>
    /// <param name="change">Makes the new report of the old; may be called several times.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>As it is now; null, and nothing written, where it is another manifest's, has ended or is gone.</returns>
    public async Task<BatchReport?> ChangeAsync(string name, string hash, Func<BatchReport, BatchReport> change, CancellationToken ct)
    {
        var runs = false;
        var now = await WriteAsync(
            name,
            old =>
            {
                runs = old is { Status: BatchState.Running } && old.ManifestHash == hash;
                return Task.FromResult(runs ? change(old!) : null);
            },
            ct).ConfigureAwait(false);
        return runs ? now : null;
    }

    /// <summary>Writes a report.</summary>
    /// <param name="name">The batch.</param>
    /// <param name="change">Makes the new report of the one that is there, if any; null: that one stays. May be called several times.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>As it is now.</returns>
    public Task<BatchReport?> WriteAsync(string name, Func<BatchReport?, Task<BatchReport?>> change, CancellationToken ct) =>
        store.ChangeDocumentAsync<BatchReport>(
            BlobLayout.BatchReport(name),
            async old => await change(old).ConfigureAwait(false) is { } next ? next with { UpdatedAt = time.GetUtcNow() } : null,
            ct);
}
