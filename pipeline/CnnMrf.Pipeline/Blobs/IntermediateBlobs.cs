namespace CnnMrf.Pipeline.Blobs;

/// <summary>
/// What nobody needs once a run has ended: tensors of levels. Where the store knows tags (Azure Blob Storage), they bear one, by which the
/// lifecycle rule of <c>infra/</c> finds them: no prefix does, since names begin with the synthesis.
/// </summary>
public static class IntermediateBlobs
{
    /// <summary>The tag's name.</summary>
    public const string TagName = "cnnmrf";

    /// <summary>The tag's value.</summary>
    public const string TagValue = "intermediate";

    private const string Extension = ".safetensors";

    /// <summary>Whether a blob is one. Weights, which are tensors too, are not.</summary>
    public static bool Contains(BlobAddress blob) =>
        blob.Container == BlobContainers.Syntheses && blob.Name.EndsWith(Extension, StringComparison.Ordinal);
}
