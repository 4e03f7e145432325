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

    private const string Folder = "/levels/";
    private const string Extension = ".safetensors";

    /// <summary>
    /// Whether a blob is one. Weights and inputs of more than 8 bits, which are tensors too, are not: the functions, which write inputs, may
    /// not write tags.
    /// </summary>
    public static bool Contains(BlobAddress blob) =>
        blob.Container == BlobContainers.Syntheses && blob.Name.Contains(Folder, StringComparison.Ordinal)
        && blob.Name.EndsWith(Extension, StringComparison.Ordinal);
}
