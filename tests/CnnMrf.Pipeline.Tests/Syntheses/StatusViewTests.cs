using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Running;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Tests.Fakes;
using FsCheck;
using FsCheck.Fluent;

namespace CnnMrf.Pipeline.Tests.Syntheses;

public sealed class StatusViewTests
{
    [Fact]
    public async Task Percent_never_falls_however_often_workers_die_and_begin_again()
    {
        using var world = new World();
        var started = await world.StartAsync();
        var seen = new List<double> { 0 };
        while (world.Worker.Take() is { } job)
        {
            var furthest = 0;
            foreach (var iteration in new[] { 0, 1, 2, 0, 1, 3, 1, 4, 2, 4 })
            {
                furthest = Math.Max(furthest, iteration);
                await world.Worker.BeatAsync(job, iteration, furthest);
                seen.Add((await world.StatusAsync(started.Id)).Percent);
                await world.Host.AdvanceAsync(TimeSpan.FromMinutes(1));
                seen.Add((await world.StatusAsync(started.Id)).Percent);
            }

            await world.Worker.CompleteAsync(job);
            await world.DeliverAsync();
            seen.Add((await world.StatusAsync(started.Id)).Percent);
        }

        Assert.Equal(seen.Order(), seen);
        Assert.Equal(100, seen[^1]);
        Assert.Contains(seen, p => p is > 20 and < 90);
    }

    [Fact]
    public void Percent_is_between_that_of_the_level_and_that_of_the_next_whatever_a_worker_says() => Prop.ForAll(
        Gen.Choose(-5, 2000).ToArbitrary(), Gen.Choose(0, 50).ToArbitrary(), (furthest, iterations) =>
        {
            var before = StatusView.Merge(Status(level: 2), null).Percent;
            var next = StatusView.Merge(Status(level: 3), null).Percent;
            Assert.InRange(StatusView.Merge(Status(level: 2), Progress(2, furthest, iterations)).Percent, before, next);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_estimate_comes_nearer_to_the_end_as_the_work_goes_on()
    {
        // Levels of 10, 30 and 60 seconds, as their shares say.
        var estimates = new List<(double Left, double Estimate)>();
        double[] seconds = [10, 30, 60];
        for (var level = 1; level <= 3; level++)
        {
            for (var i = 10; i <= 100; i += 10)
            {
                var spent = seconds[..(level - 1)].Sum();
                var progress = Progress(level, i, 100) with { Seconds = seconds[level - 1] * i / 100 };
                var status = Status(level) with
                {
                    Levels = [.. Status(level).Levels.Select((l, j) => j < level - 1 ? l with { Seconds = seconds[j] } : l)],
                };
                estimates.Add((100 - spent - progress.Seconds, StatusView.Merge(status, progress).EtaSeconds!.Value));
            }
        }

        Assert.All(estimates, e => Assert.InRange(e.Estimate, e.Left * 0.8 - 1, e.Left * 1.25 + 4));
        Assert.Equal(estimates.OrderByDescending(e => e.Estimate), estimates);
    }

    [Fact]
    public void Nothing_is_estimated_before_anything_was_done() => Assert.Null(StatusView.Merge(Status(level: 1), null).EtaSeconds);

    [Fact]
    public void Progress_of_another_level_or_run_says_nothing()
    {
        var status = Status(level: 2);
        var plain = StatusView.Merge(status, null);
        Assert.Equal(plain, StatusView.Merge(status, Progress(1, 50, 100)));
        Assert.Equal(plain, StatusView.Merge(status, Progress(2, 50, 100) with { Run = 7 }));
    }

    [Fact]
    public void An_end_is_shown_as_it_is()
    {
        var ended = Status(level: 2) with { Status = SynthesisState.Failed };
        Assert.Same(ended, StatusView.Merge(ended, Progress(2, 50, 100)));
    }

    [Fact]
    public async Task A_status_written_by_many_at_once_keeps_the_furthest()
    {
        using var world = new World();
        var started = await world.StartAsync();
        var writer = world.Get<StatusWriter>();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => writer.UpdateAsync(
            new(started.Id, 1), old => old with { Percent = (i * 37 % 20) + 1, Level = 1 + (i % 2) }, default))));
        var status = (await world.Store.ReadDocumentAsync<SynthesisStatus>(BlobLayout.Status(started.Id), default))!.Value;
        Assert.Equal((20, 2), (status.Percent, status.Level));
    }

    [Fact]
    public async Task What_has_ended_stays_ended()
    {
        using var world = new World();
        var started = await world.StartAsync();
        var writer = world.Get<StatusWriter>();
        await writer.UpdateAsync(new(started.Id, 1), old => old with { Status = SynthesisState.Cancelled }, default);
        var after = await writer.UpdateAsync(
            new(started.Id, 1), old => old with { Status = SynthesisState.Running, Percent = 50 }, default);
        Assert.Equal((SynthesisState.Cancelled, 0.0), (after.Status, after.Percent));
    }

    private static SynthesisStatus Status(int level) => new()
    {
        Id = SynthesisId.Parse("cat-0123456789abcdef"),
        Name = "cat",
        Run = 1,
        Status = SynthesisState.Running,
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        Level = level,
        Levels = [new(64, 64, 100, 0.1), new(128, 128, 100, 0.3), new(256, 256, 100, 0.6)],
    };

    private static LevelProgress Progress(int level, int furthest, int iterations) => new()
    {
        Id = SynthesisId.Parse("cat-0123456789abcdef"),
        Run = 1,
        Level = level,
        Attempt = 1,
        Worker = "w",
        Phase = LevelPhase.Optimizing,
        Iteration = furthest,
        Furthest = furthest,
        Iterations = iterations,
        Seconds = 1,
        StartedAt = DateTimeOffset.UnixEpoch,
        Heartbeat = DateTimeOffset.UnixEpoch,
    };
}
