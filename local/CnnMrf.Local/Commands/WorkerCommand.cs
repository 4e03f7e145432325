using System.CommandLine;
using System.Globalization;
using CnnMrf.Local.Display;
using CnnMrf.Local.Options;
using CnnMrf.Local.Serving;

namespace CnnMrf.Local.Commands;

/// <summary><c>worker</c>: computes levels that a front elsewhere dispatches.</summary>
internal static class WorkerCommand
{
    internal static Command Create(Terminal terminal)
    {
        var command = new VerbCommand(
            "worker",
            "Computes what 'cnnmrf serve --workers 0' or the Azure Functions app hands out over a storage account. Start as many as there "
            + "are machines; each may be ended or killed at any time.",
            "--storage UseDevelopmentStorage=true",
            "--storage UseDevelopmentStorage=true --exit-when-idle 5m --threads 4");
        var place = new PlaceArguments(command);
        var idle = new Option<string?>("--exit-when-idle")
        {
            HelpName = "TIME",
            Description = "End after so long without work: 30s, 5m, 2h; default: never.",
        };
        var threads = ServeCommand.ThreadsOption();
        command.Options.Add(idle);
        command.Options.Add(threads);
        command.SetAction(async (parsed, ct) =>
        {
            var where = place.Resolve(parsed);
            if (!where.IsShared)
            {
                throw new UsageException("the queue of a data folder is within the process of 'cnnmrf serve', which works itself "
                    + "(--workers N); for workers of their own give both of them --storage, for instance Azurite's "
                    + "UseDevelopmentStorage=true");
            }

            await WorkerHost.RunAsync(where, Time(parsed.GetValue(idle)), ServeCommand.Threads(parsed.GetValue(threads)), terminal, ct);
            return ExitCode.Done;
        });
        return command;
    }

    private static TimeSpan? Time(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var unit = text.Length == 0 ? TimeSpan.Zero : text[^1] switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            _ => TimeSpan.Zero,
        };
        return unit > TimeSpan.Zero
            && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and <= 1000 ? count * unit
            : throw new UsageException($"--exit-when-idle '{text}' is no time; expects such as 30s, 5m or 2h");
    }
}
