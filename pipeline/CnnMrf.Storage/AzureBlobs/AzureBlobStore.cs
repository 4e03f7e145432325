using System.Runtime.ExceptionServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Storage.Checks;
using Microsoft.Extensions.Options;
using BlobLease = CnnMrf.Pipeline.Blobs.BlobLease;
using BlobProperties = CnnMrf.Pipeline.Blobs.BlobProperties;
using FoundProperties = Azure.Storage.Blobs.Models.BlobProperties;

namespace CnnMrf.Storage.AzureBlobs;

/// <summary>Blobs in Azure Blob Storage, or Azurite.</summary>
/// <remarks>
/// <para>The SDK repeats what fails in passing, for <see cref="AzureStorageOptions.Patience"/> at least; then the store is unavailable. A
/// write that was done although its answer got lost is recognised when the repetition finds its own condition broken: each write carries a
/// number of its own in the blob's metadata (<c>cnnmrfwrite</c>, not shown to callers).</para>
/// <para>Large content is staged in blocks. Where another write of the same blob comes between, the blocks are gone, and the write
/// fails with <see cref="BlobConditionException"/> even if it had no condition.</para>
/// <para>Leases last whole seconds; a part of one is rounded up.</para>
/// </remarks>
public sealed class AzureBlobStore : IBlobStore
{
    private const char ListingKind = 'a';
    private const string WriteNumber = "cnnmrfwrite";

    private readonly BlobServiceClient service;

    /// <summary>A store on a storage account.</summary>
    /// <param name="options">Which, and as whom.</param>
    public AzureBlobStore(IOptions<AzureStorageOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        service = AzureClients.Blobs(options.Value);
    }

    /// <summary>15 s to 60 s.</summary>
    public (TimeSpan Shortest, TimeSpan Longest) LeaseDurations => (TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(60));

