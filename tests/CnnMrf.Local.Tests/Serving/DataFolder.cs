using System.Text.Json;
using System.Text.Json.Nodes;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Storage.Folders;
using Microsoft.Extensions.Logging.Abstractions;

namespace CnnMrf.Local.Tests.Serving;

/// <summary>A data folder, looked at from without, and <c>serve</c> on it with short times.</summary>
internal sealed class DataFolder(Workplace workplace)
{
    private readonly FolderBlobStore _store = new(
        Microsoft.Extensions.Options.Options.Create(new FolderStorageOptions { Folder = workplace["data"] }), TimeProvider.System,
        NullLogger<FolderBlobStore>.Instance);

    /// <summary>Times so short that a test sees what they are for.</summary>
    internal static Dictionary<string, string> ShortTimes { get; } = new()
    {
        ["Folder__FlushToDisk"] = "false",
        ["Worker__LeaseDuration"] = "00:00:01",
        ["Worker__LeaseRenewEvery"] = "00:00:00.3",
        ["Worker__OwnerPollEvery"] = "00:00:00.1",
        ["Worker__HeartbeatEvery"] = "00:00:00.5",
        ["Worker__CheckpointEvery"] = "00:00:00.05",
        ["Worker__CancelPollEvery"] = "00:00:01",
    };

    internal string Folder => workplace["data"];

    internal Program Serve(params string[] more) => Serve(ShortTimes, more);

    internal Program Serve(IReadOnlyDictionary<string, string> configuration, params string[] more) =>
        Program.Start(workplace[""], configuration, ["serve", "--data", Folder, "--port", "0", .. more]);

    /// <summary>The iteration of a level's checkpoint; −1 without one.</summary>
    internal async Task<int> CheckpointAsync(string synthesis, int level)
    {
        try
        {
            var blob = await _store.FindAsync(BlobLayout.Level(Level(synthesis, level)).Checkpoint, CancellationToken.None);
            return int.Parse(blob?.Metadata.GetValueOrDefault("iteration") ?? "-1", System.Globalization.CultureInfo.InvariantCulture);
        }
        catch (BlobException)
        {
            // Caught in the middle of its being replaced.
            return -1;
        }
    }

    /// <summary>Waits for a checkpoint later than an iteration.</summary>
    internal async Task<int> CheckpointAfterAsync(string synthesis, int level, int iteration, Program serve)
    {
        for (var until = DateTime.UtcNow.AddMinutes(1); ; await Task.Delay(10))
        {
            if (await CheckpointAsync(synthesis, level) is var now && now > iteration)
            {
                return now;
            }

            Assert.True(DateTime.UtcNow < until && !serve.HasExited, $"No checkpoint after iteration {iteration}: {serve.Said}");
        }
    }

    /// <summary>How a level ended.</summary>
    internal async Task<JsonNode> OutcomeAsync(string synthesis, int level)
    {
        var read = await _store.ReadAsync(BlobLayout.Level(Level(synthesis, level)).Outcome, 1 << 20, CancellationToken.None);
        return JsonNode.Parse(read!.Bytes.Span)!;
    }

    /// <summary>The iterations at which a level was resumed.</summary>
    internal async Task<int[]> ResumedAtAsync(string synthesis, int level) =>
        (await OutcomeAsync(synthesis, level))["resumedAt"].Deserialize<int[]>() ?? [];

    private static LevelKey Level(string synthesis, int level) =>
        new RunKey(SynthesisId.Parse(synthesis[(synthesis.LastIndexOf('/') + 1)..]), 1).Level(level);
}
