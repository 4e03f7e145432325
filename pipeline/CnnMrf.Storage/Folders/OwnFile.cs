namespace CnnMrf.Storage.Folders;

/// <summary>Small files of the store's own, replaced whole.</summary>
internal static class OwnFile
{
    internal static void Write(string path, string temporaryFolder, ReadOnlySpan<byte> bytes, bool flush)
    {
        Directory.CreateDirectory(temporaryFolder);
        var temporary = Path.Combine(temporaryFolder, Guid.NewGuid().ToString("N"));
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                stream.Write(bytes);
                stream.Flush(flush);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Disk.Persist(() => File.Move(temporary, path, overwrite: true));
            if (flush)
            {
                Disk.FlushFolder(Path.GetDirectoryName(path)!);
            }
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>The bytes, or null where there is no such file.</summary>
    internal static byte[]? Read(string path)
    {
        // Asked first, since most blobs have none and an exception costs more than the question.
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
