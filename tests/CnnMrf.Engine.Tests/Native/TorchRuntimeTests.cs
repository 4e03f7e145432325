using System.Runtime.Versioning;
using CnnMrf.Engine.Native;
using TorchSharp;

namespace CnnMrf.Engine.Tests.Native;

public sealed class TorchRuntimeTests
{
    [Fact]
    public void Torch_is_loaded_and_adds_up()
    {
        Parallel.For(0, 4, _ => TorchRuntime.EnsureLoaded());

        using var ones = torch.ones(2);
        using var sum = ones.sum();

        Assert.Equal(2f, sum.item<float>());
        Assert.StartsWith("TorchSharp 0.", TorchRuntime.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void The_mapped_library_is_the_one_that_the_systems_libstdcxx_calls_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is Linux's");
        TorchRuntime.EnsureLoaded();

        var mapped = Mapped("LibTorchSharp");
        var standard = File.ReadAllBytes(Assert.Single(Mapped("libstdc++.so")));
        var systemHasIt = standard.AsSpan().IndexOf("GLIBCXX_3.4.32\0"u8) >= 0;

        var path = Assert.Single(mapped);
        Assert.Equal(systemHasIt, Path.GetFileName(path) == "libLibTorchSharp.so");
        Assert.Equal(!systemHasIt, TorchRuntime.Description.Contains("lacks GLIBCXX_3.4.32", StringComparison.Ordinal));
        Assert.Contains(path.Replace(" (deleted)", "", StringComparison.Ordinal), TorchRuntime.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void TorchSharp_did_not_gather_the_packages_beside_the_program()
    {
        TorchRuntime.EnsureLoaded();
        torch.InitializeDeviceType(DeviceType.CPU);

        Assert.False(Directory.Exists(Path.Combine(AppContext.BaseDirectory, "cpu")));
    }

    // Also on systems that need no copy: the adapted library is one that the linker takes.
    [Fact]
    [SupportedOSPlatform("linux")]
    public void The_adapted_original_differs_in_one_flag()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the library for Linux");
        var original = NativeFolders.Find(NativeFolders.OfProgram(), LinuxLoader.TorchSharpFile);
        Assert.NotNull(original);
        var file = File.ReadAllBytes(original);

        var patched = ElfVersionNeeds.MarkWeak(file, "libstdc++.so.6", LinuxLoader.MarkerVersion);

        Assert.Single(Enumerable.Range(0, file.Length), i => file[i] != patched[i]);
        Assert.Equal(LinuxLoader.MarkerVersion, Assert.Single(ElfVersionNeeds.Read(patched), need => need.IsWeak).Version);
    }

    private static string[] Mapped(string name) =>
        [.. File.ReadLines("/proc/self/maps").Where(line => line.Contains(name, StringComparison.Ordinal))
            .Select(line => line[line.IndexOf('/', StringComparison.Ordinal)..]).Distinct()];
}
