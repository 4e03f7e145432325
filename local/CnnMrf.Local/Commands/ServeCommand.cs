using System.CommandLine;
using System.Globalization;
using CnnMrf.Local.Display;
using CnnMrf.Local.Options;
using CnnMrf.Local.Serving;

namespace CnnMrf.Local.Commands;

/// <summary><c>serve</c>: the whole pipeline in one process.</summary>
internal static class ServeCommand
{
    private const int MostWorkers = 64;

    internal static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "serve",
            "Takes syntheses over HTTP, from a folder of uploads and from nightly batches, and computes them. Everything is kept in a data "
            + "folder, or in Azure Storage or Azurite; what is unfinished when it ends goes on at the next start.",
            "",
            "--data pictures --port 8080",
            "--storage UseDevelopmentStorage=true --workers 0");
        var place = new PlaceArguments(command);
        var port = new Option<int>("--port")
        {
            HelpName = "N",
            Description = "Listen on this port of this machine only; 0: any free one.",
            DefaultValueFactory = _ => 7071,
        };
        var urls = new Option<string?>("--urls")
        {
            HelpName = "URL;…",
            Description = "Listen elsewhere instead, such as http://0.0.0.0:7071; nobody is asked for a key.",
        };
        var hosts = new Option<string?>("--allowed-hosts")
        {
            HelpName = "NAME;…",
            Description = "Names by which browsers may reach it, besides addresses, localhost and this machine's own name.",
        };
        var workers = new Option<int>("--workers")
        {
            HelpName = "N",
            Description = "Levels computed at once; 0: none here, by cnnmrf worker instead, which needs --storage.",
            DefaultValueFactory = _ => 1,
        };
        var threads = ThreadsOption();
        var batches = new Option<string>("--batch-schedule")
        {
            HelpName = "NCRONTAB",
            Description = "When batches are taken up: second minute hour day month weekday, UTC.",
            DefaultValueFactory = _ => BatchTimes.Nightly,
        };
        foreach (var option in new Option[] { port, urls, hosts, workers, threads, batches })
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, ct) =>
        {
            var options = new ServeOptions(
                place.Resolve(parsed),
                Urls(parsed.GetValue(urls), parsed.GetValue(port)),
                KnownHosts.Parse(parsed.GetValue(hosts)),
                Within(parsed.GetValue(workers), 0, MostWorkers, "--workers"),
                Threads(parsed.GetValue(threads)),
                BatchTimes.Parse(parsed.GetValue(batches)!));
            if (options.Workers == 0 && !options.Place.IsShared)
            {
                throw new UsageException("--workers 0 leaves the work to other processes, which a data folder's queue does not reach; "
                    + "give --storage, or let this process work");
            }

            await ServeHost.RunAsync(options, terminal, ct);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary><c>--threads</c>, as workers understand it.</summary>
    internal static Option<int?> ThreadsOption() => new("--threads")
    {
        HelpName = "N",
        Description = "Threads of a level whose settings name no number; default: one a core.",
    };

    /// <summary>Checks <c>--threads</c>.</summary>
    /// <exception cref="UsageException">It is out of range.</exception>
    internal static int? Threads(int? threads) => threads is { } count ? Within(count, 1, 1024, "--threads") : null;

    private static int Within(int value, int least, int most, string option) => value >= least && value <= most ? value
        : throw new UsageException($"{option} is {value}; expects {least} … {most}");

    private static string[] Urls(string? urls, int port) => urls is not null ? ListenAddresses.Parse(urls)
        : [string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Within(port, 0, 65535, "--port")}")];
}
