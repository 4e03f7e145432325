using System.Diagnostics;
using CnnMrf.Core.Pictures;

namespace CnnMrf.Local.Tests.Commands;

/// <summary>The program as a process: signals, streams, working directory.</summary>
[Collection("Engine")]
[Trait("Category", "Slow")]
public sealed class ProcessTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_stops_cleanly_and_keeps_the_picture(string signal)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals are sent with Linux tools.");
        _workplace.Picture("content.png");
        _workplace.Picture("style.png", phase: 1);
        using var process = Start(
            "synthesize content.png style.png --weights random --mrf-layers relu2_1 --content-layer relu2_1 --induced-layers none "
            + "--threads 1 --size 32 --levels 1 --iterations 10000");
        var started = false;
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (!started && line.StartsWith("level 1/1", StringComparison.Ordinal))
            {
                started = true;
                using var kill = Process.Start(
                    "kill", ["-" + signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
                await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
            }
        }

        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((130, true), (process.ExitCode, started));
        Assert.Equal("out/content-style.png", output.Trim());
        Assert.Equal(new PixelSize(32, 24), PictureCodec.Decode(_workplace["out/content-style.png"]).Size);
    }

    [Fact]
    public async Task Bad_usage_ends_with_2()
    {
        var (code, error) = await Run("synthesize nowhere.png nowhere.png");

        Assert.Equal(2, code);
        Assert.Equal("error: content picture nowhere.png does not exist", error.Trim());
    }

    [Fact]
    public async Task Weights_that_were_never_fetched_are_named_with_the_remedy()
    {
        _workplace.Picture("p.png");
        var (code, error) = await Run("synthesize p.png p.png --weights vgg19");

        Assert.Equal(2, code);
        Assert.Contains("cnnmrf weights pull", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Automatic_weights_are_own_until_others_are_pulled_and_the_line_says_why()
    {
        _workplace.Picture("p.png");
        var (code, error) = await Run(
            "synthesize p.png p.png --mrf-layers relu2_1 --content-layer relu2_1 --induced-layers none --threads 1 --size 32 --levels 1 "
            + "--iterations 0");

        Assert.Equal(0, code);
        Assert.Contains(
            "Weights: own (auto: VGG-19 has not been pulled; 'cnnmrf weights pull' fetches it).", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pulled_weights_that_are_broken_are_named_with_the_remedy()
    {
        _workplace.Picture("p.png");
        Directory.CreateDirectory(_workplace["cache/cnnmrf/weights"]);
        var file = _workplace.Text("cache/cnnmrf/weights/vgg19.safetensors", "half a file");
        var (code, error) = await Run("synthesize p.png p.png");

        Assert.Equal(2, code);
        Assert.StartsWith($"error: {file}: ", error, StringComparison.Ordinal);
        Assert.Contains("cnnmrf weights pull --refresh", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_that_there_are_are_listed()
    {
        using var process = Start("weights show");
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Assert.Matches(@"(?m)^own +to relu4_2, .*auto takes these", output);
        Assert.Matches(@"(?m)^vgg19 +not fetched yet .*weights pull", output);
        Assert.Matches("(?m)^random ", output);
    }

    private async Task<(int Code, string Error)> Run(string arguments)
    {
        using var process = Start(arguments);
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error);
    }

    private Process Start(string arguments)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsLinux() ? "env" : "dotnet")
        {
            WorkingDirectory = _workplace[""],
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        if (OperatingSystem.IsLinux())
        {
            // A test run in the background of a script would have its children ignore SIGINT.
            start.ArgumentList.Add("--default-signal=INT");
            start.ArgumentList.Add("dotnet");
        }

        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "cnnmrf.dll"));
        foreach (var argument in arguments.Split(' '))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["XDG_CACHE_HOME"] = _workplace["cache"];
        return Process.Start(start)!;
    }
}
