using CnnMrf.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace CnnMrf.Local.Serving;

/// <summary>What <c>serve</c> and <c>worker</c> have in common.</summary>
internal static class HostBasics
{
    /// <summary>Variables of this prefix are configuration: <c>CNNMRF_Worker__CheckpointEvery=00:00:05</c>.</summary>
    internal const string VariablePrefix = "CNNMRF_";

    /// <summary>Configuration, logs, and an end that the caller decides.</summary>
    internal static void Prepare(IHostApplicationBuilder builder)
    {
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddEnvironmentVariables(VariablePrefix);
        builder.Logging.ClearProviders()
            .AddSimpleConsole(o =>
            {
                o.SingleLine = true;
                o.UseUtcTimestamp = true;
                o.TimestampFormat = "HH:mm:ss ";
            })
            .SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning)
            .AddFilter("Azure", LogLevel.Error)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            .AddConfiguration(builder.Configuration.GetSection("Logging"));
        // Standard output is for results.
        builder.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
    }

    /// <summary>Adds the worker.</summary>
    /// <param name="builder">Where.</param>
    /// <param name="place">Where its messages come from.</param>
    /// <param name="configure">What the command line says.</param>
    internal static void AddWorker(IHostApplicationBuilder builder, Place place, Action<WorkerOptions> configure) =>
        builder.Services.AddCnnMrfWorker(o =>
        {
            if (!place.IsShared)
            {
                // Nobody waits for a message in another process, so a short wait costs nothing and stops at once.
                o.ReceiveWait = TimeSpan.FromSeconds(5);
            }

            builder.Configuration.GetSection(WorkerOptions.Section).Bind(o);
            configure(o);
        });

    /// <summary>Runs a host until it ends by itself or is told to.</summary>
    /// <param name="host">The host.</param>
    /// <param name="place">Where everything is kept.</param>
    /// <param name="started">Says so.</param>
    /// <param name="ct">Cancelled when it shall end.</param>
    /// <exception cref="FailedException">It cannot start, or ended because a service of it failed.</exception>
    /// <exception cref="UsageException">An option is wrong.</exception>
    internal static async Task RunAsync(IHost host, Place place, Func<Task> started, CancellationToken ct)
    {
        try
        {
            using var open = await place.OpenAsync(host.Services, ct);
            var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
            await host.StartAsync(ct);
            await started();
            await using var stop = ct.Register(lifetime.StopApplication);
            await host.WaitForShutdownAsync(CancellationToken.None);
            var services = host.Services.GetServices<IHostedService>().OfType<BackgroundService>();
            if (services.Select(s => s.ExecuteTask?.Exception?.GetBaseException()).FirstOrDefault(e => e is not null) is { } failure)
            {
                throw new FailedException($"it had to end: {failure.Message} ({failure.GetType().Name})", failure);
            }
        }
        catch (OptionsValidationException e)
        {
            throw new UsageException(string.Join(' ', e.Failures), e);
        }
        catch (InvalidOperationException e) when (IsWrongValue(e))
        {
            throw new UsageException(e.Message, e);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Ended while it started.
        }
    }

    /// <summary>Whether configuration has a value that is none of its kind, a word for a number for instance.</summary>
    internal static bool IsWrongValue(InvalidOperationException e) => e.InnerException is FormatException or ArgumentException;

    // Signals are the program's own (a second one ends it at once), not the host's.
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
