using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Diagnostics;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Workflows;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Pipeline.Batches;

/// <summary>Takes up batches: on a schedule, and when asked.</summary>
public sealed class BatchScheduler(
    IBlobStore store,
    BatchReports reports,
    IWorkflowClient client,
    PipelineOptions options,
    TimeProvider time,
    ILogger<BatchScheduler> logger)
{
    private const string Extension = ".json";

    /// <summary>Takes up every manifest that has no report of its own yet. One that cannot be used gets a report that says why.</summary>
    /// <returns>The batches taken up.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken ct)
    {
        var started = new List<string>();
        await foreach (var blob in store.ListAllAsync(BlobContainers.Batches, "", ct).ConfigureAwait(false))
        {
            var file = blob.Address.Name;
            if (file.Contains('/', StringComparison.Ordinal) || !file.EndsWith(Extension, StringComparison.Ordinal))
            {
                continue;
            }

            var name = file[..^Extension.Length];
            if (!BatchName.IsValid(name))
            {
                logger.BatchSkipped(DisplayName.Of(name) ?? "",
                    "its name is none of a batch: at most 60 of A-Z, a-z, 0-9, '.', '_' and '-'");
            }
            else
            {
                try
                {
                    if (await StartAsync(name, ct).ConfigureAwait(false))
                    {
                        started.Add(name);
                    }
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // One that cannot be read does not keep the others waiting.
                    logger.BatchFailed(name, e);
                }
            }
        }

        return started;
    }

    /// <summary>Keeps a manifest and takes it up at once. The same manifest again changes nothing.</summary>
    /// <param name="name">The batch.</param>
    /// <param name="manifest">UTF-8.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The report, as it stands.</returns>
    /// <exception cref="ProblemException">Name or manifest cannot be used; nothing was written.</exception>
    public async Task<BatchReport> SubmitAsync(string name, ReadOnlyMemory<byte> manifest, CancellationToken ct)
    {
        CheckName(name);
        var entries = BatchManifests.Read(manifest.Span);
        var hash = BatchSteps.HashOf(manifest.Span);
        if (await reports.FindAsync(name, hash, ct).ConfigureAwait(false) is { } there)
        {
            if (there.Status == BatchState.Running)
            {
                await StartAsync(name, ct).ConfigureAwait(false);
            }

            return there;
        }

        await store.WriteAsync(BlobLayout.BatchManifest(name), manifest, BlobWrite.Json, ct).ConfigureAwait(false);
        await StartAsync(name, ct).ConfigureAwait(false);
        var now = time.GetUtcNow();
        return await reports.FindAsync(name, hash, ct).ConfigureAwait(false) ?? new()
        {
            Name = name,
            ManifestHash = hash,
            Status = BatchState.Running,
            StartedAt = now,
            UpdatedAt = now,
            Items = [.. entries.Select(e => new BatchItem(e.Name, Syntheses.SynthesisState.Queued))],
        };
    }

    /// <summary>The report of a batch: of the manifest taken up last; null where there is none.</summary>
    /// <exception cref="ProblemException">That is no name of a batch.</exception>
    public async Task<BatchReport?> FindAsync(string name, CancellationToken ct)
    {
        CheckName(name);
        return (await store.ReadDocumentAsync<BatchReport>(BlobLayout.BatchReport(name), ct).ConfigureAwait(false))?.Value;
    }

    /// <summary>Takes a manifest up unless it has its report, and a workflow that goes on with it if that is not its last.</summary>
    /// <returns>False where it was taken up before, or is gone.</returns>
    private async Task<bool> StartAsync(string name, CancellationToken ct)
    {
        string hash;
        try
        {
            var content = await store.OpenAsync(BlobLayout.BatchManifest(name), ct).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                var bytes = await System.Security.Cryptography.SHA256.HashDataAsync(content.Stream, ct).ConfigureAwait(false);
                hash = Convert.ToHexStringLower(bytes);
            }
        }
        catch (BlobNotFoundException)
        {
            return false;
        }

        var instance = BatchName.InstanceId(name, hash);
        var report = await reports.FindAsync(name, hash, ct).ConfigureAwait(false);
        if (report is not null && (report.Status != BatchState.Running
            || await client.GetStateAsync(instance, ct).ConfigureAwait(false) == InstanceState.Running))
        {
            return false;
        }

        // The same manifest ran before and its report was removed: it shall run anew. Or its workflow was lost or broke down: it goes on.
        await client.PurgeAsync(instance, ct).ConfigureAwait(false);
        await client.StartBatchAsync(new(name, hash) { Timing = options.Timing }, ct).ConfigureAwait(false);
        logger.BatchStarted(name);
        return true;
    }

    private static void CheckName(string name)
    {
        if (!BatchName.IsValid(name))
        {
            throw new ProblemException(new(ProblemCodes.Request, "That is no name of a batch: give at most 60 of A-Z, a-z, 0-9, '.', '_' "
                + "and '-', a letter or digit first.", "name"));
        }
    }
}
