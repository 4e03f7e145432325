using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;

namespace CnnMrf.Pipeline.Uploads;

/// <summary>What became of the files of a folder of the uploads, so that they are looked at once.</summary>
public sealed record UploadRecord : IDocument
{
    /// <inheritdoc/>
    public static string Kind => "upload record";

    /// <inheritdoc/>
    public static int CurrentVersion => 1;

    /// <inheritdoc/>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The folder.</summary>
    public required string Folder { get; init; }

    /// <summary>Of names and etags of the files that counted, hexadecimal.</summary>
    public required string Signature { get; init; }

    /// <summary>The synthesis that they started, or failed as.</summary>
    public required SynthesisId Id { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
