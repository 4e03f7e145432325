using System.Text;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Storage.Folders;

namespace CnnMrf.Storage.Tests.Folders;

/// <summary>Several real processes on one folder, some of them killed.</summary>
public sealed class FolderProcessesTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryFolder folder = new();
    private readonly FolderBlobStore store;

    public FolderProcessesTests()
    {
        store = FolderStores.Open(folder.Path);
        store.EnsureContainersAsync(["uploads"], None).GetAwaiter().GetResult();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Killed_in_the_middle_of_writing_a_process_leaves_a_whole_version_and_no_lock()
    {
        const int Length = 900_000;
        var blob = new BlobAddress("uploads", "deep/blob");
        var random = new Random(7);
        var interrupted = 0;
        await store.WriteAsync(blob, new byte[Length], Versioned(0), None);
        for (var round = 0; round < 12; round++)
        {
            await using var writer = await Victim.StartAsync("rewrite", folder.Path, blob.Name, $"{Length}");
            for (var reads = random.Next(20); reads > 0 || Unfinished() == interrupted; reads--)
            {
                await AssertWholeAsync(blob, Length);
            }

            await writer.KillAsync();
            interrupted = Unfinished();
            await AssertWholeAsync(blob, Length);
            Assert.Equal([blob], (await store.ListAsync("uploads", "", null, 10, None)).Items.Select(i => i.Address));
            var how = Versioned(0) with { Condition = BlobCondition.IfMatch((await store.FindAsync(blob, None))!.ETag) };
            await store.WriteAsync(blob, new byte[Length], how, None).WaitAsync(TimeSpan.FromSeconds(10));
        }

        // Otherwise the test saw nothing of what it is for.
        Assert.True(interrupted > 0);
    }

    [Fact]
    public async Task Of_several_processes_that_create_the_same_blob_exactly_one_succeeds()
    {
        string[] names = ["a", "b", "c"];
        var processes = await Task.WhenAll(names.Select(n => Victim.StartAsync("create", folder.Path, "60", n)));
        var won = await Task.WhenAll(processes.Select(p => p.EndAsync()));
        Assert.Equal(Enumerable.Range(0, 60), won.SelectMany(w => w).Select(int.Parse).Order());
        foreach (var (name, created) in names.Zip(won))
        {
            foreach (var number in created)
            {
                var read = (await store.ReadAsync(new("uploads", $"contested/{number}"), 10, None))!;
                Assert.Equal(name, Encoding.UTF8.GetString(read.Bytes.Span));
            }
        }
    }

    [Fact]
    public async Task Of_several_processes_that_replace_the_same_version_none_overwrites_another()
    {
        var counter = new BlobAddress("uploads", "counter");
        await store.WriteAsync(counter, "0"u8.ToArray(), new(), None);
        var processes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Victim.StartAsync("count", folder.Path, "40")));
        await Task.WhenAll(processes.Select(p => p.EndAsync()));
        Assert.Equal("120", Encoding.UTF8.GetString((await store.ReadAsync(counter, 10, None))!.Bytes.Span));
    }

    [Fact]
    public async Task The_lease_of_a_killed_process_is_handed_over_when_its_time_is_over_and_not_before()
    {
        var owner = new BlobAddress("uploads", "owner");
        await store.WriteAsync(owner, "x"u8.ToArray(), new(), None);
        await using var holder = await Victim.StartAsync("lease", folder.Path, owner.Name);
        var id = (await holder.LineAsync())!;
        for (var i = 0; i < 6; i++)
        {
            // Longer than the lease: it is renewed.
            await Task.Delay(400);
            await Assert.ThrowsAsync<BlobLeaseHeldException>(() => store.AcquireLeaseAsync(owner, TimeSpan.FromSeconds(2), None));
        }

        await holder.KillAsync();
        await Assert.ThrowsAsync<BlobLeaseHeldException>(() => store.AcquireLeaseAsync(owner, TimeSpan.FromSeconds(2), None));
        await Task.Delay(2_010);
        var lease = await store.AcquireLeaseAsync(owner, TimeSpan.FromSeconds(2), None);
        await Assert.ThrowsAsync<BlobLeaseLostException>(
            () => store.WriteAsync(owner, "late"u8.ToArray(), new() { LeaseId = id }, None));
        await store.WriteAsync(owner, "next"u8.ToArray(), new() { LeaseId = lease.Id }, None);
    }

    private int Unfinished() => Directory.EnumerateFiles(Path.Combine(folder.Path, "uploads", ".cnnmrf", "temporary")).Count();

    private static BlobWrite Versioned(int version) => new()
    {
        ContentType = "test/killed",
        Metadata = new Dictionary<string, string> { ["version"] = $"{version}" },
    };

    private async Task AssertWholeAsync(BlobAddress blob, int length)
    {
        if (await store.ReadAsync(blob, 1_000_000, None) is { } read)
        {
            var version = byte.Parse(read.Properties.Metadata["version"]);
            Assert.Equal((length + version, "test/killed"), (read.Bytes.Length, read.Properties.ContentType));
            Assert.True(read.Bytes.Span.IndexOfAnyExcept(version) < 0);
        }
    }
}
