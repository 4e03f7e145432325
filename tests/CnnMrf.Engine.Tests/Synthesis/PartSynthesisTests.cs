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
    public void Level_by_level_in_other_processes_the_picture_is_the_whole_run_s()
    {
        var input = new SynthesisInput(Scene, [Scene.MirrorHorizontally()]);
        var whole = Run(Settings, input);
        LevelImage? image = null;
        Picture? last = null;
        for (var level = 0; level < 2; level++)
        {
            using var synthesizer = Narrow.Synthesizer(Settings);
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

    private static SynthesisResult Run(SynthesisSettings settings, SynthesisInput input)
    {
        using var synthesizer = Narrow.Synthesizer(settings);
        return synthesizer.Run(input, ct: TestContext.Current.CancellationToken);
    }

    private static double Distance(Picture one, Picture other) =>
        one.Rgb.Zip(other.Resize(one.Width, one.Height).Rgb, (a, b) => Math.Abs(a - b)).Average();
}
