using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Tests.Fakes;
using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Pipeline.Tests.Workflows;

/// <summary>The workflows with their real activities, on an engine that replays them after everything that happens.</summary>
public sealed class ScenarioTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Levels_run_one_after_the_other_and_the_result_is_reported()
    {
        var started = await _world.StartAsync();
        Assert.Equal(SynthesisState.Running, (await _world.StatusAsync(started.Id)).Status);
        await _world.WorkOffAsync();

        var status = await _world.StatusAsync(started.Id);
        Assert.Equal((SynthesisState.Completed, 100, 2), (status.Status, status.Percent, status.Level));
        Assert.Null(status.EtaSeconds);
        Assert.Equal(["It copies."], status.Warnings);
        Assert.Equal([1, 2], _world.Worker.Received.Select(j => j.Level));
        var run = BlobLayout.Run(new(started.Id, 1));
        var report = (await _world.Store.ReadDocumentAsync<SynthesisReport>(run.Report, default))!.Value;
        Assert.Equal(status.Energy!.Total, report.Levels[^1].Energy.Last.Total);
        Assert.Equal(5, report.Seconds);
        Assert.NotNull(await _world.Store.FindAsync(run.Sheet, default));
        Assert.Null(await _world.Store.FindAsync(run.Level(1).Checkpoint, default));
    }

    [Fact]
    public async Task A_job_says_all_that_a_worker_needs()
    {
        await _world.StartAsync();
        var job = _world.Worker.Take()!;
        Assert.Equal((1, 1, 2, 1), (job.Run, job.Level, job.Levels, job.Attempt));
        Assert.Equal("own", job.Settings.Weights);
        Assert.Equal([(InputRole.Content, 0), (InputRole.Style, 0)], job.Inputs.Select(i => (i.Role, i.Index)));
        foreach (var input in job.Inputs)
        {
            var blob = (await _world.Store.ReadAsync(BlobLayout.Run(job.Key.RunKey).Input(input.Name), 1_000_000, default))!;
            Assert.Equal(input.Size, PreparedPicture.Read(blob.Bytes, input.Name).Size);
        }

        Assert.Equal(_world.Time.GetUtcNow() + TimeSpan.FromHours(24), job.Deadline);
        Assert.Equal(TimeSpan.FromHours(24), _world.Queues.Levels.Sent[0].TimeToLive);
    }

    [Fact]
    public async Task A_lost_event_costs_ten_minutes_and_no_second_dispatch()
    {
        var started = await _world.StartAsync();
        await _world.Worker.CompleteAsync(_world.Worker.Take()!, notify: false);
        await _world.Host.AdvanceAsync(TimeSpan.FromMinutes(9));
        Assert.Equal(1, (await _world.StatusAsync(started.Id)).Level);
        await _world.Host.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(2, (await _world.StatusAsync(started.Id)).Level);
        await _world.WorkOffAsync();
        Assert.Equal(2, _world.Queues.Levels.Sent.Count);
        Assert.Equal(SynthesisState.Completed, (await _world.StatusAsync(started.Id)).Status);
    }

    [Fact]
    public async Task A_level_that_waits_for_a_worker_is_not_dispatched_again()
    {
        var started = await _world.StartAsync();
        await _world.Host.AdvanceAsync(TimeSpan.FromHours(5));
        Assert.Single(_world.Queues.Levels.Sent);
        await _world.WorkOffAsync();
        Assert.Equal(SynthesisState.Completed, (await _world.StatusAsync(started.Id)).Status);
    }

    [Fact]
    public async Task A_worker_that_is_heard_of_is_left_alone()
    {
        await _world.StartAsync();
        var job = _world.Worker.Take()!;
        for (var i = 0; i < 100; i++)
        {
            await _world.Worker.BeatAsync(job, 1);
            await _world.Host.AdvanceAsync(TimeSpan.FromMinutes(4));
        }

        Assert.Single(_world.Queues.Levels.Sent);
    }

    [Fact]
    public async Task A_stale_worker_is_followed_by_three_more_dispatches_and_then_only_waited_for()
    {
        var started = await _world.StartAsync();
        var job = _world.Worker.Take()!;
        await _world.Worker.BeatAsync(job, 2);
        await _world.Host.AdvanceAsync(TimeSpan.FromHours(3));
        Assert.Equal([1, 2, 3, 4], _world.Queues.Levels.Sent.Select(m => int.Parse(m.Id.Split('/')[3])));

        // The first worker was only slow: its outcome counts, although others were sent after it.
        await _world.Worker.CompleteAsync(job);
        await _world.DeliverAsync();
        Assert.Equal(2, (await _world.StatusAsync(started.Id)).Level);
    }

    [Fact]
    public async Task An_outcome_written_while_its_event_was_lost_prevents_the_next_dispatch()
    {
        await _world.StartAsync();
        var job = _world.Worker.Take()!;
        await _world.Worker.BeatAsync(job, 1);
        await _world.Worker.CompleteAsync(job, notify: false);
        await _world.Host.AdvanceAsync(TimeSpan.FromMinutes(30));
        Assert.Equal([$"{job.Id}/1/1/1", $"{job.Id}/1/2/1"], _world.Queues.Levels.Sent.Select(m => m.Id[..m.Id.LastIndexOf('/')]));
    }

    [Fact]
    public async Task A_level_beyond_its_budget_fails()
    {
        var started = await _world.StartAsync();
        await _world.Host.AdvanceAsync(TimeSpan.FromHours(24) + TimeSpan.FromMinutes(10));
        var status = await _world.StatusAsync(started.Id);
        Assert.Equal((SynthesisState.Failed, ProblemCodes.Timeout), (status.Status, status.Problem?.Code));
    }

    [Fact]
    public async Task Events_that_come_twice_or_early_or_for_nothing_change_nothing()
    {
        var started = await _world.StartAsync();
        var instance = new RunKey(started.Id, 1).InstanceId;
        await _world.Host.RaiseAsync(instance, "level-2", default);
        await _world.Host.RaiseAsync(instance, "level-1", default);
        await _world.Host.RaiseAsync(instance, "level-1", default);
        await _world.Host.PumpAsync();
        Assert.Equal(1, (await _world.StatusAsync(started.Id)).Level);
        await _world.WorkOffAsync();
        Assert.Equal(SynthesisState.Completed, (await _world.StatusAsync(started.Id)).Status);
        Assert.Equal(2, _world.Queues.Levels.Sent.Count);
    }

    [Fact]
    public async Task A_failed_level_fails_the_synthesis_with_its_reason()
    {
        var started = await _world.StartAsync();
        await _world.Worker.FailAsync(_world.Worker.Take()!, new(ProblemCodes.Poison, "It failed five times: out of memory."));
        await _world.DeliverAsync();
        var status = await _world.StatusAsync(started.Id);
        Assert.Equal((SynthesisState.Failed, "It failed five times: out of memory."), (status.Status, status.Problem?.Message));
        Assert.Single(_world.Queues.Levels.Sent);
    }

    [Fact]
    public async Task A_poor_fit_ends_the_synthesis_before_the_expensive_levels()
    {
        var started = await _world.StartAsync();
        var job = _world.Worker.Take()!;
        var fit = new FitReport { Fit = 0.1, MeanNcc = 0.2, Coverage = 0.1, Copy = 0, Advice = "Take another style." };
        await _world.Store.WriteDocumentAsync(BlobLayout.Run(job.Key.RunKey).Fit, fit, BlobCondition.None, default);
        Assert.Equal(0.1, (await _world.Reader.FindAsync(started.Id, default))!.Fit?.Fit);
        await _world.Worker.FailAsync(job, new(ProblemCodes.PoorFit, "The fit is 0.1, below 0.5."), LevelEnd.PoorFit);
        await _world.DeliverAsync();
        var status = await _world.StatusAsync(started.Id);
        Assert.Equal((SynthesisState.Failed, ProblemCodes.PoorFit, 0.1), (status.Status, status.Problem?.Code, status.Fit?.Fit));
        Assert.Single(_world.Queues.Levels.Sent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancelled_synthesis_ends_as_cancelled_also_when_the_event_is_lost(bool lost)
    {
        var started = await _world.StartAsync();
        await _world.Worker.BeatAsync(_world.Worker.Take()!, 1);
        if (lost)
        {
            _world.Host.Deaf.Add(WorkflowEvents.Cancel);
        }

        Assert.False((await _world.Control.CancelAsync(started.Id, default))!.Status.IsFinal());
        Assert.NotNull(await _world.Store.FindAsync(BlobLayout.Run(new(started.Id, 1)).Cancel, default));
        await _world.Host.AdvanceAsync(lost ? TimeSpan.FromMinutes(10) : TimeSpan.Zero);
        Assert.Equal(SynthesisState.Cancelled, (await _world.StatusAsync(started.Id)).Status);
        Assert.Contains("\"status\":\"cancelled\"", Assert.IsType<End>(_world.Host.DecisionsOf($"{started.Id}-r1")[^1]).Result);
        Assert.Single(_world.Queues.Levels.Sent);
    }

    [Fact]
    public async Task Cancelling_what_no_workflow_runs_ends_it_at_once()
    {
        var started = await _world.StartAsync();
        _world.Host.Forget($"{started.Id}-r1");
        Assert.Equal(SynthesisState.Cancelled, (await _world.Control.CancelAsync(started.Id, default))!.Status);
    }

    [Fact]
    public async Task A_retry_is_a_run_of_its_own()
    {
        var started = await _world.StartAsync();
        await _world.Worker.FailAsync(_world.Worker.Take()!, new(ProblemCodes.Internal, "no"));
        await _world.DeliverAsync();
        var retried = await _world.Control.RetryAsync(started.Id, default);
        Assert.Equal((2, SynthesisState.Queued, 0.0), (retried!.Run, retried.Status, retried.Percent));
        await _world.Host.PumpAsync();
        var again = await _world.Control.RetryAsync(started.Id, default);
        Assert.Equal(2, again!.Run);
        await _world.WorkOffAsync();
        var ended = await _world.StatusAsync(started.Id);
        Assert.Equal((2, SynthesisState.Completed), (ended.Run, ended.Status));
        Assert.Equal([$"{started.Id}-r1", $"{started.Id}-r2"], _world.Host.Ids);
        Assert.StartsWith($"{started.Id}/2/1/1/", _world.Queues.Levels.Sent[1].Id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_retries_at_once_begin_one_run()
    {
        var started = await _world.StartAsync();
        await _world.Worker.FailAsync(_world.Worker.Take()!, new(ProblemCodes.Internal, "no"));
        await _world.DeliverAsync();
        var runs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _world.Get<CnnMrf.Pipeline.Running.StatusWriter>()
            .BeginNextRunAsync(started.Id, default))));
        Assert.All(runs, r => Assert.Equal(2, r.Run));
    }

    [Fact]
    public async Task A_late_activity_of_an_earlier_run_does_not_touch_the_status()
    {
        var started = await _world.StartAsync();
        await _world.Worker.FailAsync(_world.Worker.Take()!, new(ProblemCodes.Internal, "no"));
        await _world.DeliverAsync();
        await _world.Control.RetryAsync(started.Id, default);
        await _world.Host.Activities.CleanUpAsync(new(new(started.Id, 1), new(ProblemCodes.Internal, "late")), default);
        var status = await _world.StatusAsync(started.Id);
        Assert.Equal((2, SynthesisState.Queued), (status.Run, status.Status));
    }

    [Fact]
    public async Task Starting_the_same_again_is_success_and_starts_nothing()
    {
        var first = await _world.StartAsync();
        var writes = _world.Store.Writes;
        var second = await _world.StartAsync();
        Assert.Equal((first.Id, true), (second.Id, second.Existed));
        Assert.Equal(writes, _world.Store.Writes);
        Assert.Single(_world.Queues.Levels.Sent);
        await _world.WorkOffAsync();
        Assert.Equal(SynthesisState.Completed, (await _world.StartAsync()).Status.Status);
        Assert.Equal(2, _world.Queues.Levels.Sent.Count);
    }

    [Fact]
    public async Task A_start_that_died_halfway_is_finished_by_the_next()
    {
        foreach (var fatal in new[] { "request.json", "status.json", "index/" })
        {
            using var world = new World();
            world.Store.Before = (operation, blob) =>
            {
                if (operation == "write" && blob.Name.Contains(fatal, StringComparison.Ordinal))
                {
                    throw new BlobUnavailableException(blob, "gone");
                }
            };
            await Assert.ThrowsAsync<BlobUnavailableException>(() => world.StartAsync());
            world.Store.Before = static (_, _) => { };
            var started = await world.StartAsync();
            await world.WorkOffAsync();
            Assert.Equal(SynthesisState.Completed, (await world.StatusAsync(started.Id)).Status);
            Assert.Single((await world.Reader.ListAsync(null, null, 10, default)).Items);
        }
    }

    [Fact]
    public async Task A_workflow_that_was_lost_is_started_again_by_whoever_looks()
    {
        var started = await _world.StartAsync();
        _world.Host.Forget($"{started.Id}-r1");
        _world.Time.Advance(TimeSpan.FromMinutes(11));
        await _world.Control.FindAsync(started.Id, default);
        await _world.Host.PumpAsync();
        await _world.WorkOffAsync();
        Assert.Equal(SynthesisState.Completed, (await _world.StatusAsync(started.Id)).Status);
    }

    [Fact]
    public async Task An_activity_that_fails_now_and_then_is_tried_again()
    {
        var calls = 0;
        _world.Host.BeforeActivity = _ =>
        {
            if (++calls % 3 != 0)
            {
                throw new IOException("the network");
            }
        };
        var started = await _world.StartAsync();
        await _world.WorkOffAsync();
        Assert.Equal(SynthesisState.Completed, (await _world.StatusAsync(started.Id)).Status);
    }

    [Fact]
    public async Task An_activity_that_goes_on_failing_fails_the_synthesis()
    {
        _world.Host.BeforeActivity = name =>
        {
            if (name == "DispatchLevel")
            {
                throw new IOException("no queue");
            }
        };
        var started = await _world.StartAsync();
        var status = await _world.StatusAsync(started.Id);
        Assert.Equal((SynthesisState.Failed, ProblemCodes.Internal), (status.Status, status.Problem?.Code));
        Assert.Contains("no queue", status.Problem!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_that_breaks_off_fails_the_synthesis_and_is_named()
    {
        var whole = TestPictures.Png();
        var started = await _world.StartAsync(World.Request() with
        {
            Inputs =
            [
                Starting(InputRole.Content, "half.png", whole[..(whole.Length / 2)]),
                Starting(InputRole.Style, "style.png", whole),
            ],
        });
        var status = await _world.StatusAsync(started.Id);
        Assert.Equal((SynthesisState.Failed, ProblemCodes.Picture, "content"),
            (status.Status, status.Problem?.Code, status.Problem?.Field));
        Assert.Contains("half.png is truncated", status.Problem!.Message, StringComparison.Ordinal);

        static Pipeline.Starting.InputSource Starting(InputRole role, string name, byte[] bytes) =>
            Pipeline.Starting.InputSource.Of(role, 0, name, bytes);
    }

    [Fact]
    public async Task A_dead_letter_fails_the_level_with_its_reason_and_is_kept()
    {
        var started = await _world.StartAsync();
        var message = (await _world.Queues.Levels.ReceiveAsync(TimeSpan.Zero, default))!;
        await message.DeadLetterAsync("MaxDeliveryCountExceeded", "Nobody could.", default);
        await _world.Notices.HandleDeadLetterAsync((await _world.Queues.Levels.ReceiveDeadLetterAsync(TimeSpan.Zero, default))!, default);
        await _world.Host.PumpAsync();
        var status = await _world.StatusAsync(started.Id);
        Assert.Equal((SynthesisState.Failed, ProblemCodes.DeadLetter), (status.Status, status.Problem?.Code));
        Assert.Contains("Nobody could.", status.Problem!.Message, StringComparison.Ordinal);
        var kept = await _world.Store.ReadDocumentAsync<LevelDeadLetter>(BlobLayout.Level(new(started.Id, 1, 1)).DeadLetter, default);
        Assert.Equal("MaxDeliveryCountExceeded", kept!.Value.Reason);
    }

    [Fact]
    public async Task Notices_and_letters_that_belong_to_nothing_are_dropped()
    {
        await _world.Notices.HandleNoticeAsync("{\"version\":99}"u8.ToArray(), default);
        await _world.Notices.HandleNoticeAsync("not json"u8.ToArray(), default);
        await _world.Notices.HandleDeadLetterAsync(Letter("../../etc/passwd/1/1/1"), default);
        await _world.Notices.HandleDeadLetterAsync(Letter("cat-0123456789abcdef/1/1/1"), default);
        Assert.Empty(_world.Store.Names(BlobContainers.Syntheses));

        static LevelDeadLetter Letter(string id) => new()
        {
            MessageId = id,
            Body = "",
            Reason = "r",
            DeliveryCount = 1,
            EnqueuedAt = DateTimeOffset.UnixEpoch,
            RecordedAt = DateTimeOffset.UnixEpoch,
        };
    }

    [Fact]
    public async Task Fifty_at_once_end_with_one_result_each()
    {
        var ids = new List<SynthesisId>();
        for (var i = 0; i < 50; i++)
        {
            ids.Add((await _world.Starter.StartAsync(World.Request($"n{i}", i), default)).Id);
        }

        await _world.Host.PumpAsync();
        await _world.WorkOffAsync();
        Assert.Equal(50, ids.Distinct().Count());
        Assert.Equal(100, _world.Queues.Levels.Sent.Count);
        Assert.All(ids, id => Assert.Equal(SynthesisState.Completed, _world.StatusAsync(id).Result.Status));
        var listed = new List<SynthesisStatus>();
        string? continuation = null;
        do
        {
            var page = await _world.Reader.ListAsync(SynthesisState.Completed, continuation, 7, default);
            listed.AddRange(page.Items);
            continuation = page.Continuation;
        }
        while (continuation is not null);
        Assert.Equal(50, listed.Count);
    }

    [Fact]
    public async Task What_ended_can_be_removed_without_a_trace_and_started_anew()
    {
        var started = await _world.StartAsync();
        var e = await Assert.ThrowsAsync<ProblemException>(() => _world.Control.PurgeAsync(started.Id, default));
        Assert.Equal(ProblemCodes.Conflict, e.Problem.Code);
        await _world.WorkOffAsync();
        Assert.True(await _world.Control.PurgeAsync(started.Id, default));
        Assert.Empty(_world.Store.Names(BlobContainers.Syntheses));
        Assert.False(await _world.Control.PurgeAsync(started.Id, default));
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        var again = await _world.StartAsync();
        Assert.Equal((started.Id, false), (again.Id, again.Existed));
        await _world.WorkOffAsync();
        Assert.Equal(SynthesisState.Completed, (await _world.StatusAsync(started.Id)).Status);
    }

    [Theory]
    [InlineData("/originals/")]
    [InlineData("plan.json")]
    [InlineData("index/")]
    public async Task A_removal_that_was_interrupted_is_finished_by_the_next_start(string at)
    {
        var started = await _world.StartAsync();
        await _world.WorkOffAsync();
        _world.Store.Before = (operation, blob) =>
        {
            if (operation == "delete" && blob.Name.Contains(at, StringComparison.Ordinal))
            {
                throw new BlobUnavailableException(blob, "gone");
            }
        };
        await Assert.ThrowsAsync<BlobUnavailableException>(() => _world.Control.PurgeAsync(started.Id, default));
        _world.Store.Before = static (_, _) => { };
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        var again = await _world.StartAsync();
        Assert.Equal((started.Id, SynthesisState.Queued), (again.Id, again.Status.Status));
        await _world.WorkOffAsync();
        Assert.Equal(SynthesisState.Completed, (await _world.StatusAsync(started.Id)).Status);
        Assert.Single((await _world.Reader.ListAsync(null, null, 10, default)).Items);
        Assert.NotNull(await _world.Store.FindAsync(BlobLayout.Run(new(started.Id, 1)).Result, default));
    }

    // Another removes it too, or has it started anew, at any moment of a removal: never is anything lost of the new start.
    [Theory]
    [InlineData("list", "")]
    [InlineData("delete", "request.json")]
    [InlineData("delete", "/originals/")]
    [InlineData("delete", "/plan.json")]
    [InlineData("delete", "index/")]
    [InlineData("delete", "/status.json")]
    public async Task What_is_started_anew_while_it_is_removed_is_whole(string operation, string at)
    {
        var started = await _world.StartAsync();
        await _world.WorkOffAsync();
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        var begun = false;
        _world.Store.Before = (now, blob) =>
        {
            if (begun || now != operation || !blob.Name.Contains(at, StringComparison.Ordinal))
            {
                return;
            }

            begun = true;
            _world.Control.PurgeAsync(started.Id, default).GetAwaiter().GetResult();
            _world.Starter.StartAsync(World.Request(), default).GetAwaiter().GetResult();
        };
        var removed = _world.Control.PurgeAsync(started.Id, default);
        if (operation == "list")
        {
            Assert.Contains("It has not ended yet", (await Assert.ThrowsAsync<ProblemException>(() => removed)).Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.True(await removed);
        }

        Assert.True(begun);
        await _world.Host.PumpAsync();
        await _world.WorkOffAsync();
        Assert.Equal(SynthesisState.Completed, (await _world.StatusAsync(started.Id)).Status);
        Assert.Single((await _world.Reader.ListAsync(null, null, 10, default)).Items);
        Assert.NotNull(await _world.Store.FindAsync(BlobLayout.Run(new(started.Id, 1)).Result, default));
    }

    [Theory]
    [InlineData("write", "/status.json", true)]
    [InlineData("list", "", false)]
    [InlineData("delete", "/request.json", false)]
    public async Task What_is_retried_while_it_is_removed_runs_again_or_goes_for_good(string operation, string at, bool runs)
    {
        var started = await _world.StartAsync();
        await _world.WorkOffAsync();
        var begun = false;
        _world.Store.Before = (now, blob) =>
        {
            if (!begun && now == operation && blob.Name.Contains(at, StringComparison.Ordinal))
            {
                begun = true;
                var retry = _world.Control.RetryAsync(started.Id, default);
                Assert.Equal(runs ? null : "It is being removed. Start it anew when it is gone.", retry.Exception?.InnerException!.Message);
            }
        };
        var removal = _world.Control.PurgeAsync(started.Id, default);
        if (runs)
        {
            Assert.Equal(ProblemCodes.Conflict, (await Assert.ThrowsAsync<ProblemException>(() => removal)).Problem.Code);
            await _world.Host.PumpAsync();
            await _world.WorkOffAsync();
            var status = await _world.StatusAsync(started.Id);
            Assert.Equal((2, SynthesisState.Completed), (status.Run, status.Status));
        }
        else
        {
            Assert.True(await removal);
            Assert.Empty(_world.Store.Names(BlobContainers.Syntheses));
        }

        Assert.True(begun);
    }

    [Fact]
    public async Task What_a_worker_writes_before_it_lets_go_is_removed_too()
    {
        var started = await _world.StartAsync();
        await _world.WorkOffAsync();
        var level = BlobLayout.Level(new(started.Id, 1, 1));
        await _world.Store.WriteDocumentAsync(level.Owner, new LevelOwner(), BlobCondition.None, default);
        _world.Store.Before = (operation, blob) =>
        {
            if (operation == "delete" && blob == level.Owner)
            {
                _world.Store.Before = static (_, _) => { };
                _world.Store.WriteAsync(level.Outcome, "{}"u8.ToArray(), BlobWrite.Json, default).GetAwaiter().GetResult();
                _world.Store.WriteAsync(level.Progress, "{}"u8.ToArray(), BlobWrite.Json, default).GetAwaiter().GetResult();
            }
        };
        Assert.True(await _world.Control.PurgeAsync(started.Id, default));
        Assert.Empty(_world.Store.Names(BlobContainers.Syntheses));
    }

    [Fact]
    public async Task One_that_a_worker_holds_can_be_retried_after_its_removal_was_refused()
    {
        var started = await _world.StartAsync();
        await _world.WorkOffAsync();
        var owner = BlobLayout.Level(new(started.Id, 1, 1)).Owner;
        await _world.Store.WriteDocumentAsync(owner, new LevelOwner(), BlobCondition.None, default);
        await _world.Store.AcquireLeaseAsync(owner, TimeSpan.FromSeconds(60), default);
        await Assert.ThrowsAsync<ProblemException>(() => _world.Control.PurgeAsync(started.Id, default));
        Assert.Equal(2, (await _world.Control.RetryAsync(started.Id, default))!.Run);
    }

    [Fact]
    public async Task Who_asked_for_a_start_may_go_once_it_is_accepted()
    {
        using var gone = new CancellationTokenSource();
        _world.Store.Before = (operation, blob) =>
        {
            if (operation == "write" && blob.Name.EndsWith("status.json", StringComparison.Ordinal))
            {
                gone.Cancel();
            }
        };
        var started = await _world.Starter.StartAsync(World.Request(), gone.Token);
        await _world.Host.PumpAsync();
        await _world.WorkOffAsync();
        Assert.Equal(SynthesisState.Completed, (await _world.StatusAsync(started.Id)).Status);
    }

    [Fact]
    public async Task A_dead_letter_from_before_a_removal_leaves_what_was_started_anew_alone()
    {
        var started = await _world.StartAsync();
        var message = (await _world.Queues.Levels.ReceiveAsync(TimeSpan.Zero, default))!;
        await message.DeadLetterAsync("MaxDeliveryCountExceeded", "Nobody could.", default);
        await _world.Control.CancelAsync(started.Id, default);
        await _world.Host.PumpAsync();
        Assert.True(await _world.Control.PurgeAsync(started.Id, default));
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await _world.StartAsync();
        await _world.Notices.HandleDeadLetterAsync((await _world.Queues.Levels.ReceiveDeadLetterAsync(TimeSpan.Zero, default))!, default);
        await _world.Host.PumpAsync();
        await _world.WorkOffAsync();
        Assert.Equal(SynthesisState.Completed, (await _world.StatusAsync(started.Id)).Status);
    }

    [Fact]
    public async Task What_has_ended_a_moment_ago_is_removed_once_its_workflow_has_ended_too()
    {
        var started = await _world.StartAsync();
        ProblemException? refused = null;
        _world.Host.AfterActivity = name =>
        {
            if (name == "Finish")
            {
                refused = Assert.Throws<ProblemException>(() => _world.Control.PurgeAsync(started.Id, default).GetAwaiter().GetResult());
            }
        };
        await _world.WorkOffAsync();
        Assert.Equal(ProblemCodes.Conflict, refused!.Problem.Code);
        Assert.Contains("in some seconds", refused.Problem.Message, StringComparison.Ordinal);
        Assert.True(await _world.Control.PurgeAsync(started.Id, default));
        _world.Time.Advance(TimeSpan.FromSeconds(1));
        await _world.StartAsync();
        await _world.WorkOffAsync();
        Assert.Equal(SynthesisState.Completed, (await _world.StatusAsync(started.Id)).Status);
    }
}
