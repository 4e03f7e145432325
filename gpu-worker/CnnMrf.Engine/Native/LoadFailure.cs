using System.Text.RegularExpressions;

namespace CnnMrf.Engine.Native;

/// <summary>Turns the dynamic linker's words into what is missing and what to install.</summary>
internal static partial class LoadFailure
{
    /// <summary>The systems on which the program runs, for messages.</summary>
    public const string SupportedSystems =
        "Debian 12, Ubuntu 22.04, RHEL 9 or newer on x86-64, macOS on Apple silicon, and Windows on x64";

    /// <summary>The message for a library that is not in any of the program's folders.</summary>
    /// <param name="file">The library's file name.</param>
    /// <param name="folders">Where it was looked for.</param>
    public static string Absent(string file, IEnumerable<string> folders)
    {
        var package = file.Contains("LibTorchSharp", StringComparison.Ordinal) ? "TorchSharp" : "libtorch-cpu-linux-x64 (or the CUDA one)";
        return $"{file} is missing: it was looked for in {string.Join(", ", folders.Distinct())}. It belongs to the NuGet package "
            + $"{package}; restore and build (or publish) the program again on this system.";
    }

    /// <summary>The message for a file that cannot be a library of this system.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="reason">What is wrong with it.</param>
    public static string Damaged(string path, string reason) =>
        $"{path} is not a whole library for this system: {reason} Clear NuGet's package folder, restore, and build the program again.";

    /// <summary>The message for a library that is there and was not loaded.</summary>
    /// <param name="path">The library's path.</param>
    /// <param name="error">What the dynamic linker said, in whatever language.</param>
    public static string Explain(string path, string error) => $"{Path.GetFileName(path)} cannot be loaded: {Remedy(error)} ({error})";

    private static string Remedy(string error)
    {
        // The linker's sentences are translated; names of versions and files are not.
        if (VersionName().Match(error) is { Success: true } version)
        {
            return version.Value.StartsWith("GLIBC_", StringComparison.Ordinal)
                ? $"this system's C library is too old, it lacks {version.Value}. Use {SupportedSystems}."
                : $"this system's libstdc++ is too old, it lacks {version.Value}. Install that of GCC 12 or newer "
                    + "(Debian, Ubuntu: apt-get install libstdc++6; RHEL: dnf install libstdc++).";
        }

        // A dependency that is not found is named without a folder at the start.
        if (BareName().Match(error) is { Success: true } missing)
            return $"{missing.Groups[1].Value} is missing. {Package(missing.Groups[1].Value)}";
        return "the system refuses it. Check that its folder is readable and not mounted noexec.";
    }

    private static string Package(string library) => library switch
    {
        _ when library.StartsWith("libgomp.", StringComparison.Ordinal) =>
            "Install it (Debian, Ubuntu: apt-get install libgomp1; RHEL: dnf install libgomp).",
        _ when library.StartsWith("libstdc++.", StringComparison.Ordinal) =>
            "Install it (Debian, Ubuntu: apt-get install libstdc++6; RHEL: dnf install libstdc++).",
        _ when library.StartsWith("libgcc_s.", StringComparison.Ordinal) =>
            "Install it (Debian, Ubuntu: apt-get install libgcc-s1; RHEL: dnf install libgcc).",
        _ when library.StartsWith("libcuda.", StringComparison.Ordinal) || library.StartsWith("libnvidia", StringComparison.Ordinal) =>
            "It comes with NVIDIA's driver: install that, or build with the CPU backend.",
        _ => "It belongs beside the program, from the NuGet package of libtorch; restore and build (or publish) the program again. "
            + "If it is a library of the system, install the package that has it.",
    };

    [GeneratedRegex(@"\b(GLIBC|GLIBCXX|CXXABI)_[0-9.]*[0-9]")]
    private static partial Regex VersionName();

    [GeneratedRegex(@"^([^/\s:]+\.so[^/\s:]*):")]
    private static partial Regex BareName();
}
