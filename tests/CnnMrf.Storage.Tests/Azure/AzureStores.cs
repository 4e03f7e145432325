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
    public async Task More_blobs_than_a_page_has_are_listed_in_pages()
    {
        const int Many = 1_200;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 32 };
        await Parallel.ForAsync(
            0, Many, parallel, async (i, ct) => await Store.WriteAsync(At($"many/{i:d5}.json"), Bytes("{}"), new(), ct));
        await AssertManyAsync(Many);
    }
}

public sealed class AzureBlobLeaseContract(Azurite azurite) : BlobLeaseContract
{
    protected override async Task<IBlobStore> OpenAsync() => new AzureBlobStore(await azurite.OptionsAsync());

    protected override Task PassAsync(TimeSpan time) => Task.Delay(time);
}
