using System.CommandLine;
using System.CommandLine.Invocation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CnnMrf.GpuWorker;

/// <summary>What was asked for on the command line; the rest comes from the configuration.</summary>
/// <param name="Queue">Which queues.</param>
/// <param name="Storage">A connection string; null: section <c>Data</c> of the configuration.</param>
/// <param name="ExitWhenIdle">When to exit; null: as configured.</param>
/// <param name="Concurrency">Levels at once; null: as configured.</param>
internal sealed record Arguments(QueueKind Queue, string? Storage, TimeSpan? ExitWhenIdle, int? Concurrency);

/// <summary>Where messages come from.</summary>
internal enum QueueKind
{
    /// <summary>Queues of the storage account.</summary>
    Storage,

    /// <summary>Azure Service Bus.</summary>
    ServiceBus,
}

/// <summary><c>cnnmrf-worker</c>: its options, and what becomes of errors.</summary>
internal static class CommandLine
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int Usage = 2;

    /// <summary>Runs the worker until it is stopped or idle.</summary>
    /// <returns>0 done, 1 failed, 2 wrong options or configuration.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter error, CancellationToken ct)
    {
        var parsed = Root(error, ct).Parse(args);
        return parsed.Action is ParseErrorAction || parsed.Errors.Count > 0
            ? await RefuseAsync(error, string.Join(Environment.NewLine, parsed.Errors.Select(e => e.Message))).ConfigureAwait(false)
            : await parsed.InvokeAsync(new() { Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, ct)
                .ConfigureAwait(false);
    }

    private static RootCommand Root(TextWriter error, CancellationToken ct)
    {
        var queue = new Option<QueueKind>("--queue")
        {
            Description = "Where levels come from: storage or servicebus.",
            DefaultValueFactory = _ => QueueKind.Storage,
        };
        var storage = new Option<string?>("--storage")
        {
            Description = "Connection string of the storage account. Without it: the configuration's Data (Data__accountName, "
                + "Data__credential, Data__clientId, or Data as a connection string).",
        };
        var idle = new Option<TimeSpan?>("--exit-when-idle")
        {
            Description = "Exit after so long without work, e.g. 90s, 5m or 1h. Without it: stay.",
            CustomParser = result =>
            {
                if (Duration.TryParse(result.Tokens[0].Value, out var value))
                {
                    return value;
                }

                result.AddError($"--exit-when-idle {result.Tokens[0].Value}: expects a time such as 90s, 5m or 1h");
                return null;
            },
        };
        var concurrency = new Option<int?>("--concurrency") { Description = "Levels computed at once; 1 unless configured." };
        var root = new RootCommand("Computes the levels of syntheses. Every option of the worker can be configured as Worker__NAME.")
        {
            queue, storage, idle, concurrency,
        };
        root.SetAction((parsed, _) => WorkAsync(
            new(parsed.GetValue(queue), parsed.GetValue(storage), parsed.GetValue(idle), parsed.GetValue(concurrency)), error, ct));
        return root;
    }

    private static async Task<int> WorkAsync(Arguments arguments, TextWriter error, CancellationToken ct)
    {
        try
        {
            using var host = WorkerHost.Build(arguments);

            // Before the host would log the same with a stack trace.
            host.Services.GetService<IStartupValidator>()?.Validate();
            var services = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToArray();
            await host.RunAsync(ct).ConfigureAwait(false);
            return services.Any(s => s.ExecuteTask is { IsFaulted: true }) ? Failed : Done;
        }
        catch (OptionsValidationException e)
        {
            return await RefuseAsync(error, string.Join(Environment.NewLine, e.Failures)).ConfigureAwait(false);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            // Several parts of the configuration at once.
            var failures = e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures);
            return await RefuseAsync(error, string.Join(Environment.NewLine, failures)).ConfigureAwait(false);
        }
        catch (InvalidOperationException e) when (e.InnerException is FormatException or ArgumentException)
        {
            // A configured value that is none of its kind, a word for a number for instance.
            return await RefuseAsync(error, e.Message).ConfigureAwait(false);
        }
        catch (ArgumentsException e)
        {
            return await RefuseAsync(error, e.Message).ConfigureAwait(false);
        }
    }

    private static async Task<int> RefuseAsync(TextWriter error, string message)
    {
        await error.WriteLineAsync($"error: {message}").ConfigureAwait(false);
        return Usage;
    }
}

/// <summary>Options that cannot be followed.</summary>
internal sealed class ArgumentsException(string message) : Exception(message);
