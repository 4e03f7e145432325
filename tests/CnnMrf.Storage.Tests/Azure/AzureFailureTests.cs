using System.Diagnostics;
using Azure.Core;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Storage.AzureBlobs;
using CnnMrf.Storage.StorageQueues;
using CnnMrf.Tests.Azurite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CnnMrf.Storage.Tests.Azure;

/// <summary>Answers that get lost, a service that is away for a while, and one that stays away.</summary>
public sealed class AzureFailureTests(Azurite azurite)
{
    // Nothing listens on port 1.
    private const string Nowhere = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=AAAA;"
        + "BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:1/a;";

    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_creation_whose_answer_got_lost_is_known_as_ones_own()
    {
        var (store, network, container) = await LossyAsync(IsPut);
        Assert.True(await store.TryCreateAsync(new(container, "a"), "mine"u8.ToArray(), new(), None));
        Assert.Equal(1, network.Lost);
    }

    [Fact]
    public async Task A_replacement_whose_answer_got_lost_is_known_as_ones_own_and_its_etag_is_the_blobs()
    {
        var (store, network, container) = await LossyAsync(r => IsPut(r) && r.Headers.Contains("If-Match"));
        var blob = new BlobAddress(container, "a");
        var first = await store.WriteAsync(blob, "1"u8.ToArray(), new(), None);
        var how = BlobWrite.Json with
        {
            Condition = BlobCondition.IfMatch(first.ETag),
            Metadata = new Dictionary<string, string> { ["a"] = "1" },
        };
        var second = await store.WriteAsync(blob, "22"u8.ToArray(), how, None);
        var found = (await store.FindAsync(blob, None))!;
        Assert.Equal((1, found.ETag, 2), (network.Lost, second.ETag, second.Length));
        Assert.Equal("a", Assert.Single(second.Metadata).Key);
    }

    [Fact]
    public async Task A_large_blob_whose_last_answer_got_lost_is_known_as_ones_own()
    {
        var (store, network, container) = await LossyAsync(r => r.Uri.Query.Contains("comp=blocklist", StringComparison.Ordinal));
        var how = new BlobWrite { Condition = BlobCondition.IfMissing };
        var written = await store.WriteAsync(new(container, "a"), new PatternStream(9_000_000), how, None);
        Assert.Equal((1, 9_000_000), (network.Lost, written.Length));
    }

    [Fact]
    public async Task Somebody_elses_blob_is_never_taken_for_ones_own()
    {
        var (store, network, container) = await LossyAsync(r => false);
        var blob = new BlobAddress(container, "a");
        Assert.True(await store.TryCreateAsync(blob, "same"u8.ToArray(), new(), None));
        Assert.False(await store.TryCreateAsync(blob, "same"u8.ToArray(), new(), None));
        Assert.Equal(0, network.Lost);
    }

    [Fact]
    public async Task A_lease_whose_answer_got_lost_is_had_all_the_same()
    {
        var (store, network, container) = await LossyAsync(r => r.Uri.Query.Contains("comp=lease", StringComparison.Ordinal));
        var blob = new BlobAddress(container, "owner");
        await store.WriteAsync(blob, "x"u8.ToArray(), new(), None);
        var lease = await store.AcquireLeaseAsync(blob, TimeSpan.FromSeconds(15), None);
        await store.WriteAsync(blob, "y"u8.ToArray(), new() { LeaseId = lease.Id }, None);
        Assert.Equal(1, network.Lost);
    }

    [Fact]
    public async Task A_service_that_is_away_for_a_while_only_makes_callers_wait()
    {
        Assert.SkipUnless(AzuriteServer.IsPossible, Azurite.WhyNot);
        using var folder = new TemporaryFolder();
        await using var server = await AzuriteServer.StartAsync(folder.Path);
        var account = Options.Create(new AzureStorageOptions { ConnectionString = server.ConnectionString });
        var store = new AzureBlobStore(account);
        var queue = Queues(account);
        await store.EnsureContainersAsync(["uploads"], None);
        await queue.EnsureQueuesAsync(None);
        var blob = new BlobAddress("uploads", "a");
        var before = await store.WriteAsync(blob, "1"u8.ToArray(), new(), None);
        await server.StopAsync();
        var written = store.WriteAsync(blob, "2"u8.ToArray(), new() { Condition = BlobCondition.IfMatch(before.ETag) }, None);
        var received = queue.Get(QueueNames.Levels).ReceiveAsync(TimeSpan.FromSeconds(30), None);
        var sent = queue.Get(QueueNames.Levels).SendAsync(new("id", "{}"u8.ToArray()), None);
        await Task.Delay(2_500);
        Assert.False(written.IsCompleted || received.IsCompleted || sent.IsCompleted);
        await server.StartAgainAsync();
        await written;
        await sent;
        Assert.Equal("id", (await received)!.Id);
        Assert.Equal((byte)'2', Assert.Single((await store.ReadAsync(blob, 10, None))!.Bytes.ToArray()));
    }

