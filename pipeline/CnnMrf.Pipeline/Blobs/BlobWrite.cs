namespace CnnMrf.Pipeline.Blobs;

/// <summary>How a blob is written.</summary>
public sealed record BlobWrite
{
    /// <summary>Media type.</summary>
    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>Names of ASCII letters, digits and _, beginning with a letter, compared without regard to case and kept in lower case;
    /// values of printable ASCII, neither empty nor with a space at an end; 8 KB in all.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = BlobProperties.NoMetadata;

    /// <summary>What must hold.</summary>
    public BlobCondition Condition { get; init; }

    /// <summary>The lease held on the blob; a leased blob can be written and deleted with its id only.</summary>
    public string? LeaseId { get; init; }

    /// <summary>JSON, whatever was there.</summary>
    public static BlobWrite Json { get; } = new() { ContentType = "application/json" };

    /// <summary>JSON, only where nothing is.</summary>
    public static BlobWrite NewJson { get; } = Json with { Condition = BlobCondition.IfMissing };
}
