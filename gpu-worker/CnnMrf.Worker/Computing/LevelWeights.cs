using System.Security.Cryptography;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Engine.Weights;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Weights;
using CnnMrf.Worker.Diagnostics;
using CnnMrf.Worker.Levels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CnnMrf.Worker.Computing;

/// <summary>The weights that a plan fixed: our own, random ones, or a file of the store, kept in a folder under its hash.</summary>
internal sealed class LevelWeights(
    IBlobStore store, IOptions<WorkerOptions> options, TimeProvider time, ILogger<LevelWeights> logger) : IDisposable
{
    private static readonly TimeSpan LongestFetch = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _one = new(1);
    private (WeightsReference Reference, VggLayer Deepest, WeightsChoice Choice)? _last;

    /// <summary>Finds, fetches, checks and reads weights.</summary>
    /// <param name="reference">Which.</param>
    /// <param name="settings">How deep.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="LevelFailedException">They are not there, are others than planned, or do not reach deep enough.</exception>
    public async Task<WeightsChoice> LoadAsync(WeightsReference reference, SynthesisSettings settings, CancellationToken ct)
    {
        if (reference.Name == BlobWeightsCatalog.Random)
        {
            return WeightsChoice.Random;
        }

        var deepest = VggArchitecture.Parse(EngineContext.Deepest(settings).ToString());
        await _one.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (_last is { } last && last.Reference == reference && last.Deepest == deepest)
            {
                return last.Choice;
            }

            var choice = reference.Name == OwnWeights.Name ? Own(reference, deepest)
                : WeightsChoice.Of(WeightsFile.Load(await FetchAsync(reference, ct).ConfigureAwait(false), new() { Deepest = deepest }));
            _last = (reference, deepest, choice);
            return choice;
        }
        catch (WeightsException e)
        {
            throw Failed(e.Message, e);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private static WeightsChoice Own(WeightsReference reference, VggLayer deepest)
    {
        var own = OwnWeights.Load(deepest);
        return own.Sha256 == reference.Sha256 ? WeightsChoice.Of(own)
            : throw Failed($"The synthesis was started with the weights '{reference.Name}' of SHA-256 {reference.Sha256}; this worker "
                + $"carries {own.Sha256}. Deploy front and workers of the same version, then retry the synthesis.");
    }

    private async Task<string> FetchAsync(WeightsReference reference, CancellationToken ct)
    {
        var folder = options.Value.WeightsFolder ?? DefaultFolder();
        var path = Path.Combine(folder, $"{reference.Sha256}.safetensors");
        if (File.Exists(path) && await HashAsync(path, ct).ConfigureAwait(false) == reference.Sha256)
        {
            return path;
        }

        var blob = BlobLayout.WeightsFile(reference.Name);
        Directory.CreateDirectory(folder);
        RemoveRemains(folder);
        var part = Path.Combine(folder, $"{Guid.NewGuid():N}.part");
        try
        {
            var content = await store.OpenAsync(blob, ct).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                var file = File.Create(part);
                await using (file.ConfigureAwait(false))
                {
                    await content.Stream.CopyToAsync(file, ct).ConfigureAwait(false);
                }
            }

            var hash = await HashAsync(part, ct).ConfigureAwait(false);
            if (hash != reference.Sha256)
            {
                throw Failed($"The synthesis was started with the weights '{reference.Name}' of SHA-256 {reference.Sha256}; {blob} now has "
                    + $"{hash}. Put the former file back and retry, or start the synthesis anew.");
            }

            File.Move(part, path, overwrite: true);
            logger.WeightsFetched(reference.Name, path);
            return path;
        }
        catch (BlobNotFoundException e)
        {
            throw Failed(
                $"This worker lacks the weights '{reference.Name}' (SHA-256 {reference.Sha256}): {blob} does not exist. Put the file there "
                + "and retry the synthesis.",
                e);
        }
        finally
        {
            File.Delete(part);
        }
    }

    // Of workers that were killed while they fetched; not what others leave off and go on with later.
    private void RemoveRemains(string folder)
    {
        try
        {
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*.part"))
            {
                if (Guid.TryParseExact(Path.GetFileNameWithoutExtension(file.Name), "N", out _)
                    && time.GetUtcNow() - file.LastWriteTimeUtc > LongestFetch)
                {
                    file.Delete();
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // They take room, and nothing else.
        }
    }

    private static string DefaultFolder()
    {
        try
        {
            // Not among the user's own, which deploying uploads.
            return Path.Combine(WeightsStore.ForUser().Folder, "fetched");
        }
        catch (WeightsException)
        {
            return Path.Combine(Path.GetTempPath(), "cnnmrf", "weights");
        }
    }

    private static async Task<string> HashAsync(string path, CancellationToken ct)
    {
        var file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct).ConfigureAwait(false));
        }
    }

    private static LevelFailedException Failed(string message, Exception? inner = null) =>
        new(new Problem(ProblemCodes.Weights, message, "weights"), inner);
}
