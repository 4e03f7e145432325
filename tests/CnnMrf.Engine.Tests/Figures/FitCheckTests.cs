using CnnMrf.Core.Labels;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Figures;
using CnnMrf.Engine.Synthesis;

namespace CnnMrf.Engine.Tests.Figures;

public sealed class FitCheckTests
{
    private static readonly Picture Scene = Sample("photograph.jpg");
    private static readonly Picture Painting = Sample("painting.jpg");

    [Fact]
    public void The_sample_pair_goes_together_and_hopeless_styles_do_not()
    {
        var good = Fit(Scene, Painting).Numbers;
        Assert.InRange(good.Fit, FitCheck.Poor, FitCheck.Good);
        Assert.InRange(good.Coverage, 0.6, 1);
        var (grey, red) = (Narrow.Flat(96, 96, 0.5f, 0.5f, 0.5f), Narrow.Flat(96, 96, 0.8f, 0.1f, 0.1f));
        foreach (var hopeless in new[] { grey, red, Noise(128), Ramp(128) })
        {
            var bad = Fit(Scene, hopeless).Numbers;
            Assert.InRange(bad.Fit, 0, FitCheck.Hopeless);
            Assert.InRange(bad.Coverage, 0, 0.35);
            Assert.StartsWith("The style has nothing", bad.Advice, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_picture_fits_itself_wholly_and_is_said_to_be_copied()
    {
        var self = Fit(Scene, Scene).Numbers;
        Assert.Equal((1.0, 1.0, 1.0), (self.Fit, self.Coverage, self.Copy));
        Assert.Equal(1, self.MeanNcc, 1e-5);
        Assert.Contains("copied whole", self.Advice, StringComparison.Ordinal);
        Assert.InRange(Fit(Scene, Scene.MirrorHorizontally()).Numbers.Fit, 0.6, 1);
    }

    [Fact]
    public void A_second_style_only_helps_and_one_left_out_does_nothing()
    {
        var grey = Narrow.Flat(64, 64, 0.5f, 0.5f, 0.5f);
        var (alone, both) = (Fit(Scene, grey).Numbers.Fit, Fit(Scene, grey, Painting).Numbers.Fit);
        Assert.True(both > alone + 0.1, $"{alone} → {both}");
        var settings = Presets.Balanced with { StyleWeights = [1, 0] };
        Assert.Equal(alone, FitCheck.Of(settings, new(Scene, [grey, Painting]))!.Numbers.Fit);
    }

    [Fact]
    public void The_map_is_red_where_nothing_matches_and_grey_where_all_does()
    {
        // The style is the content's left half: the right half of the content is not in it.
        var half = Scene.Crop(0, 0, Scene.Width / 2, Scene.Height);
        var map = Fit(Scene, half).Map;
        Assert.Equal(Scene.Size.LongSide > 768 ? 768 : Scene.Size.LongSide, map.Size.LongSide);
        var self = Fit(Scene, Scene).Map;
        for (var i = 0; i < self.Rgb.Length; i += 3)
        {
            Assert.Equal(self.Rgb[i], self.Rgb[i + 1], 1e-3f);
        }

        Assert.True(Redness(Fit(Scene, Narrow.Flat(64, 64, 0, 0, 0)).Map) > Redness(map) + 0.05);
        Assert.True(Redness(map) > Redness(self) + 0.02);
    }

    [Fact]
    public void Label_maps_restrict_what_may_match()
    {
        var (red, blue) = (new LabelColor(255, 0, 0), new LabelColor(0, 0, 255));
        Picture Map(Picture of, LabelColor upper, LabelColor lower)
        {
            var map = new Picture(of.Width, of.Height);
            for (var y = 0; y < of.Height; y++)
            {
                for (var x = 0; x < of.Width; x++)
                {
                    var c = y < of.Height / 2 ? upper : lower;
                    (map[x, y, 0], map[x, y, 2]) = (c.Red / 255f, c.Blue / 255f);
                }
            }

            return map;
        }

        double Labelled(LabelColor upper, LabelColor lower) => FitCheck.Of(Presets.Balanced, new(Scene, [Scene], Labels: LabelSet.Read(
            new(Map(Scene, red, blue), Scene.Size), [new(Map(Scene, upper, lower), Scene.Size)], [1.0])))!.Numbers.Fit;
        Assert.Equal(1, Labelled(red, blue), 1e-6);
        Assert.True(Labelled(blue, red) < 0.8);
    }

    [Theory]
    [InlineData(40, 700)]
    [InlineData(16, 16)]
    public void Any_shape_can_be_asked_about(int width, int height)
    {
        var fit = Fit(Narrow.Picture(width, height, 3), Narrow.Picture(height, width, 4)).Numbers;
        Assert.InRange(fit.Fit, 0, 1);
    }

    [Fact]
    public void Mirrored_copies_count_where_the_synthesis_takes_them()
    {
        var input = new SynthesisInput(Scene, [Scene.MirrorHorizontally()]);
        double Fit(MirroredCopies mirrored) => FitCheck.Of(Presets.Balanced with { Mirrored = mirrored }, input)!.Numbers.MeanNcc;
        Assert.Equal(Fit(MirroredCopies.On), Fit(MirroredCopies.Auto));
        Assert.True(Fit(MirroredCopies.Auto) > Fit(MirroredCopies.Off) + 0.1, $"{Fit(MirroredCopies.Auto)} {Fit(MirroredCopies.Off)}");
    }

    [Fact]
    public void A_texture_has_no_fit() => Assert.Null(FitCheck.Of(Presets.Balanced, new(null, [Painting])));

    [Fact]
    public void A_synthesis_reports_its_fit_and_a_poor_one_ends_before_anything_is_computed()
    {
        var settings = Narrow.Settings(Preset.Balanced, 64) with { Iterations = [1], CoarsestSize = 48 };
        var grey = Narrow.Flat(64, 64, 0.5f, 0.5f, 0.5f);
        using var synthesizer = Narrow.Synthesizer(settings);
        Assert.Equal(Fit(Scene, grey).Numbers, synthesizer.Run(new(Scene, [grey])).Report.Fit);

        using var choosy = Narrow.Synthesizer(settings with { MinimumFit = 0.3 });
        var begun = 0;
        var e = Assert.Throws<PoorFitException>(() => choosy.Run(new(Scene, [grey]), new Told(_ => begun++)));
        Assert.Equal(0, begun);
        Assert.Contains("below minimumFit 0.3", e.Message, StringComparison.Ordinal);
        Assert.NotNull(choosy.Run(new(Scene, [Scene])).Picture);
    }

    private static FitEstimate Fit(Picture content, params Picture[] styles) => FitCheck.Of(Presets.Balanced, new(content, styles))!;

    private static double Redness(Picture map)
    {
        var sum = 0.0;
        for (var i = 0; i < map.Rgb.Length; i += 3)
        {
            sum += map.Rgb[i] - map.Rgb[i + 1];
        }

        return sum / (map.Rgb.Length / 3);
    }

    private static Picture Noise(int side)
    {
        var random = new Random(1);
        return new(side, side, [.. Enumerable.Range(0, 3 * side * side).Select(_ => random.NextSingle())]);
    }

    private static Picture Ramp(int side) =>
        new(side, side, [.. Enumerable.Range(0, 3 * side * side).Select(i => i / 3 % side / (float)side)]);

    private static Picture Sample(string name) =>
        PictureCodec.Decode(Path.Combine(AppContext.BaseDirectory, "samples", name)).ResizeLongSide(256);
}
