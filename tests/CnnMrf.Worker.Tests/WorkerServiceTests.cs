using System.Diagnostics;
using CnnMrf.Pipeline.Diagnostics;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Worker.Levels;
using CnnMrf.Worker.Tests.Fakes;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CnnMrf.Worker.Tests;

public sealed class WorkerServiceTests
{
    private readonly World _world = new();

    [Fact]
    public async Task It_drains_the_queue_and_stops_the_host_when_there_was_nothing_to_do_for_long_enough()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        await using var worker = _world.Start(new FakeEngine(), configure: o => o.ExitWhenIdle = TimeSpan.FromMinutes(5));
        await worker.Service.StartAsync(default);
        await _world.PassAsync(World.UntilAsync(() => _world.Queues.Levels.Count == 0), TimeSpan.FromMilliseconds(10));
        var done = _world.Time.GetUtcNow();
        await _world.PassAsync(World.UntilAsync(() => worker.Lifetime.Stopped), TimeSpan.FromSeconds(1));
        Assert.InRange(_world.Time.GetUtcNow() - done, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(7));
        Assert.Equal(LevelEnd.Completed, (await run.OutcomeAsync(1))!.End);
        await worker.Service.StopAsync(default);
    }

    [Fact]
    public async Task Several_levels_are_computed_at_once_where_asked_and_all_end()
    {
        var runs = new List<Run>();
        for (var i = 0; i < 6; i++)
        {
            runs.Add(await Run.PlanAsync(_world, World.OneLevel, World.Pair, name: $"test-{i}"));
            await runs[^1].DispatchAsync(1);
        }

        using var together = new Barrier(3);
        var engine = new FakeEngine { OnLoad = () => together.SignalAndWait(TimeSpan.FromSeconds(20)) };
        await using var worker = _world.Start(engine, configure: o => o.Concurrency = 3);
        await worker.Service.StartAsync(default);
        await _world.PassAsync(World.UntilAsync(() => _world.Queues.Levels.Count == 0), TimeSpan.FromMilliseconds(10));
        await worker.Service.StopAsync(default);
        Assert.Equal(2, together.CurrentPhaseNumber);
        Assert.All(runs, r => Assert.Equal(LevelEnd.Completed, r.OutcomeAsync(1).Result!.End));
        Assert.False(worker.Lifetime.Stopped);
    }

    [Fact]
    public async Task Stopped_it_gives_its_level_back()
    {
        var run = await _world.PlanAsync(World.OneLevel with { Iterations = [10_000] });
        await run.DispatchAsync(1);
        var engine = new FakeEngine { OnStep = _ => Thread.Sleep(1) };
        await using var worker = _world.Start(engine);
        await worker.Service.StartAsync(default);
        await World.UntilAsync(() => engine.Begun.Count == 1);
        await worker.Service.StopAsync(default);
        Assert.NotNull(_world.Queues.Levels.TryReceive());
        Assert.NotNull(await run.BytesAsync(run.Blobs.Level(1).Checkpoint));
    }

    [Fact]
    public async Task A_queue_that_cannot_be_reached_is_tried_again()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        var back = _world.Time.GetUtcNow() + TimeSpan.FromSeconds(30);
        _world.Queues.Levels.IsDown = () => _world.Time.GetUtcNow() < back;
        await using var worker = _world.Start(new FakeEngine());
        await worker.Service.StartAsync(default);
        await _world.PassAsync(World.UntilAsync(() => _world.Queues.Levels.Count == 0), TimeSpan.FromMilliseconds(100));
        await worker.Service.StopAsync(default);
    }

    [Fact]
    public async Task A_message_that_cannot_be_received_does_not_end_it()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        var asked = 0;
        // First it is asked whether it is there at all.
        _world.Queues.Levels.IsDown = () => ++asked == 2 ? throw new InvalidOperationException("half a surrogate pair") : false;
        await using var worker = _world.Start(new FakeEngine(), configure: o => o.ExitWhenIdle = TimeSpan.FromMinutes(5));
        await worker.Service.StartAsync(default);
        await _world.PassAsync(World.UntilAsync(() => worker.Lifetime.Stopped), TimeSpan.FromSeconds(1));
        Assert.Equal(LevelEnd.Completed, (await run.OutcomeAsync(1))!.End);
    }

    [Fact]
    public async Task One_that_shall_exit_when_idle_does_not_wait_for_queues_for_ever_and_fails()
    {
        _world.Queues.Levels.IsDown = () => true;
        await using var worker = _world.Start(new FakeEngine(), configure: o => o.ExitWhenIdle = TimeSpan.FromMinutes(1));
        await worker.Service.StartAsync(default);
        var work = ((BackgroundService)worker.Service).ExecuteTask!;
        await _world.PassAsync(World.UntilAsync(() => work.IsCompleted), TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<QueueUnavailableException>(() => work);
    }

    [Fact]
    public async Task Levels_too_large_for_the_memory_are_not_the_machines_fault()
    {
        for (var i = 0; i < 4; i++)
        {
            await (await Run.PlanAsync(_world, World.OneLevel, World.Pair, name: $"test-{i}")).DispatchAsync(1);
        }

        await using var worker = _world.Start(
            new FakeEngine { OnLoad = () => throw new InsufficientMemoryException("too large") }, configure: o => o.FailureDelay = default);
        await worker.Service.StartAsync(default);
        await _world.PassAsync(World.UntilAsync(() => _world.Queues.Levels.Count == 0), TimeSpan.FromSeconds(1));
        await worker.Service.StopAsync(default);
        Assert.Equal(4, _world.Queues.Levels.Dead.Count);
    }

    [Fact]
    public async Task A_message_that_cannot_be_settled_does_not_end_it()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        var odd = 1;
        _world.Queues.Levels.IsDown = () => run.OutcomeAsync(1).Result is not null && odd-- > 0
            ? throw new InvalidOperationException("odd") : false;
        await using var worker = _world.Start(new FakeEngine());
        await worker.Service.StartAsync(default);
        await _world.PassAsync(World.UntilAsync(() => _world.Queues.Levels.Count == 0), TimeSpan.FromSeconds(1));
        await worker.Service.StopAsync(default);
        Assert.True(odd < 1);
    }

    [Fact]
    public async Task A_broken_machine_fails_three_levels_and_leaves_the_others_to_other_workers()
    {
        var runs = new List<Run>();
        for (var i = 0; i < 6; i++)
        {
            runs.Add(await Run.PlanAsync(_world, World.OneLevel, World.Pair, name: $"test-{i}"));
            await runs[^1].DispatchAsync(1);
        }

        await using var broken = _world.Start(new FakeEngine { OnLoad = () => throw new IOException("the folder is gone.") });
        await broken.Service.StartAsync(default);
        var service = (BackgroundService)broken.Service;
        await _world.PassAsync(World.UntilAsync(() => service.ExecuteTask!.IsCompleted), TimeSpan.FromSeconds(1));
        var e = await Assert.ThrowsAsync<BrokenWorkerException>(() => service.ExecuteTask!);
        Assert.Equal(
            "3 levels in a row failed on this machine, the last by IOException: the folder is gone. Mend it and start the worker again.",
            e.Message);
        Assert.Equal(6, _world.Queues.Levels.Count);

        await using var sound = _world.Start(new FakeEngine(), "sound");
        await sound.Service.StartAsync(default);
        await _world.PassAsync(World.UntilAsync(() => _world.Queues.Levels.Count == 0), TimeSpan.FromMilliseconds(100));
        await sound.Service.StopAsync(default);
        Assert.All(runs, r => Assert.Equal(LevelEnd.Completed, r.OutcomeAsync(1).Result!.End));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_level_that_failed_is_kept_back_also_where_the_queue_cannot(bool canDelay)
    {
        _world.Queues.Levels.CanDelay = canDelay;
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        var tries = new List<DateTimeOffset>();
        var engine = new FakeEngine
        {
            OnLoad = () =>
            {
                tries.Add(_world.Time.GetUtcNow());
                _ = tries.Count < 3 ? throw new IOException("not yet") : 0;
            },
        };
        await using var worker = _world.Start(engine);
        await worker.Service.StartAsync(default);
        await _world.PassAsync(World.UntilAsync(() => _world.Queues.Levels.Count == 0), TimeSpan.FromSeconds(1));
        await worker.Service.StopAsync(default);
        Assert.Equal(3, tries.Count);
        Assert.True(tries[1] - tries[0] >= TimeSpan.FromSeconds(10) && tries[2] - tries[1] >= TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_lease_that_the_store_cannot_do_is_refused_at_the_start()
    {
        await using var worker = _world.Start(new FakeEngine(), configure: o => o.LeaseDuration = TimeSpan.FromSeconds(90));
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => worker.Service.StartAsync(default));
        Assert.Contains("Worker:LeaseDuration", refused.Message);
    }

    [Theory]
    [InlineData(nameof(WorkerOptions.Name), "")]
    [InlineData(nameof(WorkerOptions.Concurrency), 0)]
    [InlineData(nameof(WorkerOptions.PreviewSide), 1)]
    [InlineData(nameof(WorkerOptions.MaxCheckpointBytes), -1L)]
    [InlineData(nameof(WorkerOptions.ExitAfterFailures), 0)]
    [InlineData(nameof(WorkerOptions.ReceiveWait), 0.0)]
    [InlineData(nameof(WorkerOptions.LeaseDuration), 0.0)]
    [InlineData(nameof(WorkerOptions.LeaseRenewEvery), 40.0)]
    [InlineData(nameof(WorkerOptions.LockRenewEvery), -1.0)]
    [InlineData(nameof(WorkerOptions.OwnerPollEvery), 0.0)]
    [InlineData(nameof(WorkerOptions.HeartbeatEvery), 0.0)]
    [InlineData(nameof(WorkerOptions.CheckpointEvery), 0.0)]
    [InlineData(nameof(WorkerOptions.CancelPollEvery), 0.0)]
    [InlineData(nameof(WorkerOptions.RetryEvery), 0.0)]
    [InlineData(nameof(WorkerOptions.ShutdownTime), 0.0)]
    [InlineData(nameof(WorkerOptions.FailureDelay), -1.0)]
    [InlineData(nameof(WorkerOptions.ExitWhenIdle), 0.0)]
    public void An_option_out_of_range_is_named(string option, object value)
    {
        var options = new WorkerOptions();
        typeof(WorkerOptions).GetProperty(option)!.SetValue(options, value is double seconds ? TimeSpan.FromSeconds(seconds) : value);
        var result = new WorkerOptionsValidator().Validate(null, options);
        Assert.Contains(result.Failures!, f => f.StartsWith($"Worker:{option} is ", StringComparison.Ordinal));
        Assert.True(new WorkerOptionsValidator().Validate(null, new()).Succeeded);
    }

    [Fact]
    public async Task A_level_belongs_to_the_trace_that_dispatched_it_and_so_does_its_notice()
    {
        var seen = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == PipelineDiagnostics.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = a =>
            {
                lock (seen)
                {
                    seen.Add(a);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        var run = await _world.PlanAsync();
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var job = run.Job(1);
        await _world.Queues.Levels.SendAsync(
            new QueueMessage(job.Dispatch.MessageId, PipelineJson.Write(job)) { TraceParent = $"00-{Trace}-00f067aa0ba902b7-01" }, default);
        await using var worker = _world.Start(new FakeEngine());
        await _world.PassAsync(worker.WorkAsync());
        Activity[] ours;
        lock (seen)
        {
            ours = [.. seen.Where(a => a.TraceId.ToString() == Trace)];
        }

        Assert.Equal(
            ["level.compute", "level.finish", "level.fit", "level.optimize", "level.prepare", "level.read"],
            ours.Select(a => a.OperationName).Order());
        Assert.Equal("Complete", ours.Single(a => a.OperationName == "level.compute").GetTagItem("cnnmrf.settlement"));
        Assert.StartsWith($"00-{Trace}-", Assert.Single(_world.Queues.Outcomes.Sent).TraceParent);
    }
}
