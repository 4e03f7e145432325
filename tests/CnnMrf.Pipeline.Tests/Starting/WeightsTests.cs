using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Tests.Fakes;
using CnnMrf.Pipeline.Weights;

namespace CnnMrf.Pipeline.Tests.Starting;

public sealed class WeightsTests
{
    [Fact]
    public async Task Auto_is_vgg19_where_it_lies_and_else_our_own()
    {
        using var world = new World();
        var catalog = world.Get<IWeightsCatalog>();
        Assert.Equal("own", (await catalog.ResolveAsync("auto", default)).Name);
        await world.Store.WriteAsync(BlobLayout.WeightsFile("vgg19"), "weights"u8.ToArray(), new BlobWrite(), default);
        var found = await catalog.ResolveAsync("auto", default);
        Assert.Equal(new("vgg19", Convert.ToHexStringLower(SHA256.HashData("weights"u8))), found);
        Assert.Equal(found, await catalog.ResolveAsync("vgg19", default));
    }

    [Fact]
    public async Task Weights_that_are_replaced_make_another_synthesis()
    {
        using var world = new World();
        var request = World.Request(settings: """{"size":128,"weights":"mine"}""");
        await world.Store.WriteAsync(BlobLayout.WeightsFile("mine"), "one"u8.ToArray(), new BlobWrite(), default);
        var first = await world.StartAsync(request);
        await world.Store.WriteAsync(BlobLayout.WeightsFile("mine"), "two"u8.ToArray(), new BlobWrite(), default);
        Assert.NotEqual(first.Id, (await world.StartAsync(request)).Id);
    }

    [Fact]
    public void The_hash_of_our_own_weights_is_that_of_the_file_in_the_engine()
    {
        var file = Path.Combine(Folder(), "../../../gpu-worker/CnnMrf.Engine/Weights/own.safetensors");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))), BlobWeightsCatalog.OwnSha256);
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
