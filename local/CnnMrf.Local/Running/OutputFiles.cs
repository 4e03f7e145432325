using CnnMrf.Core.Figures;
using CnnMrf.Core.Pictures;

namespace CnnMrf.Local.Running;

/// <summary>Files that are written. They are checked before anything is computed.</summary>
internal static class OutputFiles
{
    private static readonly string[] PictureExtensions = [".png", ".jpg", ".jpeg", ".webp"];

    /// <summary>Refuses a picture's path that cannot be written later.</summary>
    /// <param name="path">The path; its folder is created.</param>
    /// <param name="option">The option that it came from.</param>
    /// <param name="drawing">Whether it is a sheet, which may be SVG too.</param>
    /// <param name="inputs">Files that are read, which it must not replace.</param>
    /// <exception cref="UsageException">The extension is unknown, or the file cannot be created.</exception>
    internal static void CheckPicture(string path, string option, bool drawing, IEnumerable<string> inputs)
    {
        string[] extensions = drawing ? [.. PictureExtensions, ".svg"] : PictureExtensions;
        if (!extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
        {
            throw new UsageException($"{option} {path}: the name must end in {string.Join(", ", extensions)}");
        }

        CheckFile(path, option, inputs, "picture");
    }

    /// <summary>Refuses a path that cannot be written later, or is another file of the same command.</summary>
    /// <param name="path">The path; its folder is created.</param>
    /// <param name="option">The option that it came from.</param>
    /// <param name="others">Files that are read, or written too, which it must not replace.</param>
    /// <param name="word">What these are.</param>
    /// <exception cref="UsageException">It is one of them, or cannot be created.</exception>
    internal static void CheckFile(string path, string option, IEnumerable<string> others, string word = "file")
    {
        var full = Path.GetFullPath(path);
        if (others.Any(o => Path.GetFullPath(o) == full))
        {
            throw new UsageException($"{option} {path} would replace another {word} of this command; name another file");
        }

        CheckFile(path, option);
    }

    /// <summary>Refuses a path that cannot be written later.</summary>
    /// <exception cref="UsageException">The file cannot be created.</exception>
    internal static void CheckFile(string path, string option)
    {
        if (path.Length == 0 || Path.EndsInDirectorySeparator(path) || Directory.Exists(path))
        {
            throw new UsageException($"{option} {path} names a folder; name a file");
        }

        Try(path, option, () =>
        {
            Probe(Path.GetDirectoryName(Path.GetFullPath(path))!);
            if (File.Exists(path))
            {
                File.Open(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose();
            }
            else if (new FileInfo(path).LinkTarget is null)
            {
                // The name itself may be too long, or one that the file system does not take.
                Create(path);
            }
        });
    }

    /// <summary>Creates a folder, and refuses one that cannot be written into.</summary>
    /// <exception cref="UsageException">It cannot be created or written into.</exception>
    internal static void CheckFolder(string path, string option) => Try(path, option, () => Probe(path));

    /// <summary>Writes a picture in the format of its extension.</summary>
    /// <exception cref="FailedException">It could not be written, e.g. because the disk is full.</exception>
    internal static void Write(string path, Picture picture) => Guard(path, () => PictureCodec.Save(picture, path));

    /// <summary>Writes a sheet as its extension says.</summary>
    /// <exception cref="FailedException">It could not be written, e.g. because the disk is full.</exception>
    internal static void Write(string path, Sheet sheet) => Guard(path, () => sheet.Save(path));

    /// <summary>Writes a text.</summary>
    /// <exception cref="FailedException">It could not be written, e.g. because the disk is full.</exception>
    internal static void Write(string path, string text) => Guard(path, () => File.WriteAllText(path, text));

    private static void Probe(string folder)
    {
        Directory.CreateDirectory(folder);
        Create(Path.Combine(folder, $".cnnmrf-{Guid.NewGuid():N}"));
    }

    private static void Create(string path) =>
        new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();

    private static void Guard(string path, Action write)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or PictureException)
        {
            throw new FailedException($"{path} could not be written: {e.Message}", e);
        }
    }

    private static void Try(string path, string option, Action attempt)
    {
        try
        {
            attempt();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{option} {path} cannot be written: {e.Message}", e);
        }
    }
}
