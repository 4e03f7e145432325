using System.Runtime.Versioning;
using CnnMrf.Engine.Native;

namespace CnnMrf.Engine.Tests.Native;

[UnsupportedOSPlatform("windows")]
public sealed class PrivateCopyTests : IDisposable
{
    private readonly string folder;

    public PrivateCopyTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "copies are made on Linux only");
        folder = Directory.CreateTempSubdirectory("cnnmrf-test-").FullName;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_copy_is_used_again_and_another_content_gets_another_file()
    {
        var cache = Path.Combine(folder, "a", "b");
        var first = PrivateCopy.Store(cache, "lib", [1, 2, 3]);
        var written = File.GetLastWriteTimeUtc(first);

        Assert.Equal(first, PrivateCopy.Store(cache, "lib", [1, 2, 3]));
        Assert.Equal(written, File.GetLastWriteTimeUtc(first));
        Assert.NotEqual(first, PrivateCopy.Store(cache, "lib", [1, 2, 4]));
    }

    [Fact]
    public void A_damaged_copy_is_replaced()
    {
        var path = PrivateCopy.Store(folder, "lib", [1, 2, 3]);
        File.WriteAllBytes(path, [1, 2, 0]);

        PrivateCopy.Store(folder, "lib", [1, 2, 3]);

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
    }

    [Fact]
    public void Only_the_owner_may_enter_the_folder()
    {
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherWrite);

        PrivateCopy.Store(folder, "lib", [1]);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
    }

    [Fact]
    public void Many_writers_at_once_leave_one_whole_file()
    {
        var content = Enumerable.Range(0, 100_000).Select(i => (byte)i).ToArray();

        Parallel.For(0, 8, _ => Assert.Equal(content, File.ReadAllBytes(PrivateCopy.Store(folder, "lib", content))));

        Assert.Single(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_an_input_output_error()
    {
        var file = Path.Combine(folder, "file");
        File.WriteAllText(file, "");

        Assert.ThrowsAny<IOException>(() => PrivateCopy.Store(Path.Combine(file, "below"), "lib", [1]));
    }
}
