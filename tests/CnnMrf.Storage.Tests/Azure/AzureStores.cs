using CnnMrf.Pipeline.Blobs;
using CnnMrf.Storage.AzureBlobs;
using CnnMrf.Storage.Tests.Blobs;

namespace CnnMrf.Storage.Tests.Azure;

public sealed class AzureBlobStoreContract(Azurite azurite) : BlobStoreContract
{
    protected override async Task<IBlobStore> OpenAsync() => new AzureBlobStore(await azurite.OptionsAsync());
}

public sealed class AzureBlobListingContract(Azurite azurite) : BlobListingContract
{
    protected override int Cases => 15;

    protected override async Task<IBlobStore> OpenAsync() => new AzureBlobStore(await azurite.OptionsAsync());

    [Fact]
    public async Task Ten_thousand_blobs_are_listed_in_pages()
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 32 };
        await Parallel.ForAsync(0, 10_000, parallel, async (i, ct) => await Store.WriteAsync(At($"many/{i:d5}.json"), Bytes("{}"), new(), ct));
        await TenThousandAsync();
    }
}

public sealed class AzureBlobLeaseContract(Azurite azurite) : BlobLeaseContract
{
    protected override async Task<IBlobStore> OpenAsync() => new AzureBlobStore(await azurite.OptionsAsync());

    protected override Task PassAsync(TimeSpan time) => Task.Delay(time);
}
