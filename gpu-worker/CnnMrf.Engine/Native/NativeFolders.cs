using System.Runtime.InteropServices;

namespace CnnMrf.Engine.Native;

/// <summary>Where the program's native libraries and the user's cache lie.</summary>
internal static class NativeFolders
{
    /// <summary>
    /// The folders to look for native libraries in, best first: those that the runtime was started with (of the build output, of NuGet's
    /// packages, or of a single-file program's extraction), the program's own, and its <c>runtimes/RID/native</c>.
    /// </summary>
    public static IReadOnlyList<string> OfProgram()
    {
        var listed = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        return
        [
            .. listed.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            AppContext.BaseDirectory,
            Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"),
        ];
    }

    /// <summary>The user's cache folder of this program: below <c>XDG_CACHE_HOME</c>, else <c>~/.cache</c>; null without a home.</summary>
    public static string? Cache()
    {
        // The XDG specification: a relative path is invalid and to be ignored.
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } cache && Path.IsPathFullyQualified(cache))
            return Path.Combine(cache, "cnnmrf");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return home.Length > 0 ? Path.Combine(home, ".cache", "cnnmrf") : null;
    }

    /// <summary>The full path of a library in the first folder that has it; null when none has.</summary>
    /// <param name="folders">The folders, best first.</param>
    /// <param name="file">The library's file name.</param>
    public static string? Find(IEnumerable<string> folders, string file) =>
        folders.Select(folder => Path.GetFullPath(Path.Combine(folder, file))).FirstOrDefault(File.Exists);
}
