using CnnMrf.Core.Labels;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Synthesis;

namespace CnnMrf.Engine.Tests.Synthesis;

/// <summary>Syntheses whose patches are expected where the style shows the content's parts.</summary>
public sealed class PartSynthesisTests
{
    private static readonly SynthesisSettings Settings = Narrow.Settings(Preset.Balanced, 96) with
    {
        PositionBy = PositionReference.Parts,
        PositionWeight = [50],
        Guidance = [0],
        Coherence = 0,
        Initial = InitialPicture.Content,
    };

    private static readonly Picture Scene = PictureCodec.Decode(Path.Combine(AppContext.BaseDirectory, "samples", "photograph.jpg"));

    [Fact]
    public void A_mirrored_style_is_matched_mirrored_where_the_same_place_would_copy_it()
    {
        var input = new SynthesisInput(Scene, [Scene.MirrorHorizontally()]);
        var (parts, place) = (Run(Settings, input), Run(Settings with { PositionBy = PositionReference.Place }, input));
        Assert.InRange(place.Report.Matches!.Copy, 0.9, 1);
        Assert.InRange(parts.Report.Matches!.Copy, 0, 0.5);
        Assert.True(Distance(parts.Picture, Scene) < Distance(place.Picture, Scene));
    }

    [Fact]
    public void A_style_that_shows_the_parts_the_other_way_round_gets_mirrored_copies_by_itself()
    {
        var settings = Settings with { PositionWeight = [0], Mirrored = MirroredCopies.Auto };
        var (upright, mirrored) = (new SynthesisInput(Scene, [Scene]), new SynthesisInput(Scene, [Scene.MirrorHorizontally()]));
        Assert.Equal(Picture(settings with { Mirrored = MirroredCopies.On }, mirrored), Picture(settings, mirrored));
        Assert.Equal(Picture(settings with { Mirrored = MirroredCopies.Off }, upright), Picture(settings, upright));
        Assert.Equal([1], Run(settings with { Mirrored = MirroredCopies.On }, upright).Report.Matches!.MirroredStyles);
        Assert.Empty(Run(settings, upright).Report.Matches!.MirroredStyles);
        Assert.True(
            Distance(Run(settings, mirrored).Picture, Scene)
            < 0.7 * Distance(Run(settings with { Mirrored = MirroredCopies.Off }, mirrored).Picture, Scene));

        static float[] Picture(SynthesisSettings settings, SynthesisInput input) => Run(settings, input).Picture.Rgb;
    }

    [Fact]
    public void Without_a_content_or_with_label_maps_nothing_is_expected_anywhere()
    {
        var style = Scene.MirrorHorizontally();
        var map = new LabelSource(Narrow.Flat(Scene.Width, Scene.Height, 1, 0, 0), Scene.Size);
        var labels = LabelSet.Read(map, [map], [1.0]);
        Assert.True(IsAsWithoutWeight(Settings with { Initial = InitialPicture.Noise }, new(null, [style])));
        Assert.True(IsAsWithoutWeight(Settings, new(Scene, [style], Labels: labels)));
        Assert.False(IsAsWithoutWeight(Settings, new(Scene, [style])));

        static bool IsAsWithoutWeight(SynthesisSettings settings, SynthesisInput input) =>
            Run(settings, input).Picture.Rgb.SequenceEqual(Run(settings with { PositionWeight = [0] }, input).Picture.Rgb);
    }

    [Fact]
    public void A_style_that_is_left_out_shows_no_parts()
    {
        var settings = Settings with { Mirrored = MirroredCopies.Auto };
        var mirrored = Scene.MirrorHorizontally();
        var alone = Run(settings, new(Scene, [Scene]));
        var beside = Run(settings with { StyleWeights = [0, 1] }, new(Scene, [mirrored, Scene]));
        Assert.Equal(alone.Picture.Rgb, beside.Picture.Rgb);
        Assert.Empty(beside.Report.Matches!.MirroredStyles);
        Assert.Equal(alone.Report.Fit, beside.Report.Fit);
    }

