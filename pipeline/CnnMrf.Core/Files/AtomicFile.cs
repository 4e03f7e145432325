namespace CnnMrf.Core.Files;

/// <summary>Writes a file so that others see either the old content or the whole new one.</summary>
public static class AtomicFile
{
    /// <summary>Writes to a file beside the target, flushes it to the disk and renames it. A failure leaves the target as it was.</summary>
    /// <param name="path">The target; its folder is created where it is missing.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The folder cannot be written or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full) ?? throw new IOException($"{path} is a folder, not a file.");
        Directory.CreateDirectory(folder);
        // Not the target's own name with something added: that may be as long as names can be.
        var temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What went wrong before matters more than a leftover.
        }
    }
}
