using System.Globalization;
using CnnMrf.Pipeline.Blobs;

namespace CnnMrf.Pipeline.Tests.Fakes;

/// <summary>Blobs in memory, for tests of what stands on the port.</summary>
internal sealed class MemoryBlobStore(TimeProvider time) : IBlobStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Entry> _blobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Id, DateTimeOffset Until)> _leases = [];
    private long _version;

    public (TimeSpan Shortest, TimeSpan Longest) LeaseDurations => (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));

    /// <summary>Called before every operation; may throw.</summary>
    public Action<string, BlobAddress> Before { get; set; } = static (_, _) => { };

    public int Writes { get; private set; }

    public string[] Names(string container) => [.. _blobs.Keys.Where(k => k.StartsWith(container + "/", StringComparison.Ordinal))
        .Select(k => k[(container.Length + 1)..])];

    /// <summary>Renames a blob, as somebody may who does not go through a store of ours: names are not checked.</summary>
    public void Rename(BlobAddress blob, string name)
    {
        lock (_lock)
        {
            Assert.True(_blobs.Remove(blob.ToString(), out var entry));
            var renamed = blob with { Name = name };
            _blobs[renamed.ToString()] = entry! with { Properties = entry.Properties with { Address = renamed } };
        }
    }

    public Task EnsureContainersAsync(IEnumerable<string> containers, CancellationToken ct) => Task.CompletedTask;

    public Task<BlobProperties?> FindAsync(BlobAddress blob, CancellationToken ct)
    {
        Check("find", blob);
        lock (_lock)
        {
            return Task.FromResult(_blobs.GetValueOrDefault(blob.ToString())?.Properties);
        }
    }

    public Task<BlobContent> OpenAsync(BlobAddress blob, CancellationToken ct)
    {
        Check("open", blob);
        lock (_lock)
        {
            return _blobs.TryGetValue(blob.ToString(), out var entry)
                ? Task.FromResult(new BlobContent(entry.Properties, new MemoryStream(entry.Bytes, writable: false)))
                : throw new BlobNotFoundException(blob);
        }
    }

    public async Task<BlobProperties> WriteAsync(BlobAddress blob, Stream content, BlobWrite how, CancellationToken ct)
    {
        Check("write", blob);
        using var memory = new MemoryStream();
        await content.CopyToAsync(memory, ct);
        lock (_lock)
        {
            Demand(blob, how.Condition, how.LeaseId);
            var properties = new BlobProperties(
                blob, (++_version).ToString(CultureInfo.InvariantCulture), memory.Length, time.GetUtcNow(), how.ContentType)
            { Metadata = how.Metadata };
            _blobs[blob.ToString()] = new(properties, memory.ToArray());
            Writes++;
            return properties;
        }
    }

    public Task<bool> DeleteAsync(BlobAddress blob, BlobCondition condition, string? leaseId, CancellationToken ct)
    {
        Check("delete", blob);
        lock (_lock)
        {
            if (!_blobs.ContainsKey(blob.ToString()))
            {
                return Task.FromResult(false);
            }

            Demand(blob, condition, leaseId);
            _leases.Remove(blob.ToString());
            return Task.FromResult(_blobs.Remove(blob.ToString()));
        }
    }

    public Task<BlobPage> ListAsync(string container, string prefix, string? continuation, int most, CancellationToken ct)
    {
        Before("list", new(container, prefix));
        lock (_lock)
        {
            BlobProperties[] found = [.. _blobs.Values.Select(e => e.Properties).Where(p => p.Address.Container == container
                && p.Address.Name.StartsWith(prefix, StringComparison.Ordinal)
                && string.CompareOrdinal(p.Address.Name, continuation) > 0).Take(most + 1)];
            return Task.FromResult(new BlobPage([.. found.Take(most)], found.Length > most ? found[most - 1].Address.Name : null));
        }
    }

    public Task<BlobLease> AcquireLeaseAsync(BlobAddress blob, TimeSpan duration, CancellationToken ct)
    {
        Check("lease", blob);
        lock (_lock)
        {
            if (!_blobs.ContainsKey(blob.ToString()))
            {
                throw new BlobNotFoundException(blob);
            }

            if (Holder(blob) is not null)
            {
                throw new BlobLeaseHeldException(blob);
            }

            var lease = new BlobLease(blob, Guid.NewGuid().ToString(), duration);
            _leases[blob.ToString()] = (lease.Id, time.GetUtcNow() + duration);
            return Task.FromResult(lease);
        }
    }

    public Task RenewLeaseAsync(BlobLease lease, CancellationToken ct)
    {
        Check("renew", lease.Blob);
        lock (_lock)
        {
            if (Holder(lease.Blob) != lease.Id)
            {
                throw new BlobLeaseLostException(lease.Blob);
            }

            _leases[lease.Blob.ToString()] = (lease.Id, time.GetUtcNow() + lease.Duration);
            return Task.CompletedTask;
        }
    }

    public Task ReleaseLeaseAsync(BlobLease lease, CancellationToken ct)
    {
        Check("release", lease.Blob);
        lock (_lock)
        {
            if (Holder(lease.Blob) == lease.Id)
            {
                _leases.Remove(lease.Blob.ToString());
            }

            return Task.CompletedTask;
        }
    }

    private string? Holder(BlobAddress blob) =>
        _leases.TryGetValue(blob.ToString(), out var lease) && lease.Until > time.GetUtcNow() ? lease.Id : null;

    private void Demand(BlobAddress blob, BlobCondition condition, string? leaseId)
    {
        var there = _blobs.GetValueOrDefault(blob.ToString());
        if ((condition.MustBeMissing && there is not null) || (condition.ETag is { } etag && there?.Properties.ETag != etag))
        {
            throw new BlobConditionException(blob);
        }

        var holder = Holder(blob);
        if (leaseId is not null && leaseId != holder)
        {
            throw new BlobLeaseLostException(blob);
        }

        if (holder is not null && leaseId is null)
        {
            throw new BlobLeaseHeldException(blob);
        }
    }

    private void Check(string operation, BlobAddress blob)
    {
        if (!BlobNames.IsValid(blob.Name))
        {
            throw new ArgumentException($"'{blob.Name}' is no blob's name.");
        }

        Before(operation, blob);
    }

    private sealed record Entry(BlobProperties Properties, byte[] Bytes);
}
