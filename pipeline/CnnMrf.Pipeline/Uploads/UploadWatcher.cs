using System.Text;
using System.Text.Json.Nodes;
using CnnMrf.Core.Settings;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Diagnostics;
using CnnMrf.Pipeline.Starting;
using CnnMrf.Pipeline.Syntheses;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Pipeline.Uploads;

/// <summary>
/// Starts a synthesis of every folder of the uploads that has both pictures. What cannot be used becomes a failed synthesis, which
/// people see; only storage faults throw. Files that were looked at are not looked at again until one of them changes.
/// </summary>
public sealed class UploadWatcher(
    IBlobStore store, SynthesisStarter starter, PipelineOptions options, TimeProvider time, ILogger<UploadWatcher> logger)
{
    /// <summary>How often everything is looked at, whatever was announced.</summary>
    public static TimeSpan SweepEvery { get; } = TimeSpan.FromMinutes(15);

    private static TimeSpan MostSkew { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Looks at the folder of a file that was announced.</summary>
    /// <param name="blobName">The file's name within the container.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The synthesis that its files started or failed as; null: they are no pair yet, or were looked at before.</returns>
    public async Task<StartResult?> OnUploadedAsync(string blobName, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(blobName);
        if (UploadFolder.NameOf(blobName) is not { } name)
        {
            return null;
        }

        var blobs = new List<BlobProperties>();
        await foreach (var blob in store.ListAllAsync(BlobContainers.Uploads, name + "/", ct).ConfigureAwait(false))
        {
            blobs.Add(blob);
        }

        return await LookAsync(UploadFolder.Of(name, blobs), ct).ConfigureAwait(false);
    }

    /// <summary>Looks at all folders. One that cannot be looked at does not keep the others waiting.</summary>
    /// <returns>What was started.</returns>
    public async Task<IReadOnlyList<StartResult>> SweepAsync(CancellationToken ct)
    {
        var results = new List<StartResult>();
        var folders = new SortedDictionary<string, List<BlobProperties>>(StringComparer.Ordinal);
        await foreach (var blob in store.ListAllAsync(BlobContainers.Uploads, "", ct).ConfigureAwait(false))
        {
            if (UploadFolder.NameOf(blob.Address.Name) is { } name)
            {
                (folders.TryGetValue(name, out var files) ? files : folders[name] = []).Add(blob);
            }
        }

        foreach (var (name, blobs) in folders)
        {
            try
            {
                if (await LookAsync(UploadFolder.Of(name, blobs), ct).ConfigureAwait(false) is { } result)
                {
                    results.Add(result);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.UploadFailed(name, e);
            }
        }

        return results;
    }

    private async Task<StartResult?> LookAsync(UploadFolder folder, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (!folder.IsComplete || folder.Files.Any(f => IsUnsettled(now - f.Blob.LastModified)))
        {
            return null;
        }

        var signature = folder.Signature;
        var record = BlobLayout.UploadRecord(folder.Name);
        var seen = await store.ReadDocumentAsync<UploadRecord>(record, ct).ConfigureAwait(false);
        if (seen?.Value.Signature == signature)
        {
            return null;
        }

        var result = await StartAsync(folder, signature, ct).ConfigureAwait(false);
        await store.WriteDocumentAsync(record, new UploadRecord
        {
            Folder = folder.Name,
            Signature = signature,
            Id = result.Id,
            RecordedAt = now,
        }, BlobCondition.None, ct).ConfigureAwait(false);
        return result;
    }

    // A time ahead by more than clocks differ was kept from where the file comes from, and says nothing of now.
    private bool IsUnsettled(TimeSpan age) => age < options.UploadSettles && age > -MostSkew;

    private async Task<StartResult> StartAsync(UploadFolder folder, string signature, CancellationToken ct)
    {
        try
        {
            if (folder.Doubled is { } doubled)
            {
                throw new ProblemException(doubled);
            }

            return await starter.StartAsync(new()
            {
                Name = folder.Name,
                Source = RequestSource.Upload,
                Settings = await SettingsAsync(folder, ct).ConfigureAwait(false),
                Inputs = [.. folder.Files.Where(f => f.Role is not null)
                    .Select(f => InputSource.Of(store, f.Blob.Address, f.Role!.Value, 0))],
            }, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is ProblemException or SettingsException)
        {
            var problem = (e as ProblemException)?.Problem
                ?? new Problem(ProblemCodes.Settings, e.Message, ((SettingsException)e).Problems[0].Field);
            logger.UploadRefused(folder.Name, problem.Message);
            return await starter.RefuseAsync(folder.Name, RequestSource.Upload, signature, problem, ct).ConfigureAwait(false);
        }
    }

    private async Task<JsonObject> SettingsAsync(UploadFolder folder, CancellationToken ct)
    {
        if (folder.Files.FirstOrDefault(f => f.Role is null) is not { } file)
        {
            return [];
        }

        try
        {
            var read = await store.ReadAsync(file.Blob.Address, RequestLimits.JsonBytes, ct).ConfigureAwait(false);
            return read is null ? [] : SettingsJson.ParseObject(Encoding.UTF8.GetString(read.Bytes.Span).TrimStart('\uFEFF'));
        }
        catch (BlobTooLargeException e)
        {
            throw new ProblemException(new(ProblemCodes.Settings, $"{e.Message} Settings are shorter.", file.FileName), e);
        }
    }
}
