using System.Security.Cryptography;
using CnnMrf.Core.Labels;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Syntheses;

namespace CnnMrf.Worker.Levels;

/// <summary>A level's result in the store.</summary>
/// <param name="Image">The file.</param>
/// <param name="Sha256">Its hash, hexadecimal.</param>
/// <param name="Fingerprint">Of what it was made.</param>
internal sealed record StoredImage(LevelImage Image, string Sha256, string? Fingerprint);

/// <summary>What a level is made of, read and checked.</summary>
internal sealed class LevelFiles(IBlobStore store)
{
    // A float32 picture of the largest size that can be asked for.
    private const long MostPictureBytes = 1L << 30;

    /// <summary>The prepared pictures.</summary>
    /// <exception cref="LevelFailedException">One is missing, changed or damaged.</exception>
    public async Task<SynthesisInput> ReadInputAsync(LevelJob job, CancellationToken ct)
    {
        Picture? content = null, initial = null;
        var styles = new List<Picture>();
        var maps = new List<(InputRole, int, Picture)>();
        foreach (var part in job.Inputs.OrderBy(i => i.Role).ThenBy(i => i.Index))
        {
            switch (part.Role)
            {
                case InputRole.Content:
                    content = await ReadPictureAsync(job, part, ct).ConfigureAwait(false);
                    break;
                case InputRole.Style:
                    styles.Add(await ReadPictureAsync(job, part, ct).ConfigureAwait(false));
                    break;
                case InputRole.ContentMap or InputRole.StyleMap:
                    maps.Add((part.Role, part.Index, await ReadPictureAsync(job, part, ct).ConfigureAwait(false)));
                    break;
                case InputRole.Initial:
                    initial = await ReadPictureAsync(job, part, ct).ConfigureAwait(false);
                    break;
                default:
                    throw Failed($"This worker does not know what to do with the input {part.Name}: it is older than what planned the run. "
                        + "Update it.");
            }
        }

        try
        {
            return new(content, styles, initial, PreparedLabels.Read(job.Inputs, maps, job.Settings));
        }
        catch (LabelMapException e)
        {
            throw new LevelFailedException(new Problem(ProblemCodes.Picture, e.Message, e.Field), e);
        }
    }

    /// <summary>The result of the level before.</summary>
    /// <exception cref="LevelFailedException">It is missing, or another than its outcome says.</exception>
    public async Task<StoredImage> ReadPreviousAsync(LevelJob job, CancellationToken ct)
    {
        var level = BlobLayout.Level(job.Key with { Level = job.Level - 1 });
        var image = await ReadImageAsync(level.Image, ct).ConfigureAwait(false)
            ?? throw Failed($"The image of level {job.Level - 1} is missing: {level.Image} does not exist. Retry the synthesis.");
        var outcome = await store.ReadDocumentAsync<LevelOutcome>(level.Outcome, ct).ConfigureAwait(false);
        return outcome?.Value.ImageSha256 is { } expected && expected != image.Sha256
            ? throw Failed($"The image of level {job.Level - 1} was changed in storage: {level.Image} has SHA-256 {image.Sha256}, its "
                + $"outcome says {expected}. Retry the synthesis.")
            : image;
    }

    /// <summary>A level's result, or null where there is none.</summary>
    /// <exception cref="LevelFailedException">It is damaged.</exception>
    public async Task<StoredImage?> ReadImageAsync(BlobAddress blob, CancellationToken ct)
    {
        if (await store.ReadAsync(blob, MostPictureBytes, ct).ConfigureAwait(false) is not { } read)
        {
            return null;
        }

        try
        {
            var file = SafetensorsFile.Read(read.Bytes, blob.ToString());
            return new(
                new(read.Bytes),
                Convert.ToHexStringLower(SHA256.HashData(read.Bytes.Span)),
                file.Metadata.GetValueOrDefault(CheckpointFile.FingerprintKey));
        }
        catch (SafetensorsException e)
        {
            throw Failed($"{e.Message} Retry the synthesis.", e);
        }
    }

    private async Task<Picture> ReadPictureAsync(LevelJob job, PreparedInput part, CancellationToken ct)
    {
        var blob = BlobLayout.Run(job.Key.RunKey).Input(part.Name);
        var read = await store.ReadAsync(blob, MostPictureBytes, ct).ConfigureAwait(false)
            ?? throw Failed($"A picture is missing: {blob} does not exist. Start the synthesis anew.", field: part.Name);
        if (Convert.ToHexStringLower(SHA256.HashData(read.Bytes.Span)) != part.Sha256)
        {
            throw Failed(
                $"A picture was changed in storage: {blob} is not the one that was planned. Start the synthesis anew.", field: part.Name);
        }

        try
        {
            return PreparedPicture.Read(read.Bytes, part.Name);
        }
        catch (Exception e) when (e is PictureException or SafetensorsException)
        {
            throw Failed($"{blob} cannot be read: {e.Message}", e, part.Name);
        }
    }

    private static LevelFailedException Failed(string message, Exception? inner = null, string? field = null) =>
        new(new Problem(ProblemCodes.Internal, message, field), inner);
}
