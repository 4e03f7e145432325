namespace CnnMrf.Local.Tests.Serving;

/// <summary>Processes that die at any moment, on a data folder.</summary>
[Collection("Engine")]
[Trait("Category", "Slow")]
public sealed class KillTests : IDisposable
{
    private const int Runs = 20;
    private const int KillsOfOneLevel = 30;

    private readonly Workplace _workplace = new();
    private readonly Pairs _pairs;
    private readonly DataFolder _data;

    public KillTests() => (_pairs, _data) = (new(_workplace), new(_workplace));

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Runs_killed_at_random_moments_all_end_with_the_uninterrupted_picture()
    {
        const int Seeds = 4;
        var expected = new byte[Seeds][];
        for (var seed = 0; seed < Seeds; seed++)
        {
            expected[seed] = await _pairs.ByCommandLineAsync(Pairs.Settings(seed, 40, 32, 2));
        }

        // A slow machine must not make a level poison that never had the time for a checkpoint: then lives get longer.
        var (random, longer, progress) = (new Random(20), 1.0, 0);
        var syntheses = new List<string>();
        for (var kills = 0; ; kills++)
        {
            Assert.True(kills < 10 * Runs, "Nothing gets done.");
            await using var serve = _data.Serve("--workers", "2");
            using var front = new Front(await serve.ListensAsync());
            while (syntheses.Count < Runs)
            {
                var seed = syntheses.Count % Seeds;
                syntheses.Add(await front.PostAsync(_pairs.Content, _pairs.Style, Pairs.Settings(seed, 40, 32, 2), $"run {syntheses.Count}"));
            }

            await serve.SaysAsync("owned, attempt");
            var until = DateTime.UtcNow.AddSeconds(longer * (0.2 + (1.3 * random.NextDouble())));
            var left = Runs;
            while (left > 0 && DateTime.UtcNow < until)
            {
                var items = (await front.GetAsync("/api/syntheses?limit=100"))["items"]!.AsArray();
                Assert.Equal(Runs, items.Count);
                left = items.Count(i => (string?)i!["status"] != "completed");
                Assert.All(items, i => Assert.True((string?)i!["status"] is not ("failed" or "cancelled"), i!.ToJsonString()));
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }

            if (left > 0)
            {
                await serve.KillAsync();
                var now = await ProgressAsync(syntheses);
                (longer, progress) = (now != progress ? Math.Max(1, longer / 1.5) : 2 * longer, now);
                continue;
            }

            var resumed = new List<int>();
            for (var i = 0; i < Runs; i++)
            {
                Assert.Equal(expected[i % Seeds], await front.ResultAsync(syntheses[i]));
                resumed.AddRange([.. await _data.ResumedAtAsync(syntheses[i], 1), .. await _data.ResumedAtAsync(syntheses[i], 2)]);
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, {resumed.Count} levels resumed");
            Assert.True(kills >= 3 && resumed.Count >= 3, $"{kills} kills, {resumed.Count} levels resumed: too fast a machine for this test");
            Assert.All(resumed, iteration => Assert.True(iteration > 0));
            return;
        }
    }

    [Fact]
    public async Task A_healthy_level_survives_any_number_of_kills_each_after_a_newer_checkpoint()
    {
        var settings = Pairs.Settings(1, 2000, 32);
        string? synthesis = null;
        var (last, kills) = (-1, 0);
        for (; kills < KillsOfOneLevel; kills++)
        {
            await using var serve = _data.Serve();
            using var front = new Front(await serve.ListensAsync());
            synthesis ??= await front.PostAsync(_pairs.Content, _pairs.Style, settings);
            last = await _data.CheckpointAfterAsync(synthesis, 1, last, serve);
            await serve.KillAsync();
        }

        await using var afterwards = _data.Serve();
        using var end = new Front(await afterwards.ListensAsync());
        await end.EndAsync(synthesis!);
        var resumed = await _data.ResumedAtAsync(synthesis!, 1);
        Assert.Equal(KillsOfOneLevel, resumed.Length);
        Assert.Equal(resumed.Order().Distinct(), resumed);
        Assert.True(resumed[0] > 0);
        Assert.Equal(await _pairs.ByCommandLineAsync(settings), await end.ResultAsync(synthesis!));
    }

    [Fact]
    public async Task A_level_that_kills_its_worker_every_time_is_poison_after_five_deliveries_and_the_synthesis_says_so()
    {
        var configuration = new Dictionary<string, string>(DataFolder.ShortTimes) { ["Worker__CheckpointEvery"] = "01:00:00" };
        string? synthesis = null;
        for (var delivery = 1; delivery <= 5; delivery++)
        {
            await using var serve = _data.Serve(configuration);
            using var front = new Front(await serve.ListensAsync());
            synthesis ??= await front.PostAsync(_pairs.Content, _pairs.Style, Pairs.Settings(1, 10_000, 32));
            await serve.SaysAsync($"delivery {delivery} without progress");
            await serve.KillAsync();
        }

        await using var last = _data.Serve(configuration);
        using var end = new Front(await last.ListensAsync());
        var status = await end.EndAsync(synthesis!, "failed");
        Assert.Equal("poison", (string?)status["problem"]!["code"]);
    }

    [Fact]
    public async Task Asked_to_end_it_keeps_a_checkpoint_and_the_next_goes_on_from_it()
    {
        var configuration = new Dictionary<string, string>(DataFolder.ShortTimes) { ["Worker__CheckpointEvery"] = "01:00:00" };
        var settings = Pairs.Settings(5, 1000, 32);
        string synthesis;
        await using (var serve = _data.Serve(configuration))
        {
            using var front = new Front(await serve.ListensAsync());
            synthesis = await front.PostAsync(_pairs.Content, _pairs.Style, settings);
            for (var patience = 600; (int)(await front.GetAsync(synthesis))["iteration"]! < 2; patience--)
            {
                Assert.True(patience > 0, serve.Said);
                await Task.Delay(100);
            }

            Assert.Equal(0, await serve.TerminateAsync());
        }

        await using var next = _data.Serve(configuration);
        using var end = new Front(await next.ListensAsync());
        await end.EndAsync(synthesis);
        Assert.True(Assert.Single(await _data.ResumedAtAsync(synthesis, 1)) > 0);
        Assert.Equal(await _pairs.ByCommandLineAsync(settings), await end.ResultAsync(synthesis));
    }

    private async Task<int> ProgressAsync(IEnumerable<string> syntheses)
    {
        var sum = 0;
        foreach (var synthesis in syntheses)
        {
            sum += await _data.CheckpointAsync(synthesis, 1) + await _data.CheckpointAsync(synthesis, 2);
        }

        return sum;
    }
}
