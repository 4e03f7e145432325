using Spectre.Console;

namespace CnnMrf.Local.Display;

/// <summary>Where a command speaks: results on standard output, everything said along the way on standard error.</summary>
/// <param name="Out">Results: paths, JSON, tables.</param>
/// <param name="Error">Progress and errors.</param>
/// <param name="Live">A console that can redraw, when standard error is a terminal.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, IAnsiConsole? Live = null)
{
    /// <summary>The process's own streams.</summary>
    internal static Terminal OfProcess()
    {
        var plain = Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") is "dumb";
        return new(Console.Out, Console.Error, plain ? null : LiveConsole());
    }

    private static IAnsiConsole? LiveConsole()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Profile.Capabilities.Ansi ? console : null;
    }
}
