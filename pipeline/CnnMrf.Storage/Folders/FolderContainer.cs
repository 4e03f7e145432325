using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using CnnMrf.Pipeline.Blobs;

namespace CnnMrf.Storage.Folders;

/// <summary>
/// A container's folder. Blobs are plain files under their own names, so that people can look at them and put some there; what the store
/// must know beside lies in <c>.cnnmrf</c>: <c>temporary</c> for files being written, <c>locks</c>, <c>leases</c>, <c>types</c>.
/// </summary>
internal sealed class FolderContainer
{
    /// <summary>Of the store: no blob's name begins with it.</summary>
    internal const string OwnName = ".cnnmrf";

    private static readonly SearchValues<char> NeverOnWindows = SearchValues.Create("<>:\"|?*");

    internal FolderContainer(string name, string root, TimeSpan lockPatience)
    {
        Name = name;
        Root = root;
        Own = Path.Combine(root, OwnName);
        Temporary = Path.Combine(Own, "temporary");
        Locks = new(Path.Combine(Own, "locks"), lockPatience);
        Leases = new(Path.Combine(Own, "leases"), Temporary);
        Types = new(Path.Combine(Own, "types"), Temporary);
    }

    internal string Name { get; }

    internal string Root { get; }

    internal string Own { get; }

    internal string Temporary { get; }

    internal FolderLocks Locks { get; }

    internal FolderLeases Leases { get; }

    internal FolderTypes Types { get; }

    internal bool Exists => Directory.Exists(Root);

    /// <exception cref="ArgumentException">A folder cannot hold a blob of that name.</exception>
    internal FolderPlace Place(BlobAddress blob)
    {
        var name = blob.Name;
        foreach (var range in name.AsSpan().Split('/'))
        {
            // File systems count bytes.
            if (Encoding.UTF8.GetByteCount(name.AsSpan(range)) > 255)
            {
                throw new ArgumentException($"{blob} has a segment of more than 255 bytes, which a file's name cannot have.", nameof(blob));
            }
        }

        if (name == OwnName || name.StartsWith(OwnName + "/", StringComparison.Ordinal))
        {
            throw new ArgumentException($"{blob}: {OwnName} is the store's own.", nameof(blob));
        }

        if (OperatingSystem.IsWindows() && (name.AsSpan().ContainsAny(NeverOnWindows) || name.Contains("./", StringComparison.Ordinal)
            || name.Contains(" /", StringComparison.Ordinal) || name[^1] is '.' or ' '))
        {
            throw new ArgumentException($"{blob} is no name that a file can have on Windows.", nameof(blob));
        }

        var path = Path.Combine(Root, name.Replace('/', Path.DirectorySeparatorChar));
        return Encoding.UTF8.GetByteCount(path) <= 4_000
            ? new(blob, path, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))))
            : throw new ArgumentException($"{blob} is longer than the path of a file can be.", nameof(blob));
    }
}

/// <summary>Where a blob lies in a folder.</summary>
/// <param name="Blob">The blob.</param>
/// <param name="Path">Its file.</param>
/// <param name="Key">Names whatever belongs to it in the store's own folders.</param>
internal readonly record struct FolderPlace(BlobAddress Blob, string Path, string Key);
