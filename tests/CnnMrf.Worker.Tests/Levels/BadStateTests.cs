using System.Text;
using CnnMrf.Core.Tensors;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Weights;
using CnnMrf.Worker.Tests.Fakes;

namespace CnnMrf.Worker.Tests.Levels;

/// <summary>What a worker finds may be missing, damaged, or another's.</summary>
public sealed class BadStateTests
{
    private readonly World _world = new();

    [Theory]
    [InlineData("flipped")]
    [InlineData("cut")]
    [InlineData("foreign")]
    [InlineData("empty")]
    [InlineData("no hash")]
    public async Task A_damaged_checkpoint_costs_the_level_its_progress_and_the_report_says_so(string how)
    {
        var run = await StoppedAtAsync(4);
        var blob = run.Blobs.Level(1).Checkpoint;
        var found = (await _world.Store.ReadAsync(blob, long.MaxValue, default))!;
        var bytes = found.Bytes.ToArray();
        bytes[^1] ^= (byte)(how == "flipped" ? 1 : 0);
        bytes = how switch
        {
            "cut" => bytes[..^3],
            "foreign" => Encoding.UTF8.GetBytes("not at all"),
            "empty" => [],
            _ => bytes,
        };
        var metadata = how == "no hash" ? new Dictionary<string, string> { ["iteration"] = "4" } : found.Properties.Metadata;
        await _world.Store.WriteAsync(blob, bytes, new BlobWrite { Metadata = metadata }, default);
        await GoOnAsync(run, begins: 0);
        var outcome = await run.OutcomeAsync(1);
        Assert.Equal(LevelEnd.Completed, outcome!.End);
        Assert.Contains("begun anew", Assert.Single(outcome.Notes));
    }

    [Fact]
    public async Task A_checkpoint_of_another_engine_is_not_gone_on_from()
    {
        var run = await StoppedAtAsync(4);
        await GoOnAsync(run, begins: 0, version: "2");
        Assert.Contains("another computation", Assert.Single((await run.OutcomeAsync(1))!.Notes));
    }

