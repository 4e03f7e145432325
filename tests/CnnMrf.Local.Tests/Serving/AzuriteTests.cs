using CnnMrf.Pipeline.Queues;
using CnnMrf.Storage;
using CnnMrf.Tests.Azurite;
using Microsoft.Extensions.DependencyInjection;

namespace CnnMrf.Local.Tests.Serving;

/// <summary>A front and workers as processes of their own, on the real storage emulator. Leases there last 15 s at least.</summary>
[Collection("Engine")]
[Trait("Category", "Slow")]
public sealed class AzuriteTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> ShortTimes = new(DataFolder.ShortTimes)
    {
        ["Worker__LeaseDuration"] = "00:00:15",
        ["Worker__LeaseRenewEvery"] = "00:00:05",
        ["Queue__LockDuration"] = "00:00:02",
        ["Worker__LockRenewEvery"] = "00:00:00.6",
        // Every look costs the emulator about as much as the workers need for an iteration.
        ["Queue__PollInterval"] = "00:00:00.4",
        ["Worker__OwnerPollEvery"] = "00:00:00.5",
    };

    // Where a message that comes again because a busy machine renewed too late would be counted.
    private static readonly Dictionary<string, string> LongLocks = new(ShortTimes) { ["Queue__LockDuration"] = "00:00:20" };

    private readonly Workplace _workplace = new();
    private readonly Pairs _pairs;
    private AzuriteServer? _azurite;

    public AzuriteTests() => _pairs = new(_workplace);

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(AzuriteServer.IsPossible, "Azurite needs node and npm.");
        _azurite = await AzuriteServer.StartAsync(_workplace["azurite"]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }

        _workplace.Dispose();
    }

    [Fact]
    public async Task Two_workers_make_the_command_lines_pictures_also_when_a_worker_and_the_front_are_killed()
    {
        var (quick, slow) = (Pairs.Settings(7, 4, 32, 2), Pairs.Settings(8, 400, 32));
        await using var survivor = Worker();
        await using var victim = Worker();
        string first, second;
        await using (var front = Serve())
        {
            using var asked = new Front(await front.ListensAsync());
            first = await asked.PostAsync(_pairs.Content, _pairs.Style, quick);
            await asked.EndAsync(first);
            Assert.Equal(await _pairs.ByCommandLineAsync(quick), await asked.ResultAsync(first));
            Assert.Equal("auto is own", Weights(front));

            second = await asked.PostAsync(_pairs.Content, _pairs.Style, slow);
            await WaitForAsync(async () => (double)(await asked.GetAsync(second))["percent"]! > 5);
            await front.KillAsync();
        }

        var name = Path.GetFileName(second);
        var owner = victim.Said.Contains($"{name} run 1 level 1 owned", StringComparison.Ordinal) ? victim : survivor;
        await owner.KillAsync();
        await using var again = Serve();
        using var end = new Front(await again.ListensAsync());
        await end.EndAsync(second);
        Assert.Equal(await _pairs.ByCommandLineAsync(slow), await end.ResultAsync(second));
        Assert.Equal(2, (await end.GetAsync("/api/syntheses"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Of_two_workers_given_the_same_message_one_computes_and_one_adopts()
    {
        await using var front = Serve();
        using var asked = new Front(await front.ListensAsync());
        var settings = Pairs.Settings(9, 100, 32);
        var synthesis = await asked.PostAsync(_pairs.Content, _pairs.Style, settings);
        await using (var services = new ServiceCollection().AddLogging()
            .AddAzureStorage(o => o.ConnectionString = _azurite!.ConnectionString).BuildServiceProvider())
        {
            var levels = services.GetRequiredService<IMessageQueues>().Get(QueueNames.Levels);
            var message = await levels.ReceiveAsync(TimeSpan.FromSeconds(20), CancellationToken.None);
            await levels.SendAsync(new QueueMessage(message!.Id, message.Body), CancellationToken.None);
            await levels.SendAsync(new QueueMessage(message.Id, message.Body), CancellationToken.None);
            await message.CompleteAsync(CancellationToken.None);
        }

        await using var one = Worker(LongLocks, "--exit-when-idle", "3s");
        await using var other = Worker(LongLocks, "--exit-when-idle", "3s");
        await asked.EndAsync(synthesis);
        Assert.Equal(await _pairs.ByCommandLineAsync(settings), await asked.ResultAsync(synthesis));
        Assert.Equal((0, 0), (await one.ExitsAsync(), await other.ExitsAsync()));
        var level = $"{Path.GetFileName(synthesis)} run 1 level 1";
        Assert.Equal(1, Count(one.Said + other.Said, level + " ended: Completed"));
        Assert.Equal(1, Count(one.Said + other.Said, level + " had ended already: Completed"));
    }

    [Fact]
    public async Task Storage_away_for_twenty_seconds_costs_time_and_nothing_else()
    {
        var settings = Pairs.Settings(10, 400, 32);
        await using var worker = Worker();
        await using var front = Serve();
        using var asked = new Front(await front.ListensAsync());
        var synthesis = await asked.PostAsync(_pairs.Content, _pairs.Style, settings);
        await WaitForAsync(async () => (double)(await asked.GetAsync(synthesis))["percent"]! > 5);
        await _azurite!.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.False(worker.HasExited || front.HasExited);
        await _azurite.StartAgainAsync();
        await asked.EndAsync(synthesis);
        Assert.Equal(await _pairs.ByCommandLineAsync(settings), await asked.ResultAsync(synthesis));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static string Weights(Program front) =>
        front.Said.Contains("auto is own", StringComparison.Ordinal) ? "auto is own" : front.Said;

    private static async Task WaitForAsync(Func<Task<bool>> holds)
    {
        for (var until = DateTime.UtcNow.AddMinutes(1); !await holds(); await Task.Delay(200))
        {
            Assert.True(DateTime.UtcNow < until, "It did not happen in a minute.");
        }
    }

    private Program Serve() => Program.Start(
        _workplace[""], ShortTimes, "serve", "--storage", _azurite!.ConnectionString, "--workers", "0", "--port", "0");

    private Program Worker() => Worker(ShortTimes);

    private Program Worker(Dictionary<string, string> times, params string[] more) => Program.Start(
        _workplace[""], times, ["worker", "--storage", _azurite!.ConnectionString, "--threads", "1", .. more]);
}
