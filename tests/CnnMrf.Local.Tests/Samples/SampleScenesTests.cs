using CnnMrf.Core.Pictures;
using CnnMrf.Local.Samples;

namespace CnnMrf.Local.Tests.Samples;

public sealed class SampleScenesTests
{
    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(SampleScenes.PhotographName)]
    [InlineData(SampleScenes.PaintingName)]
    public void The_committed_samples_are_what_the_code_draws(string name)
    {
        var path = Path.Combine(RepositoryRoot(), "samples", name);
        var committed = PictureCodec.Decode(path);
        var drawn = name == SampleScenes.PhotographName ? SampleScenes.DrawPhotograph() : SampleScenes.DrawPainting();

        Assert.Equal(new PixelSize(SampleScenes.Width, SampleScenes.Height), committed.Size);
        Assert.Equal(committed.Size, drawn.Size);
        // JPEG's own loss, and room for another machine's last bit of a sine.
        Assert.InRange(Difference(drawn, committed), 0, 0.025);
        Assert.True(new FileInfo(path).Length < 200_000);
    }

    [Fact]
    public void The_same_seed_draws_the_same_picture_and_another_seed_another()
    {
        var photograph = SampleScenes.DrawPhotograph(64, 48);
        Assert.Equal(photograph.Rgb, SampleScenes.DrawPhotograph(64, 48).Rgb);
        Assert.True(Difference(photograph, SampleScenes.DrawPhotograph(64, 48, seed: 8)) > 0.01);

        var painting = SampleScenes.DrawPainting(64, 48);
        Assert.Equal(painting.Rgb, SampleScenes.DrawPainting(64, 48).Rgb);
        Assert.True(Difference(painting, SampleScenes.DrawPainting(64, 48, seed: 8)) > 0.01);
    }

    [Fact]
    public void Every_value_is_a_colour()
    {
        Assert.All(SampleScenes.DrawPhotograph(64, 48).Rgb, v => Assert.InRange(v, 0f, 1f));
        Assert.All(SampleScenes.DrawPainting(64, 48).Rgb, v => Assert.InRange(v, 0f, 1f));
    }

    [Fact]
    public void No_patch_of_the_painting_is_flat()
    {
        // The method can only re-assemble what is there: every 12×12 block must show strokes.
        var painting = PictureCodec.Decode(Path.Combine(RepositoryRoot(), "samples", SampleScenes.PaintingName));
        for (var y = 0; y + 12 <= painting.Height; y += 12)
        {
            for (var x = 0; x + 12 <= painting.Width; x += 12)
            {
                var block = painting.Crop(x, y, 12, 12).Rgb;
                var mean = block.Average();
                Assert.True(block.Average(v => (v - mean) * (v - mean)) > 0.003, $"The block at ({x}, {y}) is flat.");
            }
        }
    }

    private static double Difference(Picture a, Picture b) => a.Rgb.Zip(b.Rgb, (x, y) => Math.Abs(x - y)).Average();

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CnnMrf.Functions.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests must run inside the repository.");
    }
}
