using CnnMrf.Core.Pictures;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;

namespace CnnMrf.Pipeline.Tests.Blobs;

public sealed class BlobLayoutTests
{
    private static readonly SynthesisId Id = SynthesisId.Parse("cat-0123456789abcdef");

    [Fact]
    public void Blobs_lie_where_the_design_says()
    {
        var run = BlobLayout.Run(new(Id, 2));
        var level = run.Level(3);
        Assert.Equal(
            [
                "cat-0123456789abcdef/request.json",
                "cat-0123456789abcdef/status.json",
                "cat-0123456789abcdef/runs/2/plan.json",
                "cat-0123456789abcdef/runs/2/inputs/style-0.png",
                "cat-0123456789abcdef/runs/2/fit.json",
                "cat-0123456789abcdef/runs/2/result.png",
                "cat-0123456789abcdef/runs/2/sheet.png",
                "cat-0123456789abcdef/runs/2/report.json",
                "cat-0123456789abcdef/runs/2/cancel",
                "cat-0123456789abcdef/runs/2/levels/3/owner",
                "cat-0123456789abcdef/runs/2/levels/3/image.safetensors",
                "cat-0123456789abcdef/runs/2/levels/3/checkpoint.safetensors",
                "cat-0123456789abcdef/runs/2/levels/3/preview.jpg",
                "cat-0123456789abcdef/runs/2/levels/3/progress.json",
                "cat-0123456789abcdef/runs/2/levels/3/outcome.json",
                "cat-0123456789abcdef/runs/2/levels/3/dead-letter.json",
            ],
            new[]
            {
                BlobLayout.Request(Id), BlobLayout.Status(Id), run.Plan, run.Input("style-0.png"),
                run.Fit, run.Result, run.Sheet, run.Report,
                run.Cancel, level.Owner, level.Image, level.Checkpoint, level.Preview, level.Progress, level.Outcome, level.DeadLetter,
            }.Select(b => b.Name));
        Assert.Equal("batches/reports/nightly.json", BlobLayout.BatchReport("nightly").ToString());
        Assert.Equal("batches/nightly.json", BlobLayout.BatchManifest("nightly").ToString());
    }

    [Fact]
    public void The_index_lists_the_newest_first()
    {
        var old = BlobLayout.IndexEntry(Id, DateTimeOffset.UnixEpoch).Name;
        var later = BlobLayout.IndexEntry(Id, DateTimeOffset.UnixEpoch.AddTicks(1)).Name;
        var now = BlobLayout.IndexEntry(Id, new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)).Name;
        Assert.Equal([now, later, old], new[] { old, now, later }.Order(StringComparer.Ordinal));
        Assert.True(BlobLayout.TryParseIndexEntry(now, out var id));
        Assert.Equal(Id, id);
        Assert.False(BlobLayout.TryParseIndexEntry("index/nonsense", out _));
    }

    [Theory]
    [InlineData("../reports/x")]
    [InlineData("a/../../b")]
    [InlineData("")]
    public void A_batch_by_a_hostile_name_has_no_place(string name)
    {
        Assert.Throws<ArgumentException>(() => BlobLayout.BatchManifest(name));
        Assert.Throws<ArgumentException>(() => BlobLayout.BatchReport(name));
    }

    [Fact]
    public void Uploads_of_any_name_have_a_record_of_a_plain_name() =>
        Assert.Matches("^uploads/[0-9a-f]{64}\\.json$", BlobLayout.UploadRecord("../\0 ü").Name);

    [Theory]
    [InlineData("a", true)]
    [InlineData("set 1/Übung 🐢.png", true)]
    [InlineData("", false)]
    [InlineData("/a", false)]
    [InlineData("a/", false)]
    [InlineData("a//b", false)]
    [InlineData("a/../b", false)]
    [InlineData("./a", false)]
    [InlineData("a\\b", false)]
    [InlineData("a\0", false)]
    [InlineData("a\nb", false)]
    public void Blob_names_are_ones_that_every_store_can_hold(string name, bool valid) => Assert.Equal(valid, BlobNames.IsValid(name));

    [Fact]
    public void A_blob_name_has_at_most_1024_characters()
    {
        Assert.True(BlobNames.IsValid(new string('a', 1_024)));
        Assert.False(BlobNames.IsValid(new string('a', 1_025)));
    }

    [Fact]
    public void Half_a_character_is_no_part_of_a_blob_name()
    {
        Assert.False(BlobNames.IsValid("a\ud800"));
        Assert.False(BlobNames.IsValid("a\uffff"));
        Assert.True(BlobNames.IsValid(string.Join('/', Enumerable.Repeat("a", 254))));
        Assert.False(BlobNames.IsValid(string.Join('/', Enumerable.Repeat("a", 255))));
        Assert.Equal("a segment is empty", BlobNames.WhyNot("a//b"));
        Assert.False(BlobNames.IsValid("\udc00a"));
    }

    [Fact]
    public void The_limit_of_a_body_is_that_of_a_picture() => Assert.Equal(RequestLimits.BodyBytes, PictureLimits.Default.MaxBytes);
}