    [Theory]
    [InlineData(MirroredCopies.Off)]
    [InlineData(MirroredCopies.Auto)]
    public void Level_by_level_in_other_processes_the_picture_is_the_whole_run_s(MirroredCopies mirrored)
    {
        var settings = Settings with { Mirrored = mirrored };
        var input = new SynthesisInput(Scene, [Scene.MirrorHorizontally()]);
        var whole = Run(settings, input);
        LevelImage? image = null;
        Picture? last = null;
        for (var level = 0; level < 2; level++)
        {
            using var synthesizer = Narrow.Synthesizer(settings);
            using var session = synthesizer.Start(input, level, image);
            while (session.Iteration < 3)
            {
                session.Step(TestContext.Current.CancellationToken);
            }

            image = session.Image(new Dictionary<string, string>());
            last = session.Conclude().Picture;
        }

        Assert.Equal(whole.Picture.Rgb, last!.Rgb);
    }

    [Fact]
    public void A_level_goes_on_with_the_copies_that_it_began_with()
    {
        // Two styles, one of which gets mirrored copies; matches are kept between evaluations, and count on the copies before them.
        var settings = Settings with { Mirrored = MirroredCopies.Auto, MatchEvery = [4], Levels = 1, Iterations = [4] };
        var input = new SynthesisInput(Scene, [Scene.MirrorHorizontally(), Scene]);
        using var synthesizer = Narrow.Synthesizer(settings);
        using var whole = synthesizer.Start(input, 0, null);
        whole.Step(TestContext.Current.CancellationToken);
        whole.Step(TestContext.Current.CancellationToken);
        var state = LevelState.Open(whole.Export().Bytes);
        Assert.Equal([true, false], state.Mirrored!);
        using var resumed = synthesizer.Resume(input, 0, state);
        foreach (var session in new[] { whole, resumed })
        {
            session.Step(TestContext.Current.CancellationToken);
            session.Step(TestContext.Current.CancellationToken);
        }

        Assert.Equal(whole.Picture().Rgb, resumed.Picture().Rgb);

        // Another processor might find the parts otherwise: what the state says holds.
        using var elsewhere = Narrow.Synthesizer(settings);
        using var other = elsewhere.Resume(input with { Styles = [Scene, Scene.MirrorHorizontally()] }, 0, state);
        Assert.Equal([true, false], other.Export().Mirrored!);
        Assert.Equal([1], other.Conclude().Matches.MirroredStyles);
    }

    [Fact]
    public void Mirrored_copies_serve_textures_and_label_maps_too()
    {
        var half = new LabelSource(Narrow.Flat(Scene.Width, Scene.Height, 1, 0, 0), Scene.Size);
        var labels = LabelSet.Read(half, [half], [1.0]);
        var settings = Settings with { PositionWeight = [0] };
        foreach (var (one, input) in new[]
        {
            (settings with { Initial = InitialPicture.Shuffle }, new SynthesisInput(null, [Scene])),
            (settings, new SynthesisInput(Scene, [Scene.MirrorHorizontally()], Labels: labels)),
        })
        {
            var off = Run(one, input).Picture.Rgb;
            Assert.Equal(off, Run(one with { Mirrored = MirroredCopies.Auto }, input).Picture.Rgb);
            Assert.NotEqual(off, Run(one with { Mirrored = MirroredCopies.On }, input).Picture.Rgb);
        }
    }

    private static SynthesisResult Run(SynthesisSettings settings, SynthesisInput input)
    {
        using var synthesizer = Narrow.Synthesizer(settings);
        return synthesizer.Run(input, ct: TestContext.Current.CancellationToken);
    }

    private static double Distance(Picture one, Picture other) =>
        one.Rgb.Zip(other.Resize(one.Width, one.Height).Rgb, (a, b) => Math.Abs(a - b)).Average();
}
