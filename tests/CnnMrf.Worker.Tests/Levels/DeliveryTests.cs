using CnnMrf.Core.Settings;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Worker.Tests.Fakes;

namespace CnnMrf.Worker.Tests.Levels;

/// <summary>What becomes of levels whose workers fail, die, stop or meet.</summary>
public sealed class DeliveryTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(61);
    private readonly World _world = new();

    [Fact]
    public async Task A_level_is_computed_reported_and_its_message_completed()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        await using var worker = _world.Start(new FakeEngine());
        await _world.PassAsync(worker.WorkAsync());
        var outcome = await run.OutcomeAsync(1);
        Assert.Equal((LevelEnd.Completed, 10, "worker"), (outcome!.End, outcome.Record!.Iterations, outcome.Worker));
        var image = (await run.BytesAsync(run.Blobs.Level(1).Image))!;
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(image)), outcome.ImageSha256);
        Assert.NotNull(outcome.Matches);
        Assert.NotNull(await run.BytesAsync(run.Blobs.Result));
        Assert.NotNull(await run.BytesAsync(run.Blobs.Level(1).Preview));
        Assert.Equal(0, _world.Queues.Levels.Count);
        Assert.Equal(run.Job(1).Dispatch.MessageId, Assert.Single(_world.Queues.Outcomes.Sent).Id);
        Assert.Equal((10, 10, LevelPhase.Finishing), await ProgressAsync(run));
    }

    [Fact]
    public async Task A_level_that_has_converged_ends_before_its_iterations()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        await using var worker = _world.Start(new FakeEngine { ConvergesAt = 4 });
        await _world.PassAsync(worker.WorkAsync());
        var outcome = await run.OutcomeAsync(1);
        Assert.Equal((LevelEnd.Completed, 4), (outcome!.End, outcome.Record!.Iterations));
        Assert.Equal((4, 4, LevelPhase.Finishing), await ProgressAsync(run));
    }

    [Fact]
    public async Task A_level_that_always_fails_is_poison_after_five_deliveries_and_says_why()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        var engine = new FakeEngine { OnStep = _ => throw new InvalidOperationException("boom") };
        await using var worker = _world.Start(engine);
        for (var delivery = 1; delivery <= 5; delivery++)
        {
            Assert.Null(await run.OutcomeAsync(1));
            await NextAsync();
            await _world.PassAsync(worker.WorkAsync());
        }

        Assert.Equal(5, engine.Begun.Count);
        var outcome = await run.OutcomeAsync(1);
        Assert.Equal((LevelEnd.Failed, ProblemCodes.Poison), (outcome!.End, outcome.Problem!.Code));
        Assert.Contains("5 times", outcome.Problem.Message);
        Assert.Contains("boom", outcome.Problem.Message);
        var letter = Assert.Single(_world.Queues.Levels.Dead);
        Assert.Equal("poison", letter.Reason);
        Assert.Contains("boom", letter.Description);
        Assert.Single(_world.Queues.Outcomes.Sent);
    }

    [Fact]
    public async Task A_level_whose_settings_are_refused_when_it_begins_fails_at_once_and_names_the_field()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        await using var worker = _world.Start(new FakeEngine { OnStart = () => throw new SettingsException("style", "is too small") });
        await _world.PassAsync(worker.WorkAsync());
        var problem = (await run.OutcomeAsync(1))!.Problem!;
        Assert.Equal((ProblemCodes.Settings, "style"), (problem.Code, problem.Field));
    }

    [Fact]
    public async Task A_level_that_kills_its_workers_is_poison_before_a_sixth_touches_it()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        for (var delivery = 1; delivery <= 5; delivery++)
        {
            await KillAsync(run, [], (_, store) => store.Pause());
        }

        var engine = new FakeEngine();
        await using var sixth = _world.Start(engine);
        await _world.PassAsync(sixth.WorkAsync());
        Assert.Empty(engine.Begun);
        Assert.Contains("worker died", (await run.OutcomeAsync(1))!.Problem!.Message);
        Assert.Equal("poison", Assert.Single(_world.Queues.Levels.Dead).Reason);
    }

    [Fact]
    public async Task Thirty_kills_each_after_a_newer_checkpoint_do_not_make_a_level_poison()
    {
        var run = await _world.PlanAsync(World.OneLevel with { Iterations = [100] });
        await run.DispatchAsync(1);
        var begun = new List<int>();
        for (var kill = 0; kill < 30; kill++)
        {
            await KillAsync(run, begun, (iteration, store) =>
            {
                _world.Advance(TimeSpan.FromSeconds(11));
                if (iteration >= begun[^1] + 3)
                {
                    store.Pause();
                }
            });
        }

        await using var last = _world.Start(new FakeEngine { Begun = begun });
        await _world.PassAsync(last.WorkAsync());
        var outcome = await run.OutcomeAsync(1);
        Assert.Equal(LevelEnd.Completed, outcome!.End);
        Assert.Equal(30, outcome.ResumedAt.Count);
        Assert.All(outcome.ResumedAt, i => Assert.True(i > 0));
        Assert.Equal(outcome.ResumedAt.Order(), outcome.ResumedAt);
        Assert.Equal(31, begun.Count);
        await AssertResultAsync(run, 100);
    }

    [Fact]
    public async Task Failures_before_a_newer_checkpoint_are_forgotten()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        var engine = new FakeEngine { OnStep = _ => throw new InvalidOperationException("boom") };
        await using var worker = _world.Start(engine);
        for (var delivery = 1; delivery <= 4; delivery++)
        {
            await NextAsync();
            await _world.PassAsync(worker.WorkAsync());
        }

        var owner = (await run.OwnerAsync(1))!;
        Assert.Equal((4, "InvalidOperationException: boom"), (owner.DeliveriesWithoutProgress, owner.LastFailure));
        engine.OnStep = i =>
        {
            _world.Advance(TimeSpan.FromSeconds(11));
            _ = i == 5 ? throw new InvalidOperationException("later") : 0;
        };
        await NextAsync();
        await _world.PassAsync(worker.WorkAsync());
        Assert.Null(await run.OutcomeAsync(1));
        engine.OnStep = _ => { };
        await NextAsync();
        await _world.PassAsync(worker.WorkAsync());
        Assert.Equal(LevelEnd.Completed, (await run.OutcomeAsync(1))!.End);
        owner = (await run.OwnerAsync(1))!;
        Assert.Equal((1, null), (owner.DeliveriesWithoutProgress, owner.LastFailure));
    }

    [Fact]
    public async Task Of_two_workers_with_the_same_level_one_computes_and_the_other_waits_with_its_own_lock_and_adopts()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        await run.DispatchAsync(1, attempt: 2);
        using var gate = new ManualResetEventSlim();
        var (first, second) = (new FakeEngine { OnStep = _ => gate.Wait() }, new FakeEngine());
        await using var a = _world.Start(first, "a");
        await using var b = _world.Start(second, "b");
        var computing = a.WorkAsync();
        await World.UntilAsync(() => first.Begun.Count == 1);
        var waiting = b.WorkAsync();
        for (var i = 0; i < 300; i++)
        {
            // Far beyond the lease's and the lock's times.
            _world.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.False(waiting.IsCompleted);
        Assert.Null(_world.Queues.Levels.TryReceive());
        gate.Set();
        await _world.PassAsync(Task.WhenAll(computing, waiting));
        Assert.Empty(second.Begun);
        Assert.Equal("a", (await run.OutcomeAsync(1))!.Worker);
        Assert.Equal(1, (await run.OwnerAsync(1))!.DeliveriesWithoutProgress);
        Assert.Equal(0, _world.Queues.Levels.Count);
        Assert.Equal([1, 2], _world.Queues.Outcomes.Sent.Select(m => int.Parse(m.Id.Split('/')[3], null)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_owner_that_was_paused_in_the_middle_of_a_write_writes_nothing_when_it_goes_on(bool isFirstCheckpoint)
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        var paused = new PausableStore(_world.Store);
        using var gate = new ManualResetEventSlim();
        var first = new FakeEngine
        {
            OnStep = i =>
            {
                if (i == 2 && !isFirstCheckpoint)
                {
                    _world.Advance(TimeSpan.FromSeconds(11));
                }
                else if (i == 5)
                {
                    _world.Advance(TimeSpan.FromSeconds(11));
                    paused.Pause();
                }
                else if (i == 7)
                {
                    gate.Wait();
                }
            },
        };
        await using var a = _world.Start(first, "a", store: paused);
        var old = a.WorkAsync();
        await World.UntilAsync(() => paused.Waiting > 0);
        _world.Queues.Levels.EndLocks();
        _world.Advance(Lease);

        using var hold = new ManualResetEventSlim();
        var second = new FakeEngine { OnStep = i => { if (i == 4) { hold.Wait(); } } };
        await using var b = _world.Start(second, "b");
        var work = b.WorkAsync();
        await World.UntilAsync(() => second.Begun.Count == 1);
        Assert.Equal(isFirstCheckpoint ? 0 : 3, second.Begun[0]);
        var writes = _world.Store.Writes;
        paused.Resume();
        gate.Set();
        await _world.PassAsync(old, TimeSpan.FromMilliseconds(1));
        Assert.Equal(writes, _world.Store.Writes);
        hold.Set();
        await _world.PassAsync(work);
        Assert.Equal("b", (await run.OutcomeAsync(1))!.Worker);
        await AssertResultAsync(run, 10);
    }

    [Fact]
    public async Task When_the_lock_is_lost_the_worker_stops_writes_nothing_and_gives_the_lease_back()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        using var gate = new ManualResetEventSlim();
        var engine = new FakeEngine { OnStep = i => { if (i == 5) { gate.Wait(); } } };
        await using var a = _world.Start(engine, "a");
        var work = a.WorkAsync();
        await World.UntilAsync(() => run.ProgressAsync(1).Result is not null);
        _world.Queues.Levels.EndLocks();
        await using var b = _world.Start(new FakeEngine(), "b");
        var next = b.WorkAsync();
        _world.Advance(TimeSpan.FromSeconds(29));
        gate.Set();
        await _world.PassAsync(work);
        await _world.PassAsync(next);
        Assert.Equal("b", (await run.OutcomeAsync(1))!.Worker);
        Assert.Single(_world.Queues.Outcomes.Sent);
        Assert.Equal(0, _world.Queues.Levels.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    public async Task A_worker_that_is_told_to_stop_writes_a_checkpoint_gives_the_level_back_and_the_next_goes_on_from_it(int iteration)
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        var engine = new FakeEngine();
        await using var a = _world.Start(engine, "a");
        engine.OnStep = i => { if (i == iteration) { a.Stop(); } };
        await _world.PassAsync(a.WorkAsync());
        Assert.Null(await run.OutcomeAsync(1));
        Assert.Empty(_world.Queues.Outcomes.Sent);
        Assert.Equal(0, (await run.OwnerAsync(1))!.DeliveriesWithoutProgress);
        engine.OnStep = _ => { };
        await using var b = _world.Start(engine, "b");

        // At once: neither lock nor lease must end by their time.
        await _world.PassAsync(b.WorkAsync(), TimeSpan.FromTicks(1));
        Assert.Equal([0, iteration], engine.Begun);
        Assert.Equal([iteration], (await run.OutcomeAsync(1))!.ResumedAt);
        await AssertResultAsync(run, 10);
    }

    [Fact]
    public async Task A_worker_that_waits_for_a_level_stops_at_once_when_told()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        await run.DispatchAsync(1, attempt: 2);
        using var gate = new ManualResetEventSlim();
        var engine = new FakeEngine { OnStep = _ => gate.Wait() };
        await using var a = _world.Start(engine);
        await using var b = _world.Start(new FakeEngine());
        var work = a.WorkAsync();
        await World.UntilAsync(() => engine.Begun.Count == 1);
        var waiting = b.WorkAsync();
        b.Stop();
        await _world.PassAsync(waiting, TimeSpan.FromTicks(1));
        Assert.NotNull(_world.Queues.Levels.TryReceive());
        gate.Set();
        await _world.PassAsync(work);
    }

    [Fact]
    public async Task The_cancel_marker_ends_a_level_between_iterations()
    {
        var run = await _world.PlanAsync(World.OneLevel with { Iterations = [10_000] });
        await run.DispatchAsync(1);
        var engine = new FakeEngine { OnStep = _ => Thread.Sleep(1) };
        await using var worker = _world.Start(engine);
        var work = worker.WorkAsync();
        await World.UntilAsync(() => engine.Begun.Count == 1);
        await run.CancelAsync();
        await _world.PassAsync(work);
        Assert.Equal(LevelEnd.Cancelled, (await run.OutcomeAsync(1))!.End);
        Assert.Null(await run.BytesAsync(run.Blobs.Level(1).Image));
        Assert.Single(_world.Queues.Outcomes.Sent);
        Assert.Equal(0, _world.Queues.Levels.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_level_that_nobody_wants_any_more_leaves_no_checkpoint(bool isCancelled)
    {
        var run = await _world.PlanAsync(World.OneLevel with { Iterations = [10_000] });
        var job = run.Job(1);
        await run.DispatchAsync(isCancelled ? job : job with { Deadline = _world.Time.GetUtcNow() + TimeSpan.FromMinutes(2) });
        var checkpoint = run.Blobs.Level(1).Checkpoint;
        var engine = new FakeEngine
        {
            OnStep = i =>
            {
                _world.Advance(TimeSpan.FromSeconds(11));
                if (i == 5)
                {
                    // The end of the run has cleaned up before the worker looks again.
                    (isCancelled ? run.CancelAsync() : Task.CompletedTask).Wait();
                    _world.Store.DeleteAsync(checkpoint, default, null, default).Wait();
                }
            },
        };
        await using var worker = _world.Start(engine);
        await _world.PassAsync(worker.WorkAsync());
        Assert.Equal(isCancelled ? LevelEnd.Cancelled : LevelEnd.Failed, (await run.OutcomeAsync(1))!.End);
        Assert.Null(await run.BytesAsync(checkpoint));
    }

    [Fact]
    public async Task A_level_of_a_cancelled_run_is_not_begun()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        await run.CancelAsync();
        var engine = new FakeEngine();
        await using var worker = _world.Start(engine);
        await _world.PassAsync(worker.WorkAsync());
        Assert.Equal(LevelEnd.Cancelled, (await run.OutcomeAsync(1))!.End);
        Assert.Empty(engine.Begun);
    }

    [Fact]
    public async Task A_level_whose_time_is_over_fails_with_that_reason()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(run.Job(1) with { Deadline = _world.Time.GetUtcNow() + TimeSpan.FromMinutes(1) });
        var engine = new FakeEngine { OnStep = _ => _world.Advance(TimeSpan.FromSeconds(20)) };
        await using var worker = _world.Start(engine);
        await _world.PassAsync(worker.WorkAsync());
        Assert.Equal(ProblemCodes.Timeout, (await run.OutcomeAsync(1))!.Problem!.Code);
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_is_a_dead_letter_at_once()
    {
        await _world.Queues.Levels.SendAsync(new("a/1/1/1", "{\"version\":1,\"id\":7}"u8.ToArray()), default);
        await using var worker = _world.Start(new FakeEngine());
        await _world.PassAsync(worker.WorkAsync());
        Assert.Equal("unreadable", Assert.Single(_world.Queues.Levels.Dead).Reason);
    }

    [Fact]
    public async Task The_message_of_a_purged_run_is_dropped_and_nothing_written()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        await _world.Store.DeleteAsync(run.Blobs.Plan, default, null, default);
        await AssertDroppedAsync();
    }

    [Fact]
    public async Task The_message_of_a_run_that_was_removed_and_started_anew_is_dropped_and_nothing_written()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(
            run.Job(1) with { PlannedAt = run.Plan.PlannedAt - TimeSpan.FromMinutes(1), Deadline = _world.Time.GetUtcNow() });
        await AssertDroppedAsync();
    }

    [Fact]
    public async Task A_level_that_is_cancelled_while_it_finishes_leaves_no_checkpoint()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        var checkpoint = run.Blobs.Level(1).Checkpoint;
        var engine = new FakeEngine
        {
            OnStep = i =>
            {
                if (i == 9)
                {
                    run.CancelAsync().Wait();
                    _world.Store.DeleteAsync(checkpoint, default, null, default).Wait();
                }
            },
        };
        await using var worker = _world.Start(engine, configure: o => o.CancelPollEvery = TimeSpan.FromHours(1));
        await _world.PassAsync(worker.WorkAsync());
        Assert.Equal(LevelEnd.Completed, (await run.OutcomeAsync(1))!.End);
        Assert.Null(await run.BytesAsync(checkpoint));
    }

    private async Task AssertDroppedAsync()
    {
        var writes = _world.Store.Writes;
        await using var worker = _world.Start(new FakeEngine());
        await _world.PassAsync(worker.WorkAsync());
        Assert.Equal(writes, _world.Store.Writes);
        Assert.Equal(0, _world.Queues.Levels.Count);
    }

    private static async Task AssertResultAsync(Run run, int iterations)
    {
        var image = Core.Tensors.SafetensorsFile.Read((await run.BytesAsync(run.Blobs.Level(1).Image))!);
        Assert.Equal(FakeEngine.After(7, iterations), image.ReadSingles("image")[0]);
    }

    private static async Task<(int, int, LevelPhase)> ProgressAsync(Run run) =>
        await run.ProgressAsync(1) is { } p ? (p.Iteration, p.Furthest, p.Phase) : default;

    // Lets time pass until the message can be received.
    private Task NextAsync()
    {
        var wait = _world.Queues.Levels.NextAt - _world.Time.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            _world.Advance(wait.Value);
        }

        return Task.CompletedTask;
    }

    // A process that reaches nothing any more from some iteration on; what it had been told then ends by its time.
    private async Task KillAsync(Run run, List<int> begun, Action<int, PausableStore> kill)
    {
        var store = new PausableStore(_world.Store);
        var before = begun.Count;
        var engine = new FakeEngine
        {
            Begun = begun,
            OnStep = i =>
            {
                if (!store.IsPaused)
                {
                    kill(i, store);
                }
            },
        };
        var worker = _world.Start(engine, store: store);
        _ = worker.WorkAsync();
        await World.UntilAsync(() => store.Waiting > 0);
        _world.Queues.Levels.EndLocks();
        _world.Advance(Lease);
        Assert.Equal(before + 1, begun.Count);
        Assert.Null(await run.OutcomeAsync(1));
    }
}
