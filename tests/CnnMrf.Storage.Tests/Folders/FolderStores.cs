using CnnMrf.Pipeline.Blobs;
using CnnMrf.Storage.Folders;
using CnnMrf.Storage.Tests.Blobs;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CnnMrf.Storage.Tests.Folders;

internal static class FolderStores
{
    internal static FolderBlobStore Open(string folder, TimeProvider? time = null, bool flush = false) => new(
        Options.Create(new FolderStorageOptions { Folder = folder, FlushToDisk = flush }), time ?? TimeProvider.System,
        NullLogger<FolderBlobStore>.Instance);
}

public sealed class FolderBlobStoreContract : BlobStoreContract
{
    private readonly TemporaryFolder folder = new();

    protected override Task<IBlobStore> OpenAsync() => Task.FromResult<IBlobStore>(FolderStores.Open(folder.Path, flush: true));

    public override ValueTask DisposeAsync()
    {
        folder.Dispose();
        return base.DisposeAsync();
    }
}

public sealed class FolderBlobListingContract : BlobListingContract
{
    private readonly TemporaryFolder folder = new();

    protected override int Cases => 100;

    protected override Task<IBlobStore> OpenAsync() => Task.FromResult<IBlobStore>(FolderStores.Open(folder.Path));

    [Fact]
    public async Task Ten_thousand_blobs_are_listed_in_pages()
    {
        var many = Directory.CreateDirectory(Path.Combine(folder.Path, Container, "many")).FullName;
        for (var i = 0; i < 10_000; i++)
        {
            // Empty: removing a file with content takes some disks a millisecond.
            File.Create(Path.Combine(many, $"{i:d5}.json")).Dispose();
        }

        await AssertManyAsync(10_000);
    }

    public override ValueTask DisposeAsync()
    {
        folder.Dispose();
        return base.DisposeAsync();
    }
}

public sealed class FolderBlobLeaseContract : BlobLeaseContract
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);

    protected override Task<IBlobStore> OpenAsync() => Task.FromResult<IBlobStore>(FolderStores.Open(folder.Path, time));

    protected override Task PassAsync(TimeSpan time)
    {
        this.time.Advance(time);
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        folder.Dispose();
        return base.DisposeAsync();
    }
}
