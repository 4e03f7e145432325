using System.Text.Json.Serialization;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Syntheses;

namespace CnnMrf.Pipeline.Batches;

/// <summary>Where a batch stands.</summary>
[JsonConverter(typeof(WordConverter<BatchState>))]
public enum BatchState
{
    /// <summary>Its syntheses are being started or run.</summary>
    Running,

    /// <summary>Every one has ended, one way or another.</summary>
    Completed,

    /// <summary>The manifest cannot be used.</summary>
    Failed,
}

/// <summary>A synthesis of a batch.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Id">Its id, once started.</param>
/// <param name="Problem">Why it failed.</param>
public sealed record BatchItem(string Name, SynthesisState Status, SynthesisId? Id = null, Problem? Problem = null);

/// <summary>A batch's report: written when it begins and whenever something changed. The manifest's hash in it says that this very manifest
/// was taken up.</summary>
public sealed record BatchReport : IDocument
{
    /// <inheritdoc/>
    public static string Kind => "batch report";

    /// <inheritdoc/>
    public static int CurrentVersion => 1;

    /// <inheritdoc/>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The batch.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the manifest's bytes, hexadecimal.</summary>
    public required string ManifestHash { get; init; }

    /// <summary>Where it stands.</summary>
    public required BatchState Status { get; init; }

    /// <summary>When it was taken up, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When this was written, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the last synthesis ended, UTC.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>In the manifest's order.</summary>
    public IReadOnlyList<BatchItem> Items { get; init; } = [];

    /// <summary>Why it failed.</summary>
    public Problem? Problem { get; init; }
}
