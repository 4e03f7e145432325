using CnnMrf.Storage.AzureBlobs;
using CnnMrf.Storage.Tests;
using CnnMrf.Tests.Azurite;
using Microsoft.Extensions.Options;

[assembly: AssemblyFixture(typeof(Azurite))]

namespace CnnMrf.Storage.Tests;

/// <summary>One Azurite for all tests here, started by the first that needs it.</summary>
public sealed class Azurite : IAsyncDisposable
{
    internal const string WhyNot = "Azurite needs node and npm, which are not installed: https://nodejs.org";

    private readonly Lazy<Task<AzuriteServer>> server = new(() => AzuriteServer.StartAsync());

    public async ValueTask DisposeAsync()
    {
        if (server.IsValueCreated)
        {
            await (await server.Value).DisposeAsync();
        }
    }

    internal async Task<IOptions<AzureStorageOptions>> OptionsAsync()
    {
        Assert.SkipUnless(AzuriteServer.IsPossible, WhyNot);
        return Options.Create(new AzureStorageOptions { ConnectionString = (await server.Value).ConnectionString });
    }
}
