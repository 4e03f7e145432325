using System.Text;
using CnnMrf.Pipeline.Batches;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Tests.Fakes;

namespace CnnMrf.Pipeline.Tests.Batches;

public sealed class BatchTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_manifest_is_taken_up_by_the_schedule_once_and_reported()
    {
        await PutAsync("s.png", "a.png", "b.png");
        await ManifestAsync("nightly",
            """{"style":"s.png","contents":["a.png","b.png"],"settings":{"preset":"paper","size":64,"iterations":2}}""");
        Assert.Equal(["nightly"], await _world.Batches.RunAsync(default));
        await _world.Host.PumpAsync();
        Assert.Empty(await _world.Batches.RunAsync(default));
        var report = (await _world.Batches.FindAsync("nightly", default))!;
        Assert.Equal((BatchState.Running, 2), (report.Status, report.Items.Count));
        Assert.All(report.Items, i => Assert.NotNull(i.Id));

        await _world.WorkOffAsync();
        await _world.Host.AdvanceAsync(TimeSpan.FromMinutes(2));
        report = (await _world.Batches.FindAsync("nightly", default))!;
        Assert.Equal(BatchState.Completed, report.Status);
        Assert.Equal([("a", SynthesisState.Completed), ("b", SynthesisState.Completed)], report.Items.Select(i => (i.Name, i.Status)));
        Assert.NotNull(report.EndedAt);
        Assert.Empty(await _world.Batches.RunAsync(default));
    }

    [Fact]
    public async Task A_changed_manifest_is_taken_up_again_and_what_it_had_is_not_computed_twice()
    {
        await PutAsync("s.png", "a.png", "b.png");
        await ManifestAsync("n", """{"style":"s.png","contents":["a.png"],"settings":{"size":64}}""");
        await _world.Batches.RunAsync(default);
        await _world.Host.PumpAsync();
        var first = (await _world.Batches.FindAsync("n", default))!;
        await ManifestAsync("n", """{"style":"s.png","contents":["a.png","b.png"],"settings":{"size":64}}""");
        await _world.Batches.RunAsync(default);
        await _world.Host.PumpAsync();
        var second = (await _world.Batches.FindAsync("n", default))!;
        Assert.Equal(first.Items[0].Id, second.Items[0].Id);
        Assert.Equal(2, (await _world.Reader.ListAsync(null, null, 10, default)).Items.Count);
    }

    [Theory]
    [InlineData("request.json")]
    [InlineData("n.json")]
    public async Task A_manifest_replaced_while_the_one_before_starts_its_items_keeps_its_own_report(string written)
    {
        var steps = _world.Host.Activities;
        var (before, after) = (Manifest("a.png"), Manifest("b.png"));
        await PutAsync("s.png", "a.png", "b.png");
        await ManifestAsync("n", before);
        Assert.Equal(1, await steps.OpenBatchAsync(new("n", HashOf(before)), default));
        var replaced = false;
        _world.Store.Before = (operation, blob) =>
        {
            if (operation == "write" && blob.Name.EndsWith(written, StringComparison.Ordinal) && !replaced)
            {
                replaced = true;
                ManifestAsync("n", after).GetAwaiter().GetResult();
                steps.OpenBatchAsync(new("n", HashOf(after)), default).GetAwaiter().GetResult();
            }
        };
        Assert.Equal(0, await steps.StartBatchItemsAsync(new("n", HashOf(before), 0, 10), default));
        Assert.True(replaced);
        var report = (await _world.Batches.FindAsync("n", default))!;
        Assert.Equal((HashOf(after), "b"), (report.ManifestHash, Assert.Single(report.Items).Name));
        Assert.Equal(1, await steps.StartBatchItemsAsync(new("n", HashOf(after), 0, 10), default));

        static string Manifest(string content) =>
            $$$"""{"style":"s.png","contents":["{{{content}}}"],"settings":{"size":64}}""";

        static string HashOf(string manifest) => BatchSteps.HashOf(Encoding.UTF8.GetBytes(manifest));
    }

    [Fact]
    public async Task A_step_of_a_manifest_that_was_replaced_leaves_the_others_report_alone()
    {
        await PutAsync("s.png", "a.png", "b.png");
        var old = """{"style":"s.png","contents":["a.png"],"settings":{"size":64}}""";
        await ManifestAsync("n", """{"style":"s.png","contents":["b.png"],"settings":{"size":64}}""");
        await _world.Batches.RunAsync(default);
        await _world.Host.PumpAsync();
        Assert.Equal(0, await _world.Host.Activities.OpenBatchAsync(new("n", BatchSteps.HashOf(Encoding.UTF8.GetBytes(old))), default));
        Assert.Equal("b", Assert.Single((await _world.Batches.FindAsync("n", default))!.Items).Name);
    }

    [Fact]
    public async Task A_manifest_removed_before_it_was_read_is_told_in_the_report()
    {
        Assert.Equal(0, await _world.Host.Activities.OpenBatchAsync(new("n", BatchSteps.HashOf("{}"u8)), default));
        var report = (await _world.Batches.FindAsync("n", default))!;
        Assert.Equal(BatchState.Failed, report.Status);
        Assert.Contains("changed or removed", report.Problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_batch_whose_workflow_was_lost_goes_on_with_the_next_schedule_or_submission(bool submitted)
    {
        await PutAsync("s.png", "a.png");
        var manifest = """{"style":"s.png","contents":["a.png"],"settings":{"preset":"paper","size":64,"iterations":2}}""";
        await ManifestAsync("n", manifest);
        await _world.Batches.RunAsync(default);
        await _world.Host.PumpAsync();
        var id = (await _world.Batches.FindAsync("n", default))!.Items[0].Id;
        _world.Host.Forget(_world.Host.Ids.Single(i => i.StartsWith("batch-", StringComparison.Ordinal)));
        if (submitted)
        {
            await _world.Batches.SubmitAsync("n", Encoding.UTF8.GetBytes(manifest), default);
        }
        else
        {
            Assert.Equal(["n"], await _world.Batches.RunAsync(default));
        }

        await _world.Host.PumpAsync();
        await _world.WorkOffAsync();
        await _world.Host.AdvanceAsync(TimeSpan.FromMinutes(2));
        var report = (await _world.Batches.FindAsync("n", default))!;
        Assert.Equal((BatchState.Completed, id), (report.Status, report.Items[0].Id));
        Assert.Single((await _world.Reader.ListAsync(null, null, 10, default)).Items);
    }

    [Fact]
    public async Task A_batch_looks_after_a_synthesis_whose_workflow_was_lost()
    {
        await PutAsync("s.png", "a.png");
        await ManifestAsync("n", """{"style":"s.png","contents":["a.png"],"settings":{"preset":"paper","size":64,"iterations":2}}""");
        await _world.Batches.RunAsync(default);
        await _world.Host.PumpAsync();
        var id = (await _world.Batches.FindAsync("n", default))!.Items[0].Id!.Value;
        _world.Host.Forget($"{id}-r1");
        await _world.Host.AdvanceAsync(TimeSpan.FromMinutes(12));
        await _world.WorkOffAsync();
        await _world.Host.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(BatchState.Completed, (await _world.Batches.FindAsync("n", default))!.Status);
    }

    [Fact]
    public async Task A_batch_whose_report_is_damaged_does_not_keep_the_others_waiting()
    {
        await PutAsync("s.png", "a.png");
        foreach (var name in new[] { "a", "b" })
        {
            await ManifestAsync(name, """{"style":"s.png","contents":["a.png"],"settings":{"size":64}}""");
        }

        await _world.Store.WriteAsync(BlobLayout.BatchReport("a"), "no json"u8.ToArray(), BlobWrite.Json, default);
        Assert.Equal(["b"], await _world.Batches.RunAsync(default));
    }

    [Fact]
    public async Task An_item_that_cannot_be_started_fails_alone()
    {
        await PutAsync("s.png", "a.png");
        await _world.PutAsync("text.png", "text"u8.ToArray());
        await ManifestAsync("n", """{"style":"s.png","contents":["missing.png","a.png","text.png"],"settings":{"size":64}}""");
        await _world.Batches.RunAsync(default);
        await _world.Host.PumpAsync();
        await _world.WorkOffAsync();
        await _world.Host.AdvanceAsync(TimeSpan.FromMinutes(2));
        var report = (await _world.Batches.FindAsync("n", default))!;
        Assert.Equal(BatchState.Completed, report.Status);
        Assert.Equal([SynthesisState.Failed, SynthesisState.Completed, SynthesisState.Failed], report.Items.Select(i => i.Status));
        Assert.Contains("uploads/missing.png does not exist", report.Items[0].Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_of_120_goes_on_as_new_and_starts_each_once()
    {
        using var world = new World(new() { Timing = new() { InspectEvery = TimeSpan.FromDays(1), PollEvery = TimeSpan.FromMinutes(2) } });
        await PutAsync(world, [.. Enumerable.Range(0, 120).Select(i => $"{i}.png"), "s.png"]);
        var contents = string.Join(',', Enumerable.Range(0, 120).Select(i => $"\"{i}.png\""));
        await ManifestAsync(world, "n", $$"""{"style":"s.png","contents":[{{contents}}],"settings":{"size":64} }""");
        await world.Batches.RunAsync(default);
        await world.Host.PumpAsync();
        Assert.Equal(2, world.Host.Executions);
        await world.Host.AdvanceAsync(TimeSpan.FromMinutes(130));
        Assert.InRange(world.Host.Executions, 3, 6);
        while (world.Worker.Take() is { } job)
        {
            await world.Worker.FailAsync(job, new(ProblemCodes.Internal, "no"));
        }

        await world.DeliverAsync();
        await world.Host.AdvanceAsync(TimeSpan.FromMinutes(2));
        var report = (await world.Batches.FindAsync("n", default))!;
        Assert.Equal((BatchState.Completed, 120), (report.Status, report.Items.Count(i => i.Status == SynthesisState.Failed)));
        Assert.Equal(120, report.Items.Select(i => i.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("no json", "no manifest")]
    [InlineData("null", "no manifest")]
    [InlineData("""{"style":"s.png","contents":["a.png"],"settings":{"\ud800":1}}""", "no manifest")]
    [InlineData("""{"style":"s.png","contents":["\ud800"]}""", "no manifest")]
    [InlineData("{}", "names no synthesis")]
    [InlineData("""{"contents":["a.png"]}""", "need a style")]
    [InlineData("""{"styles":"a.png"}""", "no manifest")]
    [InlineData("""{"pairs":[{"content":"a.png"}]}""", "Synthesis 1 (a) has no style")]
    [InlineData("""{"style":"../../secret","contents":["a.png"]}""", "names a file that cannot be")]
    [InlineData("""{"style":"s.png","contents":["a\u0000.png"]}""", "names a file that cannot be")]
    [InlineData("""{"style":"s.png","contents":["a.png"],"settings":{"size":1}}""", "size")]
    [InlineData("""{"style":"s.png","contents":["a.png"],"settings":{"siez":64}}""", "siez")]
    [InlineData("""{"style":"s.png","contents":["a.png"],"settings":{"size":64,"size":128}}""", "no manifest")]
    [InlineData("""{"style":"s.png","contents":["a.png"],"contents":["b.png"]}""", "no manifest")]
    [InlineData("""{"pairs":[{"style":"s.png"},null]}""", "pairs[1] is null")]
    [InlineData("""{"style":"s.png","contents":[null]}""", "contents[0] is null")]
    public async Task A_manifest_that_cannot_be_used_is_reported_with_the_reason_and_refused_over_http(string manifest, string reason)
    {
        var e = await Assert.ThrowsAsync<ProblemException>(() =>
            _world.Batches.SubmitAsync("n", Encoding.UTF8.GetBytes(manifest), default));
        Assert.Contains(reason, e.Problem.Message, StringComparison.Ordinal);
        Assert.Equal(0, _world.Store.Writes);

        await ManifestAsync("n", manifest);
        await _world.Batches.RunAsync(default);
        await _world.Host.PumpAsync();
        var report = (await _world.Batches.FindAsync("n", default))!;
        Assert.Equal((BatchState.Failed, e.Problem.Message), (report.Status, report.Problem?.Message));
        Assert.Empty(await _world.Batches.RunAsync(default));
    }

    [Fact]
    public void A_manifest_of_more_than_a_thousand_is_refused()
    {
        var contents = string.Join(',', Enumerable.Repeat("\"a.png\"", 1_001));
        var e = Assert.Throws<ProblemException>(() =>
            BatchManifests.Read(Encoding.UTF8.GetBytes($$"""{"style":"s.png","contents":[{{contents}}]}""")));
        Assert.Contains("at most 1,000", e.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pairs_settings_override_the_batchs_however_they_are_spelt()
    {
        var entries = BatchManifests.Read("""
            {"pairs": [{"name": "One", "content": "x/a.png", "style": ["s.png", "t.png"], "settings": {"content-weight": 2}},
             {"style": "wall.png"}],
             "settings": {"contentWeight": 1, "size": 64}}
            """u8);
        Assert.Equal(["One", "wall"], entries.Select(e => e.Name));
        Assert.Equal(["s.png", "t.png"], entries[0].Styles);
        Assert.Equal((2, 64), ((int)entries[0].Settings["contentWeight"]!, (int)entries[0].Settings["size"]!));
        Assert.Null(entries[1].Content);
    }

    [Fact]
    public async Task Submitting_starts_at_once_and_the_same_again_changes_nothing()
    {
        await PutAsync("s.png", "a.png");
        var manifest = """{"style":"s.png","contents":["a.png"],"settings":{"size":64}}"""u8.ToArray();
        Assert.Single((await _world.Batches.SubmitAsync("n", manifest, default)).Items);
        await _world.Host.PumpAsync();
        var writes = _world.Store.Writes;
        Assert.NotNull((await _world.Batches.SubmitAsync("n", manifest, default)).Items[0].Id);
        Assert.Equal(writes, _world.Store.Writes);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("")]
    public async Task A_batch_by_a_hostile_name_is_refused(string name)
    {
        await Assert.ThrowsAsync<ProblemException>(() => _world.Batches.FindAsync(name, default));
        await Assert.ThrowsAsync<ProblemException>(() => _world.Batches.SubmitAsync(name, "{}"u8.ToArray(), default));
    }

    [Fact]
    public async Task Steps_that_go_on_failing_are_told_in_the_report()
    {
        await PutAsync("s.png", "a.png");
        await ManifestAsync("n", """{"style":"s.png","contents":["a.png"],"settings":{"size":64}}""");
        _world.Host.BeforeActivity = name =>
        {
            if (name == "StartBatchItems")
            {
                throw new IOException("no disk");
            }
        };
        await _world.Batches.RunAsync(default);
        await _world.Host.PumpAsync();
        var report = (await _world.Batches.FindAsync("n", default))!;
        Assert.Equal(BatchState.Failed, report.Status);
        Assert.Contains("no disk", report.Problem!.Message, StringComparison.Ordinal);
    }

    private Task PutAsync(params string[] names) => PutAsync(_world, names);

    private Task<BlobProperties> ManifestAsync(string name, string json) => ManifestAsync(_world, name, json);

    private static async Task PutAsync(World world, string[] names)
    {
        for (var i = 0; i < names.Length; i++)
        {
            await world.PutAsync(names[i], TestPictures.Png(seed: i));
        }
    }

    private static Task<BlobProperties> ManifestAsync(World world, string name, string json) =>
        world.Store.WriteAsync(new(BlobContainers.Batches, name + ".json"), Encoding.UTF8.GetBytes(json), BlobWrite.Json, default);
}
