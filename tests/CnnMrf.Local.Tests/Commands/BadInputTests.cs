namespace CnnMrf.Local.Tests.Commands;

public sealed class BadInputTests : IDisposable
{
    private readonly Workplace _workplace = new();
    private readonly string _good;
    private readonly string _out;

    public BadInputTests() => (_good, _out) = (_workplace.Picture("good.png"), _workplace["out/result.png"]);

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task A_missing_picture() => await Refused(_workplace["nowhere.png"], "does not exist");

    [Fact]
    public async Task An_empty_path() => await Refused("", "is empty");

    [Fact]
    public async Task A_folder()
    {
        Directory.CreateDirectory(_workplace["folder"]);
        await Refused(_workplace["folder"], "is a folder");
    }

    [Fact]
    public async Task An_empty_file() => await Refused(_workplace.File("empty.png"), "empty");

    [Fact]
    public async Task A_truncated_picture() => await Refused(_workplace.Truncated("half.png"), "truncated");

    [Fact]
    public async Task A_file_that_is_no_picture() => await Refused(_workplace.Text("notes.png", "dear diary"), "not a picture");

    [Fact]
    public async Task A_picture_of_one_pixel() =>
        await Refused(_workplace.Picture("dot.png", 1, 1), "1×1 pixels; each side must have at least 8");

    [Fact]
    public async Task A_picture_beyond_the_limit_is_refused_from_its_header() =>
        await Refused(_workplace.Claiming("huge.png", 20000, 20000), "20000×20000");

    [Fact]
    public async Task A_picture_far_too_oblong() => await Refused(_workplace.Picture("line.png", 800, 10), "oblong");

    [Fact]
    public async Task A_style_far_too_oblong()
    {
        var line = await Cli.Refused(2, "synthesize", _good, _workplace.Picture("line.png", 800, 10), "-o", _out, "--preset", "authors");

        Assert.Contains("smaller than one patch", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bad_picture_may_be_the_style_or_the_start()
    {
        var bad = _workplace.Text("bad.png", "no");
        Assert.Contains("style picture", await Cli.Refused(2, "synthesize", _good, bad, "-o", _out), StringComparison.Ordinal);
        Assert.Contains("style picture", await Cli.Refused(2, "texture", _good, bad, "-o", _out), StringComparison.Ordinal);
        Assert.Contains(
            "initial picture", await Cli.Refused(2, "synthesize", _good, _good, "--init", bad, "-o", _out), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--size 300x200", "only the long side")]
    [InlineData("--tileable", "for textures")]
    [InlineData("--iterations 10,5 --levels 3", "2 values for 3 levels")]
    [InlineData("--style-weights 1,2", "2 values for 1 style pictures")]
    [InlineData("--content-weight 1,2,3 --levels 2", "3 values for 2 levels")]
    [InlineData("--levels 8 --level-factor 4", "fewer levels, a smaller levelFactor")]
    [InlineData("--finish none --finish-factor 2", "finish")]
    [InlineData("--snapshot-every 0", "whole number above 0")]
    [InlineData("--snapshot-every often", "whole number above 0")]
    public async Task Contradictory_options(string options, string says) => Assert.Contains(
        says, await Cli.Refused(2, ["synthesize", _good, _good, "-o", _out, .. options.Split(' ')]), StringComparison.Ordinal);

    [Theory]
    [InlineData("--initial content", "shuffle or noise")]
    [InlineData("--tileable --size 300 --levels 2", "multiples of")]
    public async Task Contradictory_options_of_a_texture(string options, string says) => Assert.Contains(
        says, await Cli.Refused(2, ["texture", _good, "-o", _out, .. options.Split(' ')]), StringComparison.Ordinal);

    [Fact]
    public async Task An_output_of_unknown_format() => await RefusedOutput("-o", _workplace["result.gif"], ".png, .jpg, .jpeg, .webp");

    [Fact]
    public async Task An_output_that_is_a_folder()
    {
        Directory.CreateDirectory(_workplace["folder.png"]);
        await RefusedOutput("-o", _workplace["folder.png"], "names a folder");
    }

    [Fact]
    public async Task An_output_below_a_file() => await RefusedOutput("-o", Path.Combine(_good, "result.png"), "cannot be written");

    [Fact]
    public async Task An_output_in_a_place_nobody_can_write() => await RefusedOutput("-o", "/proc/cnnmrf/result.png", "cannot be written");

    [Fact]
    public async Task An_output_of_a_name_that_is_too_long() =>
        await RefusedOutput("-o", _workplace[new string('n', 253) + ".png"], "cannot be written");

    [Fact]
    public async Task An_output_that_would_replace_an_input() => await RefusedOutput("-o", _good, "would replace");

    [Fact]
    public async Task Outputs_that_would_replace_what_is_read_or_each_other()
    {
        var settings = _workplace["set.json"];
        await File.WriteAllTextAsync(settings, "{}");
        var start = _workplace.Picture("start.png", 64, 48);
        foreach (var (options, path) in new (string[], string)[]
        {
            (["--report", _good], _good),
            (["--report", _out], ""),
            (["--settings", settings, "--report", settings], settings),
            (["--initial", start, "--sheet", start], start),
        })
        {
            var before = path.Length > 0 ? await File.ReadAllBytesAsync(path) : [];
            Assert.Contains(
                "would replace another", await Cli.Refused(2, ["synthesize", _good, _good, "-o", _out, .. options]), StringComparison.Ordinal);
            Assert.Equal(before, path.Length > 0 ? await File.ReadAllBytesAsync(path) : []);
            Assert.False(File.Exists(_out));
        }
    }

    [Fact]
    public async Task A_report_below_a_file() => await RefusedOutput("--report", Path.Combine(_good, "report.json"), "cannot be written");

    [Fact]
    public async Task Levels_below_a_file() => await RefusedOutput("--save-levels", Path.Combine(_good, "levels"), "cannot be written");

    [Fact]
    public async Task A_missing_settings_file() => await RefusedOutput("--settings", _workplace["none.json"], "does not exist");

    [Fact]
    public async Task Score_compares_pictures_of_one_size()
    {
        var line = await Cli.Refused(2, "score", _good, _good, _workplace.Picture("other.png", 65, 48));

        Assert.Contains("65x48", line, StringComparison.Ordinal);
        Assert.Contains("64x48", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Score_wants_a_style_weight_for_its_one_style()
    {
        var settings = _workplace.Text("settings.json", """{"styleWeights": [0, 1], "mrfLayers": "relu2_1"}""");

        Assert.Contains(
            "2 values for 1 style pictures", await Cli.Refused(2, "score", _good, _good, _good, "--settings", settings), StringComparison.Ordinal);
    }

    private async Task Refused(string content, string says)
    {
        var line = await Cli.Refused(2, "synthesize", content, _good, "-o", _out);

        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.True(content.Length == 0 || line.Contains(Path.GetFileName(content), StringComparison.Ordinal)
            || line.Contains("content", StringComparison.Ordinal), line);
        Assert.False(File.Exists(_out));
    }

    private async Task RefusedOutput(string option, string path, string says)
    {
        var line = await Cli.Refused(2, "synthesize", _good, _good, option, path);

        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.Contains(path, line, StringComparison.Ordinal);
    }
}
