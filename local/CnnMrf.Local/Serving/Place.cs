using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CnnMrf.Local.Serving;

/// <summary>Where blobs and queues are.</summary>
internal abstract class Place
{
    /// <summary>What people call it; never a key.</summary>
    internal abstract string Says { get; }

    /// <summary>True where other processes get this one's messages.</summary>
    internal abstract bool IsShared { get; }

    /// <summary>How often the uploads are looked through where nothing announces them.</summary>
    internal abstract TimeSpan LookEvery { get; }

    /// <summary>Registers the ports.</summary>
    internal abstract void Register(IServiceCollection services, IConfiguration configuration);

    /// <summary>Makes containers and queues, and finds out whether that is possible.</summary>
    /// <param name="services">With the ports.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What is to be kept as long as the place is used.</returns>
    /// <exception cref="FailedException">The place cannot be used; with the remedy.</exception>
    internal abstract Task<IDisposable> OpenAsync(IServiceProvider services, CancellationToken ct);

    /// <summary>Makes containers and queues.</summary>
    protected static async Task EnsureAsync(IServiceProvider services, CancellationToken ct)
    {
        await services.GetRequiredService<IBlobStore>().EnsureContainersAsync(BlobContainers.All, ct);
        await services.GetRequiredService<IMessageQueues>().EnsureQueuesAsync(ct);
    }
}
