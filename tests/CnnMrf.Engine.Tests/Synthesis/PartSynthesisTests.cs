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
        var style = Narrow.Picture(64, 48, 2);
        var map = new LabelSource(Narrow.Flat(64, 48, 1, 0, 0), new(64, 48));
        foreach (var input in new SynthesisInput[]
        {
            new(null, [style]), new(Narrow.Picture(64, 48, 1), [style], Labels: LabelSet.Read(map, [map], [1.0])),
        })
        {
            var settings = input.Content is null ? Settings with { Initial = InitialPicture.Noise } : Settings;
            Assert.Equal(
                Run(settings with { PositionWeight = [0] }, input).Picture.Rgb, Run(settings, input).Picture.Rgb);
        }
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
