using System.Security.Cryptography;
using CnnMrf.Engine.Weights;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Weights;

namespace CnnMrf.Local.Serving;

/// <summary>
/// Has <c>auto</c> and <c>vgg19</c> mean here what they mean on the command line: VGG-19 once it was pulled. Workers read weights from the
/// store, so the pulled file is put there. In a folder of this machine the pulled file counts; in an account, the one that is there
/// already.
/// </summary>
internal sealed class LocalWeights(IBlobStore store, ServeOptions options) : IWeightsCatalog, IDisposable
{
    private const string Vgg = "vgg19";
    private readonly BlobWeightsCatalog _blobs = new(store);
    private readonly SemaphoreSlim _one = new(1);
    private (DateTime Written, long Length)? _put;

    /// <inheritdoc/>
    public async Task<WeightsReference> ResolveAsync(string setting, CancellationToken ct)
    {
        if (setting is "auto" or Vgg && Pulled() is { } path)
        {
            await PutAsync(path, ct);
        }

        return await _blobs.ResolveAsync(setting, ct);
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    /// <summary>One line for people.</summary>
    internal async Task<string> SayAsync(CancellationToken ct)
    {
        WeightsReference auto;
        try
        {
            auto = await ResolveAsync("auto", ct);
        }
        catch (WeightsUnavailableException e)
        {
            return $"auto is vgg19, which cannot be used: {e.Message}";
        }

        return auto.Name == Vgg ? "auto is vgg19" : "auto is own, until 'cnnmrf weights pull' has fetched VGG-19";
    }

    private static string? Pulled()
    {
        try
        {
            return WeightsStore.ForUser().Find();
        }
        catch (WeightsException)
        {
            // A service may have no home folder.
            return null;
        }
    }

    private async Task PutAsync(string path, CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            var file = new FileInfo(path);
            var version = (file.LastWriteTimeUtc, file.Length);
            if (_put == version)
            {
                return;
            }

            var blob = BlobLayout.WeightsFile(Vgg);
            if (await store.FindAsync(blob, ct) is null || (!options.Place.IsShared && !await IsThereAsync(blob, path, ct)))
            {
                Check(path);
                await using var content = File.OpenRead(path);
                await store.WriteAsync(blob, content, new() { ContentType = "application/octet-stream" }, ct);
            }

            _put = version;
        }
        finally
        {
            _one.Release();
        }
    }

    // Broken ones are refused before they are anybody's.
    private static void Check(string path)
    {
        try
        {
            WeightsStore.Describe(path);
        }
        catch (WeightsException e)
        {
            throw new WeightsUnavailableException(
                $"{e.Message} Fetch them again by cnnmrf weights pull --refresh, or choose the weights own.", e);
        }
    }

    private async Task<bool> IsThereAsync(BlobAddress blob, string path, CancellationToken ct)
    {
        await using var there = await store.OpenAsync(blob, ct);
        await using var pulled = File.OpenRead(path);
        if (there.Properties.Length != pulled.Length)
        {
            return false;
        }

        var (old, wanted) = (await SHA256.HashDataAsync(there.Stream, ct), await SHA256.HashDataAsync(pulled, ct));
        return old.AsSpan().SequenceEqual(wanted);
    }
}
