using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CnnMrf.Pipeline.Identity;

namespace CnnMrf.Pipeline.Blobs;

/// <summary>Where everything lies. No other file spells a blob's name.</summary>
public static class BlobLayout
{
    /// <summary>Before the names of the index' entries; listed in order they are the syntheses, newest first.</summary>
    public const string IndexPrefix = "index/";

    /// <summary>Before the names of batches' reports.</summary>
    public const string ReportPrefix = "reports/";

    /// <summary>Everything of a synthesis but its index entry begins with this.</summary>
    public static string Prefix(SynthesisId id) => $"{id.Value}/";

    /// <summary>The request: written once, never changed. Its existence is the synthesis' existence.</summary>
    public static BlobAddress Request(SynthesisId id) => new(BlobContainers.Syntheses, Prefix(id) + "request.json");

    /// <summary>The status, written if-match.</summary>
    public static BlobAddress Status(SynthesisId id) => new(BlobContainers.Syntheses, Prefix(id) + "status.json");

    /// <summary>An input as it was given.</summary>
    /// <param name="id">The synthesis.</param>
    /// <param name="name">As <see cref="CnnMrf.Pipeline.Syntheses.InputPart.BlobName"/> says.</param>
    public static BlobAddress Original(SynthesisId id, string name) => new(BlobContainers.Syntheses, Prefix(id) + "originals/" + name);

    /// <summary>The index entry of a synthesis.</summary>
    /// <param name="id">The synthesis.</param>
    /// <param name="createdAt">As its request says.</param>
    public static BlobAddress IndexEntry(SynthesisId id, DateTimeOffset createdAt) => new(BlobContainers.Syntheses, string.Create(
        CultureInfo.InvariantCulture, $"{IndexPrefix}{DateTimeOffset.MaxValue.UtcTicks - createdAt.UtcTicks:d19}-{id.Value}"));

    /// <summary>Reads the name of an index entry.</summary>
    public static bool TryParseIndexEntry(string name, out SynthesisId id)
    {
        id = default;
        return name.StartsWith(IndexPrefix, StringComparison.Ordinal) && name.Length > IndexPrefix.Length + 20
            && SynthesisId.TryParse(name[(IndexPrefix.Length + 20)..], out id);
    }

    /// <summary>A run.</summary>
    public static RunLayout Run(RunKey run) => new(run);

    /// <summary>A level of a run.</summary>
    public static LevelLayout Level(LevelKey level) => Run(level.RunKey).Level(level.Level);

    /// <summary>What became of the files uploaded into a folder of <see cref="BlobContainers.Uploads"/>.</summary>
    public static BlobAddress UploadRecord(string folder) => new(
        BlobContainers.Syntheses, $"uploads/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))}.json");

    /// <summary>A batch's manifest.</summary>
    /// <param name="name">See <see cref="BatchName.IsValid"/>.</param>
    public static BlobAddress BatchManifest(string name) => new(BlobContainers.Batches, $"{BatchName.Checked(name)}.json");

    /// <summary>A batch's report.</summary>
    /// <param name="name">See <see cref="BatchName.IsValid"/>.</param>
    public static BlobAddress BatchReport(string name) => new(BlobContainers.Batches, $"{ReportPrefix}{BatchName.Checked(name)}.json");

    /// <summary>Network weights.</summary>
    /// <param name="name">Their name, without extension.</param>
    public static BlobAddress WeightsFile(string name) => new(BlobContainers.Weights, $"{name}.safetensors");
}

/// <summary>Where everything of a run lies.</summary>
/// <param name="Key">The run.</param>
public readonly record struct RunLayout(RunKey Key)
{
    /// <summary>Everything of the run begins with this.</summary>
    public string Prefix => string.Create(CultureInfo.InvariantCulture, $"{BlobLayout.Prefix(Key.Id)}runs/{Key.Run}/");

    /// <summary>Settings, prepared inputs and pyramid.</summary>
    public BlobAddress Plan => At("plan.json");

    /// <summary>How well the content can be re-assembled from the style's patches.</summary>
    public BlobAddress Fit => At("fit.json");

    /// <summary>Where nothing of the style matches, as a picture.</summary>
    public BlobAddress FitMap => At("fit.jpg");

    /// <summary>The result.</summary>
    public BlobAddress Result => At("result.png");

    /// <summary>Inputs, levels and result on one picture.</summary>
    public BlobAddress Sheet => At("sheet.png");

    /// <summary>The numbers.</summary>
    public BlobAddress Report => At("report.json");

    /// <summary>Its existence asks everybody to stop.</summary>
    public BlobAddress Cancel => At("cancel");

    /// <summary>A prepared input.</summary>
    /// <param name="name">As <see cref="CnnMrf.Pipeline.Syntheses.PreparedInput.Name"/> says.</param>
    public BlobAddress Input(string name) => At("inputs/" + name);

    /// <summary>A level; 1 is the coarsest.</summary>
    public LevelLayout Level(int level) => new(Key.Level(level));

    private BlobAddress At(string name) => new(BlobContainers.Syntheses, Prefix + name);
}

/// <summary>Where everything of a level lies.</summary>
/// <param name="Key">The level.</param>
public readonly record struct LevelLayout(LevelKey Key)
{
    /// <summary>Everything of the level begins with this.</summary>
    public string Prefix => string.Create(CultureInfo.InvariantCulture, $"{BlobLayout.Run(Key.RunKey).Prefix}levels/{Key.Level}/");

    /// <summary>Leased by the worker that computes the level.</summary>
    public BlobAddress Owner => At("owner");

    /// <summary>The level's result as a tensor; created once.</summary>
    public BlobAddress Image => At("image.safetensors");

    /// <summary>Where an interrupted level goes on.</summary>
    public BlobAddress Checkpoint => At("checkpoint.safetensors");

    /// <summary>The picture as it is.</summary>
    public BlobAddress Preview => At("preview.jpg");

    /// <summary>The numbers as they are.</summary>
    public BlobAddress Progress => At("progress.json");

    /// <summary>How the level ended; created once, and then the authority.</summary>
    public BlobAddress Outcome => At("outcome.json");

    /// <summary>The message that nobody could work off.</summary>
    public BlobAddress DeadLetter => At("dead-letter.json");

    private BlobAddress At(string name) => new(BlobContainers.Syntheses, Prefix + name);
}
