using System.Runtime.InteropServices;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Optimization;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Engine.Weights;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Synthesis;

public sealed class SynthesizerTests
{
    private static readonly SynthesisInput Pair = new(Narrow.Picture(48, 40, 1), [Narrow.Picture(52, 44, 2)]);

    public static TheoryData<Preset> AllPresets => new(Enum.GetValues<Preset>());

    [Theory]
    [MemberData(nameof(AllPresets))]
    public void The_same_seed_and_threads_give_the_same_bytes(Preset preset)
    {
        foreach (var threads in new[] { 1, 2 })
        {
            var settings = Narrow.Settings(preset) with { Threads = threads };
            var (a, b) = (Run(settings, Pair), Run(settings, Pair));
            Assert.Equal((60, 50), (a.Picture.Width, a.Picture.Height));
            Assert.Equal(a.Picture.Rgb, b.Picture.Rgb);
            Assert.Equal(
                a.Report.Levels.SelectMany(l => l.Objective.Trace.Select(t => t.Objective)),
                b.Report.Levels.SelectMany(l => l.Objective.Trace.Select(t => t.Objective)));
        }
    }

    [Fact]
    public void Another_seed_gives_another_picture()
    {
        var settings = Narrow.Settings(Preset.Paper);
        Assert.NotEqual(Run(settings, Pair).Picture.Rgb, Run(settings with { Seed = 1 }, Pair).Picture.Rgb);
        var texture = Narrow.Settings(Preset.Balanced) with { Initial = InitialPicture.Shuffle };
        var style = new SynthesisInput(null, Pair.Styles);
        Assert.NotEqual(Run(texture, style).Picture.Rgb, Run(texture with { Seed = 1 }, style).Picture.Rgb);
    }

    [Theory]
    [MemberData(nameof(AllPresets))]
    public void The_objective_falls_at_every_level(Preset preset)
    {
        var result = Run(Narrow.Settings(preset) with { Iterations = [15] }, Pair);
        Assert.Equal(2, result.Report.Levels.Count);
        Assert.Equal(2, result.LevelPictures.Count);
        Assert.All(result.Report.Levels, l =>
        {
            Assert.Equal((15, 16, 16), (l.Iterations, l.Evaluations, l.Objective.Trace.Count));
            Assert.True(l.Objective.Last < l.Objective.First, $"{l.Objective.First} → {l.Objective.Last}");
        });
        Assert.False(result.Report.Interrupted);
        Assert.NotNull(result.Report.Matches);
    }

    [Fact]
    public void With_a_tolerance_a_level_ends_at_the_first_iteration_that_reaches_it_and_is_the_same_until_there()
    {
        var settings = Narrow.Settings(Preset.Balanced) with { Levels = 1, Iterations = [60] };
        var (whole, ended) = (Objectives(settings), Objectives(settings with { Tolerance = 0.05 }));
        Assert.Equal(61, whole.Length);
        Assert.InRange(ended.Length, Convergence.Window + 1, 60);
        Assert.Equal(whole[..ended.Length], ended);
        Assert.True(Convergence.Reached(Samples(ended), 0.05));
        Assert.False(Convergence.Reached(Samples(ended[..^1]), 0.05));

        static double[] Objectives(SynthesisSettings settings) =>
            [.. Run(settings, Pair).Report.Levels.Single().Objective.Trace.Select(t => t.Objective)];

        static ObjectiveSample[] Samples(double[] objectives) => [.. objectives.Select((o, i) => new ObjectiveSample(i, i, o))];
    }

    [Fact]
    public void In_bfloat16_the_energies_are_nearly_those_of_float32_and_the_report_says_so()
    {
        var settings = Narrow.Settings(Preset.Balanced) with { Iterations = [15], Precision = Precision.Bfloat16 };
        if (!Processor.MultipliesBfloat16)
        {
            Assert.Equal("precision", Assert.Throws<SettingsException>(() => Run(settings, Pair)).Problems[0].Field);
            return;
        }

        var (coarse, exact) = (Run(settings, Pair).Report, Run(settings with { Precision = Precision.Float32 }, Pair).Report);
        Assert.Equal(("bfloat16", "float32"), (coarse.Precision, exact.Precision));
        foreach (var (c, e) in coarse.Levels.Zip(exact.Levels))
        {
            // After fifteen iterations of ever so few channels the two went different ways.
            Assert.Equal(1, c.Objective.Last / e.Objective.Last, 0.15);
        }
    }

