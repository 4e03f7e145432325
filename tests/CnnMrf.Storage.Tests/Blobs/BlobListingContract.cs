using System.Text;
using CnnMrf.Pipeline.Blobs;
using FsCheck;
using FsCheck.Fluent;

namespace CnnMrf.Storage.Tests.Blobs;

/// <summary>Listing, and the names that are listed.</summary>
public abstract class BlobListingContract : BlobStoreTests
{
    // What sorts around the slash, and what URLs and file systems treat in ways of their own.
    private const string Letters = "ab-.!0~% #?&+='äß漢";

    private static readonly Gen<string> Segment = Gen.Elements(Letters.ToCharArray()).ArrayOf().Select(c => new string(c))
        .Where(s => s.Length is > 0 and < 8 && s is not ("." or ".." or ".cnnmrf") && s[^1] is not ('.' or ' '));

    private static readonly Gen<string[]> ManyNames = Segment.ArrayOf().Where(s => s.Length is > 0 and < 4)
        .Select(s => string.Join('/', s)).ArrayOf();

    /// <summary>How many generated cases are worth their time.</summary>
    protected abstract int Cases { get; }

    [Fact]
    public async Task Listed_in_pages_of_any_size_every_name_comes_once_and_in_order()
    {
        var gen = from names in ManyNames from most in Gen.Choose(1, 7) select (names, most);
        foreach (var (names, most) in gen.Sample(Cases))
        {
            var container = Names.Fresh("listing");
            await Store.EnsureContainersAsync([container], None);
            var distinct = names.Distinct().ToArray();
            // No blob's name is another's folder here: what a folder makes of that is its own test.
            var kept = distinct.Where(n => !distinct.Any(o => o.StartsWith(n + "/", StringComparison.Ordinal))).ToArray();
            await Task.WhenAll(kept.Select(n => Store.WriteAsync(new(container, n), Bytes(n), new(), None)));
            Assert.Equal(kept.Order(StringComparer.Ordinal), await PagesAsync(container, "", most));
            foreach (var prefix in kept.SelectMany(n => new[] { n[..(n.Length / 2)], n }).Where(p => p.Length > 0).Take(5))
            {
                var expected = kept.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
                Assert.Equal(expected, await PagesAsync(container, prefix, most));
            }
        }
    }

    [Fact]
    public async Task Any_name_is_refused_or_kept_exactly()
    {
        var names = ArbMap.Default.GeneratorFor<string>().Where(s => s is not null).Sample(Cases * 5).Distinct().ToArray();
        Assert.NotEmpty(names);
        foreach (var name in names)
        {
            try
            {
                await WriteAsync(name, name);
            }
            catch (ArgumentException)
            {
                continue;
            }

            Assert.Equal(Encoding.UTF8.GetBytes(name), (await Store.ReadAsync(At(name), 10_000, None))!.Bytes.ToArray());
            Assert.Equal([name], await PagesAsync(Container, "", 10));
            await Store.DeleteAsync(At(name), BlobCondition.None, null, None);
        }

        Assert.Empty(await PagesAsync(Container, "", 10));
    }

    [Fact]
    public async Task An_item_says_what_finding_it_says_but_for_metadata()
    {
        await WriteAsync("a", "12345", BlobWrite.Json with { Metadata = new Dictionary<string, string> { ["m"] = "1" } });
        var item = Assert.Single((await Store.ListAsync(Container, "a", null, 5_000, None)).Items);
        var found = (await Store.FindAsync(At("a"), None))!;
        Assert.Equal((found.ETag, found.Length, found.ContentType), (item.ETag, item.Length, item.ContentType));
        Assert.InRange((found.LastModified - item.LastModified).Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Empty(item.Metadata);
    }

    [Fact]
    public async Task What_is_missing_is_an_empty_list()
    {
        Assert.Empty((await Store.ListAsync("no-such-container", "", null, 10, None)).Items);
        var page = await Store.ListAsync(Container, "none/of/these", null, 10, None);
        Assert.Equal((0, null), (page.Items.Count, page.Continuation));
        await WriteAsync("a", "x");
        Assert.Empty((await Store.ListAsync(Container, "a/", null, 10, None)).Items);
        Assert.Empty((await Store.ListAsync(Container, "a/b", null, 10, None)).Items);
    }

    [Fact]
    public async Task Blobs_that_stay_are_listed_once_although_others_come_and_go_between_the_pages()
    {
        foreach (var i in Enumerable.Range(0, 30))
        {
            await WriteAsync($"{i:d2}/x", "x");
        }

        var seen = new List<string>();
        string? continuation = null;
        do
        {
            var page = await Store.ListAsync(Container, "", continuation, 4, None);
            seen.AddRange(page.Items.Select(i => i.Address.Name));
            continuation = page.Continuation;
            // The one just listed goes, and one comes before and one behind it.
            var last = seen[^1];
            await Store.DeleteAsync(At(last), BlobCondition.None, null, None);
            await WriteAsync("00/new", "x");
        }
        while (continuation is not null);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"{i:d2}/x"), seen.Where(n => n != "00/new"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("!!!")]
    [InlineData("../../etc")]
    [InlineData("eHh4")]
    public async Task A_continuation_of_a_strangers_making_is_refused(string continuation)
        => await Assert.ThrowsAsync<FormatException>(() => Store.ListAsync(Container, "", continuation, 10, None));

    [Theory]
    [InlineData("../")]
    [InlineData("a/../b")]
    [InlineData("/")]
    [InlineData("a//")]
    [InlineData("a\0")]
    public async Task A_hostile_prefix_is_refused(string prefix)
        => await Assert.ThrowsAsync<ArgumentException>(() => Store.ListAsync(Container, prefix, null, 10, None));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(5_001)]
    public async Task A_page_has_1_to_5000_items(int most)
        => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.ListAsync(Container, "", null, most, None));

    protected async Task<List<string>> PagesAsync(string container, string prefix, int most)
    {
        var names = new List<string>();
        string? continuation = null;
        do
        {
            var page = await Store.ListAsync(container, prefix, continuation, most, None);
            Assert.InRange(page.Items.Count, 0, most);
            names.AddRange(page.Items.Select(i => i.Address.Name));
            continuation = page.Continuation;
        }
        while (continuation is not null);
        return names;
    }

    protected async Task AssertManyAsync(int many)
    {
        var count = 0;
        await foreach (var item in Store.ListAllAsync(Container, "many/", None))
        {
            Assert.Equal($"many/{count++:d5}.json", item.Address.Name);
        }

        Assert.Equal(many, count);
        var page = await Store.ListAsync(Container, "many/0099", null, 7, None);
        Assert.Equal(Enumerable.Range(990, 7).Select(i => $"many/{i:d5}.json"), page.Items.Select(i => i.Address.Name));
        Assert.NotNull(page.Continuation);
    }
}
