using System.Globalization;

namespace CnnMrf.Local.Tests.Serving;

/// <summary>Processes that die at any moment, on a data folder; more often where CNNMRF_KILLS says so.</summary>
[Collection("Engine")]
[Trait("Category", "Slow")]
public sealed class KillTests : IDisposable
{
    private static readonly int Kills = int.Parse(
        Environment.GetEnvironmentVariable("CNNMRF_KILLS") is { Length: > 0 } given ? given : "4", CultureInfo.InvariantCulture);

    private readonly Workplace _workplace = new();
    private readonly Pairs _pairs;
    private readonly DataFolder _data;

    public KillTests() => (_pairs, _data) = (new(_workplace), new(_workplace));

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task Runs_killed_at_random_moments_all_end_with_the_uninterrupted_picture()
    {
        const int Seeds = 2;
        const int Runs = 4;
        const int Iterations = 120;
        var expected = new byte[Seeds][];
        for (var seed = 0; seed < Seeds; seed++)
        {
            expected[seed] = await _pairs.ByCommandLineAsync(Pairs.Settings(seed, Iterations, 32, 2));
        }

        var random = new Random(20);
        var syntheses = new List<string>();
        for (var kills = 0; ; kills++)
        {
            await using var serve = _data.Serve("--workers", "2");
            using var front = new Front(await serve.ListensAsync());
            while (syntheses.Count < Runs)
            {
                var seed = syntheses.Count % Seeds;
                syntheses.Add(await front.PostAsync(
                    _pairs.Content, _pairs.Style, Pairs.Settings(seed, Iterations, 32, 2), $"run {syntheses.Count}"));
            }

            await serve.SaysAsync("owned, attempt");
            var began = DateTime.UtcNow;
            var life = 1.2 * random.NextDouble();
            // Every other one lives until it kept work of its own: then there is something to resume, however fast the machine.
            var kept = kills % 2 == 0 ? await KeptAsync(syntheses) : null;
            var left = Runs;
            while (left > 0 && (kills == Kills || kept is not null || DateTime.UtcNow < began.AddSeconds(life * Longer(serve))))
            {
                Assert.True(DateTime.UtcNow < began.AddMinutes(5), serve.Said);
                var items = (await front.GetAsync("/api/syntheses?limit=100"))["items"]!.AsArray();
                Assert.Equal(Runs, items.Count);
                left = items.Count(i => (string?)i!["status"] != "completed");
                Assert.All(items, i => Assert.True((string?)i!["status"] is not ("failed" or "cancelled"), i!.ToJsonString()));
                if (kept is not null && (await KeptAsync(syntheses)).Zip(kept).Any(k => k.First > k.Second))
                {
                    kept = null;
                }

                await Task.Delay(20, TestContext.Current.CancellationToken);
            }

            if (left > 0)
            {
                await serve.KillAsync();
                continue;
            }

            var resumed = new List<int>();
            for (var i = 0; i < Runs; i++)
            {
                Assert.Equal(expected[i % Seeds], await front.ResultAsync(syntheses[i]));
                resumed.AddRange([.. await _data.ResumedAtAsync(syntheses[i], 1), .. await _data.ResumedAtAsync(syntheses[i], 2)]);
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, {resumed.Count} levels resumed");
            Assert.True(kills >= 2 && resumed.Count > 0, $"{kills} kills, {resumed.Count} levels resumed");
            Assert.All(resumed, iteration => Assert.True(iteration > 0));
            return;
        }
    }

    [Fact]
    public async Task A_healthy_level_survives_any_number_of_kills_each_after_a_newer_checkpoint()
    {
        var settings = Pairs.Settings(1, 600, 32);
        string? synthesis = null;
        var (last, kills) = (-1, 0);
        for (; kills < Kills; kills++)
        {
            await using var serve = _data.Serve();
            using var front = new Front(await serve.ListensAsync());
            synthesis ??= await front.PostAsync(_pairs.Content, _pairs.Style, settings);
            _ = await _data.CheckpointAfterAsync(synthesis, 1, last, serve);
            await serve.KillAsync();
            last = await _data.CheckpointAsync(synthesis, 1);
        }

        await using var afterwards = _data.Serve();
        using var end = new Front(await afterwards.ListensAsync());
        await end.EndAsync(synthesis!);
        var resumed = await _data.ResumedAtAsync(synthesis!, 1);
        Assert.Equal(Kills, resumed.Length);
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
        var settings = Pairs.Settings(5, 250, 32);
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

    /// <summary>The iterations of all checkpoints.</summary>
    private Task<int[]> KeptAsync(IEnumerable<string> syntheses) => Task.WhenAll(
        syntheses.SelectMany(s => new[] { 1, 2 }.Select(level => _data.CheckpointAsync(s, level))));

    // Chance, or a slow machine, must not make a level poison that never had the time for a checkpoint.
    private static int Longer(Program serve) => new[] { 4, 3, 2 }
        .Where(delivery => serve.Said.Contains($"delivery {delivery} without progress", StringComparison.Ordinal))
        .Select(delivery => 1 << (2 * (delivery - 1)))
        .FirstOrDefault(1);
}