    [Fact]
    public async Task Kills_after_a_damaged_checkpoint_count_from_its_new_ones()
    {
        var run = await StoppedAtAsync(8);
        await _world.Store.WriteAsync(
            run.Blobs.Level(1).Checkpoint,
            new byte[] { 1 },
            new BlobWrite { Metadata = new Dictionary<string, string> { ["iteration"] = "8" } },
            default);
        var engine = new FakeEngine();
        await using var worker = _world.Start(engine);
        engine.OnStep = i => { if (i == 2) { worker.Stop(); } };
        await _world.PassAsync(worker.WorkAsync());
        Assert.Equal(-1, (await run.OwnerAsync(1))!.CheckpointIteration);
        await using var next = _world.Start(engine);
        engine.OnStep = _ => throw new InvalidOperationException("boom");
        await _world.PassAsync(next.WorkAsync());
        Assert.Equal((1, 2), ((await run.OwnerAsync(1))!.DeliveriesWithoutProgress, (await run.OwnerAsync(1))!.CheckpointIteration));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_level_that_always_fails_is_poison_after_five_deliveries_whatever_checkpoint_it_has(bool isTooLarge)
    {
        var run = await StoppedAtAsync(8);
        await _world.Store.WriteAsync(
            run.Blobs.Level(1).Checkpoint,
            new byte[isTooLarge ? (64 << 20) + 5 : 1],
            new BlobWrite { Metadata = new Dictionary<string, string> { ["iteration"] = "8" } },
            default);
        var engine = new FakeEngine { OnStep = _ => throw new InvalidOperationException("boom") };
        await using var worker = _world.Start(engine, configure: o => o.MaxCheckpointBytes = 4);
        for (var delivery = 1; delivery <= 5; delivery++)
        {
            Assert.Null(await run.OutcomeAsync(1));
            if (_world.Queues.Levels.NextAt - _world.Time.GetUtcNow() is { } wait && wait > TimeSpan.Zero)
            {
                _world.Advance(wait);
            }

            await _world.PassAsync(worker.WorkAsync());
        }

        Assert.Equal(ProblemCodes.Poison, (await run.OutcomeAsync(1))!.Problem!.Code);
    }

    [Fact]
    public async Task A_checkpoint_that_is_too_large_to_be_read_costs_the_level_its_progress_and_the_report_says_so()
    {
        var run = await StoppedAtAsync(4);
        var blob = run.Blobs.Level(1).Checkpoint;
        var metadata = (await _world.Store.FindAsync(blob, default))!.Metadata;
        await _world.Store.WriteAsync(blob, new byte[(64 << 20) + 5], new BlobWrite { Metadata = metadata }, default);
        var engine = new FakeEngine();
        await using var worker = _world.Start(engine, configure: o => o.MaxCheckpointBytes = 4);
        await _world.PassAsync(worker.WorkAsync());
        Assert.Equal([0], engine.Begun);
        Assert.Contains("more than this worker reads", Assert.Single((await run.OutcomeAsync(1))!.Notes));
    }

    [Fact]
    public async Task An_image_that_is_there_is_reported_at_once()
    {
        var run = await CompletedAsync();
        var before = await run.OutcomeAsync(1);
        await _world.Store.DeleteAsync(run.Blobs.Level(1).Outcome, default, null, default);
        await run.DispatchAsync(1, attempt: 2);
        var engine = new FakeEngine();
        await using var worker = _world.Start(engine, "other");
        await _world.PassAsync(worker.WorkAsync());
        Assert.Empty(engine.Begun);
        var outcome = await run.OutcomeAsync(1);
        Assert.Equal(
            (LevelEnd.Completed, before!.ImageSha256, "other", 2), (outcome!.End, outcome.ImageSha256, outcome.Worker, outcome.Attempt));
        Assert.Equal(10, outcome.Record!.Iterations);
    }

    [Fact]
    public async Task An_image_whose_numbers_are_lost_is_computed_again_and_found_again()
    {
        var run = await CompletedAsync();
        var image = await run.BytesAsync(run.Blobs.Level(1).Image);
        await _world.Store.DeleteAsync(run.Blobs.Level(1).Outcome, default, null, default);
        await _world.Store.DeleteAsync(run.Blobs.Level(1).Checkpoint, default, null, default);
        await run.DispatchAsync(1, attempt: 2);
        await GoOnAsync(run, begins: 0);
        Assert.Equal(LevelEnd.Completed, (await run.OutcomeAsync(1))!.End);
        Assert.Equal(image, await run.BytesAsync(run.Blobs.Level(1).Image));
    }

    [Fact]
    public async Task A_worker_that_died_before_the_image_is_succeeded_without_a_further_iteration()
    {
        var run = await CompletedAsync();
        var (image, result) = (await run.BytesAsync(run.Blobs.Level(1).Image), await run.BytesAsync(run.Blobs.Result));
        await _world.Store.DeleteAsync(run.Blobs.Level(1).Outcome, default, null, default);
        await _world.Store.DeleteAsync(run.Blobs.Level(1).Image, default, null, default);
        await run.DispatchAsync(1, attempt: 2);
        await GoOnAsync(run, begins: 10);
        Assert.Equal(image, await run.BytesAsync(run.Blobs.Level(1).Image));
        Assert.Equal(result, await run.BytesAsync(run.Blobs.Result));
    }

    [Fact]
    public async Task An_image_of_another_fingerprint_fails_the_level_and_both_are_named()
    {
        var run = await CompletedAsync();
        var before = await run.OutcomeAsync(1);
        await _world.Store.DeleteAsync(run.Blobs.Level(1).Outcome, default, null, default);
        await run.DispatchAsync(1, attempt: 2);
        await using var worker = _world.Start(new FakeEngine { Version = "2" });
        await _world.PassAsync(worker.WorkAsync());
        var problem = (await run.OutcomeAsync(1))!.Problem!;
        Assert.Equal(ProblemCodes.Fingerprint, problem.Code);
        Assert.Contains(before!.Fingerprint!, problem.Message);
        var named = System.Text.RegularExpressions.Regex.Matches(problem.Message, "[0-9a-f]{64}").Select(m => m.Value);
        Assert.Equal(2, named.Distinct().Count());
    }

    [Fact]
    public async Task A_level_whose_predecessor_is_missing_fails_and_names_it()
    {
        var run = await Run.PlanAsync(_world, World.OneLevel with { Levels = 2 }, World.Pair);
        await AssertFailsAsync(run, 2, ProblemCodes.Internal, run.Blobs.Level(1).Image.ToString());
    }

    [Fact]
    public async Task A_level_whose_predecessor_was_changed_fails_and_names_it()
    {
        var run = await Run.PlanAsync(_world, World.OneLevel with { Levels = 2 }, World.Pair);
        await run.DispatchAsync(1);
        await using var worker = _world.Start(new FakeEngine());
        await _world.PassAsync(worker.WorkAsync());
        using var other = new MemoryStream();
        SafetensorsWriter.Write(other, [TensorData.FromSingles("image", [1], [3])], new Dictionary<string, string>());
        await _world.Store.WriteAsync(run.Blobs.Level(1).Image, other.ToArray(), new BlobWrite(), default);
        await AssertFailsAsync(run, 2, ProblemCodes.Internal, "was changed in storage");
    }

    [Fact]
    public async Task A_picture_that_is_missing_or_changed_fails_the_level_and_is_named()
    {
        var missing = await _world.PlanAsync();
        await _world.Store.DeleteAsync(missing.Blobs.Input("content.png"), default, null, default);
        await AssertFailsAsync(missing, 1, ProblemCodes.Internal, "content.png does not exist");
        var changed = await Run.PlanAsync(_world, World.OneLevel, World.Pair, name: "changed");
        await _world.Store.WriteAsync(changed.Blobs.Input("style-0.png"), new byte[] { 1, 2, 3 }, new BlobWrite(), default);
        await AssertFailsAsync(changed, 1, ProblemCodes.Internal, "style-0.png is not the one that was planned");
    }

    [Fact]
    public async Task A_plan_that_the_worker_s_engine_does_not_share_fails_the_level()
    {
        var run = await _world.PlanAsync();
        var job = run.Job(1);
        await run.DispatchAsync(job with { Plan = job.Plan with { Size = new(40, 40) } });
        await using var worker = _world.Start(new FakeEngine());
        await _world.PassAsync(worker.WorkAsync());
        Assert.Contains("plans level 1 otherwise", (await run.OutcomeAsync(1))!.Problem!.Message);
    }

    [Fact]
    public async Task Weights_that_a_worker_cannot_get_fail_the_level_and_are_named()
    {
        var hash = new string('a', 64);
        var run = await Run.PlanAsync(_world, World.OneLevel with { Weights = "vgg19" }, World.Pair, new WeightsReference("vgg19", hash));
        await AssertFailsAsync(run, 1, ProblemCodes.Weights, "'vgg19'", hash, "weights/vgg19.safetensors does not exist");

        await _world.Store.WriteAsync(BlobLayout.WeightsFile("vgg19"), new byte[] { 1 }, new BlobWrite(), default);
        var changed = await Run.PlanAsync(
            _world, World.OneLevel with { Weights = "vgg19" }, World.Pair, new WeightsReference("vgg19", hash), "changed");
        await AssertFailsAsync(changed, 1, ProblemCodes.Weights, hash, "now has");

        var own = await Run.PlanAsync(
            _world, World.OneLevel with { Weights = "own" }, World.Pair, new WeightsReference("own", hash), "own");
        await AssertFailsAsync(own, 1, ProblemCodes.Weights, "this worker carries");
    }

    [Fact]
    public async Task A_checkpoint_that_would_be_too_large_keeps_the_image_alone_and_the_report_says_so()
    {
        var run = await StoppedAtAsync(4, o => o.MaxCheckpointBytes = 4);
        await GoOnAsync(run, begins: 4);
        var outcome = await run.OutcomeAsync(1);
        Assert.Equal([4], outcome!.ResumedAt);
        Assert.Contains("image alone", Assert.Single(outcome.Notes));
    }

    [Fact]
    public async Task Progress_never_falls_behind_an_owner_before()
    {
        var run = await StoppedAtAsync(6);
        await _world.Store.DeleteAsync(run.Blobs.Level(1).Checkpoint, default, null, default);
        var first = await run.ProgressAsync(1);
        var engine = new FakeEngine();
        await using var worker = _world.Start(engine, "b");
        engine.OnStep = i => { if (i == 2) { worker.Stop(); } };
        await _world.PassAsync(worker.WorkAsync());
        var second = await run.ProgressAsync(1);
        Assert.Equal((6, 6), (first!.Iteration, first.Furthest));
        Assert.Equal((2, 6, "b"), (second!.Iteration, second.Furthest, second.Worker));
        Assert.Equal(first.StartedAt, second.StartedAt);
        Assert.Equal([0, 1, 2], second.Trace.Select(s => s.Iteration));
    }

    [Fact]
    public async Task The_course_of_a_long_level_is_thinned_and_keeps_its_last_sample()
    {
        var run = await _world.PlanAsync(World.OneLevel with { Iterations = [1001] });
        await run.DispatchAsync(1);
        await using var worker = _world.Start(new FakeEngine());
        await worker.WorkAsync();
        var trace = (await run.ProgressAsync(1))!.Trace;
        Assert.InRange(trace.Count, 100, LevelProgress.MaxTrace);
        Assert.Equal((0, 1001), (trace[0].Iteration, trace[^1].Iteration));
        Assert.Equal(trace.Select(s => s.Iteration).Order().Distinct(), trace.Select(s => s.Iteration));
    }

    private async Task<Run> StoppedAtAsync(int iteration, Action<WorkerOptions>? configure = null)
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        var engine = new FakeEngine();
        await using var worker = _world.Start(engine, configure: o =>
        {
            // The clock runs ahead of a starved thread: it must not run out the time for the last checkpoint.
            o.ShutdownTime = TimeSpan.FromHours(1);
            configure?.Invoke(o);
        });
        engine.OnStep = i => { if (i == iteration) { worker.Stop(); } };
        await _world.PassAsync(worker.WorkAsync());
        Assert.NotNull(await run.BytesAsync(run.Blobs.Level(1).Checkpoint));
        return run;
    }

