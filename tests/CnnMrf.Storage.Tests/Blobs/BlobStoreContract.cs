using System.Text;
using CnnMrf.Pipeline.Blobs;

namespace CnnMrf.Storage.Tests.Blobs;

/// <summary>What the tests of every store need.</summary>
public abstract class BlobStoreTests : IAsyncLifetime
{
    protected static readonly CancellationToken None = CancellationToken.None;

    protected IBlobStore Store { get; private set; } = null!;

    /// <summary>Of this test alone.</summary>
    protected string Container { get; } = Names.Fresh("tests");

    public async ValueTask InitializeAsync()
    {
        Store = await OpenAsync();
        await Store.EnsureContainersAsync([Container], None);
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected abstract Task<IBlobStore> OpenAsync();

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected BlobAddress At(string name) => new(Container, name);

    protected Task<BlobProperties> WriteAsync(string name, string text, BlobWrite? how = null)
        => Store.WriteAsync(At(name), Bytes(text), how ?? new(), None);

    protected async Task<string?> ReadAsync(string name)
        => await Store.ReadAsync(At(name), 1_000_000, None) is { } read ? Encoding.UTF8.GetString(read.Bytes.Span) : null;
}

/// <summary>Reading, writing, deleting, conditions.</summary>
public abstract class BlobStoreContract : BlobStoreTests
{
    [Fact]
    public async Task What_is_written_is_read_with_its_type_and_metadata()
    {
        var how = new BlobWrite
        {
            ContentType = "image/png; q=1",
            Metadata = new Dictionary<string, string> { ["Level"] = "3", ["other_1"] = "a b ~!=" },
        };
        var written = await WriteAsync("a/b.json", "picture", how);
        var found = await Store.FindAsync(At("a/b.json"), None);
        await using var opened = await Store.OpenAsync(At("a/b.json"), None);
        Assert.Equal("picture", await ReadAsync("a/b.json"));
        foreach (var properties in new[] { written, found!, opened.Properties })
        {
            Assert.Equal(At("a/b.json"), properties.Address);
            Assert.Equal((written.ETag, 7, "image/png; q=1"), (properties.ETag, properties.Length, properties.ContentType));
            Assert.Equal([("level", "3"), ("other_1", "a b ~!=")], properties.Metadata.Select(m => (m.Key, m.Value)).Order());
            Assert.InRange(properties.LastModified, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
            Assert.DoesNotContain('"', properties.ETag);
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("picture.png")]
    [InlineData("document.json")]
    public async Task A_type_that_was_not_given_is_octet_stream_whatever_the_name(string name)
    {
        await WriteAsync(name, "x");
        Assert.Equal("application/octet-stream", (await Store.FindAsync(At(name), None))!.ContentType);
    }

    [Fact]
    public async Task A_new_version_keeps_nothing_of_the_old_one()
    {
        await WriteAsync("a", "a long old text", BlobWrite.Json with { Metadata = new Dictionary<string, string> { ["old"] = "1" } });
        await WriteAsync("a", "new");
        var found = (await Store.FindAsync(At("a"), None))!;
        Assert.Equal("new", await ReadAsync("a"));
        Assert.Equal((3L, "application/octet-stream", 0), (found.Length, found.ContentType, found.Metadata.Count));
    }

    [Fact]
    public async Task A_blob_may_be_empty()
    {
        await WriteAsync("empty", "");
        Assert.Equal("", await ReadAsync("empty"));
    }

    [Fact]
    public async Task What_is_missing_is_null_or_not_found()
    {
        Assert.Null(await Store.FindAsync(At("missing"), None));
        Assert.Null(await Store.FindAsync(new("no-such-container", "missing"), None));
        await Assert.ThrowsAsync<BlobNotFoundException>(() => Store.OpenAsync(At("missing"), None));
        await Assert.ThrowsAsync<BlobNotFoundException>(() => Store.OpenAsync(new("no-such-container", "x"), None));
        await Assert.ThrowsAsync<BlobNotFoundException>(() => Store.WriteAsync(new("no-such-container", "x"), Bytes("x"), new(), None));
        Assert.False(await Store.DeleteAsync(At("missing"), BlobCondition.None, null, None));
        Assert.False(await Store.DeleteAsync(At("missing"), BlobCondition.IfMatch("0x1"), null, None));
        Assert.False(await Store.DeleteAsync(At("missing"), BlobCondition.IfMissing, null, None));
    }

    [Fact]
    public async Task Making_containers_again_changes_nothing()
    {
        await WriteAsync("a", "x");
        await Store.EnsureContainersAsync([Container, Container], None);
        Assert.Equal("x", await ReadAsync("a"));
    }

    [Fact]
    public async Task A_folder_of_blobs_is_no_blob()
    {
        await WriteAsync("folder/a", "x");
        Assert.Null(await Store.FindAsync(At("folder"), None));
        await Assert.ThrowsAsync<BlobNotFoundException>(() => Store.OpenAsync(At("folder"), None));
        Assert.False(await Store.DeleteAsync(At("folder"), BlobCondition.None, null, None));
    }

    [Fact]
    public async Task Created_once_stays_as_it_was_created()
    {
        Assert.True(await Store.TryCreateAsync(At("a"), Bytes("first"), new(), None));
        Assert.False(await Store.TryCreateAsync(At("a"), Bytes("second"), new(), None));
        Assert.Equal("first", await ReadAsync("a"));
    }

    [Fact]
    public async Task Of_many_who_create_the_same_blob_exactly_one_succeeds()
    {
        for (var round = 0; round < 5; round++)
        {
            var name = $"contested/{round}";
            var won = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(
                () => Store.TryCreateAsync(At(name), Bytes($"{i}"), new(), None))));
            Assert.Equal($"{Array.IndexOf(won, true)}", await ReadAsync(name));
            Assert.Single(won, true);
        }
    }

