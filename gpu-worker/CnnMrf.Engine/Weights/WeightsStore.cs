using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;

namespace CnnMrf.Engine.Weights;

/// <summary>What <c>weights show</c> tells about weights.</summary>
/// <param name="Name">What reports call them.</param>
/// <param name="Path">Where they lie; null: in the engine itself.</param>
/// <param name="Widths">Output channels of each convolution.</param>
/// <param name="Deepest">The deepest layer that they can compute.</param>
/// <param name="Input">What the first convolution expects.</param>
/// <param name="Pooling">The pooling that they were trained with.</param>
/// <param name="Padding">The padding that they were trained with.</param>
/// <param name="Source">Where they came from, where known.</param>
/// <param name="Revision">Which revision of the source, where known.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Of the whole file, hexadecimal.</param>
/// <param name="Notes">What else the metadata says, by key: how they were trained, for instance.</param>
public sealed record WeightsDescription(
    string Name,
    string? Path,
    IReadOnlyList<int> Widths,
    VggLayer Deepest,
    InputConvention Input,
    PoolingKind Pooling,
    PaddingChoice Padding,
    string? Source,
    string? Revision,
    long Size,
    string Sha256,
    IReadOnlyDictionary<string, string> Notes)
{
    /// <summary>Describes weights.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="path">Where they lie; null: in the engine itself.</param>
    public static WeightsDescription Of(WeightsFile weights, string? path) => new(
        weights.Name,
        path is null ? null : System.IO.Path.GetFullPath(path),
        weights.Widths,
        weights.Deepest,
        weights.Input,
        weights.Pooling,
        weights.Padding,
        weights.Metadata.GetValueOrDefault(WeightsMetadata.Source),
        weights.Metadata.GetValueOrDefault(WeightsMetadata.Revision),
        weights.Size,
        weights.Sha256,
        WeightsMetadata.Notes(weights.Metadata));
}

/// <summary>The folder where pulled and imported weights are kept.</summary>
/// <param name="folder">The folder; it need not exist.</param>
public sealed class WeightsStore(string folder)
{
    /// <summary>The folder.</summary>
    public string Folder { get; } = folder;

    /// <summary>Where the weights of VGG-19 lie or would lie.</summary>
    public string VggPath => Path.Combine(Folder, "vgg19.safetensors");

    /// <summary>
    /// The user's own: $XDG_CACHE_HOME/cnnmrf/weights, else ~/.cache/cnnmrf/weights; on macOS under ~/Library/Caches, on Windows
    /// under the local application data.
    /// </summary>
    /// <exception cref="WeightsException">The user has no home folder.</exception>
    public static WeightsStore ForUser()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        var system = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify)
            : home.Length == 0 ? "" : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches") : Path.Combine(home, ".cache");
        return new WeightsStore(UserFolder(Environment.GetEnvironmentVariable("XDG_CACHE_HOME"), system));
    }

    /// <summary>The cached weights of VGG-19, or null where there are none.</summary>
    public string? Find() => File.Exists(VggPath) ? VggPath : null;

    /// <summary>Reads and checks a file, and describes it.</summary>
    /// <param name="file">Any weights file, not only of this store.</param>
    /// <param name="options">What the file's metadata may lack.</param>
    /// <exception cref="WeightsException">It is missing or not valid.</exception>
    public static WeightsDescription Describe(string file, WeightsOptions? options = null) =>
        WeightsDescription.Of(WeightsFile.Load(file, options), file);

    /// <summary>The folder under $XDG_CACHE_HOME, which counts only where it is absolute, else under the system's cache folder.</summary>
    internal static string UserFolder(string? xdgCacheHome, string systemCache)
    {
        var cache = Path.IsPathFullyQualified(xdgCacheHome ?? "") ? xdgCacheHome! : systemCache;
        if (cache.Length == 0)
            throw new WeightsException("There is no home folder to keep weights in. Set HOME, or XDG_CACHE_HOME to an absolute path.");
        return Path.Combine(cache, "cnnmrf", "weights");
    }
}
