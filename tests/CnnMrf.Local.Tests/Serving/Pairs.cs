using System.Globalization;

namespace CnnMrf.Local.Tests.Serving;

/// <summary>A small pair, settings, and what the command line makes of them without interruption.</summary>
internal sealed class Pairs
{
    private readonly Workplace _workplace;

    internal Pairs(Workplace workplace) =>
        (_workplace, Content, Style) = (workplace, workplace.Picture("content.png"), workplace.Picture("style.png", 48, 48, 1));

    internal string Content { get; }

    internal string Style { get; }

    /// <summary>Settings with one shallow layer of random weights: milliseconds an iteration.</summary>
    internal static string Settings(int seed, int iterations, int size = 64, int levels = 1) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"weights":"random","mrfLayers":"relu2_1","contentLayer":"relu2_1","inducedLayers":"none","positionWeight":0,
         "mirrored":"off","finishFactor":1,
         "threads":1,"size":{{size}},"levels":{{levels}},"iterations":{{iterations}},"seed":{{seed}} }
        """);

    /// <summary>The picture that the command line makes.</summary>
    internal async Task<byte[]> ByCommandLineAsync(string settings)
    {
        var (file, result) = (_workplace.Text("settings.json", settings), _workplace["by-command-line.png"]);
        var done = await Cli.Run("synthesize", Content, Style, "--settings", file, "-o", result, "-q");
        Assert.True(done.Code == 0, done.Error);
        return await File.ReadAllBytesAsync(result);
    }
}
