namespace CnnMrf.Local.Tests.Commands;

public sealed class UsageTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public async Task A_picture_in_place_of_a_command_is_synthesised()
    {
        var (content, style, result) = (
            _workplace.Picture("a.png", 32, 32), _workplace.Picture("b.png", 32, 32, 1), _workplace["c.png"]);
        var done = await Cli.Run(
            content, style, "-o", result, "-q", "--size", "32", "--levels", "1", "--iterations", "1", "--weights", "random",
            "--position-weight", "0");
        Assert.Equal((0, ""), (done.Code, done.Error));
        Assert.True(File.Exists(result));
    }

    [Theory]
    [InlineData("", "command")]
    [InlineData("synthesise a.png b.png", "did you mean synthesize")]
    [InlineData("photo.jpg painting.jpg", "neither a command nor an existing picture")]
    [InlineData("synthesize", "synthesize needs CONTENT")]
    [InlineData("synthesize a.png", "synthesize needs STYLE")]
    [InlineData("texture", "texture needs STYLE")]
    [InlineData("score a.png b.png", "score needs IMAGE")]
    [InlineData("synthesize a.png b.png --szie 3", "no option --szie; did you mean --size?")]
    [InlineData("synthesize --contentweight 3 a.png b.png", "did you mean --content-weight?")]
    [InlineData("score a.png b.png c.png --iterations 3", "score has no option --iterations")]
    [InlineData("texture a.png --content-weight 3", "texture has no option --content-weight")]
    [InlineData("synthesize a.png b.png --size", "--size")]
    public async Task Bad_usage_is_explained_in_one_line(string line, string says) =>
        Assert.Contains(says, await Cli.Refused(2, line.Split(' ', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);

    [Theory]
    [InlineData("--help", "synthesize CONTENT STYLE")]
    [InlineData("synthesize --help", "--content-weight A[,A…]")]
    [InlineData("synthesize -h", "--tv-weight")]
    [InlineData("texture --help", "--tileable")]
    [InlineData("score --help", "--json")]
    [InlineData("sweep --help", "Examples:")]
    [InlineData("weights --help", "pull")]
    public async Task Help_is_no_error(string line, string says)
    {
        var result = await Cli.Run(line.Split(' '));

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Contains(says, result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_fits_into_120_columns()
    {
        foreach (var verb in new[] { "synthesize", "texture", "score", "sweep" })
        {
            Assert.All((await Cli.Run(verb, "--help")).Out.Split('\n'), l => Assert.InRange(l.Length, 0, 120));
        }
    }

    [Fact]
    public async Task The_samples_command_is_hidden() =>
        Assert.DoesNotContain("samples", (await Cli.Run("--help")).Out, StringComparison.Ordinal);

    [Fact]
    public async Task The_version_is_told() => Assert.Matches(@"^\d+\.\d+\.\d+", (await Cli.Run("--version")).Out);

    [Fact]
    public async Task All_problems_of_settings_are_told_a_line_each()
    {
        var picture = _workplace.Picture("p.png");

        var result = await Cli.Run("synthesize", picture, picture, "--history", "0", "--size", "9");

        Assert.Equal(2, result.Code);
        Assert.Contains("error: --size: is 9", result.Error, StringComparison.Ordinal);
        Assert.Contains("error: --history: is 0", result.Error, StringComparison.Ordinal);
    }
}
