using System.Security.Cryptography;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Starting;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Pipeline.Batches;

/// <summary>The activities of a batch. They write its report; a batch whose manifest was replaced by another ends without a word.</summary>
public sealed class BatchSteps(
    IBlobStore store, BatchReports reports, SynthesisStarter starter, SynthesisControl control, TimeProvider time)
{
    private static Problem ManifestIsGone { get; } =
        new(ProblemCodes.Request, "The manifest was changed or removed meanwhile.", "manifest");

    /// <summary>The hash that tells a manifest from another.</summary>
    public static string HashOf(ReadOnlySpan<byte> manifest) => Convert.ToHexStringLower(SHA256.HashData(manifest));

    /// <summary>Reads the manifest and writes the first report.</summary>
    /// <returns>The number of items; 0 where it cannot be used.</returns>
    public async Task<int> OpenAsync(BatchInput input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(input);
        var report = await reports.WriteAsync(
            input.Name,
            async there => there?.ManifestHash == input.ManifestHash ? null
                : await FirstAsync(input, replaces: there is not null, ct).ConfigureAwait(false),
            ct).ConfigureAwait(false);
        return report is { Status: not BatchState.Failed } && report.ManifestHash == input.ManifestHash ? report.Items.Count : 0;
    }

    /// <summary>Starts some items. What cannot be started stands as failed in the report.</summary>
    /// <returns>How many could be started, or were.</returns>
    public async Task<int> StartAsync(BatchItems items, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(items);
        var report = await reports.FindAsync(items.Name, items.ManifestHash, ct).ConfigureAwait(false);
        if (report is null || report.Status != BatchState.Running)
        {
            return 0;
        }

        IReadOnlyList<BatchEntry>? entries;
        try
        {
            entries = await EntriesAsync(items.Name, items.ManifestHash, ct).ConfigureAwait(false);
        }
        catch (ProblemException e)
        {
            await CloseAsync(new(items.Name, items.ManifestHash, e.Problem), ct).ConfigureAwait(false);
            return 0;
        }

        if (entries is null)
        {
            await CloseAsync(new(items.Name, items.ManifestHash, ManifestIsGone), ct).ConfigureAwait(false);
            return 0;
        }

        var started = new Dictionary<int, BatchItem>();
        var end = Math.Min(items.First + items.Count, Math.Min(entries.Count, report.Items.Count));
        for (var i = items.First; i < end; i++)
        {
            if (report.Items[i] is { Id: null, Problem: null })
            {
                started[i] = await StartAsync(entries[i], ct).ConfigureAwait(false);
            }
        }

        var written = await reports.ChangeAsync(
            items.Name,
            items.ManifestHash,
            now => now with { Items = [.. now.Items.Select((item, i) => started.GetValueOrDefault(i, item))] },
            ct).ConfigureAwait(false);
        return written?.Items.Skip(items.First).Take(end - items.First).Count(i => i.Id is not null) ?? 0;
    }

    /// <summary>Reads where the items stand.</summary>
    /// <returns>Whether all have ended.</returns>
    public async Task<bool> PollAsync(BatchInput input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(input);
        var report = await reports.FindAsync(input.Name, input.ManifestHash, ct).ConfigureAwait(false);
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
            await reports.ChangeAsync(
                input.Name,
                input.ManifestHash,
                now => now with
                {
                    Items = items,
                    Status = ended ? BatchState.Completed : BatchState.Running,
                    EndedAt = ended ? time.GetUtcNow() : null,
                },
                ct).ConfigureAwait(false);
        }

        return ended;
    }

    /// <summary>Writes why the batch cannot go on.</summary>
    public async Task<bool> CloseAsync(BatchClosing closing, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(closing);
        await reports.ChangeAsync(
            closing.Name,
            closing.ManifestHash,
            now => now with { Status = BatchState.Failed, EndedAt = time.GetUtcNow(), Problem = closing.Problem },
            ct).ConfigureAwait(false);
        return true;
    }

    // A manifest that was replaced or removed meanwhile must not take the place of another's report.
    private async Task<BatchReport?> FirstAsync(BatchInput input, bool replaces, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var report = new BatchReport
        {
            Name = input.Name,
            ManifestHash = input.ManifestHash,
            Status = BatchState.Running,
            StartedAt = now,
            UpdatedAt = now,
        };
        Problem? problem;
        try
        {
            if (await EntriesAsync(input.Name, input.ManifestHash, ct).ConfigureAwait(false) is { } entries)
            {
                return report with { Items = [.. entries.Select(e => new BatchItem(e.Name, SynthesisState.Queued))] };
            }

            problem = ManifestIsGone;
            if (replaces)
            {
                return null;
            }
        }
        catch (ProblemException e)
        {
            problem = e.Problem;
        }

        return report with { Status = BatchState.Failed, EndedAt = now, Problem = problem };
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

        // Which also looks after one that was lost.
        var status = await control.FindAsync(id, ct).ConfigureAwait(false);
        return status is null
            ? item with { Status = SynthesisState.Cancelled, Problem = new(ProblemCodes.Request, "It was removed.") }
            : item with { Status = status.Status, Problem = status.Problem };
    }

    // Null where the manifest is not this one any more.
    private async Task<IReadOnlyList<BatchEntry>?> EntriesAsync(string name, string hash, CancellationToken ct)
    {
        var manifest = await BatchManifests.FetchAsync(store, name, ct).ConfigureAwait(false);
        return manifest is { } bytes && HashOf(bytes.Span) == hash ? BatchManifests.Read(bytes.Span) : null;
    }
}