    // Zero in the network's space is the mean colour: there every feature without a bias has the norm 0.
    [Theory]
    [InlineData(Preset.Paper)]
    [InlineData(Preset.Authors)]
    [InlineData(Preset.Balanced)]
    public void Pictures_without_any_structure_give_no_NaN(Preset preset)
    {
        Picture[] kinds = [Narrow.Flat(48, 40, 0, 0, 0), Narrow.Flat(48, 40, 0.485f, 0.456f, 0.406f), Pair.Content!];
        foreach (var (content, style) in from c in kinds from s in kinds select (c, s))
        {
            var result = Run(Narrow.Settings(preset) with { Iterations = [2] }, new(content, [style]));
            Assert.All(result.Picture.Rgb, v => Assert.True(v is >= 0 and <= 1, $"{v}"));
            Assert.All(result.Report.Levels, l => Assert.True(double.IsFinite(l.Objective.Last), $"{l.Objective.Last}"));
        }
    }

    [Theory]
    [MemberData(nameof(AllPresets))]
    public void A_level_one_patch_wide_works(Preset preset)
    {
        var content = Narrow.Picture(24, 60, 1);
        var settings = Narrow.Settings(preset, 60) with { Levels = 1 };
        var result = Run(settings, new(content, [Narrow.Picture(24, 60, 2)]));
        Assert.Equal((24, 60), (result.Picture.Width, result.Picture.Height));
        Assert.All(result.Picture.Rgb, v => Assert.InRange(v, 0, 1));
    }

