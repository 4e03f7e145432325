using CnnMrf.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CnnMrf.GpuWorker.Tests;

public sealed class CommandLineTests
{
    private const string Account = "UseDevelopmentStorage=true";

    [Theory]
    [InlineData("--queue servicebus", "ServiceBus__fullyQualifiedNamespace")]
    [InlineData("--queue kafka", "kafka")]
    [InlineData("--exit-when-idle 5", "--exit-when-idle 5")]
    [InlineData("--exit-when-idle -5m", "-5m")]
    [InlineData("--concurrency many", "many")]
    [InlineData("--concurrency 0 --storage UseDevelopmentStorage=true", "Worker:Concurrency is 0")]
    [InlineData("--storage nonsense", "ConnectionString")]
    [InlineData("", "No storage account is named")]
    [InlineData("unexpected", "unexpected")]
    public async Task Wrong_options_are_named_in_one_line_and_nothing_starts(string line, string said)
    {
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), error, default);
        Assert.Equal(2, code);
        Assert.StartsWith("error: ", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(said, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_configured_word_for_a_number_is_named()
    {
        using var environment = new Variables(("Worker__Concurrency", "zwei"));
        using var error = new StringWriter();

        Assert.Equal(2, await CommandLine.RunAsync(["--storage", Account], error, default));
        Assert.Matches("^error: .*'zwei' at 'Worker:Concurrency'", error.ToString());
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("5m", 300)]
    [InlineData("1.5h", 5400)]
    [InlineData("", null)]
    [InlineData("5", null)]
    [InlineData("0s", null)]
    [InlineData("1d", null)]
    [InlineData("1,5m", null)]
    [InlineData("NaNs", null)]
    [InlineData("999999h", null)]
    public void Times_are_numbers_with_a_unit(string text, int? seconds)
    {
        Assert.Equal(seconds is not null, Duration.TryParse(text, out var value));
        Assert.Equal(seconds ?? 0, value.TotalSeconds);
    }

    [Fact]
    public void The_command_line_goes_before_the_configuration()
    {
        using var environment = new Variables(
            ("Worker__Concurrency", "3"), ("Worker__ExitWhenIdle", "00:10:00"), ("Worker__HeartbeatEvery", "00:00:02"));
        using var configured = WorkerHost.Build(new(QueueKind.Storage, Account, null, null));
        var options = configured.Services.GetRequiredService<IOptions<WorkerOptions>>().Value;
        Assert.Equal(
            (3, TimeSpan.FromMinutes(10), TimeSpan.FromSeconds(2)), (options.Concurrency, options.ExitWhenIdle, options.HeartbeatEvery));
        using var asked = WorkerHost.Build(new(QueueKind.Storage, Account, TimeSpan.FromMinutes(1), 2));
        options = asked.Services.GetRequiredService<IOptions<WorkerOptions>>().Value;
        Assert.Equal((2, TimeSpan.FromMinutes(1)), (options.Concurrency, options.ExitWhenIdle));
        Assert.True(asked.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout > options.ShutdownTime);
    }

    private sealed class Variables : IDisposable
    {
        private readonly string[] _names;

        public Variables(params (string Name, string Value)[] values)
        {
            _names = [.. values.Select(v => v.Name)];
            foreach (var (name, value) in values)
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }

        public void Dispose()
        {
            foreach (var name in _names)
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }
    }
}
