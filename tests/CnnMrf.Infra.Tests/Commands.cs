using System.Diagnostics;

namespace CnnMrf.Infra.Tests;

/// <summary>How a program ended.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Errors);

/// <summary>Runs programs.</summary>
internal static class Commands
{
    /// <summary>Runs one to its end, for at most two minutes.</summary>
    /// <param name="program">Its path, or its name on the path.</param>
    /// <param name="arguments">What it is given.</param>
    /// <param name="environment">Variables to set; null removes one.</param>
    internal static CommandResult Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} did not end.");
        }

        return new(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}
