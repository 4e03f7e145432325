using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;

namespace CnnMrf.Engine.Tests.Synthesis;

public sealed class TextureTests
{
    private static readonly SynthesisSettings Settings = Narrow.Settings(Preset.Balanced, 64) with
    {
        Initial = InitialPicture.Shuffle,
        Iterations = [20],
        Stride = [1],
        MatchColors = ColorMatch.Off,
    };

    [Theory]
    [InlineData(Finish.None)]
    [InlineData(Finish.Vote)]
    public void Opposite_edges_of_a_tileable_texture_continue_into_each_other(Finish finish)
    {
        var tileable = Seams(Texture(Settings with { Tileable = true, Finish = finish }, 64, 64));
        var plain = Seams(Texture(Settings with { Finish = finish }, 64, 64));
        Assert.True(tileable.Across <= 1 && tileable.Down <= 1, $"tileable: {tileable}");
        Assert.True(plain.Across > 2 * tileable.Across && plain.Down > 2 * tileable.Down, $"plain {plain}, tileable {tileable}");
    }

    [Fact]
    public void A_texture_has_the_size_asked_for_whatever_the_style_s()
    {
        var picture = Texture(Settings with { Size = new(70, 45), Levels = 1, Iterations = [1] }, 64, 64);
        Assert.Equal((70, 45), (picture.Width, picture.Height));
    }

    [Fact]
    public void A_tileable_size_that_does_not_fit_the_grid_is_refused_with_one_that_does()
    {
        using var synthesizer = Narrow.Synthesizer(Settings with { Tileable = true, Size = new(70, 64) });
        var e = Assert.Throws<SettingsException>(() => synthesizer.Run(new(null, [Narrow.Picture(64, 64, 3)])));
        Assert.Contains("multiples of 16", e.Message);
        Assert.Contains("80x64", e.Message);
    }

    private static Picture Texture(SynthesisSettings settings, int width, int height)
    {
        using var synthesizer = Narrow.Synthesizer(settings);
        return synthesizer.Run(new(null, [Narrow.Picture(width, height, 3)])).Picture;
    }

    // Squared differences across the opposite edges over the greatest between neighbouring lines within.
    private static (double Across, double Down) Seams(Picture picture)
    {
        double Columns(int a, int b) => Enumerable.Range(0, picture.Height).Sum(y =>
            Enumerable.Range(0, 3).Sum(c => Math.Pow(picture[a, y, c] - picture[b, y, c], 2)));
        double Rows(int a, int b) => Enumerable.Range(0, picture.Width).Sum(x =>
            Enumerable.Range(0, 3).Sum(c => Math.Pow(picture[x, a, c] - picture[x, b, c], 2)));
        return (
            Columns(picture.Width - 1, 0) / Enumerable.Range(0, picture.Width - 1).Max(x => Columns(x, x + 1)),
            Rows(picture.Height - 1, 0) / Enumerable.Range(0, picture.Height - 1).Max(y => Rows(y, y + 1)));
    }
}
