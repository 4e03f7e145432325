using System.Runtime.InteropServices;

namespace CnnMrf.Worker.Computing;

/// <summary>
/// Computing gives way to what keeps it going: leases, locks and, within <c>serve</c>, the answers of the API are due in milliseconds, and
/// on a machine all of whose cores compute they would wait for time slices.
/// </summary>
internal static partial class Niceness
{
    private const int OfCaller = 0;
    private const int Nice = 10;

    /// <summary>Makes the calling thread, and the threads that it starts, give way to others.</summary>
    public static void GiveWay()
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        if (OperatingSystem.IsLinux())
        {
            // .NET has no thread priorities on Linux. There, against POSIX, niceness is a thread's own. It is a wish: a refusal costs nothing.
            _ = SetPriority(OfCaller, 0, Nice);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int niceness);
}
