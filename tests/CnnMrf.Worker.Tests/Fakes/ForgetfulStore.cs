using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Tests.Fakes;

namespace CnnMrf.Worker.Tests.Fakes;

/// <summary>A store that does the first and the third write of blobs of a name and says that it could not be reached.</summary>
internal sealed class ForgetfulStore(MemoryBlobStore store, string name) : IBlobStore
{
    private int _writes;

    public (TimeSpan Shortest, TimeSpan Longest) LeaseDurations => store.LeaseDurations;

    public bool HasForgotten => _writes > 0;

    public Task EnsureContainersAsync(IEnumerable<string> containers, CancellationToken ct) => store.EnsureContainersAsync(containers, ct);

    public Task<BlobProperties?> FindAsync(BlobAddress blob, CancellationToken ct) => store.FindAsync(blob, ct);

    public Task<BlobContent> OpenAsync(BlobAddress blob, CancellationToken ct) => store.OpenAsync(blob, ct);

    public async Task<BlobProperties> WriteAsync(BlobAddress blob, Stream content, BlobWrite how, CancellationToken ct)
    {
        var written = await store.WriteAsync(blob, content, how, ct);
        return blob.Name.EndsWith(name, StringComparison.Ordinal) && Interlocked.Increment(ref _writes) is 1 or 3
            ? throw new BlobUnavailableException(blob, "No answer.")
            : written;
    }

    public Task<bool> DeleteAsync(BlobAddress blob, BlobCondition condition, string? leaseId, CancellationToken ct) =>
        store.DeleteAsync(blob, condition, leaseId, ct);

    public Task<BlobPage> ListAsync(string container, string prefix, string? continuation, int most, CancellationToken ct) =>
        store.ListAsync(container, prefix, continuation, most, ct);

    public Task<BlobLease> AcquireLeaseAsync(BlobAddress blob, TimeSpan duration, CancellationToken ct) =>
        store.AcquireLeaseAsync(blob, duration, ct);

    public Task RenewLeaseAsync(BlobLease lease, CancellationToken ct) => store.RenewLeaseAsync(lease, ct);

    public Task ReleaseLeaseAsync(BlobLease lease, CancellationToken ct) => store.ReleaseLeaseAsync(lease, ct);
}
