using CnnMrf.Core.Pictures;
using CnnMrf.Engine.Weights;

namespace CnnMrf.Local.Tests.Commands;

public sealed class TrainTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Training_writes_weights_a_curve_and_a_checkpoint_to_go_on_from()
    {
        var file = _workplace["out/mine.safetensors"];
        var result = await Cli.Run("train", "--steps", "1", "--precision", "float32", "--threads", "1", "-o", file);

        Assert.Equal((0, file), (result.Code, result.Out.Trim()));
        var weights = WeightsFile.Load(file);
        Assert.Equal("own", weights.Name);
        Assert.Equal("1", weights.Metadata["steps"]);
        Assert.Contains("restyled relu4_1 96 px", weights.Metadata["evaluation"], StringComparison.Ordinal);
        Assert.True(weights.Size < 6 << 20);
        Assert.True(File.Exists(_workplace["out/mine.checkpoint.safetensors"]));
        Assert.True(File.Exists(_workplace["out/mine.curve.csv"]));
    }

    [Theory]
    [InlineData("--minutes", "0", "--minutes must be greater than 0")]
    [InlineData("--steps", "-5", "--steps must be greater than 0")]
    [InlineData("--threads", "0", "--threads must be greater than 0")]
    [InlineData("--resume", "nowhere.safetensors", "no checkpoint 'nowhere.safetensors'")]
    [InlineData("--freeze", "relu3_1", "give --from with --freeze")]
    [InlineData("--from", "nowhere.safetensors", "The weights 'nowhere.safetensors' cannot be taken")]
    [InlineData("--output", "folder/", "names a folder")]
    public async Task Bad_values_are_refused(string option, string value, string message) => Assert.Contains(
        message,
        await Cli.Refused(
            2, ["train", option, value, .. option == "--output" ? Array.Empty<string>() : ["-o", _workplace["mine.safetensors"]]]),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_scene_is_drawn_in_the_look_that_is_asked_for()
    {
        var photo = await Draw("photo.png", "--seed", "4");
        Assert.Equal(new PixelSize(64, 64), photo.Size);
        Assert.Equal(photo.Rgb, (await Draw("again.png", "--seed", "4", "--look", "photo")).Rgb);
        Assert.NotEqual(photo.Rgb, (await Draw("painting.png", "--seed", "4", "--look", "painting")).Rgb);
        Assert.NotEqual(photo.Rgb, (await Draw("other.png", "--seed", "5")).Rgb);

        async Task<Picture> Draw(string name, params string[] options)
        {
            var file = _workplace[$"out/{name}"];
            var result = await Cli.Run(["train", "draw", "boat", "--size", "64", "-o", file, .. options]);
            Assert.Equal((0, file), (result.Code, result.Out.Trim()));
            return PictureCodec.Decode(file);
        }
    }

    [Theory]
    [InlineData("boot", "no kind 'boot'; take one of generic, face, animal", "-o", "x.png")]
    [InlineData("boat", "must be 16 … 4096", "--size", "8")]
    [InlineData("boat", "must end in .png", "-o", "x.bmp")]
    public async Task Scenes_that_cannot_be_drawn_are_refused(string kind, string message, string option, string value) => Assert.Contains(
        message, await Cli.Refused(2, "train", "draw", kind, option, value), StringComparison.Ordinal);

    [Fact]
    public async Task Averaging_takes_two_files_at_least_and_those_that_there_are()
    {
        var missing = await Cli.Refused(2, "train", "average", "own", "nowhere.safetensors", "-o", _workplace["mean.safetensors"]);
        Assert.Contains("nowhere.safetensors", missing, StringComparison.Ordinal);
        Assert.NotEmpty(await Cli.Refused(2, "train", "average", "own"));
        Assert.False(File.Exists(_workplace["mean.safetensors"]));
    }

    [Fact]
    public async Task Evaluating_a_file_that_is_not_there_is_refused() => Assert.Contains(
        "nowhere.safetensors", await Cli.Refused(2, "train", "evaluate", "nowhere.safetensors"), StringComparison.Ordinal);
}
