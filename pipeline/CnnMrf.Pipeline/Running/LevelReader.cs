using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Pipeline.Running;

/// <summary>The activity <c>InspectLevel</c>: how a level stands, by its blobs. The outcome is the authority.</summary>
public sealed class LevelReader(IBlobStore store, PipelineOptions options, TimeProvider time)
{
    /// <summary>Reads how a level stands.</summary>
    public async Task<LevelReading> ReadAsync(LevelKey level, CancellationToken ct)
    {
        // The outcome is read last: whoever writes it has written everything else before.
        var progress = await store.ReadDocumentAsync<LevelProgress>(BlobLayout.Level(level).Progress, ct).ConfigureAwait(false);
        if (await ReadEndAsync(level, ct).ConfigureAwait(false) is { } end)
        {
            return end;
        }

        return new(progress is null ? LevelStanding.NotStarted
            : time.GetUtcNow() - progress.Value.Heartbeat < options.StaleAfter ? LevelStanding.Alive
            : LevelStanding.Stale);
    }

    /// <summary>Reads whether a level needs no more work; null: it does.</summary>
    public async Task<LevelReading?> ReadEndAsync(LevelKey level, CancellationToken ct)
    {
        var cancel = await store.FindAsync(BlobLayout.Run(level.RunKey).Cancel, ct).ConfigureAwait(false);
        var outcome = await store.ReadDocumentAsync<LevelOutcome>(BlobLayout.Level(level).Outcome, ct).ConfigureAwait(false);
        return outcome?.Value.End switch
        {
            LevelEnd.Completed => new(LevelStanding.Completed),
            LevelEnd.Cancelled => new(LevelStanding.Cancelled),
            LevelEnd.Failed or LevelEnd.PoorFit => new(LevelStanding.Failed, outcome.Value.Problem),
            _ => cancel is null ? null : new(LevelStanding.Cancelled),
        };
    }
}