    [Fact]
    public async Task Of_many_who_replace_the_same_version_exactly_one_succeeds()
    {
        var version = await WriteAsync("a", "0");
        async Task<bool> Replace(int i)
        {
            try
            {
                await WriteAsync("a", $"{i}", new() { Condition = BlobCondition.IfMatch(version.ETag) });
                return true;
            }
            catch (BlobConditionException)
            {
                return false;
            }
        }

        var won = await Task.WhenAll(Enumerable.Range(1, 12).Select(i => Task.Run(() => Replace(i))));
        Assert.Single(won, true);
        Assert.Equal($"{Array.IndexOf(won, true) + 1}", await ReadAsync("a"));
    }

    [Fact]
    public async Task Whoever_shows_an_old_etag_changes_nothing()
    {
        var old = await WriteAsync("a", "1");
        var current = await WriteAsync("a", "2");
        Assert.NotEqual(old.ETag, current.ETag);
        var condition = BlobCondition.IfMatch(old.ETag);
        await Assert.ThrowsAsync<BlobConditionException>(() => WriteAsync("a", "3", new() { Condition = condition }));
        await Assert.ThrowsAsync<BlobConditionException>(() => Store.DeleteAsync(At("a"), condition, null, None));
        await Assert.ThrowsAsync<BlobConditionException>(() => WriteAsync("missing", "3", new() { Condition = condition }));
        Assert.Equal(("2", current.ETag), (await ReadAsync("a"), (await Store.FindAsync(At("a"), None))!.ETag));
        Assert.Null(await ReadAsync("missing"));
        Assert.True(await Store.DeleteAsync(At("a"), BlobCondition.IfMatch(current.ETag), null, None));
        Assert.Null(await ReadAsync("a"));
    }

    [Fact]
    public async Task An_etag_never_comes_back()
    {
        var seen = new HashSet<string>();
        for (var i = 0; i < 60; i++)
        {
            Assert.True(seen.Add((await WriteAsync("a", "same")).ETag));
            if (i % 3 == 0)
            {
                await Store.DeleteAsync(At("a"), BlobCondition.None, null, None);
            }
        }
    }

    [Fact]
    public async Task A_reader_gets_one_version_although_another_is_written_meanwhile()
    {
        const int Length = 9_000_000;
        var old = Enumerable.Repeat((byte)1, Length).ToArray();
        await Store.WriteAsync(At("a"), old, new(), None);
        await using var opened = await Store.OpenAsync(At("a"), None);
        var read = new byte[Length];
        await opened.Stream.ReadExactlyAsync(read.AsMemory(0, 1_000));
        await Store.WriteAsync(At("a"), Enumerable.Repeat((byte)2, Length).ToArray(), new(), None);
        try
        {
            await opened.Stream.ReadExactlyAsync(read.AsMemory(1_000));
            Assert.True(read.AsSpan().IndexOfAnyExcept((byte)1) < 0);
        }
        catch (BlobConditionException)
        {
            // Also promised.
        }
    }

