using System.Runtime.Versioning;

namespace CnnMrf.Engine.Native;

/// <summary>TorchSharp's native library as it was loaded.</summary>
/// <param name="Handle">Its handle.</param>
/// <param name="Path">The file that was mapped.</param>
/// <param name="Lacking">The version that the system's libstdc++ lacks, so that the file is a copy; null for the original.</param>
internal sealed record LoadedLibrary(nint Handle, string Path, string? Lacking);

/// <summary>
/// Loads libtorch and TorchSharp's native library on Linux. The latter demands a version of libstdc++ newer than that of Debian 12,
/// Ubuntu 22.04 and RHEL 9, only for a marker symbol that nothing refers to. Where the system lacks that version, a copy in which this
/// one demand is weak is loaded instead.
/// </summary>
/// <remarks>
/// glibc identifies loaded libraries by their SONAME. So libtorch, loaded first and by its full path, satisfies the copy although that
/// lies in another folder; and TorchSharp, which asks for its library by name, is given the copy.
/// </remarks>
[SupportedOSPlatform("linux")]
internal static class LinuxLoader
{
    /// <summary>The file name of TorchSharp's native library.</summary>
    public const string TorchSharpFile = "libLibTorchSharp.so";

    /// <summary>The version that is demanded for the marker symbol <c>_ZSt21ios_base_library_initv</c> alone.</summary>
    public const string MarkerVersion = "GLIBCXX_3.4.32";

    private const string StandardLibrary = "libstdc++.so.6";
    private static readonly Version OldestGlibc = new(2, 34);

    /// <summary>Loads the libraries, for the rest of the process.</summary>
    /// <param name="folders">The folders to look for them in, best first.</param>
    /// <param name="cache">The folder for the private copy; null or not writable: one in the folder for temporary files.</param>
    /// <exception cref="TorchUnavailableException">Something is missing; the message says what.</exception>
    public static LoadedLibrary Load(IReadOnlyList<string> folders, string? cache)
    {
        if (LibC.GlibcVersion() is not { } glibc || glibc < OldestGlibc)
        {
            throw new TorchUnavailableException(
                $"libtorch needs glibc {OldestGlibc} or newer, and this system has not got it. Use {LoadFailure.SupportedSystems}.");
        }

        QuietLog.Apply(Require(Find(folders, "libc10.so")));
        Require(Find(folders, "libtorch_cpu.so"));
        if (NativeFolders.Find(folders, "libtorch_cuda.so") is not null)
            Require(Find(folders, "libtorch_cuda.so"));
        Require(Find(folders, "libtorch.so"));

        var original = Find(folders, TorchSharpFile);
        var handle = LibC.Load(original, bindNow: false, out var error);
        if (handle != 0)
            return new LoadedLibrary(handle, original, Lacking: null);
        // glibc names the first version that is lacking; the demands for older ones come before this one in the file.
        return error.Contains(MarkerVersion, StringComparison.Ordinal)
            ? LoadCopy(original, cache)
            : throw new TorchUnavailableException(LoadFailure.Explain(original, error));
    }

    private static LoadedLibrary LoadCopy(string original, string? cache)
    {
        byte[] content;
        try
        {
            content = ElfVersionNeeds.MarkWeak(File.ReadAllBytes(original), StandardLibrary, MarkerVersion);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new TorchUnavailableException($"{original} cannot be adapted to this system's libstdc++: {e.Message}", e);
        }

        var failure = "there is no folder for the user's cache";
        if (cache is not null && TryStoreAndLoad(cache, content, out failure) is { } kept)
            return kept;
        if (TryLoadTemporary(content, out var second) is { } temporary)
            return temporary;
        throw new TorchUnavailableException(
            $"This system's libstdc++ lacks {MarkerVersion}, and no adapted copy of {TorchSharpFile} could be loaded. "
            + $"From the cache: {failure}. From the folder for temporary files: {second}. "
            + "Set XDG_CACHE_HOME to a writable folder that is not mounted noexec, or install libstdc++ of GCC 13.2 or newer.");
    }

    // Nobody else can have put anything into a new folder of this user's; once the copy is mapped, its file is not needed any more.
    private static LoadedLibrary? TryLoadTemporary(byte[] content, out string failure)
    {
        try
        {
            var folder = Directory.CreateTempSubdirectory("cnnmrf-");
            try
            {
                return TryStoreAndLoad(folder.FullName, content, out failure);
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            failure = e.Message.TrimEnd('.');
            return null;
        }
    }

    private static LoadedLibrary? TryStoreAndLoad(string folder, byte[] content, out string failure)
    {
        try
        {
            var path = PrivateCopy.Store(folder, "libLibTorchSharp", content);
            // Bound at once: were any function of the lacking version really called, that would show here and not in the middle of a run.
            var handle = LibC.Load(path, bindNow: true, out failure);
            return handle != 0 ? new LoadedLibrary(handle, path, MarkerVersion) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            failure = e.Message.TrimEnd('.');
            return null;
        }
    }

    private static nint Require(string path)
    {
        var handle = LibC.Load(path, bindNow: false, out var error);
        return handle != 0 ? handle : throw new TorchUnavailableException(LoadFailure.Explain(path, error));
    }

    // Mapping a file that was cut short would end the process with a bus error instead of a message.
    private static string Find(IReadOnlyList<string> folders, string file)
    {
        var path = NativeFolders.Find(folders, file) ?? throw new TorchUnavailableException(LoadFailure.Absent(file, folders));
        try
        {
            using var stream = File.OpenRead(path);
            Span<byte> header = stackalloc byte[ElfVersionNeeds.HeaderSize];
            ElfVersionNeeds.CheckWhole(header[..stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false)], stream.Length);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new TorchUnavailableException(LoadFailure.Damaged(path, e.Message), e);
        }
    }
}
