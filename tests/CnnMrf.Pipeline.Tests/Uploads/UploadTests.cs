using System.Text;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Tests.Fakes;

namespace CnnMrf.Pipeline.Tests.Uploads;

public sealed class UploadTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_file_that_completes_the_pair_starts_the_synthesis()
    {
        await PutAsync("turtle/content.png");
        Assert.Null(await _world.Uploads.OnUploadedAsync("turtle/content.png", default));
        await PutAsync("turtle/style.jpg");
        var started = await _world.Uploads.OnUploadedAsync("turtle/style.jpg", default);
        Assert.StartsWith("turtle-", started!.Id.Value, StringComparison.Ordinal);
        Assert.Null(await _world.Uploads.OnUploadedAsync("turtle/style.jpg", default));
        await _world.Host.PumpAsync();
        await _world.WorkOffAsync();
        Assert.Equal(SynthesisState.Completed, (await _world.StatusAsync(started.Id)).Status);
    }

    [Fact]
    public async Task A_sweep_starts_what_no_event_announced_and_once()
    {
        await PutAsync("a/content.png", "a/style.png", "b/content.png",
            "deep/er/content.png", "deep/er/style.png", "content.png", "style.png");
        Assert.Equal(["a", "deep-er"], (await _world.Uploads.SweepAsync(default)).Select(r => r.Id.Value[..^17]));
        Assert.Empty(await _world.Uploads.SweepAsync(default));
        await PutAsync("b/style.png");
        Assert.Single(await _world.Uploads.SweepAsync(default));
    }

    [Fact]
    public async Task A_file_counts_when_it_is_unchanged_for_two_seconds()
    {
        await _world.PutAsync("a/content.png", TestPictures.Png());
        await _world.PutAsync("a/style.png", TestPictures.Png());
        Assert.Empty(await _world.Uploads.SweepAsync(default));
        _world.Time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Empty(await _world.Uploads.SweepAsync(default));
        _world.Time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Single(await _world.Uploads.SweepAsync(default));
    }

    [Fact]
    public async Task A_file_whose_time_lies_ahead_counts_if_clocks_cannot_differ_so_much()
    {
        await _world.PutAsync("a/content.png", TestPictures.Png());
        await _world.PutAsync("a/style.png", TestPictures.Png());
        _world.Time.AdjustTime(_world.Time.GetUtcNow() - TimeSpan.FromSeconds(30));
        Assert.Empty(await _world.Uploads.SweepAsync(default));
        _world.Time.AdjustTime(_world.Time.GetUtcNow() - TimeSpan.FromHours(2));
        Assert.Single(await _world.Uploads.SweepAsync(default));
    }

    [Fact]
    public async Task A_folder_whose_record_is_damaged_does_not_keep_the_others_waiting()
    {
        await PutAsync("a/content.png", "a/style.png", "b/content.png", "b/style.png");
        await _world.Store.WriteAsync(BlobLayout.UploadRecord("a"), "no json"u8.ToArray(), BlobWrite.Json, default);
        Assert.StartsWith("b-", Assert.Single(await _world.Uploads.SweepAsync(default)).Id.Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/content.jpg.part")]
    [InlineData("a/content.PART")]
    [InlineData("a/contents.png")]
    [InlineData("a/content")]
    [InlineData("a/.content.png")]
    [InlineData("a/sub/content.png")]
    [InlineData("ab/content.png")]
    public async Task Files_of_other_names_do_not_count(string name)
    {
        await PutAsync("a/style.png", name);
        Assert.Empty(await _world.Uploads.SweepAsync(default));
    }

    [Theory]
    [InlineData("content")]
    [InlineData("style")]
    public async Task Two_pictures_for_one_purpose_are_a_failed_synthesis_that_names_both(string which)
    {
        await PutAsync("a/content.png", "a/style.png", $"a/{which}.jpg");
        var failed = Assert.Single(await _world.Uploads.SweepAsync(default));
        var status = await _world.StatusAsync(failed.Id);
        Assert.Equal((SynthesisState.Failed, which), (status.Status, status.Problem!.Field));
        Assert.Contains($"{which}.jpg and {which}.png", status.Problem.Message, StringComparison.Ordinal);
        Assert.Equal(failed.Id, Assert.Single((await _world.Reader.ListAsync(null, null, 10, default)).Items).Id);
        Assert.Empty(await _world.Uploads.SweepAsync(default));
        var e = await Assert.ThrowsAsync<ProblemException>(() => _world.Control.RetryAsync(failed.Id, default));
        Assert.Equal(ProblemCodes.Conflict, e.Problem.Code);
    }

    [Fact]
    public async Task Settings_and_label_maps_that_lie_there_count()
    {
        await _world.PutAsync("a/settings.json", Encoding.UTF8.GetBytes("\uFEFF{\"size\": 64, // small\n}"));
        await _world.PutAsync("a/content-map.png", TestPictures.Map());
        await _world.PutAsync("a/style-map.png", TestPictures.Map());
        await PutAsync("a/content.png", "a/style.png");
        Assert.Single(await _world.Uploads.SweepAsync(default));
        await _world.Host.PumpAsync();
        var job = _world.Worker.Take()!;
        Assert.Equal(64, job.Settings.Size.LongSide);
        Assert.Equal([InputRole.Content, InputRole.Style, InputRole.ContentMap, InputRole.StyleMap], job.Inputs.Select(i => i.Role));
    }

    [Theory]
    [InlineData("settings.json", "{\"size\":0}", "size")]
    [InlineData("settings.json", "no json", "settings")]
    [InlineData("content.png", "no picture", "content")]
    [InlineData("style-map.png", "no picture", "contentMap")]
    public async Task What_cannot_be_used_is_a_failed_synthesis_that_says_why(string file, string text, string field)
    {
        await PutAsync("a/content.png", "a/style.png");
        await _world.PutAsync("a/" + file, Encoding.UTF8.GetBytes(text));
        _world.Time.Advance(TimeSpan.FromSeconds(3));
        var failed = Assert.Single(await _world.Uploads.SweepAsync(default));
        Assert.Equal((SynthesisState.Failed, field), (failed.Status.Status, failed.Status.Problem!.Field));

        // Mended, it is another synthesis.
        await _world.PutAsync("a/" + file, file.EndsWith(".json", StringComparison.Ordinal) ? "{}"u8.ToArray() : TestPictures.Png());
        if (file == "style-map.png")
        {
            await PutAsync("a/content-map.png");
        }

        _world.Time.Advance(TimeSpan.FromSeconds(3));
        var mended = Assert.Single(await _world.Uploads.SweepAsync(default));
        Assert.Equal(SynthesisState.Queued, mended.Status.Status);
        Assert.NotEqual(failed.Id, mended.Id);
    }

    [Theory]
    [InlineData("../x/content.png")]
    [InlineData("")]
    [InlineData("a\0/content.png")]
    [InlineData("/content.png")]
    public async Task A_hostile_name_that_is_announced_is_passed_over(string name) =>
        Assert.Null(await _world.Uploads.OnUploadedAsync(name, default));

    [Fact]
    public async Task A_folder_that_cannot_be_read_does_not_keep_the_others_waiting()
    {
        await PutAsync("a/content.png", "a/style.png", "b/content.png", "b/style.png");
        _world.Store.Before = (operation, blob) =>
        {
            if (operation == "open" && blob.Name.StartsWith("a/", StringComparison.Ordinal))
            {
                throw new Pipeline.Blobs.BlobUnavailableException(blob, "gone");
            }
        };
        Assert.StartsWith("b-", Assert.Single(await _world.Uploads.SweepAsync(default)).Id.Value, StringComparison.Ordinal);
        _world.Store.Before = static (_, _) => { };
        Assert.StartsWith("a-", Assert.Single(await _world.Uploads.SweepAsync(default)).Id.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_no_store_reads_does_not_keep_the_others_waiting()
    {
        await PutAsync("a/content.png", "a/style.png", "b/content.png", "b/style.png");
        _world.Store.Rename(new(Pipeline.Blobs.BlobContainers.Uploads, "a/content.png"), "a//content.png");
        _world.Store.Rename(new(Pipeline.Blobs.BlobContainers.Uploads, "a/style.png"), "a//style.png");
        Assert.StartsWith("b-", Assert.Single(await _world.Uploads.SweepAsync(default)).Id.Value, StringComparison.Ordinal);
        Assert.Null(await _world.Uploads.OnUploadedAsync("a//content.png", default));
    }

    private async Task PutAsync(params string[] names)
    {
        foreach (var name in names)
        {
            await _world.PutAsync(name, TestPictures.Png());
        }

        _world.Time.Advance(TimeSpan.FromSeconds(3));
    }
}
