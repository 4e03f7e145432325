using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Worker.Owning;

namespace CnnMrf.Worker.Levels;

/// <summary>What a checkpoint says besides the engine's state.</summary>
/// <param name="Fingerprint">Of what the level is made; the state is no other computation's.</param>
/// <param name="ResumedAt">The iterations at which the level was resumed so far.</param>
/// <param name="Notes">What people should know of the level so far.</param>
/// <param name="Outcome">Of a level that is computed: the outcome that it gets.</param>
internal sealed record CheckpointAbout(
    string Fingerprint, IReadOnlyList<int> ResumedAt, IReadOnlyList<string> Notes, LevelOutcome? Outcome = null);

/// <summary>checkpoint.safetensors: the engine's state, with metadata of the worker's in the same file, so that both are of
/// one moment.</summary>
internal static class CheckpointFile
{
    /// <summary>Metadata of images and checkpoints.</summary>
    public const string FingerprintKey = "fingerprint";

    private const string ResumedKey = "resumed_at";
    private const string NotesKey = "notes";
    private const string OutcomeKey = "outcome";

    // Of the blob: known without reading it.
    private const string IterationKey = "iteration";
    private const string HashKey = "sha256";

    /// <summary>The file's metadata.</summary>
    public static Dictionary<string, string> Metadata(LevelJob job, CheckpointAbout about)
    {
        var metadata = new Dictionary<string, string>
        {
            ["job"] = job.Key.ToString(),
            ["level"] = job.Level.ToString(CultureInfo.InvariantCulture),
            [FingerprintKey] = about.Fingerprint,
            [ResumedKey] = JsonSerializer.Serialize(about.ResumedAt, WorkerJson.Default.IReadOnlyListInt32),
            [NotesKey] = JsonSerializer.Serialize(about.Notes, WorkerJson.Default.IReadOnlyListString),
        };
        if (about.Outcome is { } outcome)
        {
            metadata[OutcomeKey] = System.Text.Encoding.UTF8.GetString(PipelineJson.Write(outcome));
        }

        return metadata;
    }

    /// <summary>How it is written.</summary>
    public static BlobWrite How(LevelState state) => new()
    {
        Metadata = new Dictionary<string, string>
        {
            [IterationKey] = state.Iteration.ToString(CultureInfo.InvariantCulture),
            [HashKey] = Convert.ToHexStringLower(SHA256.HashData(state.Bytes.Span)),
        },
    };

    /// <summary>What a checkpoint's blob says of it, without reading it.</summary>
    public static FoundCheckpoint Find(BlobProperties? blob)
    {
        if (blob is null)
        {
            return new(-1, null);
        }

        var said = blob.Metadata.GetValueOrDefault(IterationKey);
        return new(
            int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var iteration) ? iteration : -1,
            $"{said} {blob.Metadata.GetValueOrDefault(HashKey)}");
    }

    /// <summary>Whether an owner before took the level over and came to no checkpoint.</summary>
    public static bool IsPlaceholder(BlobBytes blob) => blob.Bytes.IsEmpty && !blob.Properties.Metadata.ContainsKey(IterationKey);

    /// <summary>Reads a checkpoint.</summary>
    /// <exception cref="SafetensorsException">It is damaged, or was too large to be read.</exception>
    public static (LevelState State, CheckpointAbout About) Read(BlobBytes blob)
    {
        if (blob.Bytes.Length < blob.Properties.Length)
        {
            throw new SafetensorsException(string.Create(
                CultureInfo.InvariantCulture, $"The checkpoint has {blob.Properties.Length:N0} bytes, more than this worker reads."));
        }

        if (blob.Properties.Metadata.GetValueOrDefault(HashKey) != Convert.ToHexStringLower(SHA256.HashData(blob.Bytes.Span)))
        {
            throw new SafetensorsException("The checkpoint is damaged: its hash is not the one that it was written with.");
        }

        var state = LevelState.Open(blob.Bytes);
        var metadata = SafetensorsFile.Read(blob.Bytes, "checkpoint").Metadata;
        try
        {
            return (state, new(
                metadata[FingerprintKey],
                JsonSerializer.Deserialize(metadata[ResumedKey], WorkerJson.Default.IReadOnlyListInt32)!,
                JsonSerializer.Deserialize(metadata[NotesKey], WorkerJson.Default.IReadOnlyListString)!,
                metadata.TryGetValue(OutcomeKey, out var outcome)
                    ? PipelineJson.Read<LevelOutcome>(System.Text.Encoding.UTF8.GetBytes(outcome), "The checkpoint's outcome") : null));
        }
        catch (Exception e) when (e is KeyNotFoundException or JsonException or DocumentException)
        {
            throw new SafetensorsException($"The checkpoint is damaged: {e.Message}");
        }
    }
}
