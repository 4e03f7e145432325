using CnnMrf.Pipeline.Blobs;

namespace CnnMrf.Storage.Folders;

/// <summary>What the disk says, in the port's words.</summary>
internal static class FolderFailures
{
    internal static bool IsOfDisk(Exception e) => e is IOException or UnauthorizedAccessException;

    internal static BlobUnavailableException Unavailable(BlobAddress blob, Exception e) => new(
        blob, $"{blob} cannot be read or written: {e.Message} Check the data folder's permissions and the disk's free space.", e);
}
