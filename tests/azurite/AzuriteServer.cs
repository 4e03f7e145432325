using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace CnnMrf.Tests.Azurite;

/// <summary>
/// The real storage emulator, on ports of its own and with an account of its own. Installed by npm into <c>artifacts/azurite</c> when it is
/// asked for the first time.
/// </summary>
internal sealed partial class AzuriteServer : IAsyncDisposable
{
    private const string Account = "cnnmrftests";

    private readonly string? folder;
    private readonly string key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private Process? process;

    private AzuriteServer(string? folder) => this.folder = folder;

    /// <summary>Where the blob service listens.</summary>
    internal int BlobPort { get; private set; }

    /// <summary>Where the queue service listens.</summary>
    internal int QueuePort { get; private set; }

    internal string ConnectionString => $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={key};"
        + $"BlobEndpoint=http://127.0.0.1:{Text(BlobPort)}/{Account};QueueEndpoint=http://127.0.0.1:{Text(QueuePort)}/{Account};";

    /// <summary>False where there is no node to run it.</summary>
    internal static bool IsPossible => OnPath(Node) && OnPath(Npm);

    private static string Node => OperatingSystem.IsWindows() ? "node.exe" : "node";

    private static string Npm => OperatingSystem.IsWindows() ? "npm.cmd" : "npm";

    /// <summary>Starts a server.</summary>
    /// <param name="folder">Where it keeps its data, so that it can be stopped and started; null: in memory.</param>
    internal static async Task<AzuriteServer> StartAsync(string? folder = null)
    {
        var server = new AzuriteServer(folder);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts it after <see cref="StopAsync"/>, on the same ports.</summary>
    internal async Task StartAgainAsync()
    {
        var installed = await InstallAsync();
        var start = new ProcessStartInfo(Node)
        {
            WorkingDirectory = installed,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] arguments =
        [
            Path.Combine(installed, "start.js"), "--blobPort", Text(BlobPort), "--queuePort", Text(QueuePort), "--tablePort", "0",
            "--skipApiVersionCheck", "--disableTelemetry", "--silent",
            .. folder is null ? (string[])["--inMemoryPersistence"] : ["--location", folder],
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{key}";
        process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        var said = new StringBuilder();
        var ready = new TaskCompletionSource();
        void Listen(object sender, DataReceivedEventArgs line)
        {
            lock (said)
            {
                said.AppendLine(line.Data);
                foreach (Match match in Listening().Matches(line.Data ?? ""))
                {
                    var port = int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
                    (BlobPort, QueuePort) = match.Groups[1].Value == "Blob" ? (port, QueuePort) : (BlobPort, port);
                    if (match.Groups[1].Value == "Queue")
                    {
                        ready.TrySetResult();
                    }
                }
            }
        }

        process.OutputDataReceived += Listen;
        process.ErrorDataReceived += Listen;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var first = await Task.WhenAny(ready.Task, process.WaitForExitAsync(), Task.Delay(TimeSpan.FromMinutes(1)));
        if (first != ready.Task)
        {
            await StopAsync();
            throw new InvalidOperationException($"Azurite did not start: {said}");
        }
    }

    /// <summary>Ends it; what it keeps in a folder is kept.</summary>
    internal async Task StopAsync()
    {
        if (process is { } running)
        {
            process = null;
            running.StandardInput.Close();
            try
            {
                await running.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
            }
            catch (TimeoutException)
            {
                running.Kill(entireProcessTree: true);
                await running.WaitForExitAsync();
            }

            running.Dispose();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static bool OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static async Task<string> InstallAsync()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "CnnMrf.Functions.sln")))
        {
            root = Path.GetDirectoryName(root) ?? throw new InvalidOperationException("The tests do not lie in the repository.");
        }

        var source = Path.Combine(root, "tests", "azurite");
        var target = Path.Combine(root, "artifacts", "azurite");
        Directory.CreateDirectory(target);
        var wanted = await File.ReadAllTextAsync(Path.Combine(source, "package-lock.json"));
        var marker = Path.Combine(target, "installed.json");
        using var mine = await LockAsync(Path.Combine(target, "installing"));
        foreach (var file in (string[])["package.json", "package-lock.json", "start.js"])
        {
            File.Copy(Path.Combine(source, file), Path.Combine(target, file), overwrite: true);
        }

        if (!File.Exists(marker) || await File.ReadAllTextAsync(marker) != wanted)
        {
            File.Delete(marker);
            await RunNpmAsync(target);
            await File.WriteAllTextAsync(marker, wanted);
        }

        return target;
    }

    private static async Task RunNpmAsync(string folder)
    {
        var start = new ProcessStartInfo(Npm) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund"])
        {
            start.ArgumentList.Add(argument);
        }

        using var npm = Process.Start(start) ?? throw new InvalidOperationException("npm did not start.");
        var output = npm.StandardOutput.ReadToEndAsync();
        var error = npm.StandardError.ReadToEndAsync();
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0)
        {
            throw new InvalidOperationException($"npm could not install Azurite into {folder}: {await output}{await error}");
        }
    }

    // Several test projects may want it at once.
    private static async Task<FileStream> LockAsync(string path)
    {
        while (true)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(100);
            }
        }
    }

    [GeneratedRegex(@"Azurite (Blob|Queue) service is successfully listening at \S+:(\d+)")]
    private static partial Regex Listening();
}
