using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Diagnostics;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Levels;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Pipeline.Syntheses;

/// <summary>Reads where syntheses stand. The blobs are the truth.</summary>
public sealed class SynthesisReader(IBlobStore store, ILogger<SynthesisReader> logger)
{
    /// <summary>The most pages that are looked through for one that has an item of the state asked for.</summary>
    private const int MostPages = 20;

    /// <summary>Where a synthesis stands, up to its last iteration; null where there is none.</summary>
    public async Task<SynthesisStatus?> FindAsync(SynthesisId id, CancellationToken ct)
    {
        var stored = await store.ReadDocumentAsync<SynthesisStatus>(BlobLayout.Status(id), ct).ConfigureAwait(false);
        if (stored?.Value is not { Status: SynthesisState.Running, Level: > 0 } running)
        {
            return stored?.Value;
        }

        var level = new LevelKey(id, running.Run, running.Level);
        var progress = await store.ReadDocumentAsync<LevelProgress>(BlobLayout.Level(level).Progress, ct).ConfigureAwait(false);
        // The workers write it at the very beginning; the status has it from the second level on.
        var fit = running.Fit is not null ? null
            : await store.ReadDocumentAsync<FitReport>(BlobLayout.Run(level.RunKey).Fit, ct).ConfigureAwait(false);
        return StatusView.Merge(running with { Fit = running.Fit ?? fit?.Value }, progress?.Value);
    }

    /// <summary>Lists syntheses, newest first. One whose status is damaged is left out, and logged.</summary>
    /// <param name="state">Only those that stand so; null: all.</param>
    /// <param name="continuation">From the page before; null: from the newest.</param>
    /// <param name="most">Most items on the page, 1…200. Fewer may come although more follow.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="FormatException">The continuation is none.</exception>
    public async Task<SynthesisPage> ListAsync(SynthesisState? state, string? continuation, int most, CancellationToken ct)
    {
        for (var looked = 1; ; looked++)
        {
            var page = await store.ListAsync(BlobContainers.Syntheses, BlobLayout.IndexPrefix, continuation, most, ct)
                .ConfigureAwait(false);
            var found = await Task.WhenAll(page.Items.Select(entry => EntryAsync(entry, ct))).ConfigureAwait(false);
            SynthesisStatus[] items = [.. found.OfType<SynthesisStatus>().Where(s => state is null || s.Status == state)];
            continuation = page.Continuation;
            if (items.Length > 0 || continuation is null || looked == MostPages)
            {
                return new(items, continuation);
            }
        }
    }

    private async Task<SynthesisStatus?> EntryAsync(BlobProperties entry, CancellationToken ct)
    {
        try
        {
            return BlobLayout.TryParseIndexEntry(entry.Address.Name, out var id) ? await FindAsync(id, ct).ConfigureAwait(false) : null;
        }
        catch (DocumentException e)
        {
            logger.Damaged(entry.Address.ToString(), e);
            return null;
        }
    }
}
