using CnnMrf.Core.Settings;
using CnnMrf.Local.Options;
using static CnnMrf.Local.Tests.Options.SettingOptionsTests;

namespace CnnMrf.Local.Tests.Options;

public sealed class SettingArgumentsTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void Nothing_given_is_the_default_preset()
    {
        var given = Resolve(Verbs.Synthesize);

        Assert.Equal(Presets.Balanced, given.Settings);
        Assert.Empty(given.Given);
    }

    [Fact]
    public void Options_come_before_the_settings_file()
    {
        var file = _workplace.Text("settings.json", """{"preset": "paper", "tv-weight": 5, "content-weight": [3, 2, 1], "seed": 4}""");

        var given = Resolve(Verbs.Synthesize, "--settings", file, "--smoothness-weight", "7", "--content-weight", ".5");

        Assert.Equal((Preset.Paper, 7.0, 4), (given.Settings.Preset, given.Settings.SmoothnessWeight, given.Settings.Seed));
        Assert.Equal([0.5], given.Settings.ContentWeight);
        Assert.Equal(["contentWeight", "preset", "seed", "smoothnessWeight"], given.Given.Order());
    }

    [Fact]
    public void Lists_and_layers_are_read()
    {
        var settings = Resolve(
            Verbs.Synthesize, "--iterations", "40,20", "--mrf-layers", "relu3_1:1,relu4_1:.5", "--stride", "2,1",
            "--content-weight", "4, 2").Settings;

        Assert.Equal([40, 20], settings.Iterations);
        Assert.Equal(2, settings.Levels);
        Assert.Equal(0.5, settings.MrfLayers[1].Weight);
        Assert.Equal([2, 1], settings.Stride);
        Assert.Equal([4.0, 2.0], settings.ContentWeight);
    }

    [Fact]
    public void Negative_numbers_are_values() =>
        Assert.Equal(-0.25, Resolve(Verbs.Synthesize, "--confidence-threshold", "-0.25").Settings.ConfidenceThreshold);

    [Fact]
    public void Auto_leaves_open_what_a_preset_fixes() =>
        Assert.Null(Resolve(Verbs.Synthesize, "--preset", "authors", "--levels", "auto").Settings.Levels);

    [Fact]
    public void A_flag_needs_no_value()
    {
        Assert.True(Resolve(Verbs.Texture, "--tileable").Settings.Tileable);
        Assert.False(Resolve(Verbs.Texture, "--tileable", "false").Settings.Tileable);
    }

    [Fact]
    public void A_texture_starts_shuffled_unless_told()
    {
        Assert.Equal(InitialPicture.Shuffle, Resolve(Verbs.Texture).Settings.Initial);
        Assert.Equal(InitialPicture.Noise, Resolve(Verbs.Texture, "--initial", "noise").Settings.Initial);
        Assert.Equal(InitialPicture.Noise, Resolve(Verbs.Texture, "--preset", "paper").Settings.Initial);
        Assert.Equal(InitialPicture.Content, Resolve(Verbs.Synthesize).Settings.Initial);
    }

    [Fact]
    public void A_start_may_be_a_file()
    {
        var picture = _workplace.Picture("start.png");

        var given = Resolve(Verbs.Synthesize, "--init", picture);

        Assert.Equal((InitialPicture.Picture, picture), (given.Settings.Initial, given.InitialFile));
    }

    [Fact]
    public void A_start_that_is_neither_a_word_nor_a_file_is_refused() =>
        Assert.Contains("neither content, noise or shuffle", Problem("--initial", "contnt"), StringComparison.Ordinal);

    [Fact]
    public void A_setting_given_twice_is_refused() => Assert.Contains(
        "--size is given 2 times",
        Assert.Throws<UsageException>(() => Resolve(Verbs.Synthesize, "--size", "100", "--max-size", "200")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("--size", "big", "no size")]
    [InlineData("--rotations", "1.5", "whole number")]
    [InlineData("--style-weight", "nan", "expects a number")]
    [InlineData("--style-weight", "1e999", "expects a number")]
    [InlineData("--pooling", "median", "auto | max | average")]
    [InlineData("--stride", "2,x", "whole number or a list")]
    [InlineData("--mrf-layers", "relu9_1", "no layer of VGG-19")]
    [InlineData("--threads", "0", "1 … 1024")]
    public void What_cannot_be_used_is_named(string option, string value, string says) =>
        Assert.Contains(says, Problem(option, value), StringComparison.Ordinal);

    [Fact]
    public void A_problem_in_the_settings_file_names_the_file()
    {
        var file = _workplace.Text("s.json", """{"history": 0}""");

        Assert.Contains("(in " + file, Problem("--settings", file), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"contentWeigt": 1}""", "contentWeigt")]
    [InlineData("""{"size": 3, "maxSize": 4}""", "given twice")]
    [InlineData("""{"size": }""", "no valid JSON")]
    [InlineData("""7""", "JSON object")]
    public void A_settings_file_that_cannot_be_read_is_named(string json, string says)
    {
        var file = _workplace.Text("bad.json", json);

        var e = Assert.Throws<UsageException>(() => Resolve(Verbs.Synthesize, "--settings", file));

        Assert.Contains(file, e.Message, StringComparison.Ordinal);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
    }

    private static string Problem(params string[] args) =>
        Assert.Throws<SettingsException>(() => Resolve(Verbs.Synthesize, args)).Message;
}
