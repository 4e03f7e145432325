using System.Text.Json;

namespace CnnMrf.Storage.Folders;

/// <summary>Leases, each a small file that says whose it is and until when. All is done under the blob's lock.</summary>
/// <remarks>
/// The time is the system's clock, which processes on a machine share; a dead holder's lease ends by it. A record whose time is over stays
/// until somebody leases or changes the blob: until then its holder may renew it.
/// </remarks>
internal sealed class FolderLeases(string folder, string temporaryFolder)
{
    /// <summary>The last lease given, whether its time is over or not.</summary>
    internal FolderLease? Find(FolderPlace place)
    {
        try
        {
            return OwnFile.Read(PathOf(place)) is { } bytes ? JsonSerializer.Deserialize(bytes, FolderJson.Default.FolderLease) : null;
        }
        catch (JsonException)
        {
            // The machine died while it was written: so did its holder.
            return null;
        }
    }

    /// <remarks>Not flushed to the disk: with the machine, the holder is dead as well.</remarks>
    internal void Write(FolderPlace place, FolderLease lease)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(lease, FolderJson.Default.FolderLease);
        OwnFile.Write(PathOf(place), temporaryFolder, bytes, flush: false);
    }

    internal void Delete(FolderPlace place)
    {
        var path = PathOf(place);
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    private string PathOf(FolderPlace place) => Path.Combine(folder, place.Key);
}
