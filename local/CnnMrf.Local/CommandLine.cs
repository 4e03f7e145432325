using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using CnnMrf.Local.Commands;
using CnnMrf.Local.Display;

namespace CnnMrf.Local;

/// <summary><c>cnnmrf</c>: the verbs, and what becomes of their errors.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command line.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="terminal">Where output goes.</param>
    /// <param name="cancellation">Cancelled when the run is to stop after its current iteration.</param>
    /// <returns>0 done, 1 failed, 2 bad usage or input, 130 interrupted.</returns>
    internal static async Task<int> Run(string[] args, Terminal terminal, CancellationToken cancellation = default)
    {
        try
        {
            var root = Root(terminal);
            // A file where a verb is expected is the content of a synthesis.
            if (args is [var first, ..] && root.Subcommands.All(c => c.Name != first) && File.Exists(first))
            {
                args = ["synthesize", .. args];
            }

            // No response files: '@' may begin a picture's name.
            var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Action is ParseErrorAction || (parsed.Errors.Count > 0 && parsed.Action is not HelpWriter))
            {
                throw UsageErrors.From(parsed);
            }

            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = terminal.Out,
                    Error = terminal.Error,
                    EnableDefaultExceptionHandler = false,
                    // Signals are ours: an interrupted run still writes its picture.
                    ProcessTerminationTimeout = null,
                },
                cancellation);
        }
#pragma warning disable CA1031 // The outermost catch: whatever went wrong becomes one line and an exit code.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Failures.Report(e, terminal);
        }
    }

    private static RootCommand Root(Terminal terminal)
    {
        var root = new RootCommand("Re-assembles the layout of one picture from local patches of another (Li and Wand, CVPR 2016).")
        {
            SynthesizeCommand.Create(terminal),
            TextureCommand.Create(terminal),
            ScoreCommand.Create(terminal),
            SweepCommand.Create(terminal),
            FitCommand.Create(terminal),
            MatchCommand.Create(terminal),
            BlendCommand.Create(terminal),
            SheetCommand.Create(terminal),
            BenchCommand.Create(terminal),
            WeightsCommand.Create(terminal),
            TrainCommand.Create(terminal),
            SamplesCommand.Create(terminal),
            ServeCommand.Create(terminal),
            WorkerCommand.Create(terminal),
        };
        root.Options.OfType<HelpOption>().Single().Action = new HelpWriter();
        return root;
    }
}
