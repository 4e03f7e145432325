using CnnMrf.Pipeline.Blobs;
using CnnMrf.Storage.AzureBlobs;
using CnnMrf.Storage.Tests.Folders;

namespace CnnMrf.Storage.Tests.Blobs;

/// <summary>Run while nothing else does, since they count what the process allocates.</summary>
[CollectionDefinition(nameof(StreamingTests), DisableParallelization = true)]
public sealed class StreamingTestsAlone;

[Collection(nameof(StreamingTests))]
public sealed class StreamingTests(Azurite azurite)
{
    private const long Length = 100_000_000;
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_folder_takes_and_gives_100_MB_without_holding_them()
    {
        using var folder = new TemporaryFolder();
        await StreamAsync(FolderStores.Open(folder.Path), mostAllocated: 2_000_000);
    }

    [Fact]
    public async Task Azure_takes_and_gives_100_MB_without_holding_them()
        => await StreamAsync(new AzureBlobStore(await azurite.OptionsAsync()), mostAllocated: 40_000_000);

    private static async Task StreamAsync(IBlobStore store, long mostAllocated)
    {
        var blob = new BlobAddress(Names.Fresh("streaming"), "large");
        await store.EnsureContainersAsync([blob.Container], None);
        await store.WriteAsync(blob, "warm"u8.ToArray(), new(), None);
        await store.ReadAsync(blob, 10, None);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var written = await store.WriteAsync(blob, new PatternStream(Length), new(), None);
        Assert.Equal(Length, written.Length);
        await using var opened = await store.OpenAsync(blob, None);
        var buffer = new byte[100_000];
        var position = 0L;
        for (int read; (read = await opened.Stream.ReadAsync(buffer)) > 0; position += read)
        {
            for (var i = 0; i < read; i++)
            {
                if (buffer[i] != PatternStream.At(position + i))
                {
                    Assert.Fail($"Byte {position + i} is another.");
                }
            }
        }

        Assert.Equal(Length, position);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, mostAllocated);
        await store.DeleteAsync(blob, BlobCondition.None, null, None);
    }
}