    /// <inheritdoc/>
    public async Task EnsureContainersAsync(IEnumerable<string> containers, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(containers);
        foreach (var name in containers)
        {
            BlobAddresses.CheckContainer(name);
            await Ask(new(name, ""), () => service.GetBlobContainerClient(name).CreateIfNotExistsAsync(cancellationToken: ct), ct)
                .ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<BlobProperties?> FindAsync(BlobAddress blob, CancellationToken ct)
        => await FindRawAsync(blob, ct).ConfigureAwait(false) is { } found ? Properties(blob, found) : null;

    /// <inheritdoc/>
    public async Task<BlobContent> OpenAsync(BlobAddress blob, CancellationToken ct)
    {
        var answer = await Ask(blob, () => Client(blob).DownloadStreamingAsync(cancellationToken: ct), ct).ConfigureAwait(false);
        var details = answer.Value.Details;
        var properties = Properties(
            blob, details.ETag, details.ContentLength, details.LastModified, details.ContentType, details.Metadata);
        return new(properties, new AzureReadStream(answer.Value.Content, blob));
    }

    /// <inheritdoc/>
    public async Task<BlobProperties> WriteAsync(BlobAddress blob, Stream content, BlobWrite how, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(content);
        var client = Client(blob);
        var metadata = BlobWrites.Check(how);
        if (metadata.ContainsKey(WriteNumber))
        {
            throw new ArgumentException($"The metadata {WriteNumber} is the store's own.", nameof(how));
        }

        if (how is { LeaseId: not null, Condition.ETag: null } && await FindRawAsync(blob, ct).ConfigureAwait(false) is null)
        {
            // What does not exist has no lease. Azure says so too, Azurite writes it.
            throw new BlobLeaseLostException(blob);
        }

        var number = Guid.NewGuid().ToString("N");
        var kept = new Dictionary<string, string>(metadata) { [WriteNumber] = number };
        try
        {
            var headers = new BlobHttpHeaders { ContentType = how.ContentType };
            var conditions = Conditions(how.Condition, how.LeaseId);
            var (written, length) = await AzureUpload
                .WriteAsync(client, content, headers, kept, Tags(blob), conditions, ct).ConfigureAwait(false);
            return new(blob, Plain(written.ETag), length, written.LastModified, how.ContentType) { Metadata = metadata };
        }
        catch (AzureUpload.ContentException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
            throw;
        }
        catch (AggregateException e) when (AzureFailures.IsCancelled(e, ct))
        {
            throw AzureFailures.Cancelled(e, ct);
        }
        catch (Exception e) when (AzureFailures.IsOfService(e, ct))
        {
            var failure = AzureFailures.Of(blob, e);
            if (failure is BlobConditionException && await FindRawAsync(blob, ct).ConfigureAwait(false) is { } found
                && found.Metadata.TryGetValue(WriteNumber, out var last) && last == number)
            {
                return Properties(blob, found);
            }

            throw failure;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(BlobAddress blob, BlobCondition condition, string? leaseId, CancellationToken ct)
    {
        var client = Client(blob);
        if (condition.MustBeMissing)
        {
            return await FindRawAsync(blob, ct).ConfigureAwait(false) is null ? false : throw new BlobConditionException(blob);
        }

        try
        {
            await Ask(blob, () => client.DeleteAsync(conditions: Conditions(condition, leaseId), cancellationToken: ct), ct)
                .ConfigureAwait(false);
            return true;
        }
        catch (BlobNotFoundException)
        {
            return false;
        }
        catch (BlobException e) when (e is BlobConditionException or BlobLeaseLostException)
        {
            // Azure looks at conditions first, also where there is nothing to delete.
            if (await FindRawAsync(blob, ct).ConfigureAwait(false) is null)
            {
                return false;
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<BlobPage> ListAsync(string container, string prefix, string? continuation, int most, CancellationToken ct)
    {
        BlobAddresses.CheckContainer(container);
        BlobAddresses.CheckPrefix(prefix);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, 5_000);
        var marker = continuation is null ? null : Continuations.Read(ListingKind, continuation);
        try
        {
            var pages = service.GetBlobContainerClient(container)
                .GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, ct)
                .AsPages(marker, most);
            await foreach (var page in pages.ConfigureAwait(false))
            {
                var items = page.Values.Select(item => Properties(
                    new(container, item.Name), item.Properties.ETag ?? default, item.Properties.ContentLength ?? 0,
                    item.Properties.LastModified ?? default, item.Properties.ContentType, null));
                var next = page.ContinuationToken;
                return new([.. items], string.IsNullOrEmpty(next) ? null : Continuations.Write(ListingKind, next));
            }

            return new([], null);
        }
        catch (RequestFailedException e) when (AzureFailures.IsMissing(e))
        {
            return new([], null);
        }
        catch (RequestFailedException e) when (marker is not null && e.Status == 400)
        {
            throw Continuations.Refused(e);
        }
        catch (AggregateException e) when (AzureFailures.IsCancelled(e, ct))
        {
            throw AzureFailures.Cancelled(e, ct);
        }
        catch (Exception e) when (AzureFailures.IsOfService(e, ct))
        {
            throw AzureFailures.Of(new(container, prefix), e);
        }
    }

    /// <inheritdoc/>
    public async Task<BlobLease> AcquireLeaseAsync(BlobAddress blob, TimeSpan duration, CancellationToken ct)
    {
        var client = Client(blob);
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, LeaseDurations.Shortest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, LeaseDurations.Longest);
        // An id of ours: a repetition of the call then finds its own lease, and succeeds.
        var id = Guid.NewGuid().ToString();
        var whole = TimeSpan.FromSeconds(Math.Ceiling(duration.TotalSeconds));
        await Ask(blob, () => client.GetBlobLeaseClient(id).AcquireAsync(whole, cancellationToken: ct), ct).ConfigureAwait(false);
        return new(blob, id, whole);
    }

    /// <inheritdoc/>
    public async Task RenewLeaseAsync(BlobLease lease, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(lease);
        try
        {
            await Ask(lease.Blob, () => Client(lease.Blob).GetBlobLeaseClient(lease.Id).RenewAsync(cancellationToken: ct), ct)
                .ConfigureAwait(false);
        }
        catch (BlobException e) when (e is BlobNotFoundException or BlobLeaseHeldException or BlobConditionException)
        {
            throw new BlobLeaseLostException(lease.Blob, e);
        }
    }

    /// <inheritdoc/>
    public async Task ReleaseLeaseAsync(BlobLease lease, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(lease);
        try
        {
            await Ask(lease.Blob, () => Client(lease.Blob).GetBlobLeaseClient(lease.Id).ReleaseAsync(cancellationToken: ct), ct)
                .ConfigureAwait(false);
        }
        catch (BlobException e) when (e is not BlobUnavailableException)
        {
            // Lost already, or the blob is gone: none to give back.
        }
    }

    private static async Task<T> Ask<T>(BlobAddress blob, Func<Task<T>> call, CancellationToken ct)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (AggregateException e) when (AzureFailures.IsCancelled(e, ct))
        {
            throw AzureFailures.Cancelled(e, ct);
        }
        catch (Exception e) when (AzureFailures.IsOfService(e, ct))
        {
            throw AzureFailures.Of(blob, e);
        }
    }

    private static BlobRequestConditions Conditions(BlobCondition condition, string? leaseId) => new()
    {
        IfNoneMatch = condition.MustBeMissing ? ETag.All : null,
        IfMatch = condition.ETag is { } etag ? new ETag(etag) : null,
        LeaseId = leaseId,
    };

    // By it the lifecycle rule of the deployment finds what nobody needs once a run has ended.
    private static Dictionary<string, string>? Tags(BlobAddress blob) => IntermediateBlobs.Contains(blob)
        ? new() { [IntermediateBlobs.TagName] = IntermediateBlobs.TagValue }
        : null;

    private static BlobProperties Properties(BlobAddress blob, FoundProperties found) => Properties(
        blob, found.ETag, found.ContentLength, found.LastModified, found.ContentType, found.Metadata);

    private static BlobProperties Properties(
        BlobAddress blob, ETag etag, long length, DateTimeOffset modified, string? contentType, IDictionary<string, string>? metadata)
        => new(blob, Plain(etag), length, modified, string.IsNullOrEmpty(contentType) ? "application/octet-stream" : contentType)
        {
            Metadata = (metadata ?? new Dictionary<string, string>()).Where(pair => pair.Key != WriteNumber)
                .ToDictionary(pair => pair.Key.ToLowerInvariant(), pair => pair.Value),
        };

    private static string Plain(ETag etag) => etag.ToString("G").Trim('"');

    private BlockBlobClient Client(BlobAddress blob)
    {
        BlobAddresses.Check(blob);
        return service.GetBlobContainerClient(blob.Container).GetBlockBlobClient(blob.Name);
    }

    private async Task<FoundProperties?> FindRawAsync(BlobAddress blob, CancellationToken ct)
    {
        try
        {
            return await Ask(blob, () => Client(blob).GetPropertiesAsync(cancellationToken: ct), ct).ConfigureAwait(false);
        }
        catch (BlobNotFoundException)
        {
            return null;
        }
    }
}
