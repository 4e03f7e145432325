using System.Runtime.InteropServices;

namespace CnnMrf.Engine.Native;

/// <summary>
/// The dynamic linker of glibc. <see cref="NativeLibrary"/> binds lazily and wraps the linker's words in advice of its own; here the
/// words are needed as they are, and the private copy must be bound at once.
/// </summary>
internal static partial class LibC
{
    private const string Library = "libc.so.6";
    private const int Lazy = 1;
    private const int Now = 2;
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;
    private const int ArenaMax = -8;
    private const int MostMmapThreshold = 32 << 20;

    /// <summary>The version of the running glibc; null where there is none.</summary>
    public static Version? GlibcVersion()
    {
        try
        {
            return Version.TryParse(Marshal.PtrToStringUTF8(GnuGetLibcVersion()), out var version) ? version : null;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// Has freed memory kept for the next tensors, in one heap for all threads: every evaluation needs what the one before it freed, and
    /// to have that mapped, cleared and given back again took a third of its time. What it costs is holes, see <see cref="GiveBack"/>.
    /// </summary>
    public static void KeepFreedMemory()
    {
        if (GlibcVersion() is not null)
        {
            _ = MallOpt(ArenaMax, 1);
            _ = MallOpt(TrimThreshold, int.MaxValue);
            _ = MallOpt(MmapThreshold, MostMmapThreshold);
        }
    }

    /// <summary>Gives the memory of holes back, wherever they are; it takes milliseconds, and what is needed again is mapped anew.</summary>
    public static void GiveBack()
    {
        if (GlibcVersion() is not null)
        {
            _ = MallocTrim(0);
        }
    }

    /// <summary>
    /// Has libtorch ask for huge pages for its large tensors, unless the environment already decides: every tensor of an evaluation is
    /// mapped anew, and the page faults of small pages took a third of the time of its convolutions. To be called before libtorch is
    /// loaded.
    /// </summary>
    public static void AskForHugePages()
    {
        if (GlibcVersion() is not null)
        {
            _ = SetEnv("THP_MEM_ALLOC_ENABLE", "1", overwrite: 0);
        }
    }

    /// <summary>Loads a library, for the rest of the process.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="bindNow">Whether every function that it calls must be found at once instead of at its first call.</param>
    /// <param name="error">What the linker said; empty on success.</param>
    /// <returns>The library's handle, the same that <see cref="NativeLibrary"/> gives; 0 when it was not loaded.</returns>
    public static nint Load(string path, bool bindNow, out string error)
    {
        // Clears an older error. It also binds dlerror itself: binding it after dlopen would overwrite the message to be read.
        _ = DlError();
        var handle = DlOpen(path, bindNow ? Now : Lazy);
        error = handle == 0 ? Marshal.PtrToStringUTF8(DlError()) ?? "unknown reason" : "";
        return handle;
    }

    [LibraryImport(Library, EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint DlOpen(string path, int mode);

    [LibraryImport(Library, EntryPoint = "mallopt")]
    private static partial int MallOpt(int parameter, int value);

    [LibraryImport(Library, EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint kept);

    [LibraryImport(Library, EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);

    [LibraryImport(Library, EntryPoint = "dlerror")]
    private static partial nint DlError();

    [LibraryImport(Library, EntryPoint = "gnu_get_libc_version")]
    private static partial nint GnuGetLibcVersion();
}
