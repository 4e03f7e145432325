using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;

namespace CnnMrf.Pipeline.Weights;

/// <summary>The weights of the container <c>weights</c>, besides our own and random ones. <c>auto</c> is VGG-19 where it lies there, else
/// our own.</summary>
public sealed class BlobWeightsCatalog(IBlobStore store) : IWeightsCatalog
{
    /// <summary>Features of our own, which every worker carries within it.</summary>
    public const string Own = "own";

    /// <summary>Weights drawn from the settings' seed.</summary>
    public const string Random = "random";

    private const string Auto = "auto";
    private const string Vgg = "vgg19";

    private readonly ConcurrentDictionary<(string Name, string ETag), string> _hashes = new();

    /// <summary>SHA-256 of the file of our own weights, hexadecimal.</summary>
    public static string OwnSha256 { get; } = typeof(BlobWeightsCatalog).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "OwnWeightsSha256").Value!.ToLowerInvariant();

    /// <inheritdoc/>
    public async Task<WeightsReference> ResolveAsync(string setting, CancellationToken ct) => setting switch
    {
        Own => new(Own, OwnSha256),
        Random => new(Random, null),
        Auto => await FindAsync(Vgg, ct).ConfigureAwait(false) ?? new(Own, OwnSha256),
        _ => await FindAsync(setting, ct).ConfigureAwait(false) ?? throw Unknown(setting),
    };

    // A path is a setting of the command line; here names only, so that nobody reads a server's files.
    private async Task<WeightsReference?> FindAsync(string name, CancellationToken ct)
    {
        if (!BatchName.IsValid(name))
        {
            throw Unknown(name);
        }

        var blob = BlobLayout.WeightsFile(name);
        if (await store.FindAsync(blob, ct).ConfigureAwait(false) is not { } found)
        {
            return null;
        }

        if (!_hashes.TryGetValue((name, found.ETag), out var hash))
        {
            var content = await store.OpenAsync(blob, ct).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content.Stream, ct).ConfigureAwait(false));
                _hashes[(name, content.Properties.ETag)] = hash;
            }
        }

        return new(name, hash);
    }

    private static ProblemException Unknown(string setting) => new(new(
        ProblemCodes.Weights,
        $"There are no weights called '{DisplayName.Of(setting)}'. Use auto, own, random, or the name of a file in the container "
        + $"{BlobContainers.Weights}, without its extension.",
        "weights"));
}
