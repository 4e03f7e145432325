using System.Runtime.InteropServices;

namespace CnnMrf.Engine.Native;

/// <summary>
/// Keeps libtorch's warnings from standard error: on processors that its NNPACK does not know it writes a line for every small
/// convolution, thousands in a synthesis. libtorch reads its own <c>TORCH_CPP_LOG_LEVEL</c> only under Python; here it holds too.
/// </summary>
internal static class QuietLog
{
    private const string Flag = "FLAGS_caffe2_log_level";
    private const int Error = 2;

    /// <summary>The least severity that is written: what the environment says, else errors.</summary>
    public static int Level => Environment.GetEnvironmentVariable("TORCH_CPP_LOG_LEVEL")?.Trim().ToUpperInvariant() switch
    {
        "0" or "INFO" => 0,
        "1" or "WARNING" => 1,
        "3" or "FATAL" => 3,
        _ => Error,
    };

    /// <summary>Sets it in libc10; a libc10 without this flag stays as it is.</summary>
    /// <param name="libc10">The loaded library's handle.</param>
    public static void Apply(nint libc10)
    {
        if (NativeLibrary.TryGetExport(libc10, Flag, out var flag))
            Marshal.WriteInt32(flag, Level);
    }
}