    private async Task<Run> CompletedAsync()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        await GoOnAsync(run, begins: 0);
        return run;
    }

    private async Task GoOnAsync(Run run, int begins, string version = "1")
    {
        var engine = new FakeEngine { Version = version };
        await using var worker = _world.Start(engine);
        await _world.PassAsync(worker.WorkAsync());
        Assert.Equal([begins], engine.Begun);
        var image = SafetensorsFile.Read((await run.BytesAsync(run.Blobs.Level(1).Image))!);
        Assert.Equal(FakeEngine.After(7, 10), image.ReadSingles("image")[0]);
    }

    private async Task AssertFailsAsync(Run run, int level, string code, params string[] said)
    {
        await run.DispatchAsync(level);
        await using var worker = _world.Start(
            new FakeEngine(), configure: o => o.WeightsFolder = Path.Combine(Path.GetTempPath(), $"cnnmrf-{Guid.NewGuid():N}"));
        await _world.PassAsync(worker.WorkAsync());
        var outcome = await run.OutcomeAsync(level);
        Assert.Equal((LevelEnd.Failed, code), (outcome!.End, outcome.Problem!.Code));
        Assert.All(said, s => Assert.Contains(s, outcome.Problem.Message));
        Assert.Equal(0, _world.Queues.Levels.Count);
    }
}
