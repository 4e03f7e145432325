using System.Text;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Storage.Folders;

namespace CnnMrf.Storage.Tests.Folders;

/// <summary>What is a folder's alone: people's files, names that files cannot have, what a crash leaves.</summary>
public sealed class FolderBlobStoreTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryFolder folder = new();
    private readonly FolderBlobStore store;

    public FolderBlobStoreTests()
    {
        store = FolderStores.Open(folder.Path);
        store.EnsureContainersAsync(["uploads"], None).GetAwaiter().GetResult();
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_blob_is_a_plain_file_that_people_can_open()
    {
        await store.WriteAsync(At("pair/content.png"), Bytes("picture"), new(), None);
        Assert.Equal("picture", await File.ReadAllTextAsync(FileOf("pair/content.png")));
    }

    [Theory]
    [InlineData("content.png", "image/png")]
    [InlineData("content.JPG", "image/jpeg")]
    [InlineData("settings.json", "application/json")]
    [InlineData("weights.safetensors", "application/octet-stream")]
    [InlineData("content", "application/octet-stream")]
    public async Task A_file_that_people_put_there_is_a_blob_of_the_type_its_extension_says(string name, string type)
    {
        Put($"my pictures/{name}", "theirs");
        var found = (await store.FindAsync(At($"my pictures/{name}"), None))!;
        Assert.Equal((type, 6), (found.ContentType, found.Length));
        Assert.Empty(found.Metadata);
        Assert.Equal(found.ETag, Assert.Single((await store.ListAsync("uploads", "my", null, 10, None)).Items).ETag);
        Assert.False(await store.TryCreateAsync(At($"my pictures/{name}"), Bytes("ours"), new(), None));
    }

    [Fact]
    public async Task A_file_that_people_replace_is_another_version_without_what_was_said_of_the_old_one()
    {
        var how = new BlobWrite { ContentType = "test/own", Metadata = new Dictionary<string, string> { ["a"] = "1" } };
        var ours = await store.WriteAsync(At("a.png"), Bytes("ours"), how, None);
        Put("a.png", "theirs, and longer");
        var theirs = (await store.FindAsync(At("a.png"), None))!;
        Assert.NotEqual(ours.ETag, theirs.ETag);
        Assert.Equal(("image/png", 0), (theirs.ContentType, theirs.Metadata.Count));
        await Assert.ThrowsAsync<BlobConditionException>(
            () => store.WriteAsync(At("a.png"), Bytes("x"), new() { Condition = BlobCondition.IfMatch(ours.ETag) }, None));
    }

    [Fact]
    public async Task A_file_that_is_edited_while_it_is_read_is_no_version_at_all()
    {
        Put("a", new string('1', 500_000));
        await using var opened = await store.OpenAsync(At("a"), None);
        var bytes = new byte[500_000];
        await opened.Stream.ReadExactlyAsync(bytes.AsMemory(0, 1_000));
        await using (var editor = new FileStream(FileOf("a"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            editor.Position = 300_000;
            editor.Write("2222"u8);
        }

        await Assert.ThrowsAsync<BlobConditionException>(() => opened.Stream.ReadExactlyAsync(bytes.AsMemory(1_000)).AsTask());
    }

    [Fact]
    public async Task A_link_to_a_file_is_read_as_the_file_and_a_link_to_a_folder_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets only administrators make links.");
        Put("real", "pointed at");
        File.CreateSymbolicLink(FileOf("link"), FileOf("real"));
        File.CreateSymbolicLink(FileOf("dangling"), FileOf("nowhere"));
        Directory.CreateSymbolicLink(FileOf("circle"), folder.Path);
        Assert.Equal("pointed at", await ReadAsync("link"));
        Assert.Null(await ReadAsync("dangling"));
        Assert.Equal(["link", "real"], await NamesAsync());
    }

    [Fact]
    public async Task A_name_under_a_blob_or_over_others_is_refused_and_nothing_is_lost()
    {
        await store.WriteAsync(At("a/b"), Bytes("x"), new(), None);
        var over = await Assert.ThrowsAsync<ArgumentException>(() => store.WriteAsync(At("a"), Bytes("y"), new(), None));
        var under = await Assert.ThrowsAsync<ArgumentException>(() => store.WriteAsync(At("a/b/c"), Bytes("y"), new(), None));
        Assert.Contains("uploads/a ", over.Message, StringComparison.Ordinal);
        Assert.Contains("uploads/a/b/c ", under.Message, StringComparison.Ordinal);
        Assert.Null(await store.FindAsync(At("a/b/c"), None));
        await Assert.ThrowsAsync<BlobNotFoundException>(() => store.OpenAsync(At("a/b/c"), None));
        Assert.Equal(["a/b"], await NamesAsync());
    }

    [Theory]
    [InlineData(".cnnmrf")]
    [InlineData(".cnnmrf/leases/x")]
    public async Task The_stores_own_folder_is_nobodys_blob(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => store.WriteAsync(At(name), Bytes("x"), new(), None));
        await Assert.ThrowsAsync<ArgumentException>(() => store.FindAsync(At(name), None));
        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task A_segment_longer_than_a_files_name_can_be_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => store.WriteAsync(At("a/" + new string('x', 256)), Bytes("x"), new(), None));
        await Assert.ThrowsAsync<ArgumentException>(() => store.FindAsync(At(new string('漢', 86)), None));
    }

    [Fact]
    public async Task Deleting_the_last_blob_leaves_no_empty_folders_and_nothing_of_the_stores_own()
    {
        var how = BlobWrite.Json with { Metadata = new Dictionary<string, string> { ["a"] = "1" } };
        await store.WriteAsync(At("a/b/c"), Bytes("1"), how, None);
        await store.WriteAsync(At("a/b/c"), Bytes("2"), how, None);
        await store.AcquireLeaseAsync(At("a/b/c"), TimeSpan.FromSeconds(0.1), None);
        await Task.Delay(120);
        Assert.True(await store.DeleteAsync(At("a/b/c"), BlobCondition.None, null, None));
        Assert.False(Directory.Exists(FileOf("a")));
        var left = Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories);
        Assert.All(left, file => Assert.Equal("locks", Path.GetFileName(Path.GetDirectoryName(file))));
    }

    [Fact]
    public async Task Versions_keep_their_order_although_the_clock_was_set_back()
    {
        Put("a", "from the future");
        File.SetLastWriteTimeUtc(FileOf("a"), DateTime.UtcNow.AddDays(1));
        var etags = new HashSet<string> { (await store.FindAsync(At("a"), None))!.ETag };
        for (var i = 0; i < 20; i++)
        {
            Assert.True(etags.Add((await store.WriteAsync(At("a"), Bytes("same length 15"), new(), None)).ETag));
        }
    }

    [Fact]
    public async Task Writers_and_deleters_beside_each_other_never_fail_over_a_folder_that_comes_and_goes()
    {
        async Task Churn(int i)
        {
            for (var round = 0; round < 150; round++)
            {
                await store.WriteAsync(At($"shared/deep/{i}"), Bytes("x"), new(), None);
                await store.DeleteAsync(At($"shared/deep/{i}"), BlobCondition.None, null, None);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => Churn(i))));
        Assert.Empty(await NamesAsync());
    }

    [Fact]
    public async Task Type_and_version_always_belong_together_for_readers_beside_a_writer()
    {
        using var done = new CancellationTokenSource();
        Task WriteAsync(int i)
        {
            var how = new BlobWrite { ContentType = $"test/{i}", Metadata = new Dictionary<string, string> { ["number"] = $"{i}" } };
            return store.WriteAsync(At("a"), Bytes($"{i}"), how, None);
        }

        async Task WriteOn()
        {
            for (var i = 1; !done.IsCancellationRequested; i++)
            {
                await WriteAsync(i);
            }
        }

        await WriteAsync(0);
        var writer = Task.Run(WriteOn);
        for (var i = 0; i < 500; i++)
        {
            var read = (await store.ReadAsync(At("a"), 100, None))!;
            var number = Encoding.UTF8.GetString(read.Bytes.Span);
            Assert.Equal(($"test/{number}", number), (read.Properties.ContentType, read.Properties.Metadata["number"]));
        }

        await done.CancelAsync();
        await writer;
    }

    [Fact]
    public async Task What_a_killed_process_left_half_written_is_removed_at_a_later_start()
    {
        var temporary = Path.Combine(folder.Path, "uploads", ".cnnmrf", "temporary");
        var (old, young) = (Path.Combine(temporary, "old"), Path.Combine(temporary, "young"));
        await File.WriteAllTextAsync(old, "half");
        await File.WriteAllTextAsync(young, "half");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));
        await store.EnsureContainersAsync(["uploads"], None);
        Assert.Equal((false, true), (File.Exists(old), File.Exists(young)));
    }

    [Fact]
    public async Task A_damaged_lease_or_type_is_as_good_as_none()
    {
        var how = new BlobWrite { ContentType = "test/own" };
        await store.WriteAsync(At("a.png"), Bytes("x"), how, None);
        await store.AcquireLeaseAsync(At("a.png"), TimeSpan.FromSeconds(60), None);
        foreach (var own in (string[])["leases", "types"])
        {
            var kept = Path.Combine(folder.Path, "uploads", ".cnnmrf", own);
            var file = Directory.EnumerateFiles(kept, "*", SearchOption.AllDirectories).Single();
            await File.WriteAllTextAsync(file, "");
        }

        Assert.Equal("image/png", (await store.FindAsync(At("a.png"), None))!.ContentType);
        await store.WriteAsync(At("a.png"), Bytes("y"), how, None);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_an_unavailable_store_that_says_so()
    {
        var file = Path.Combine(folder.Path, "file");
        await File.WriteAllTextAsync(file, "");
        var broken = FolderStores.Open(Path.Combine(file, "below"));
        var failure = await Assert.ThrowsAsync<BlobUnavailableException>(() => broken.EnsureContainersAsync(["uploads"], None));
        Assert.Contains("data folder", failure.Message, StringComparison.Ordinal);
    }

    private static BlobAddress At(string name) => new("uploads", name);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private string FileOf(string name) => Path.Combine(folder.Path, "uploads", name);

    private void Put(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(name))!);
        File.WriteAllText(FileOf(name), text);
    }

    private async Task<string?> ReadAsync(string name)
        => await store.ReadAsync(At(name), 1_000, None) is { } read ? Encoding.UTF8.GetString(read.Bytes.Span) : null;

    private async Task<List<string>> NamesAsync()
        => [.. (await store.ListAsync("uploads", "", null, 1_000, None)).Items.Select(i => i.Address.Name)];
}
