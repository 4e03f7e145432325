using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Tests.Fakes;

namespace CnnMrf.Worker.Tests.Fakes;

/// <summary>The store as one process sees it. Paused, what it asks for waits; never let go on, the process is as good as killed.</summary>
internal sealed class PausableStore(MemoryBlobStore store) : IBlobStore
{
    private readonly TaskCompletionSource _resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _paused;
    private int _waiting;

    public (TimeSpan Shortest, TimeSpan Longest) LeaseDurations => store.LeaseDurations;

    /// <summary>Calls that wait.</summary>
    public int Waiting => _waiting;

    public bool IsPaused => _paused;

    public void Pause() => _paused = true;

    public void Resume()
    {
        _paused = false;
        _resumed.SetResult();
    }

    public Task EnsureContainersAsync(IEnumerable<string> containers, CancellationToken ct) => store.EnsureContainersAsync(containers, ct);

    public Task<BlobProperties?> FindAsync(BlobAddress blob, CancellationToken ct) => PassAsync(() => store.FindAsync(blob, ct));

    public Task<BlobContent> OpenAsync(BlobAddress blob, CancellationToken ct) => PassAsync(() => store.OpenAsync(blob, ct));

    // Its token is not handed on: what a paused process wrote before it noticed anything arrives.
    public Task<BlobProperties> WriteAsync(BlobAddress blob, Stream content, BlobWrite how, CancellationToken ct) =>
        PassAsync(() => store.WriteAsync(blob, content, how, CancellationToken.None));

    public Task<bool> DeleteAsync(BlobAddress blob, BlobCondition condition, string? leaseId, CancellationToken ct) =>
        PassAsync(() => store.DeleteAsync(blob, condition, leaseId, ct));

    public Task<BlobPage> ListAsync(string container, string prefix, string? continuation, int most, CancellationToken ct) =>
        PassAsync(() => store.ListAsync(container, prefix, continuation, most, ct));

    public Task<BlobLease> AcquireLeaseAsync(BlobAddress blob, TimeSpan duration, CancellationToken ct) =>
        PassAsync(() => store.AcquireLeaseAsync(blob, duration, ct));

    public Task RenewLeaseAsync(BlobLease lease, CancellationToken ct) => PassAsync(async () =>
    {
        await store.RenewLeaseAsync(lease, ct);
        return true;
    });

    public Task ReleaseLeaseAsync(BlobLease lease, CancellationToken ct) => PassAsync(async () =>
    {
        await store.ReleaseLeaseAsync(lease, ct);
        return true;
    });

    private async Task<T> PassAsync<T>(Func<Task<T>> action)
    {
        if (_paused)
        {
            Interlocked.Increment(ref _waiting);
            await _resumed.Task;
        }

        return await action();
    }
}
