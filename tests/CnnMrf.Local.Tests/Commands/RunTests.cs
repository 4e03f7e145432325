using System.Globalization;
using System.Text.Json.Nodes;
using CnnMrf.Core.Pictures;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Weights;
using CnnMrf.Local.Display;

namespace CnnMrf.Local.Tests.Commands;

/// <summary>Real runs, as small as they can be: one shallow layer, a few iterations.</summary>
[Collection("Engine")]
[Trait("Category", "Slow")]
public sealed class RunTests : IDisposable
{
    private static readonly string[] Shallow = ["--weights", "random", "--mrf-layers", "relu2_1", "--threads", "1"];

    private static readonly string[] Small = [.. Shallow, "--content-layer", "relu2_1", "--induced-layers", "none"];

    private static readonly string[] TwoLevels =
        [.. Small, "--size", "32", "--coarsest-size", "16", "--level-factor", "2", "--finish-factor", "1", "--iterations", "3,2"];

    private readonly Workplace _workplace = new();
    private readonly string _content;
    private readonly string _style;
    private readonly string _out;

    public RunTests() =>
        (_content, _style, _out) = (
            _workplace.Picture("content.png"), _workplace.Picture("style.png", 48, 48, 1), _workplace["deep/er/result.png"]);

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task A_synthesis_writes_picture_levels_snapshots_and_report()
    {
        var result = await Cli.Run(
            ["synthesize", _content, _style, "-o", _out, "--save-levels", _workplace["levels"], "--snapshot-every", "2",
                "--report", _workplace["report.json"], .. TwoLevels]);

        Assert.Equal((0, _out + Environment.NewLine), (result.Code, result.Out));
        Assert.Equal(new PixelSize(32, 24), PictureCodec.Decode(_out).Size);
        Assert.Equal(
            ["level1-16x12.png", "level1-iteration0002.png", "level2-32x24.png", "level2-iteration0002.png"],
            Directory.GetFiles(_workplace["levels"]).Select(Path.GetFileName).Order());
        Assert.Contains("random, seed 0", result.Error, StringComparison.Ordinal);
        Assert.Contains("This will take about", result.Error, StringComparison.Ordinal);
        Assert.Contains("level 2/2 32x24, iteration 2/2: objective", result.Error, StringComparison.Ordinal);

        var report = JsonNode.Parse(await File.ReadAllTextAsync(_workplace["report.json"], TestContext.Current.CancellationToken))!;
        Assert.Equal("random, seed 0", (string?)report["weights"]);
        Assert.Equal("relu2_1", (string?)report["settings"]!["contentLayer"]);
        Assert.Equal(1, (int)report["threads"]!);
        Assert.Equal(
            (16, 12, 3),
            ((int)report["levels"]![0]!["width"]!, (int)report["levels"]![0]!["height"]!, (int)report["levels"]![0]!["iterations"]!));
        Assert.True((double)report["levels"]![1]!["energy"]!["last"]!["style"]!["relu2_1"]! > 0);
        Assert.Equal(4, report["levels"]![0]!["objective"]!["trace"]!.AsArray().Count);
        var (copy, layout) = ((double)report["matches"]!["copy"]!, (double)report["matches"]!["layout"]!);
        Assert.True(copy is >= 0 and <= 1 && layout is >= 0 and <= 1, $"copy {copy}, layout {layout}");
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $" s (copy {copy:0.00}, layout {layout:0.00})."),
            result.Error,
            StringComparison.Ordinal);
        Assert.True((double)report["seconds"]! > 0);
        Assert.True((long)report["peakMemoryBytes"]! > 1_000_000);
    }

    [Fact]
    public async Task The_same_settings_give_the_same_bytes_however_they_are_written()
    {
        var file = _workplace.Text("s.json", """
            {"weights": "random", "mrfLayers": {"relu2_1": 1}, "contentLayer": "relu2_1", "inducedLayers": "none", "threads": 1,
             "size": 32, "iterations": [2], "levels": 1, "tvWeight": 0.5}
            """);
        var other = _workplace["other.png"];

        var one = await Cli.Run("synthesize", _content, _style, "-o", _out, "--settings", file, "--quiet");
        var two = await Cli.Run(
            ["synthesize", _content, _style, "-o", other, .. Small, "--max-size", "32", "--num-iter", "2", "--num-res", "1",
                "--tv-weight", ".5", "-q"]);

        Assert.Equal(new CliResult(0, "", ""), one);
        Assert.Equal(new CliResult(0, "", ""), two);
        Assert.Equal(
            await File.ReadAllBytesAsync(_out, TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(other, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_texture_has_the_size_that_was_asked_for()
    {
        var result = await Cli.Run(
            ["texture", _style, "-o", _out, .. Shallow, "--induced-layers", "none", "--size", "48x32", "--levels", "1",
                "--iterations", "2"]);

        Assert.Equal(0, result.Code);
        Assert.Equal(new PixelSize(48, 32), PictureCodec.Decode(_out).Size);
    }

    [Fact]
    public async Task Score_prints_json_and_nothing_else()
    {
        var result = await Cli.Run(
            ["score", _content, _style, _workplace.Picture("image.png", phase: 2), "--json", .. Shallow, "--content-layer", "relu2_1"]);

        Assert.Equal((0, ""), (result.Code, result.Error));
        var terms = JsonNode.Parse(result.Out)!.AsObject();
        Assert.Equal(["style", "content", "smoothness", "total", "layout"], terms.Select(p => p.Key));
        Assert.InRange((double)terms["layout"]!, 0, 1);
        var (style, content, smoothness) = ((double)terms["style"]!["relu2_1"]!, (double)terms["content"]!, (double)terms["smoothness"]!);
        Assert.True(style > 0 && content > 0 && smoothness > 0);
        Assert.Equal(style + content + (1e-3 * smoothness), (double)terms["total"]!, style * 1e-6);
    }

    [Fact]
    public async Task Score_finds_the_whole_layout_in_the_content_itself()
    {
        var result = await Cli.Run(["score", _content, _style, _content, .. Shallow, "--content-layer", "relu2_1"]);

        Assert.Equal(0, result.Code);
        Assert.Matches(@"(?m)^layout +1\.00\r?$", result.Out);
    }

    [Fact]
    public async Task Score_adds_with_weights_that_are_given_and_no_presets()
    {
        var terms = JsonNode.Parse((await Cli.Run(
            ["score", _content, _style, Image(), "--json", "--preset", "authors", "--content-weight", "3", "--weights", "random",
                "--threads", "1", "--mrf-layers", "relu2_1:2", "--content-layer", "relu2_1", "--rotations", "0", "--scales", "0"])).Out)!;

        var expected = (2 * (double)terms["style"]!["relu2_1"]!) + (3 * (double)terms["content"]!) + (1e-3 * (double)terms["smoothness"]!);
        Assert.Equal(expected, (double)terms["total"]!, expected * 1e-6);

        string Image() => _workplace.Picture("image.png", phase: 2);
    }

    [Fact]
    public async Task A_sweep_makes_one_sheet_and_a_report_of_all()
    {
        var result = await Cli.Run(
            ["sweep", _content, _style, "-o", _out, "--report", _workplace["r.json"], .. Small, "--size", "32", "--levels", "1",
                "--iterations", "1", "--content-weight", ".5,2", "--seed", "1,2"]);

        Assert.Equal(0, result.Code);
        Assert.Contains("4/4 content-weight 2, seed 2", result.Error, StringComparison.Ordinal);
        Assert.True(PictureCodec.Decode(_out).Width > 48);
        var reports = JsonNode.Parse(await File.ReadAllTextAsync(_workplace["r.json"], TestContext.Current.CancellationToken))!.AsArray();
        Assert.Equal(
            ["random, seed 1", "random, seed 2", "random, seed 1", "random, seed 2"],
            reports.Select(r => (string?)r!["report"]!["weights"]));
    }

    [Fact]
    public async Task A_sweep_shows_the_variants_that_were_computed_where_the_pictures_fit_too_badly_for_others()
    {
        var result = await Cli.Run(
            ["sweep", _content, Black(), "-o", _out, "--report", _workplace["r.json"], .. Small, "--size", "32", "--levels", "1",
                "--iterations", "1", "--minimum-fit", "0,1,0.0"]);

        Assert.Equal((1, _out + Environment.NewLine), (result.Code, result.Out));
        Assert.Contains("error: minimum-fit 1: The fit of content and style is", result.Error, StringComparison.Ordinal);
        Assert.True(PictureCodec.Decode(_out).Width > 48);
        var reports = JsonNode.Parse(await File.ReadAllTextAsync(_workplace["r.json"], TestContext.Current.CancellationToken))!.AsArray();
        Assert.Equal(["minimum-fit 0", "minimum-fit 0.0"], reports.Select(r => (string?)r!["variant"]));
    }

    [Fact]
    public async Task A_sweep_whose_pictures_fit_no_variant_writes_nothing()
    {
        var result = await Cli.Run(
            ["sweep", _content, Black(), "-o", _out, .. Small, "--size", "32", "--levels", "1", "--minimum-fit", "0.99,1"]);

        Assert.Equal((1, ""), (result.Code, result.Out));
        Assert.False(File.Exists(_out));
    }

    [Fact]
    public async Task A_sweep_that_is_interrupted_between_variants_shows_those_before()
    {
        using var source = new CancellationTokenSource();
        using var output = new StringWriter();
        await using var error = new WatchingWriter("2/3 seed 2", source.Cancel);

        var code = await CommandLine.Run(
            ["sweep", _content, _style, "-o", _out, "--report", _workplace["r.json"], .. Small, "--size", "32", "--levels", "1",
                "--iterations", "1", "--seed", "1,2,3"],
            new Terminal(output, error),
            source.Token);

        Assert.Equal((130, _out + Environment.NewLine), (code, output.ToString()));
        Assert.Contains("interrupted; the sheet shows 1 of 3 variants", error.ToString(), StringComparison.Ordinal);
        Assert.True(PictureCodec.Decode(_out).Width > 48);
        Assert.Single(JsonNode.Parse(await File.ReadAllTextAsync(_workplace["r.json"], TestContext.Current.CancellationToken))!.AsArray());
    }

    [Fact]
    public async Task A_sweep_over_a_device_that_is_not_there_is_refused_before_it_begins()
    {
        var result = await Cli.Run("sweep", _content, _style, "-o", _out, "--size", "32", "--device", "cpu,cuda");

        Assert.Equal(2, result.Code);
        Assert.StartsWith("error: --device: is cuda, but this build finds no CUDA GPU", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_out));
    }

    [Fact]
    public async Task An_interrupted_run_keeps_its_picture()
    {
        using var source = new CancellationTokenSource();
        var levels = Directory.CreateDirectory(_workplace["snapshots"]);

        var running = Task.Run(
            () => Cli.Run(
                source.Token,
                ["synthesize", _content, _style, "-o", _out, .. Small, "--size", "32", "--levels", "1", "--iterations", "10000", "--quiet",
                    "--report", _workplace["r.json"], "--save-levels", levels.FullName, "--snapshot-every", "1"]),
            TestContext.Current.CancellationToken);
        while (!running.IsCompleted && levels.GetFiles().Length < 2)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await source.CancelAsync();
        var result = await running;

        Assert.Equal(130, result.Code);
        Assert.Equal(new PixelSize(32, 24), PictureCodec.Decode(_out).Size);
        var report = JsonNode.Parse(await File.ReadAllTextAsync(_workplace["r.json"], TestContext.Current.CancellationToken))!;
        Assert.True((bool)report["interrupted"]!);
        Assert.InRange((int)report["levels"]![0]!["iterations"]!, 1, 9999);
    }

    [Fact]
    public async Task A_full_disk_is_a_failure_that_names_the_file()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "This system has no /dev/full.");

        var result = await Cli.Run(
            ["synthesize", _content, _style, "-o", _out, .. Small, "--size", "32", "--levels", "1", "--iterations", "1", "--quiet",
                "--report", "/dev/full"]);

        Assert.Equal(1, result.Code);
        Assert.StartsWith("error: /dev/full could not be written: No space left", result.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(_out));
    }

    [Fact]
    public async Task Weights_of_our_own_give_the_same_bytes_by_option_and_by_settings_file()
    {
        string[] rest = ["--mrf-layers", "relu2_1", "--content-layer", "relu2_1", "--induced-layers", "none", "--threads", "1",
            "--size", "32", "--levels", "1", "--iterations", "1"];
        var file = _workplace.Text("s.json", """{"weights": "own"}""");

        var one = await Cli.Run(
            ["synthesize", _content, _style, "-o", _out, "--weights", "own", "--report", _workplace["r.json"], .. rest]);
        var two = await Cli.Run(["synthesize", _content, _style, "-o", _workplace["two.png"], "--settings", file, .. rest]);

        Assert.Equal((0, 0), (one.Code, two.Code));
        Assert.Contains("Weights: own (embedded).", one.Error, StringComparison.Ordinal);
        Assert.Equal(
            await File.ReadAllBytesAsync(_out, TestContext.Current.CancellationToken),
            await File.ReadAllBytesAsync(_workplace["two.png"], TestContext.Current.CancellationToken));
        var report = JsonNode.Parse(await File.ReadAllTextAsync(_workplace["r.json"], TestContext.Current.CancellationToken))!;
        Assert.Equal(
            ("own", "own", "asked for", OwnWeights.Load().Sha256),
            ((string?)report["settings"]!["weights"], (string?)report["weights"], (string?)report["weightsWhy"],
                (string?)report["weightsSha256"]));
        Assert.Equal("covariance", (string?)report["settings"]!["matchColors"]);
    }

    [Fact]
    public async Task Weights_of_our_own_are_described()
    {
        var shown = await Cli.Run("weights", "show", "own");

        Assert.Equal((0, ""), (shown.Code, shown.Error));
        Assert.Matches(@"(?m)^name +own\r?$", shown.Out);
        Assert.Matches(@"(?m)^file +embedded", shown.Out);
        Assert.Matches(@"(?m)^deepest +relu4_2\r?$", shown.Out);
        Assert.Matches(@"(?m)^generator +\S", shown.Out);
        Assert.Matches($@"(?m)^sha256 +{OwnWeights.Load().Sha256}\r?$", shown.Out);
    }

    [Fact]
    public async Task Weights_come_from_a_file_of_any_width()
    {
        var file = Weights("narrow.safetensors", 0.1f);

        var result = await Cli.Run(
            ["synthesize", _content, _style, "-o", _out, "--weights", file, "--mrf-layers", "relu2_1", "--content-layer", "relu2_1",
                "--induced-layers", "none", "--size", "32", "--levels", "1", "--iterations", "1", "--threads", "1"]);

        Assert.Equal(0, result.Code);
        Assert.Contains($"Weights: narrow ({file})", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_are_imported_and_described()
    {
        var imported = await Cli.Run("weights", "import", Weights("narrow.safetensors", 0.1f), "-o", _workplace["kept.safetensors"]);
        Assert.Equal((0, _workplace["kept.safetensors"] + Environment.NewLine), (imported.Code, imported.Out));

        var shown = await Cli.Run("weights", "show", _workplace["kept.safetensors"]);
        Assert.Equal((0, ""), (shown.Code, shown.Error));
        Assert.Contains("widths    4 4 4", shown.Out, StringComparison.Ordinal);
        Assert.Contains("pooling   average", shown.Out, StringComparison.Ordinal);
        Assert.Contains("padding   zero", shown.Out, StringComparison.Ordinal);

        Assert.Contains(
            "no http or https", await Cli.Refused(2, "weights", "pull", "--url", "ftp://example.org/x"), StringComparison.Ordinal);
        Assert.Contains("--deepest", await Cli.Refused(2, "weights", "pull", "--deepest", "relu9_1"), StringComparison.Ordinal);
        Assert.Contains(
            "expects max|average", await Cli.Refused(2, "weights", "import", _content, "--pooling", "median"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weights_are_not_imported_over_themselves()
    {
        var file = Weights("narrow.safetensors", 0.1f);
        var before = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);

        Assert.Contains("would replace another file", await Cli.Refused(2, "weights", "import", file, "-o", file), StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Weights_with_a_wrong_number_or_none_are_refused()
    {
        Assert.Contains(
            "neither auto, own, vgg19 or random",
            await Cli.Refused(2, "synthesize", _content, _style, "-o", _out, "--weights", "mine.safetensors"),
            StringComparison.Ordinal);
        Assert.Contains(
            "broken.safetensors",
            await Cli.Refused(2, "synthesize", _content, _style, "-o", _out, "--weights", _workplace.Text("broken.safetensors", "{}")),
            StringComparison.Ordinal);
        Assert.Contains(
            "NaN",
            await Cli.Refused(
                2, ["synthesize", _content, _style, "-o", _out, .. Small[2..], "--weights", Weights("nan.safetensors", float.NaN)]),
            StringComparison.Ordinal);
        Assert.Contains(
            "'own' end at relu4_2, but relu5_1 is wanted",
            await Cli.Refused(2, "synthesize", _content, _style, "-o", _out, "--weights", "own", "--content-layer", "relu5_1"),
            StringComparison.Ordinal);
        Assert.Contains(
            "relu4_1 is wanted",
            await Cli.Refused(
                2, "synthesize", _content, _style, "-o", _out, "--weights", Weights("shallow.safetensors", 0.1f),
                "--content-layer", "relu4_1"),
            StringComparison.Ordinal);
    }

    private string Black()
    {
        PictureCodec.Save(new(48, 48), _workplace["black.png"]);
        return _workplace["black.png"];
    }

    // Does something once a line has been written.
    private sealed class WatchingWriter(string line, Action then) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value == line)
            {
                then();
            }
        }
    }

    // conv1_1 … conv2_1, four channels wide.
    private string Weights(string name, float value)
    {
        WeightsWriter.Write(
            _workplace[name],
            [
                .. VggArchitecture.ConvolutionsUpTo(VggArchitecture.Parse("relu2_1")).Select((layer, i) =>
                {
                    var inputs = i == 0 ? 3 : 4;
                    var weight = Enumerable.Range(0, 4 * inputs * 9).Select(n => value * ((n * 7 % 11) - 4)).ToArray();
                    return new ConvolutionWeights(layer, 4, inputs, weight, new float[4]);
                }),
            ],
            InputConvention.Torchvision,
            PoolingKind.Average);
        return _workplace[name];
    }
}
