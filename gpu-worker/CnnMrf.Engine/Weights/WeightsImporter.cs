namespace CnnMrf.Engine.Weights;

/// <summary>Brings a local safetensors file into the store.</summary>
public static class WeightsImporter
{
    /// <summary>
    /// Checks a file with torchvision's names and writes its convolutions, as F32 and nothing else of it, to the target.
    /// </summary>
    /// <param name="file">The file; it may hold more, a classifier for instance.</param>
    /// <param name="target">Where to write; null: <see cref="WeightsStore.VggPath"/> of the user's store.</param>
    /// <param name="options">What the file's metadata lacks, and how deep to go (all there is).</param>
    /// <returns>The weights as written.</returns>
    /// <exception cref="WeightsException">The file is missing, not valid, or does not hold what is wanted.</exception>
    /// <exception cref="IOException">It cannot be read, or the target cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or the target may not be written.</exception>
    public static WeightsFile Import(string file, string? target = null, WeightsOptions? options = null)
    {
        var weights = WeightsFile.Load(file, options);
        target ??= WeightsStore.ForUser().VggPath;
        var metadata = new Dictionary<string, string>(weights.Metadata) { [WeightsMetadata.Name] = weights.Name };
        metadata.TryAdd(WeightsMetadata.Source, Path.GetFileName(file));
        metadata.TryAdd(WeightsMetadata.Revision, $"sha256:{weights.Sha256}");
        WeightsWriter.Write(target, weights.Convolutions, weights.Input, weights.Pooling, metadata);
        return WeightsFile.Load(target);
    }
}
