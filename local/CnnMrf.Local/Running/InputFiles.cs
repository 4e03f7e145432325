using CnnMrf.Core.Pictures;

namespace CnnMrf.Local.Running;

/// <summary>Pictures that are read. Every message names the file and its part in the run.</summary>
internal static class InputFiles
{
    /// <summary>Refuses a path that names no file.</summary>
    /// <exception cref="UsageException">There is no such file.</exception>
    internal static void CheckExists(string path, string role)
    {
        if (path.Length == 0)
        {
            throw new UsageException($"{role}: the path is empty");
        }

        if (Directory.Exists(path))
        {
            throw new UsageException($"{role} {path} is a folder; name a file");
        }

        if (!File.Exists(path))
        {
            throw new UsageException($"{role} {path} does not exist");
        }
    }

    /// <summary>Reads a picture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="role">Its part, e.g. "content picture".</param>
    /// <exception cref="UsageException">It cannot be read, or is no picture within the limits.</exception>
    internal static Picture Read(string path, string role)
    {
        CheckExists(path, role);
        try
        {
            return PictureCodec.Decode(path);
        }
        catch (PictureException e)
        {
            throw new UsageException($"{role}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{role} {path} cannot be read: {e.Message}", e);
        }
    }
}
