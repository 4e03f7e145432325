using System.Runtime.InteropServices;

namespace CnnMrf.Storage.Folders;

/// <summary>What .NET does not offer: making renames durable.</summary>
internal static partial class Disk
{
    /// <summary>Flushes a folder's entries. Windows does so by itself.</summary>
    /// <exception cref="IOException">It did not work.</exception>
    internal static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(folder, 0);
        if (handle < 0)
        {
            throw Failed(folder);
        }

        try
        {
            // Some file systems know no flushing of folders (EINVAL): then renames are durable by themselves or cannot be made so.
            const int InvalidArgument = 22;
            if (Fsync(handle) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument)
            {
                throw Failed(folder);
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    /// <summary>Does what may clash with a reader for a moment on Windows, where open files are not replaced; elsewhere once.</summary>
    internal static void Persist(Action action)
    {
        for (var left = OperatingSystem.IsWindows() ? 50 : 0; ; left--)
        {
            try
            {
                action();
                return;
            }
            catch (Exception e) when (left > 0 && e is UnauthorizedAccessException or IOException)
            {
                Thread.Sleep(10);
            }
        }
    }

    private static IOException Failed(string folder)
        => new($"{folder} could not be flushed: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int handle);
}