    [Fact]
    public async Task A_service_that_stays_away_is_an_unavailable_store_and_queue()
    {
        var account = Options.Create(new AzureStorageOptions
        {
            ConnectionString = Nowhere,
            Retries = 1,
            RetryDelay = TimeSpan.FromMilliseconds(1),
        });
        var store = new AzureBlobStore(account);
        var queue = Queues(account).Get(QueueNames.Levels);
        var blob = new BlobAddress("uploads", "a");
        var failure = await Assert.ThrowsAsync<BlobUnavailableException>(() => store.FindAsync(blob, None));
        Assert.Contains("does not answer", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<BlobUnavailableException>(() => store.OpenAsync(blob, None));
        await Assert.ThrowsAsync<BlobUnavailableException>(() => store.WriteAsync(blob, "x"u8.ToArray(), new(), None));
        await Assert.ThrowsAsync<BlobUnavailableException>(() => store.DeleteAsync(blob, BlobCondition.None, null, None));
        await Assert.ThrowsAsync<BlobUnavailableException>(() => store.ListAsync("uploads", "", null, 10, None));
        await Assert.ThrowsAsync<BlobUnavailableException>(() => store.AcquireLeaseAsync(blob, TimeSpan.FromSeconds(15), None));
        await Assert.ThrowsAsync<BlobUnavailableException>(
            () => store.RenewLeaseAsync(new(blob, Guid.NewGuid().ToString(), TimeSpan.FromSeconds(15)), None));
        await Assert.ThrowsAsync<QueueUnavailableException>(() => queue.SendAsync(new("id", "{}"u8.ToArray()), None));
        await Assert.ThrowsAsync<QueueUnavailableException>(() => queue.ReceiveAsync(TimeSpan.Zero, None));
    }

    [Fact]
    public async Task A_cancelled_call_ends_at_once_although_the_service_is_away()
    {
        var account = Options.Create(new AzureStorageOptions { ConnectionString = Nowhere });
        using var cancellation = new CancellationTokenSource(200);
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new AzureBlobStore(account).FindAsync(new("uploads", "a"), cancellation.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Queues(account).Get(QueueNames.Levels).ReceiveAsync(TimeSpan.FromMinutes(1), cancellation.Token));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_after_tries_that_failed_is_a_cancelled_one()
    {
        // Retried so often that it is cancelled within a try, which the SDK then tells together with those before.
        var account = Options.Create(new AzureStorageOptions
        {
            ConnectionString = Nowhere,
            Retries = 100_000,
            RetryDelay = TimeSpan.FromTicks(1),
            MaxRetryDelay = TimeSpan.FromTicks(1),
        });
        var (store, queue, blob) = (new AzureBlobStore(account), Queues(account).Get(QueueNames.Levels), new BlobAddress("uploads", "a"));
        await Task.WhenAll(Enumerable.Range(1, 8).Select(async n =>
        {
            using var cancellation = new CancellationTokenSource(20 * n);
            var ct = cancellation.Token;
            await Task.WhenAll(((Func<Task>[])[
                () => store.FindAsync(blob, ct), () => store.ListAsync("uploads", "", null, 10, ct),
                () => store.WriteAsync(blob, "x"u8.ToArray(), new(), ct), () => store.EnsureContainersAsync(["uploads"], ct),
                () => queue.SendAsync(new("id", "{}"u8.ToArray()), ct),
            ]).Select(call => Assert.ThrowsAnyAsync<OperationCanceledException>(call)));
        }));
    }

    [Fact]
    public async Task A_wrong_key_is_said_to_be_one()
    {
        var good = (await azurite.OptionsAsync()).Value.ConnectionString!;
        var start = good.IndexOf("AccountKey=", StringComparison.Ordinal);
        var end = good.IndexOf(';', start);
        var account = Options.Create(new AzureStorageOptions { ConnectionString = good[..start] + "AccountKey=d3Jvbmc=" + good[end..] });
        var store = new AzureBlobStore(account);
        var failure = await Assert.ThrowsAsync<BlobUnavailableException>(() => store.FindAsync(new("uploads", "a"), None));
        Assert.Contains("check the key", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void By_default_20_seconds_without_the_service_are_outlasted()
        => Assert.InRange(new AzureStorageOptions().Patience, TimeSpan.FromSeconds(22), TimeSpan.FromSeconds(60));

    private static bool IsPut(Request request) => request.Method == RequestMethod.Put && request.Uri.Query.Length == 0;

    private static AzureMessageQueues Queues(IOptions<AzureStorageOptions> account) => new(
        account, Options.Create(new StorageQueueOptions()), TimeProvider.System, NullLogger<AzureMessageQueues>.Instance);

    private async Task<(AzureBlobStore Store, LostAnswers Network, string Container)> LossyAsync(Func<Request, bool> lose)
    {
        var network = new LostAnswers(lose);
        var container = Names.Fresh("lossy");
        var account = await azurite.OptionsAsync();
        await new AzureBlobStore(account).EnsureContainersAsync([container], None);
        var store = new AzureBlobStore(Options.Create(new AzureStorageOptions
        {
            ConnectionString = account.Value.ConnectionString,
            Transport = network,
            RetryDelay = TimeSpan.FromMilliseconds(1),
        }));
        return (store, network, container);
    }
}
