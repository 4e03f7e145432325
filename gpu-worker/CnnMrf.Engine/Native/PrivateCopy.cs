using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace CnnMrf.Engine.Native;

/// <summary>Keeps altered libraries in a folder that only this user writes to, one file for each content.</summary>
[UnsupportedOSPlatform("windows")]
internal static class PrivateCopy
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>
    /// Sees to it that the folder holds a file with this content and gives its path. A file of an earlier run is used again if it is
    /// whole. Processes may do this at the same time: each writes a file of its own and renames it into place.
    /// </summary>
    /// <param name="folder">The folder; made when it is absent.</param>
    /// <param name="name">How the file's name begins.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="IOException">The folder or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is not this user's, or not writable.</exception>
    public static string Store(string folder, string name, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(folder, OwnerOnly);
        // What lies here is going to be executed. Only the owner may change a mode: a folder that somebody else prepared is refused.
        File.SetUnixFileMode(folder, OwnerOnly);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16));
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{hash}-{content.Length}.so"));
        if (Holds(path, content))
            return path;

        var own = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                PreallocationSize = content.Length,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            };
            using (var stream = new FileStream(own, options))
                stream.Write(content);
            File.Move(own, path, overwrite: true);
        }
        catch
        {
            File.Delete(own);
            throw;
        }

        return path;
    }

    private static bool Holds(string path, ReadOnlySpan<byte> content)
    {
        var file = new FileInfo(path);
        return file.Exists && file.Length == content.Length && content.SequenceEqual(File.ReadAllBytes(path));
    }
}