    [Fact]
    public void A_picture_too_small_for_a_patch_is_refused_before_anything_runs()
    {
        using var synthesizer = Narrow.Synthesizer(Narrow.Settings(Preset.Paper) with { Levels = 1 });
        var wide = Assert.Throws<SettingsException>(() => synthesizer.Run(Pair with { Content = Narrow.Picture(96, 16, 1) }));
        Assert.Contains("at least 24 px", wide.Message);
        var style = Assert.Throws<SettingsException>(() => synthesizer.Run(Pair with { Styles = [Narrow.Picture(96, 16, 1)] }));
        Assert.Contains("smaller than one patch", style.Message);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 2)]
    [InlineData(0, 3)]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    public void Cancelled_between_iterations_it_keeps_the_picture_at_full_size_and_says_so(int level, int iteration)
    {
        using var source = new CancellationTokenSource();
        using var synthesizer = Narrow.Synthesizer(Narrow.Settings(Preset.Balanced) with { Finish = Finish.None });
        Picture? seen = null;
        var result = synthesizer.Run(
            Pair,
            new Told(p =>
            {
                if (p.Level == level && p.Iteration == iteration)
                {
                    seen = p.Picture();
                    source.Cancel();
                }
            }),
            source.Token);
        Assert.True(result.Report.Interrupted);
        var output = synthesizer.Plan(Pair).Output;
        Assert.Equal(seen!.Resize(output.Width, output.Height).Rgb, result.Picture.Rgb);
        Assert.Equal(level, result.LevelPictures.Count);
        Assert.Equal(level + 1, result.Report.Levels.Count);
        Assert.Equal(iteration, result.Report.Levels[^1].Iterations);
        Assert.NotNull(result.Report.Matches);
    }

    [Fact]
    public void Cancelled_it_finishes_by_votes_too()
    {
        using var source = new CancellationTokenSource();
        using var synthesizer = Narrow.Synthesizer(Narrow.Settings(Preset.Balanced, 90) with { FinishFactor = 1.5 });
        var result = synthesizer.Run(Pair, new Told(_ => source.Cancel()), source.Token);
        var output = synthesizer.Plan(Pair).Output;
        Assert.Equal((output.Width, output.Height), (result.Picture.Width, result.Picture.Height));
        Assert.True(result.Report.Interrupted);
    }

    [Fact]
    public void Progress_goes_forward_only()
    {
        using var synthesizer = Narrow.Synthesizer(Narrow.Settings(Preset.Balanced) with { Levels = 2, Iterations = [4, 3] });
        var told = new List<SynthesisProgress>();
        synthesizer.Run(Pair, new Told(told.Add));
        Assert.Equal(
            [(0, 0), (0, 1), (0, 2), (0, 3), (0, 4), (1, 0), (1, 1), (1, 2), (1, 3)],
            told.Select(p => (p.Level, p.Iteration)));
        Assert.All(told, p => Assert.Equal((2, p.Level == 0 ? 4 : 3), (p.Levels, p.Iterations)));
        Assert.Equal(told.Select(p => p.TotalSeconds).Order(), told.Select(p => p.TotalSeconds));
        Assert.All(told.Zip(told.Skip(1)).Where(p => p.First.Level == p.Second.Level), p =>
            Assert.True(p.First.LevelSeconds <= p.Second.LevelSeconds));
    }

    [Fact]
    public void The_progress_s_picture_is_the_one_so_far_cropped_to_its_level()
    {
        using var synthesizer = Narrow.Synthesizer(Narrow.Settings(Preset.Balanced) with { Finish = Finish.None });
        Picture? last = null;
        var result = synthesizer.Run(Pair with { Content = Narrow.Picture(47, 41, 1) }, new Told(p =>
        {
            last = p.Picture();
            Assert.Equal((p.Size.Width, p.Size.Height), (last.Width, last.Height));
        }));
        Assert.Equal(result.Picture.Rgb, last!.Rgb);
    }

    [Theory]
    [InlineData(InitialPicture.Content)]
    [InlineData(InitialPicture.Shuffle)]
    public void A_style_of_weight_zero_is_as_if_it_were_not_there(InitialPicture initial)
    {
        var settings = Narrow.Settings(Preset.Balanced) with { Initial = initial, Mirrored = MirroredCopies.On, Rotations = 1 };
        var one = Run(settings, Pair);
        foreach (var left in new[] { Narrow.Picture(48, 48, 5), Narrow.Picture(96, 8, 5) })
        {
            var two = Run(settings with { StyleWeights = [0, 1] }, Pair with { Styles = [left, .. Pair.Styles] });
            Assert.Equal(one.Picture.Rgb, two.Picture.Rgb);
            Assert.Equal([2], two.Report.Matches!.MirroredStyles);
            Assert.Equal(one.Report.Matches, two.Report.Matches with { MirroredStyles = one.Report.Matches!.MirroredStyles });
        }
    }

    [Fact]
    public void Several_styles_all_take_part()
    {
        Picture[] styles = [Narrow.Flat(48, 40, 1, 0, 0), Narrow.Picture(40, 48, 6)];
        var result = Run(Narrow.Settings(Preset.Balanced), Pair with { Styles = styles });
        var alone = Run(Narrow.Settings(Preset.Balanced), Pair with { Styles = [styles[1]] });
        Assert.NotEqual(alone.Picture.Rgb, result.Picture.Rgb);
    }

    [Fact]
    public void The_result_is_drawn_towards_the_style()
    {
        var settings = Narrow.Settings(Preset.Balanced) with { MatchColors = ColorMatch.Off, Iterations = [20] };
        var red = Run(settings, Pair with { Styles = [Tinted(1, 0.2f)] }).Picture;
        var blue = Run(settings, Pair with { Styles = [Tinted(0.2f, 1)] }).Picture;
        Assert.True(Mean(red, 0) > Mean(blue, 0) + 0.1);
        Assert.True(Mean(red, 2) < Mean(blue, 2) - 0.1);
    }

    [Fact]
    public void A_given_picture_is_where_it_starts()
    {
        var settings = Narrow.Settings(Preset.Paper, 48) with { Initial = InitialPicture.Picture, Iterations = [0], Levels = 1 };
        var start = Narrow.Picture(48, 40, 9);
        using var synthesizer = Narrow.Synthesizer(settings);
        var result = synthesizer.Run(Pair with { Initial = start });
        Assert.All(start.Rgb.Zip(result.Picture.Rgb), p => Assert.Equal(p.First, p.Second, 1e-5f));
        var e = Assert.Throws<SettingsException>(() => synthesizer.Run(Pair));
        Assert.Contains("no picture was given", e.Message);
    }

    [Fact]
    public void The_finish_enlarges_by_its_factor()
    {
        var settings = Narrow.Settings(Preset.Balanced, 96) with { FinishFactor = 2, Levels = 1 };
        var result = Run(settings, Pair with { Styles = [Narrow.Picture(104, 88, 2)] });
        Assert.Equal((96, 80), (result.Picture.Width, result.Picture.Height));
        Assert.Equal((48, 40), (result.Report.Levels[0].Width, result.Report.Levels[0].Height));
        Assert.Equal((48, 40), (result.LevelPictures[0].Width, result.LevelPictures[0].Height));
    }

    [Theory]
    [InlineData(WeightsKind.Random, ColorMatch.Covariance)]
    [InlineData(WeightsKind.Own, ColorMatch.Covariance)]
    [InlineData(WeightsKind.Trained, ColorMatch.Off)]
    public void What_is_left_to_the_weights_is_decided_by_them(WeightsKind kind, ColorMatch colors)
    {
        var narrow = Narrow.Weights();
        NetworkWeights Weights() => new("w", narrow.Input, kind == WeightsKind.Trained, kind, narrow.Convolutions)
        {
            PreferredPadding = PaddingChoice.Reflect,
        };

        SynthesisSettings Resolved(SynthesisSettings settings)
        {
            using var synthesizer = new Synthesizer(settings, new EngineContext(settings, Weights(), ScalarType.Float32));
            return synthesizer.Settings;
        }

        var balanced = Resolved(Narrow.Settings(Preset.Balanced));
        var pooling = kind == WeightsKind.Trained ? PoolingChoice.Max : PoolingChoice.Average;
        Assert.Equal((colors, PaddingChoice.Reflect, pooling), (balanced.MatchColors, balanced.Padding, balanced.Pooling));
    }

    [Fact]
    public void Published_presets_pad_with_zeros_whatever_the_weights_prefer()
    {
        using var narrow = Narrow.Weights();
        var replicated = new NetworkWeights("w", narrow.Input, false, WeightsKind.Own, narrow.Convolutions)
        {
            PreferredPadding = PaddingChoice.Replicate,
        };
        var paper = Narrow.Settings(Preset.Paper);
        using var synthesizer = new Synthesizer(paper, new EngineContext(paper, replicated, ScalarType.Float32));
        Assert.Equal(paper with { MatchSpace = NetworkMix.Weights, PullSpace = NetworkMix.Weights }, synthesizer.Settings);
    }

    // Whatever is there, the patches that the content's own lead to are laid down: between levels, and at the end.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Votes_follow_the_guidance(int levels)
    {
        var style = Narrow.Picture(64, 64, 2);
        var settings = Narrow.Settings(Preset.Balanced, 64) with
        {
            Initial = InitialPicture.Noise,
            Iterations = [0],
            Levels = levels,
            MatchColors = ColorMatch.Off,
            Coherence = 0,
        };
        var free = Run(settings with { Guidance = [0] }, new(style, [style]));
        var led = Run(settings with { Guidance = [8] }, new(style, [style]));
        Assert.True(Difference(led.Picture, style) < 0.01, $"{Difference(led.Picture, style)}");
        Assert.True(Difference(free.Picture, style) > 0.05, $"{Difference(free.Picture, style)}");
    }

    [Theory]
    [InlineData(VariableSpace.Weights)]
    [InlineData(VariableSpace.Caffe)]
    public void The_first_step_is_in_pixel_values_whatever_the_variable(VariableSpace variable)
    {
        var settings = Narrow.Settings(Preset.Balanced) with { FirstStep = 0.05, Levels = 1, Variable = variable, Finish = Finish.None };
        var before = Run(settings with { Iterations = [0] }, Pair).Picture;
        var after = Run(settings with { Iterations = [1] }, Pair).Picture;

        // But for values that reach 0 or 1, and the unequal contrast of channels.
        var steps = before.Rgb.Zip(after.Rgb, (a, b) => Math.Abs(a - b)).Order().ToArray();
        Assert.Equal(0.05, steps[steps.Length / 2], 0.001);
        Assert.InRange(steps[^1], 0.049, 0.052);
    }

    [Fact]
    public void A_texture_has_nothing_to_be_guided_by()
    {
        var settings = Narrow.Settings(Preset.Balanced) with { Initial = InitialPicture.Shuffle };
        var texture = new SynthesisInput(null, Pair.Styles);
        Assert.Equal(Run(settings, texture).Picture.Rgb, Run(settings with { Guidance = [2] }, texture).Picture.Rgb);
    }

    [Fact]
    public void Where_memory_does_not_suffice_that_is_said_in_words()
    {
        // More than any machine can address.
        Tensor Huge() => empty([1L << 50]);
        using var synthesizer = Narrow.Synthesizer(Narrow.Settings(Preset.Balanced));
        var e = Assert.Throws<InsufficientMemoryException>(() => synthesizer.Run(Pair, new Told(_ => Huge())));
        Assert.Contains("take a smaller size", e.Message, StringComparison.Ordinal);
        Assert.IsType<ExternalException>(e.InnerException, exactMatch: false);
    }

    [Fact]
    public void The_estimate_is_a_positive_number_of_seconds()
    {
        using var synthesizer = Narrow.Synthesizer(Narrow.Settings(Preset.Balanced));
        Assert.InRange(synthesizer.EstimateSeconds(Pair), 1e-6, 60);
    }

    private static SynthesisResult Run(SynthesisSettings settings, SynthesisInput input)
    {
        using var synthesizer = Narrow.Synthesizer(settings);
        return synthesizer.Run(input);
    }

    private static Picture Tinted(float red, float blue)
    {
        var picture = Narrow.Picture(48, 48, 4);
        for (var i = 0; i < picture.Rgb.Length; i += 3)
        {
            picture.Rgb[i] *= red;
            picture.Rgb[i + 2] *= blue;
        }

        return picture;
    }

    private static double Difference(Picture a, Picture b)
    {
        Assert.Equal(a.Size, b.Size);
        return a.Rgb.Zip(b.Rgb, (x, y) => Math.Abs((double)x - y)).Average();
    }

    private static double Mean(Picture picture, int channel) =>
        Enumerable.Range(0, picture.Width * picture.Height).Average(i => (double)picture.Rgb[(3 * i) + channel]);
}
