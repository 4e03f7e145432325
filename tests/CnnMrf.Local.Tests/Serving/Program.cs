using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace CnnMrf.Local.Tests.Serving;

/// <summary><c>cnnmrf</c> as a process that goes on until it is ended.</summary>
internal sealed class Program : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<string> _listens = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Program(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Everything it wrote.</summary>
    internal string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    internal bool HasExited => _process.HasExited;

    internal int ExitCode => _process.ExitCode;

    internal long PeakMemory => _process.PeakWorkingSet64;

    /// <summary>Starts it.</summary>
    /// <param name="home">Its home folder, so that nobody's weights are used.</param>
    /// <param name="configuration">Variables, without their prefix.</param>
    /// <param name="arguments">The command line.</param>
    internal static Program Start(string home, IReadOnlyDictionary<string, string> configuration, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = home,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "cnnmrf.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["XDG_CACHE_HOME"] = Path.Combine(home, "cache");
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in configuration)
        {
            start.Environment["CNNMRF_" + name] = value;
        }

        return new(Process.Start(start)!);
    }

    /// <summary>The address that it listens on, once it does.</summary>
    internal async Task<Uri> ListensAsync()
    {
        if (await Task.WhenAny(_listens.Task, _process.WaitForExitAsync()).WaitAsync(Patience) != _listens.Task)
        {
            throw new InvalidOperationException($"It ended: {Said}");
        }

        return new(await _listens.Task);
    }

    /// <summary>Waits until it has written something.</summary>
    internal async Task SaysAsync(string text)
    {
        for (var left = Patience; !Said.Contains(text, StringComparison.Ordinal); left -= TimeSpan.FromMilliseconds(20))
        {
            if (left <= TimeSpan.Zero || HasExited)
            {
                throw new InvalidOperationException($"It never said '{text}': {Said}");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    internal async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end.</summary>
    /// <returns>Its exit code.</returns>
    internal async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>Waits until it has ended by itself.</summary>
    internal async Task<int> ExitsAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        // Its last lines come by other threads.
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        const string Listens = "listens on ";
        lock (_said)
        {
            _said.AppendLine(line);
        }

        if (line?.IndexOf(Listens, StringComparison.Ordinal) is { } at and >= 0)
        {
            _listens.TrySetResult(line[(at + Listens.Length)..]);
        }
    }
}
