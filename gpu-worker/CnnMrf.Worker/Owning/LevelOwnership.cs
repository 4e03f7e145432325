using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Levels;
using Microsoft.Extensions.Options;

namespace CnnMrf.Worker.Owning;

/// <summary>A level that is this worker's: the lease on its blob <c>owner</c>, and what that says about deliveries.</summary>
internal sealed class LevelOwnership : IAsyncDisposable
{
    private readonly IBlobStore _store;
    private readonly BlobAddress _blob;
    private readonly LevelOwner _before;

    private LevelOwnership(IBlobStore store, BlobAddress blob, LeaseKeeper lease, LevelOwner owner) =>
        (_store, _blob, Lease, _before, Owner) = (store, blob, lease, owner, owner);

    /// <summary>The lease.</summary>
    public LeaseKeeper Lease { get; }

    /// <summary>What the blob says.</summary>
    public LevelOwner Owner { get; private set; }

    /// <summary>Owns a level, or returns null when another does.</summary>
    public static async Task<LevelOwnership?> TryAcquireAsync(
        IBlobStore store, IOptions<WorkerOptions> options, TimeProvider time, LevelKey level, CancellationToken ct)
    {
        var blob = BlobLayout.Level(level).Owner;
        if (await store.FindAsync(blob, ct).ConfigureAwait(false) is null)
        {
            await store.TryCreateDocumentAsync(blob, new LevelOwner(), ct).ConfigureAwait(false);
        }

        var now = time.GetTimestamp();
        BlobLease lease;
        try
        {
            lease = await store.AcquireLeaseAsync(blob, options.Value.LeaseDuration, ct).ConfigureAwait(false);
        }
        catch (BlobLeaseHeldException)
        {
            return null;
        }

        var keeper = new LeaseKeeper(store, options, time, lease, now);
        try
        {
            return new(store, blob, keeper, await ReadAsync(store, blob, ct).ConfigureAwait(false));
        }
        catch
        {
            await keeper.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Counts this delivery.</summary>
    /// <param name="worker">This worker.</param>
    /// <param name="now">UTC.</param>
    /// <param name="checkpoint">The checkpoint that is there.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>Deliveries without progress, this one included.</returns>
    public async Task<int> CountAsync(string worker, DateTimeOffset now, FoundCheckpoint checkpoint, CancellationToken ct)
    {
        var iteration = checkpoint.Mark == _before.RefusedCheckpoint ? -1 : checkpoint.Iteration;
        var progressed = iteration > _before.CheckpointIteration;
        await WriteAsync(
            _before with
            {
                Worker = worker,
                AcquiredAt = now,
                DeliveriesWithoutProgress = progressed ? 1 : _before.DeliveriesWithoutProgress + 1,
                CheckpointIteration = iteration,
                LastFailure = progressed ? null : _before.LastFailure,
            },
            ct).ConfigureAwait(false);
        return Owner.DeliveriesWithoutProgress;
    }

    /// <summary>The checkpoint could not be used: any new one is progress, this one again is none.</summary>
    public Task RefuseCheckpointAsync(FoundCheckpoint checkpoint, CancellationToken ct) => WriteAsync(
        Owner with { CheckpointIteration = -1, RefusedCheckpoint = checkpoint.Mark }, ct);

    /// <summary>Keeps what went wrong for the outcome of a level that goes wrong again and again.</summary>
    public Task KeepFailureAsync(string failure, CancellationToken ct) => WriteAsync(Owner with { LastFailure = failure }, ct);

    /// <summary>Takes the count back: the level was left because the worker stops, which says nothing about the level.</summary>
    public Task UncountAsync(CancellationToken ct) => WriteAsync(
        Owner with { DeliveriesWithoutProgress = Math.Max(0, Owner.DeliveriesWithoutProgress - 1) }, ct);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Lease.DisposeAsync();

    private static async Task<LevelOwner> ReadAsync(IBlobStore store, BlobAddress blob, CancellationToken ct)
    {
        try
        {
            return (await store.ReadDocumentAsync<LevelOwner>(blob, ct).ConfigureAwait(false))?.Value ?? new();
        }
        catch (DocumentException)
        {
            // Only a count is lost.
            return new();
        }
    }

    private async Task WriteAsync(LevelOwner owner, CancellationToken ct)
    {
        await Lease.EnsureAsync(ct).ConfigureAwait(false);
        try
        {
            await _store.WriteAsync(_blob, PipelineJson.Write(owner), BlobWrite.Json with { LeaseId = Lease.Id }, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is BlobLeaseLostException or BlobLeaseHeldException)
        {
            throw new OwnershipLostException(e);
        }

        Owner = owner;
    }
}
