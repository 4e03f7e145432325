using System.Diagnostics;

namespace CnnMrf.Storage.Tests.Folders;

/// <summary>Another process at work on a folder store.</summary>
internal sealed class Victim : IAsyncDisposable
{
    private readonly Process process;

    private Victim(Process process) => this.process = process;

    /// <summary>Starts one and waits until it is at work.</summary>
    internal static async Task<Victim> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "CnnMrf.Storage.Victim.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var victim = new Victim(Process.Start(start)!);
        Assert.Equal("ready", await victim.LineAsync());
        return victim;
    }

    internal Task<string?> LineAsync() => process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Lets it work to its end.</summary>
    /// <returns>The lines it said, without the last, which says that it is done.</returns>
    internal async Task<string[]> EndAsync()
    {
        var lines = new List<string>();
        while (await LineAsync() is { } line)
        {
            lines.Add(line);
        }

        Assert.Equal("done", lines[^1]);
        return [.. lines[..^1]];
    }

    /// <summary>kill -9.</summary>
    internal async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }
}
