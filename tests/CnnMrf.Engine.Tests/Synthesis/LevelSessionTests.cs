using CnnMrf.Core.Settings;
using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Synthesis;

namespace CnnMrf.Engine.Tests.Synthesis;

public sealed class LevelSessionTests
{
    private static readonly SynthesisInput Pair = new(Narrow.Picture(48, 40, 1), [Narrow.Picture(52, 44, 2)]);
    private static readonly Dictionary<string, string> About = new() { ["job"] = "a" };

    public static TheoryData<Preset> AllPresets => new(Enum.GetValues<Preset>());

    [Theory]
    [MemberData(nameof(AllPresets))]
    public void Levels_by_different_synthesizers_give_the_whole_run_s_picture_and_numbers(Preset preset)
    {
        var settings = Narrow.Settings(preset) with { Size = OutputSize.OfLongSide(62) };
        using var whole = Narrow.Synthesizer(settings, new StoppedClock());
        var expected = whole.Run(Pair);
        LevelImage? previous = null;
        for (var level = 0; level < 2; level++)
        {
            using var synthesizer = Narrow.Synthesizer(settings, new StoppedClock());
            using var session = synthesizer.Start(Pair, level, previous);
            while (session.Iteration < 3)
            {
                session.Step();
            }

            previous = session.Image(About);
            Assert.Equal(expected.LevelPictures[level].Rgb, session.Picture().Rgb);
            Assert.Equal(expected.Report.Levels[level].Objective.Trace, session.Report().Objective.Trace);
            if (level == 1)
            {
                var (picture, matches) = session.Conclude();
                Assert.Equal(expected.Picture.Rgb, picture.Rgb);
                Assert.Equivalent(expected.Report.Matches, matches, strict: true);
                Assert.Equal(picture.Rgb, session.Conclude().Picture.Rgb);
            }
        }
    }

    [Fact]
    public void A_state_too_large_keeps_the_image_alone_and_goes_on_from_it_with_a_new_memory()
    {
        using var synthesizer = Narrow.Synthesizer(Narrow.Settings(Preset.Balanced) with { Iterations = [6] }, new StoppedClock());
        using var session = synthesizer.Start(Pair, 0, null);
        session.Step();
        session.Step();
        session.Step();
        var whole = session.Export(about: About);
        var small = session.Export(whole.Bytes.Length / 2, About);
        Assert.True(LevelState.Open(whole.Bytes).IsWhole);
        Assert.False(LevelState.Open(small.Bytes).IsWhole);
        Assert.Equal(3, LevelState.Open(small.Bytes).Iteration);
        Assert.Equal("a", SafetensorsFile.Read(small.Bytes).Metadata["job"]);
        var picture = session.Picture();
        var evaluations = session.Report().Evaluations;
        session.Dispose();

        using var resumed = synthesizer.Resume(Pair, 0, LevelState.Open(small.Bytes));
        Assert.Equal(3, resumed.Iteration);
        Assert.Equal(picture.Rgb, resumed.Picture().Rgb);
        Assert.Equal(evaluations + 1, resumed.Report().Evaluations);
        var before = resumed.Objective;
        resumed.Step();
        resumed.Step();
        Assert.True(resumed.Objective < before, $"{before} → {resumed.Objective}");

        // What is exported after that knows how far the level is, and where its memory began.
        var later = LevelState.Open(resumed.Export().Bytes);
        Assert.Equal((5, true), (later.Iteration, later.IsWhole));
        resumed.Step();
        var expected = resumed.Export();
        resumed.Dispose();
        using var again = synthesizer.Resume(Pair, 0, later);
        Assert.Equal(5, again.Iteration);
        again.Step();
        Assert.True(expected.Bytes.Span.SequenceEqual(again.Export().Bytes.Span));
        Assert.Equal(Enumerable.Range(0, 7), again.Report().Objective.Trace.Select(s => s.Iteration));
    }

    [Fact]
    public void What_belongs_to_another_level_or_is_damaged_is_refused()
    {
        using var synthesizer = Narrow.Synthesizer(Narrow.Settings(Preset.Balanced), new StoppedClock());
        LevelState state;
        LevelImage image;
        using (var session = synthesizer.Start(Pair, 0, null))
        {
            (state, image) = (session.Export(), session.Image(About));
        }

        Assert.Contains("another level's", Assert.Throws<SafetensorsException>(() => synthesizer.Resume(Pair, 1, state)).Message);
        Assert.Throws<SafetensorsException>(() => LevelState.Open(image.Bytes));
        Assert.Throws<SafetensorsException>(() => synthesizer.Start(Pair, 1, new(image.Bytes[..^4])));
        Assert.Throws<ArgumentNullException>(() => synthesizer.Start(Pair, 1, null));
        using var bad = new MemoryStream();
        var file = SafetensorsFile.Read(image.Bytes);
        var values = file.ReadSingles("image");
        values[7] = float.NaN;
        SafetensorsWriter.Write(bad, [TensorData.FromSingles("image", file["image"].Shape, values)], About);
        Assert.Contains("not finite", Assert.Throws<SafetensorsException>(() => synthesizer.Start(Pair, 1, new(bad.ToArray()))).Message);
        using var other = Narrow.Synthesizer(Narrow.Settings(Preset.Balanced, 90));
        Assert.Contains("no image of a level", Assert.Throws<SafetensorsException>(() => other.Start(Pair, 1, image)).Message);
    }
}
