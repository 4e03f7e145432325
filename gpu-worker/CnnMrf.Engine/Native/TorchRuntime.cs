using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace CnnMrf.Engine.Native;

/// <summary>
/// Loads libtorch so that TorchSharp finds it. To be called before any use of TorchSharp: TorchSharp by itself fails where libstdc++ is
/// older than it likes, and copies half a gigabyte about while it fails.
/// </summary>
public static class TorchRuntime
{
    private static readonly Lock Gate = new();
    private static string? description;

    /// <summary>Loads libtorch and TorchSharp's native library, once per process; any thread may call this at any time.</summary>
    /// <exception cref="TorchUnavailableException">Something is missing; the message says what, and what to install.</exception>
    public static void EnsureLoaded() => _ = Description;

    /// <summary>
    /// Gives memory of freed tensors back to the system; it is else kept for the next ones, and grows by what lies between them. Synthesis
    /// does so by itself. Takes milliseconds.
    /// </summary>
    public static void GiveFreedMemoryBack() => LibC.GiveBack();

    /// <summary>
    /// The versions of TorchSharp and libtorch, and whether TorchSharp's native library is the original or an adapted copy, and why.
    /// Loads them if they are not loaded.
    /// </summary>
    /// <exception cref="TorchUnavailableException">Something is missing; the message says what, and what to install.</exception>
    public static string Description
    {
        get
        {
            if (Volatile.Read(ref description) is { } known)
                return known;
            lock (Gate)
            {
                if (description is null)
                    Volatile.Write(ref description, Load());
                return description;
            }
        }
    }

    private static string Load()
    {
        // Of a nested type: touching torch itself would make TorchSharp load its library.
        var assembly = typeof(torch.Tensor).Assembly;
        CheckSystem();
        LoadedLibrary? loaded = null;
        if (OperatingSystem.IsLinux())
        {
            LibC.KeepFreedMemory();
            LibC.AskForHugePages();
            loaded = LinuxLoader.Load(NativeFolders.OfProgram(), NativeFolders.Cache());
        }

        Confirm(assembly, loaded);

        // Torch initialises itself here and not, unnoticed, within somebody's first measured operation.
        torch.InitializeDeviceType(DeviceType.CPU);
        var how = loaded switch
        {
            null => "",
            { Lacking: { } lacking } => $", adapted copy {loaded.Path} because this system's libstdc++ lacks {lacking}",
            _ => $", {loaded.Path}",
        };
        return $"TorchSharp {VersionOf(assembly)}, libtorch {torch.__version__}{how}";
    }

    private static void CheckSystem()
    {
        var supported = (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
            && RuntimeInformation.ProcessArchitecture == Architecture.X64;
        supported |= OperatingSystem.IsMacOS() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64;
        var isMusl = RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);
        if (!supported || isMusl)
        {
            throw new TorchUnavailableException(
                $"There is no libtorch for this system ({RuntimeInformation.OSDescription.Trim()}, "
                + $"{RuntimeInformation.ProcessArchitecture} process{(isMusl ? ", musl instead of glibc" : "")}). "
                + $"Use {LoadFailure.SupportedSystems}, with the .NET runtime for that processor.");
        }
    }

    // Asks exactly as TorchSharp is about to ask. If that failed, or gave another library, TorchSharp would copy all of libtorch out of
    // NuGet's folder to try again.
    private static void Confirm(Assembly assembly, LoadedLibrary? loaded)
    {
        _ = NativeLibrary.TryLoad("torch_cpu", assembly, null, out _);
        try
        {
            var found = NativeLibrary.Load("LibTorchSharp", assembly, null);
            if (loaded is not null && found != loaded.Handle)
            {
                throw new TorchUnavailableException(
                    $"Another copy of TorchSharp's native library was loaded than {loaded.Path}. Remove other copies beside the program "
                    + "and from LD_LIBRARY_PATH.");
            }
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            var remedy = OperatingSystem.IsWindows()
                ? "Install the Microsoft Visual C++ Redistributable 2015-2022 (x64), and restore and build the program again."
                : "Restore and build (or publish) the program again on this system.";
            throw new TorchUnavailableException($"TorchSharp's native library cannot be loaded. {remedy} ({e.Message})", e);
        }
    }

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? assembly.GetName().Version?.ToString()
        ?? "of unknown version";
}
