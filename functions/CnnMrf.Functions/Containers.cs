using CnnMrf.Pipeline.Blobs;

namespace CnnMrf.Functions;

/// <summary>Makes the containers that are missing, for emulators.</summary>
internal sealed partial class Containers(IBlobStore store, ILogger<Containers> logger) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await store.EnsureContainersAsync(BlobContainers.All, cancellationToken).ConfigureAwait(false);
        }
        catch (BlobUnavailableException e)
        {
            // Whoever needs one will say so; the others work.
            Unavailable(e);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(1, LogLevel.Warning, "The containers could not be looked at")]
    private partial void Unavailable(Exception exception);
}
