using System.Runtime.Versioning;
using CnnMrf.Engine.Native;

namespace CnnMrf.Engine.Tests.Native;

public sealed class LoadFailureTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cnnmrf-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("/p/libLibTorchSharp.so", "/lib/libc.so.6: version `GLIBC_2.34' not found (required by /p/lib)", "Debian 12")]
    [InlineData("/p/libLibTorchSharp.so", "/lib/libstdc++.so.6: version `GLIBCXX_3.4.30' not found", "apt-get install libstdc++6")]
    [InlineData("/p/libtorch_cpu.so", "libgomp.so.1: cannot open shared object file: No such file", "apt-get install libgomp1")]
    [InlineData("/p/libtorch_cpu.so", "libgomp.so.1: Kann die Datei nicht öffnen", "apt-get install libgomp1")]
    [InlineData("/p/libtorch_cpu.so", "libgomp-98b21ff3.so.1: cannot open shared object file", "NuGet package of libtorch")]
    [InlineData("/p/libtorch_cuda.so", "libcuda.so.1: cannot open shared object file", "NVIDIA's driver")]
    [InlineData("/p/libc10.so", "/p/libc10.so: failed to map segment from shared object", "noexec")]
    public void What_the_linker_says_becomes_a_remedy(string path, string error, string expected)
    {
        var message = LoadFailure.Explain(path, error);

        Assert.StartsWith(Path.GetFileName(path), message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains(error, message, StringComparison.Ordinal);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void An_empty_folder_is_named_with_the_missing_library_and_its_package()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the loader for Linux");

        var error = Assert.Throws<TorchUnavailableException>(() => LinuxLoader.Load([folder], folder));

        Assert.Contains("libc10.so is missing", error.Message, StringComparison.Ordinal);
        Assert.Contains(folder, error.Message, StringComparison.Ordinal);
        Assert.Contains("libtorch-cpu-linux-x64", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void A_file_that_is_no_library_is_refused_unmapped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the loader for Linux");
        File.WriteAllText(Path.Combine(folder, "libc10.so"), "version https://git-lfs.github.com/spec/v1");

        var error = Assert.Throws<TorchUnavailableException>(() => LinuxLoader.Load([folder], folder));

        Assert.Contains("not a whole library", error.Message, StringComparison.Ordinal);
        Assert.Contains("not an ELF file", error.Message, StringComparison.Ordinal);
    }

    // Mapped, such a file would end the process with a bus error.
    [Fact]
    [SupportedOSPlatform("linux")]
    public void A_library_that_was_cut_short_is_refused_unmapped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the loader for Linux");
        var original = NativeFolders.Find(NativeFolders.OfProgram(), "libc10.so");
        Assert.NotNull(original);
        var cut = Path.Combine(folder, "libc10.so");
        File.WriteAllBytes(cut, File.ReadAllBytes(original)[..500_000]);

        var error = Assert.Throws<TorchUnavailableException>(() => LinuxLoader.Load([folder], folder));

        Assert.Contains($"{cut} is not a whole library", error.Message, StringComparison.Ordinal);
        Assert.Contains("only 500000 bytes", error.Message, StringComparison.Ordinal);
    }
}
