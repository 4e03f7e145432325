using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Uploads;
using CnnMrf.Storage;
using CnnMrf.Storage.InProcess;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CnnMrf.Local.Serving;

/// <summary>A folder of this machine; messages are in the process.</summary>
/// <param name="folder">Full path.</param>
internal sealed class FolderPlace(string folder) : Place
{
    private const string LockName = "serve.lock";

    /// <summary>The folder.</summary>
    internal string Folder { get; } = folder;

    /// <summary>Where people put pictures.</summary>
    internal string Uploads => Path.Combine(Folder, BlobContainers.Uploads);

    /// <inheritdoc/>
    internal override string Says => Folder;

    /// <inheritdoc/>
    internal override bool IsShared => false;

    /// <inheritdoc/>
    internal override TimeSpan LookEvery => UploadWatcher.SweepEvery;

    /// <inheritdoc/>
    internal override void Register(IServiceCollection services, IConfiguration configuration) => services.AddFolderStorage(
        o =>
        {
            configuration.GetSection("Folder").Bind(o);
            o.Folder = Folder;
        },
        (InProcessQueueOptions o) => configuration.GetSection("Queue").Bind(o));

    /// <inheritdoc/>
    internal override async Task<IDisposable> OpenAsync(IServiceProvider services, CancellationToken ct)
    {
        FileStream mine;
        try
        {
            Directory.CreateDirectory(Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(e);
        }

        var path = Path.Combine(Folder, LockName);
        try
        {
            mine = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw Unusable(e);
        }
        catch (IOException e)
        {
            throw File.Exists(path)
                ? new FailedException($"another cnnmrf serve uses the data folder {Folder}; end it, or take another folder by --data", e)
                : Unusable(e);
        }

        try
        {
            await EnsureAsync(services, ct);
            return mine;
        }
        catch (BlobUnavailableException e)
        {
            await mine.DisposeAsync();
            throw Unusable(e.InnerException ?? e);
        }
    }

    private FailedException Unusable(Exception e) =>
        new($"the data folder {Folder} cannot be written ({e.Message.TrimEnd('.')}); take another by --data", e);
}
