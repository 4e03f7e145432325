using Azure.Storage.Blobs;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Storage.AzureBlobs;

namespace CnnMrf.Storage.Tests.Azure;

/// <summary>The lifecycle rule of the deployment finds tensors of levels by their tag.</summary>
public sealed class IntermediateTagTests(Azurite azurite)
{
    [Theory]
    [InlineData("{0}/runs/1/levels/1/image.safetensors", 10, true)]
    [InlineData("{0}/runs/1/levels/1/checkpoint.safetensors", 9_000_000, true)]
    [InlineData("{0}/runs/1/levels/1/preview.jpg", 10, false)]
    [InlineData("{0}/runs/1/inputs/content.safetensors", 10, false)]
    public async Task Tensors_of_levels_bear_it_small_or_large_and_nothing_else_does(string name, long length, bool isTagged)
    {
        var options = await azurite.OptionsAsync();
        var store = new AzureBlobStore(options);
        await store.EnsureContainersAsync([BlobContainers.Syntheses], CancellationToken.None);
        var blob = new BlobAddress(BlobContainers.Syntheses, string.Format(null, name, Names.Fresh("tagged")));

        await store.WriteAsync(blob, new PatternStream(length), new(), CancellationToken.None);

        var client = new BlobServiceClient(options.Value.ConnectionString).GetBlobContainerClient(blob.Container).GetBlobClient(blob.Name);
        var expected = isTagged ? new Dictionary<string, string> { [IntermediateBlobs.TagName] = IntermediateBlobs.TagValue } : [];
        Assert.Equal(expected, (await client.GetTagsAsync()).Value.Tags);
    }
}
