using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace CnnMrf.Storage.Folders;

/// <summary>
/// A version of a file: the time it was written and its length. The store sets the time of each version itself, later than any before, so
/// the file alone says which version it is: nothing beside it could disagree after a crash, and files that others put there have one too.
/// </summary>
internal readonly record struct FileVersion(DateTime Written, long Length)
{
    private static long last;

    internal string ETag => string.Create(CultureInfo.InvariantCulture, $"{Written.Ticks:x}-{Length:x}");

    internal static FileVersion Of(SafeFileHandle file) => new(File.GetLastWriteTimeUtc(file), RandomAccess.GetLength(file));

    /// <summary>The version at a path, or null where there is no file.</summary>
    internal static FileVersion? At(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists && (file.Attributes & FileAttributes.ReparsePoint) != 0)
        {
            // Links that people put there are read as what they point at.
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        }

        return file.Exists ? new(file.LastWriteTimeUtc, file.Length) : null;
    }

    /// <summary>A time that this process has given to no other version.</summary>
    internal static DateTime NextTime()
    {
        while (true)
        {
            var before = Interlocked.Read(ref last);
            var next = Math.Max(DateTime.UtcNow.Ticks, before + 1);
            if (Interlocked.CompareExchange(ref last, next, before) == before)
            {
                return new(next, DateTimeKind.Utc);
            }
        }
    }

    /// <summary>Gives a file a time of its own, later than another's.</summary>
    /// <returns>Its version.</returns>
    internal static FileVersion Stamp(string path, DateTime? laterThan)
    {
        var time = NextTime();
        foreach (var step in Steps)
        {
            if (laterThan is { } floor && time <= floor)
            {
                time = floor + step;
            }

            File.SetLastWriteTimeUtc(path, time);
            var version = At(path) ?? throw new FileNotFoundException($"{path} vanished.", path);
            if (laterThan is null || version.Written > laterThan)
            {
                return version;
            }

            time = laterThan.Value;
        }

        throw new IOException($"{path} does not keep the time it was written; the data folder needs a file system that does.");
    }

    // A clock may have been set back, and a file system may count in microseconds or seconds.
    private static readonly TimeSpan[] Steps =
    [
        TimeSpan.FromTicks(1), TimeSpan.FromMicroseconds(1), TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2),
    ];
}
