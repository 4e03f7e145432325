using CnnMrf.Local.Display;

namespace CnnMrf.Local.Tests;

/// <summary>What a command line did.</summary>
internal sealed record CliResult(int Code, string Out, string Error);

/// <summary>Runs <c>cnnmrf</c> in this process.</summary>
internal static class Cli
{
    internal static Task<CliResult> Run(params string[] args) => Run(CancellationToken.None, args);

    internal static async Task<CliResult> Run(CancellationToken cancellation, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.Run(args, new Terminal(output, error), cancellation);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command line that must be refused, and returns the one line that says why.</summary>
    internal static async Task<string> Refused(int code, params string[] args)
    {
        var result = await Run(args);
        Assert.Equal((code, ""), (result.Code, result.Out));
        var line = Assert.Single(
            result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), l => l.StartsWith("error: ", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        return line;
    }
}
