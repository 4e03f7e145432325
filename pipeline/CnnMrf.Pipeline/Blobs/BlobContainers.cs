namespace CnnMrf.Pipeline.Blobs;

/// <summary>The containers, by the only names they have.</summary>
public static class BlobContainers
{
    /// <summary>People write here: <c>{name}/content.*</c>, <c>style.*</c> and what goes with them.</summary>
    public const string Uploads = "uploads";

    /// <summary>Manifests of batches, and their reports.</summary>
    public const string Batches = "batches";

    /// <summary>Ours: requests, statuses, runs, the index.</summary>
    public const string Syntheses = "syntheses";

    /// <summary>Network weights: <c>{name}.safetensors</c>.</summary>
    public const string Weights = "weights";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Uploads, Batches, Syntheses, Weights];
}
