using CnnMrf.Core.Tensors;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Worker.Levels;
using CnnMrf.Worker.Tests.Fakes;

namespace CnnMrf.Worker.Tests.Levels;

/// <summary>Stores and queues that cannot be reached for a while.</summary>
public sealed class OutageTests
{
    private readonly World _world = new();

    [Theory]
    [InlineData(20, 1)]
    [InlineData(300, 2)]
    public async Task A_store_that_is_away_costs_nothing_or_where_the_lease_ran_out_what_came_after_the_last_checkpoint(
        int seconds, int begun)
    {
        var run = await _world.PlanAsync(World.OneLevel with { Iterations = [40] });
        await run.DispatchAsync(1);
        var (back, saved, renewed, last) = (DateTimeOffset.MaxValue, 0, false, 0);
        _world.Store.Before = (operation, _) => renewed |= operation == "renew" && saved > 0;
        var engine = new FakeEngine
        {
            OnStep = i =>
            {
                if (back == DateTimeOffset.MaxValue)
                {
                    saved = SavedAsync(run).Result;
                    last = i;

                    // Just after the lease was renewed: nobody else can have it for 30 s.
                    if (renewed)
                    {
                        back = _world.Time.GetUtcNow() + TimeSpan.FromSeconds(seconds);
                        _world.Store.Before = (operation, blob) => _ = _world.Time.GetUtcNow() < back ? throw Down(blob) : operation;
                    }
                }

                _world.Advance(TimeSpan.FromSeconds(1));
            },
        };
        await using var worker = _world.Start(engine, configure: o => o.LeaseDuration = TimeSpan.FromSeconds(30));
        await _world.PassAsync(worker.WorkAsync(), TimeSpan.FromMilliseconds(100));
        Assert.True(renewed);
        Assert.Equal(begun, engine.Begun.Count);
        Assert.All(engine.Begun.Skip(1), i => Assert.InRange(i, saved, last));
        await AssertDoneAsync(run, 40);
    }

    [Fact]
    public async Task A_store_that_was_away_when_the_level_was_taken_over_does_not_double_its_course()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        await using (var first = _world.Start(new FakeEngine
        {
            OnStep = i =>
            {
                _world.Advance(TimeSpan.FromSeconds(6));
                _ = i == 6 ? throw new IOException("gone") : 0;
            },
        }))
        {
            await _world.PassAsync(first.WorkAsync());
        }

        Assert.NotEmpty((await run.ProgressAsync(1))!.Trace);
        // It is written to be taken over, then with what was taken over.
        var writes = 0;
        _world.Store.Before = (operation, blob) =>
        {
            if (operation == "write" && blob == run.Blobs.Level(1).Progress && ++writes == 2)
            {
                throw Down(blob);
            }
        };
        _world.Advance(TimeSpan.FromSeconds(30));
        await using var worker = _world.Start(new FakeEngine { OnStep = _ => _world.Advance(TimeSpan.FromSeconds(6)) });
        await _world.PassAsync(worker.WorkAsync());
        Assert.True(writes > 2);
        var iterations = (await run.ProgressAsync(1))!.Trace.Select(s => s.Iteration).ToArray();
        Assert.Equal(iterations.Distinct().Order(), iterations);
    }

    [Theory]
    [InlineData("find")]
    [InlineData("open")]
    [InlineData("write")]
    [InlineData("lease")]
    [InlineData("renew")]
    [InlineData("release")]
    public async Task Whatever_of_the_store_fails_now_and_then_the_level_is_done(string operation)
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        var (failures, random, gate) = (0, new Random(1), new Lock());
        _world.Store.Before = (o, blob) =>
        {
            lock (gate)
            {
                if (o == operation && (failures == 0 || random.NextDouble() < 0.4))
                {
                    failures++;
                    throw Down(blob);
                }
            }
        };
        var engine = new FakeEngine
        {
            OnStep = i =>
            {
                _world.Advance(TimeSpan.FromSeconds(6));
            },
        };
        await using var worker = _world.Start(engine);
        await _world.PassAsync(worker.WorkAsync());
        Assert.True(failures > 0);
        _world.Store.Before = (_, _) => { };
        Assert.Equal([0], engine.Begun);
        await AssertDoneAsync(run, 10);
    }

    [Theory]
    [InlineData("checkpoint.safetensors")]
    [InlineData("progress.json")]
    [InlineData("image.safetensors")]
    [InlineData("outcome.json")]
    [InlineData("result.png")]
    public async Task A_write_that_arrived_although_it_seemed_to_fail_does_no_harm(string name)
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        var store = new ForgetfulStore(_world.Store, name);
        var engine = new FakeEngine { OnStep = _ => _world.Advance(TimeSpan.FromSeconds(11)) };
        await using var worker = _world.Start(engine, store: store);
        await _world.PassAsync(worker.WorkAsync());
        Assert.True(store.HasForgotten);
        Assert.Equal([0], engine.Begun);
        await AssertDoneAsync(run, 10);
    }

    [Fact]
    public async Task A_queue_that_is_away_gets_its_notice_when_it_is_back()
    {
        var run = await _world.PlanAsync();
        await run.DispatchAsync(1);
        var back = _world.Time.GetUtcNow() + TimeSpan.FromSeconds(25);
        _world.Queues.Outcomes.IsDown = () => _world.Time.GetUtcNow() < back;
        await using var worker = _world.Start(new FakeEngine());
        await _world.PassAsync(worker.WorkAsync());
        Assert.Single(_world.Queues.Outcomes.Sent);
        Assert.Equal(0, _world.Queues.Levels.Count);
    }

    private async Task<int> SavedAsync(Run run) =>
        Math.Max(0, CheckpointFile.Find(await _world.Store.FindAsync(run.Blobs.Level(1).Checkpoint, default)).Iteration);

    private static BlobUnavailableException Down(BlobAddress blob) => new(blob, "The store is down.");

    private async Task AssertDoneAsync(Run run, int iterations)
    {
        Assert.Equal(LevelEnd.Completed, (await run.OutcomeAsync(1))!.End);
        var image = SafetensorsFile.Read((await run.BytesAsync(run.Blobs.Level(1).Image))!);
        Assert.Equal(FakeEngine.After(7, iterations), image.ReadSingles("image")[0]);
        Assert.Equal(0, _world.Queues.Levels.Count);
    }
}