    [Fact]
    public async Task A_write_whose_content_fails_leaves_the_version_before_and_passes_the_failure_on()
    {
        await WriteAsync("a", "before");
        var failing = new PatternStream(20_000_000, at => _ = at > 10_000_000 ? throw new InvalidDataException("torn") : at);
        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => Store.WriteAsync(At("a"), failing, new(), None));
        Assert.Equal(("torn", "before"), (failure.Message, await ReadAsync("a")));
    }

    [Fact]
    public async Task A_cancelled_write_leaves_the_version_before()
    {
        await WriteAsync("a", "before");
        using var cancellation = new CancellationTokenSource();
        var content = new PatternStream(20_000_000, at =>
        {
            if (at > 10_000_000)
            {
                cancellation.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.WriteAsync(At("a"), content, new(), cancellation.Token));
        Assert.Equal("before", await ReadAsync("a"));
    }

    [Fact]
    public async Task Writers_of_one_large_blob_never_mix_their_parts()
    {
        const int Length = 9_500_000;
        async Task<bool> Write(byte fill)
        {
            try
            {
                using var content = new MemoryStream(Enumerable.Repeat(fill, Length).ToArray());
                await Store.WriteAsync(At("a"), content, new(), None);
                return true;
            }
            catch (BlobConditionException)
            {
                return false;
            }
        }

        var won = await Task.WhenAll(Task.Run(() => Write(1)), Task.Run(() => Write(2)), Task.Run(() => Write(3)));
        var read = (await Store.ReadAsync(At("a"), Length, None))!.Bytes;
        Assert.True(won[read.Span[0] - 1]);
        Assert.True(read.Span.IndexOfAnyExcept(read.Span[0]) < 0);
        Assert.Equal(Length, read.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData("..")]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("a/./b")]
    [InlineData(".")]
    [InlineData("a\\b")]
    [InlineData("..\\a")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\u007fb")]
    [InlineData("\uffff")]
    public async Task A_hostile_name_is_refused_everywhere(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.FindAsync(At(name), None));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenAsync(At(name), None));
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(name, "x"));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.DeleteAsync(At(name), BlobCondition.None, null, None));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.AcquireLeaseAsync(At(name), TimeSpan.FromSeconds(20), None));
        Assert.Empty((await Store.ListAsync(Container, "", null, 10, None)).Items);
    }

    [Fact]
    public async Task Half_a_character_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync("half \ud83d of one", "x"));
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync("the other \ude00", "x"));
        await WriteAsync("whole \ud83d\ude00", "x");
        Assert.Equal("x", await ReadAsync("whole \ud83d\ude00"));
    }

    [Fact]
    public async Task A_name_of_more_than_1024_characters_or_254_segments_is_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(string.Concat(Enumerable.Repeat("12345678/", 130)) + "x", "x"));
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(string.Join('/', Enumerable.Repeat("a", 255)), "x"));
        var longest = string.Join('/', Enumerable.Repeat(new string('n', 127), 8));
        await WriteAsync(longest, "x");
        Assert.Equal(longest, Assert.Single((await Store.ListAsync(Container, "", null, 10, None)).Items).Address.Name);
    }

    [Theory]
    [InlineData("..")]
    [InlineData("ab")]
    [InlineData("Uploads")]
    [InlineData("a/b")]
    [InlineData("-abc")]
    [InlineData("a--b")]
    public async Task A_hostile_container_is_refused_everywhere(string container)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.EnsureContainersAsync([container], None));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.FindAsync(new(container, "a"), None));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.WriteAsync(new(container, "a"), Bytes("x"), new(), None));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.ListAsync(container, "", null, 10, None));
    }

    [Theory]
    [InlineData("1st", "x")]
    [InlineData("a-b", "x")]
    [InlineData("", "x")]
    [InlineData("name", "")]
    [InlineData("name", "line\nbreak")]
    [InlineData("name", "ä")]
    [InlineData("name", " x")]
    public async Task Metadata_that_cannot_be_kept_is_refused(string name, string value)
    {
        var how = new BlobWrite { Metadata = new Dictionary<string, string> { [name] = value } };
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync("a", "x", how));
        Assert.Null(await ReadAsync("a"));
    }
}
