using System.IO.Enumeration;
using CnnMrf.Pipeline.Blobs;

namespace CnnMrf.Storage.Folders;

/// <summary>Walks a container's folder in ordinal order of the blobs' names.</summary>
internal static class FolderListing
{
    /// <summary>Names of blobs after a name, beginning with a prefix.</summary>
    /// <param name="root">The container's folder.</param>
    /// <param name="prefix">The prefix, checked.</param>
    /// <param name="after">The last name seen; empty: from the start.</param>
    internal static IEnumerable<string> Names(string root, string prefix, string after)
    {
        var slash = prefix.LastIndexOf('/');
        var start = slash < 0 ? "" : prefix[..(slash + 1)];
        return Walk(Path.Combine(root, start.Replace('/', Path.DirectorySeparatorChar)), start, prefix, after);
    }

    private static IEnumerable<string> Walk(string folder, string before, string prefix, string after)
    {
        foreach (var name in Entries(folder, before, prefix, after))
        {
            if (!name.EndsWith('/'))
            {
                yield return name;
                continue;
            }

            foreach (var below in Walk(Path.Combine(folder, name[before.Length..^1]), name, prefix, after))
            {
                yield return below;
            }
        }
    }

    /// <summary>Names of a folder's blobs, and of its folders with a slash: so they sort as the blobs in them do among others.</summary>
    private static List<string> Entries(string folder, string before, string prefix, string after)
    {
        var found = new List<string>();
        try
        {
            foreach (var name in All(folder, before))
            {
                if (name.StartsWith(prefix, StringComparison.Ordinal) && MayFollow(name, after) && BlobNames.IsValid(name.TrimEnd('/')))
                {
                    found.Add(name);
                }
            }
        }
        catch (IOException) when (!Directory.Exists(folder))
        {
            // Deleted meanwhile, or never a folder.
        }

        found.Sort(string.CompareOrdinal);
        return found;
    }

    private static FileSystemEnumerable<string> All(string folder, string before) => new(
        folder,
        (ref FileSystemEntry entry) => entry.IsDirectory ? $"{before}{entry.FileName}/" : $"{before}{entry.FileName}",
        new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = true, RecurseSubdirectories = false })
    {
        // Links to folders may lead in circles; links to files are as good as files.
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !(entry.IsDirectory && IsLink(ref entry))
            && !(before.Length == 0 && entry.FileName.SequenceEqual(FolderContainer.OwnName)),
    };

    private static bool MayFollow(string name, string after)
        => string.CompareOrdinal(name, after) > 0 || (name.EndsWith('/') && after.StartsWith(name, StringComparison.Ordinal));

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;
}
