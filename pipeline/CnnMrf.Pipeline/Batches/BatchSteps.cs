using System.Security.Cryptography;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Starting;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Pipeline.Batches;

/// <summary>The activities of a batch. They write its report; a batch whose manifest was replaced by another ends without a word.</summary>
public sealed class BatchSteps(IBlobStore store, SynthesisStarter starter, SynthesisReader reader, TimeProvider time)
{
    /// <summary>The hash that tells a manifest from another.</summary>
    public static string HashOf(ReadOnlySpan<byte> manifest) => Convert.ToHexStringLower(SHA256.HashData(manifest));

    /// <summary>Reads the manifest and writes the first report.</summary>
    /// <returns>The number of items; 0 where it cannot be used.</returns>
    public async Task<int> OpenAsync(BatchInput input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(input);
        var there = await ReportAsync(input.Name, input.ManifestHash, ct).ConfigureAwait(false);
        if (there is not null && (there.Items.Count > 0 || there.Status == BatchState.Failed))
        {
            return there.Status == BatchState.Failed ? 0 : there.Items.Count;
        }

        var report = new BatchReport
        {
            Name = input.Name,
            ManifestHash = input.ManifestHash,
            Status = BatchState.Running,
            StartedAt = there?.StartedAt ?? time.GetUtcNow(),
            UpdatedAt = time.GetUtcNow(),
        };
        try
        {
            var entries = await EntriesAsync(input.Name, input.ManifestHash, ct).ConfigureAwait(false);
            report = report with { Items = [.. entries.Select(e => new BatchItem(e.Name, SynthesisState.Queued))] };
        }
        catch (ProblemException e)
        {
            report = report with { Status = BatchState.Failed, EndedAt = time.GetUtcNow(), Problem = e.Problem };
        }

        await WriteAsync(report, ct).ConfigureAwait(false);
        return report.Items.Count;
    }

    /// <summary>Starts some items. What cannot be started stands as failed in the report.</summary>
    /// <returns>How many could be started, or were.</returns>
    public async Task<int> StartAsync(BatchItems items, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(items);
        var report = await ReportAsync(items.Name, items.ManifestHash, ct).ConfigureAwait(false);
        if (report is null || report.Status != BatchState.Running)
        {
            return 0;
        }

        IReadOnlyList<BatchEntry> entries;
        try
        {
            entries = await EntriesAsync(items.Name, items.ManifestHash, ct).ConfigureAwait(false);
        }
        catch (ProblemException e)
        {
            await CloseAsync(new(items.Name, items.ManifestHash, e.Problem), ct).ConfigureAwait(false);
            return 0;
        }

        var states = report.Items.ToArray();
        var end = Math.Min(items.First + items.Count, Math.Min(entries.Count, states.Length));
        for (var i = items.First; i < end; i++)
        {
            if (states[i] is { Id: null, Problem: null })
            {
                states[i] = await StartAsync(entries[i], ct).ConfigureAwait(false);
            }
        }

        await WriteAsync(report with { Items = states }, ct).ConfigureAwait(false);
        return states[items.First..end].Count(s => s.Id is not null);
    }

    /// <summary>Reads where the items stand.</summary>
    /// <returns>Whether all have ended.</returns>
    public async Task<bool> PollAsync(BatchInput input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(input);
        var report = await ReportAsync(input.Name, input.ManifestHash, ct).ConfigureAwait(false);
        if (report is null || report.Status != BatchState.Running)
        {
            return true;
        }

        var items = new List<BatchItem>();
        foreach (var some in report.Items.Chunk(16))
        {
            items.AddRange(await Task.WhenAll(some.Select(item => LookAsync(item, ct))).ConfigureAwait(false));
        }

        var ended = items.All(i => i.Status.IsFinal());
        if (ended || !items.SequenceEqual(report.Items))
        {
            await WriteAsync(report with
            {
                Items = items,
                Status = ended ? BatchState.Completed : BatchState.Running,
                EndedAt = ended ? time.GetUtcNow() : null,
            }, ct).ConfigureAwait(false);
        }

        return ended;
    }

    /// <summary>Writes why the batch cannot go on.</summary>
    public async Task<bool> CloseAsync(BatchClosing closing, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(closing);
        var report = await ReportAsync(closing.Name, closing.ManifestHash, ct).ConfigureAwait(false);
        if (report is not null && report.Status == BatchState.Running)
        {
            await WriteAsync(report with
            {
                Status = BatchState.Failed,
                EndedAt = time.GetUtcNow(),
                Problem = closing.Problem,
            }, ct).ConfigureAwait(false);
        }

        return true;
    }

    private async Task<BatchItem> StartAsync(BatchEntry entry, CancellationToken ct)
    {
        try
        {
            var content = entry.Content is null ? [] : new[] { Source(entry.Content, InputRole.Content, 0) };
            var started = await starter.StartAsync(new()
            {
                Name = entry.Name,
                Source = RequestSource.Batch,
                Settings = entry.Settings,
                Inputs = [.. content, .. entry.Styles.Select((s, i) => Source(s, InputRole.Style, i))],
            }, ct).ConfigureAwait(false);
            return new(entry.Name, started.Status.Status, started.Id, started.Status.Problem);
        }
        catch (ProblemException e)
        {
            return new(entry.Name, SynthesisState.Failed, Problem: e.Problem);
        }
        catch (SettingsException e)
        {
            return new(
                entry.Name, SynthesisState.Failed, Problem: new(ProblemCodes.Settings, e.Message, e.Problems[0].Field));
        }
    }

    private InputSource Source(string name, InputRole role, int index) =>
        InputSource.Of(store, new(BlobContainers.Uploads, name), role, index);

    private async Task<BatchItem> LookAsync(BatchItem item, CancellationToken ct)
    {
        if (item.Id is not { } id || item.Status.IsFinal())
        {
            return item;
        }

        var status = await reader.FindAsync(id, ct).ConfigureAwait(false);
        return status is null
            ? item with { Status = SynthesisState.Cancelled, Problem = new(ProblemCodes.Request, "It was removed.") }
            : item with { Status = status.Status, Problem = status.Problem };
    }

    private async Task<IReadOnlyList<BatchEntry>> EntriesAsync(string name, string hash, CancellationToken ct)
    {
        BlobBytes? read;
        try
        {
            read = await store.ReadAsync(BlobLayout.BatchManifest(name), RequestLimits.JsonBytes, ct).ConfigureAwait(false);
        }
        catch (BlobTooLargeException e)
        {
            throw new ProblemException(new(ProblemCodes.Request, $"{e.Message} Split the batch.", "manifest"), e);
        }

        return read is not null && HashOf(read.Bytes.Span) == hash
            ? BatchManifests.Read(read.Bytes.Span)
            : throw new ProblemException(new(ProblemCodes.Request, "The manifest was changed or removed meanwhile.", "manifest"));
    }

    private async Task<BatchReport?> ReportAsync(string name, string hash, CancellationToken ct)
    {
        var stored = await store.ReadDocumentAsync<BatchReport>(BlobLayout.BatchReport(name), ct).ConfigureAwait(false);
        return stored?.Value.ManifestHash == hash ? stored.Value : null;
    }

    private Task<Stored<BatchReport>> WriteAsync(BatchReport report, CancellationToken ct) => store.WriteDocumentAsync(
        BlobLayout.BatchReport(report.Name), report with { UpdatedAt = time.GetUtcNow() }, BlobCondition.None, ct);
}
