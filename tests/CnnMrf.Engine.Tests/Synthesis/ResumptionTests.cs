using CnnMrf.Core.Pictures;
using CnnMrf.Core.Pyramid;
using CnnMrf.Core.Settings;
using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Synthesis;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Synthesis;

public sealed class ResumptionTests
{
    private static readonly SynthesisInput Pair = new(Narrow.Picture(48, 40, 1), [Narrow.Picture(52, 44, 2)]);
    private static readonly StoppedClock Clock = new();

    [Theory]
    [InlineData(Preset.Paper)]
    [InlineData(Preset.Authors)]
    [InlineData(Preset.Balanced)]
    [InlineData(Preset.Balanced, 3, "weights,narrow:0.3/1", "narrow:2,weights", 1)]
    [InlineData(Preset.Balanced, 7, "auto", "auto", 0, 3)]
    [InlineData(Preset.Authors, 7, "auto", "auto", 0, 2)]
    public void A_level_resumed_after_any_iteration_ends_byte_for_byte_as_the_uninterrupted_one(
        Preset preset, int iterations = 8, string matchSpace = "auto", string pullSpace = "auto", double guidance = 0, int matchEvery = 1)
    {
        using var scope = NewDisposeScope();
        var settings = Narrow.Settings(preset) with
        {
            Iterations = [iterations],
            History = 3,
            MatchSpace = NetworkMix.Parse(matchSpace),
            PullSpace = NetworkMix.Parse(pullSpace),
            Guidance = [guidance],
            MatchEvery = [matchEvery, 1],
        };
        using var whole = Narrow.Synthesizer(settings, Clock);
        var plan = whole.Plan(Pair);
        Assert.Equal(2, plan.Levels.Count);
        Tensor? previous = null;
        foreach (var level in plan.Levels)
        {
            var start = Start(whole, plan, level, previous);
            var states = Uninterrupted(whole, level, start);
            for (var k = 0; k < states.Count - 1; k++)
            {
                // Another process: its own weights, network and features, and the level before read from its state.
                using var other = Narrow.Synthesizer(settings, Clock);
                Assert.Equal(start.Doubles(), Start(other, plan, level, previous).Doubles());
                using var problem = other.Problem(other.Prepare(Pair), level);
                using var run = new LevelRun(problem.Energy, new(states[k].Bytes.ToArray(), k), other.Optimizer, Clock, CPU);
                Assert.Equal(k, run.Iteration);
                while (run.Iteration < level.Iterations)
                {
                    run.Step();
                    Assert.True(
                        states[run.Iteration].Bytes.Span.SequenceEqual(run.Export().Bytes.Span),
                        $"level {level.Index}, resumed after {k}, differs after {run.Iteration}");
                }
            }

            previous = states[^1].Read(CPU).Image;
        }
    }

    [Fact]
    public void A_level_resumed_without_what_earlier_matches_proved_ends_byte_for_byte_as_the_uninterrupted_one()
    {
        using var scope = NewDisposeScope();
        var settings = Narrow.Settings(Preset.Paper) with { Rotations = 1, Scales = 1, Iterations = [14], History = 3 };
        using var synthesizer = Narrow.Synthesizer(settings, Clock);
        var (level, prepared) = (synthesizer.Plan(Pair).Levels[0], synthesizer.Prepare(Pair));
        var start = Start(synthesizer, synthesizer.Plan(Pair), level, null);
        var plain = Uninterrupted(synthesizer, level, start, new FusedMatcher(1));
        var pruned = new PrunedMatcher(new FusedMatcher(1), blockRows: 2, worthwhile: 2);
        var states = Uninterrupted(synthesizer, level, start, pruned, () =>
            Assert.All(pruned.Certificates, one => Assert.True(one.Pairs.Searched < one.Pairs.All, "nothing was pruned")));
        Assert.Equal(plain.Select(state => state.Bytes.ToArray()), states.Select(state => state.Bytes.ToArray()));
        using var problem = synthesizer.Problem(prepared, level, new PrunedMatcher(new FusedMatcher(1), blockRows: 2, worthwhile: 2));
        using var run = new LevelRun(problem.Energy, states[5], new(settings.History), Clock, CPU);
        while (run.Iteration < level.Iterations)
        {
            run.Step();
            Assert.True(states[run.Iteration].Bytes.Span.SequenceEqual(run.Export().Bytes.Span), $"differs after {run.Iteration}");
        }
    }

    [Fact]
    public void Matches_that_are_kept_must_be_the_level_s()
    {
        using var scope = NewDisposeScope();
        var settings = Narrow.Settings(Preset.Balanced) with { MatchEvery = [2] };
        using var synthesizer = Narrow.Synthesizer(settings, Clock);
        var (level, prepared) = (synthesizer.Plan(Pair).Levels[0], synthesizer.Prepare(Pair));
        using var problem = synthesizer.Problem(prepared, level);
        using var run = new LevelRun(problem.Energy, synthesizer.Initial(prepared, level, problem), new(5), Clock);
        var file = SafetensorsFile.Read(run.Export().Bytes, "state");
        foreach (var wrong in new[] { -1, int.MaxValue })
        {
            using var stream = new MemoryStream();
            SafetensorsWriter.Write(stream, [.. file.Names.Select(name => new TensorData(
                name, file[name].Type, file[name].Shape, name.StartsWith("match.", StringComparison.Ordinal)
                    ? TensorData.FromIntegers(name, file[name].Shape, [.. Enumerable.Repeat(wrong, (int)file[name].Count)]).Bytes
                    : file.Bytes(name)))], file.Metadata);
            var damaged = Assert.Throws<SafetensorsException>(
                () => new LevelRun(problem.Energy, LevelState.Open(stream.ToArray()), new(5), Clock, CPU));
            Assert.Contains("matches at relu", damaged.Message);
        }
    }

    [Fact]
    public void Levels_run_one_by_one_give_the_whole_run_s_picture()
    {
        using var scope = NewDisposeScope();
        var settings = Narrow.Settings(Preset.Balanced) with { Finish = Finish.None };
        using var synthesizer = Narrow.Synthesizer(settings, Clock);
        var plan = synthesizer.Plan(Pair);
        Tensor? previous = null;
        foreach (var level in plan.Levels)
        {
            previous = Uninterrupted(synthesizer, level, Start(synthesizer, plan, level, previous))[^1].Read(CPU).Image;
        }

        var picture = synthesizer.Space.ToPicture(previous!).Crop(0, 0, plan.Output.Width, plan.Output.Height);
        Assert.Equal(synthesizer.Run(Pair).Picture.Rgb, picture.Rgb);
    }

    [Fact]
    public void The_report_of_a_resumed_level_covers_the_whole_level()
    {
        using var scope = NewDisposeScope();
        using var synthesizer = Narrow.Synthesizer(Narrow.Settings(Preset.Balanced), Clock);
        var level = synthesizer.Plan(Pair).Levels[0];
        var prepared = synthesizer.Prepare(Pair);
        using var problem = synthesizer.Problem(prepared, level);
        using var whole = new LevelRun(problem.Energy, synthesizer.Initial(prepared, level, problem), new(5), Clock);
        whole.Step();
        using var resumed = new LevelRun(problem.Energy, whole.Export(), new(5), Clock, CPU);
        whole.Step();
        resumed.Step();
        var (a, b) = (whole.Report(8, 8), resumed.Report(8, 8));
        Assert.Equal((2, 3), (b.Iterations, b.Evaluations));
        Assert.Equal(a.Objective.Trace, b.Objective.Trace);
        Assert.Equal(a.Energy.First.Total, b.Energy.First.Total);
        Assert.Equal(a.Energy.Last.Total, b.Energy.Last.Total);
    }

    [Fact]
    public void A_file_that_is_no_state_is_refused()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, [TensorData.FromSingles("image", [1], [0])], new Dictionary<string, string>());
        var foreign = Assert.Throws<SafetensorsException>(() => new LevelState(stream.ToArray(), 0).Read(CPU));
        Assert.Contains("no level state", foreign.Message);

        using var scope = NewDisposeScope();
        using var synthesizer = Narrow.Synthesizer(Narrow.Settings(Preset.Balanced), Clock);
        var prepared = synthesizer.Prepare(Pair);
        var level = synthesizer.Plan(Pair).Levels[0];
        using var problem = synthesizer.Problem(prepared, level);
        using var run = new LevelRun(problem.Energy, synthesizer.Initial(prepared, level, problem), new(5), Clock);
        var bytes = run.Export().Bytes;
        Assert.Throws<SafetensorsException>(() => new LevelState(bytes[..^5], 0).Read(CPU));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, false)]
    public void Continued_from_the_image_alone_only_a_level_at_its_beginning_makes_the_first_stride(int iterations, bool strides)
    {
        using var scope = NewDisposeScope();
        using var synthesizer = Narrow.Synthesizer(Narrow.Settings(Preset.Balanced), Clock);
        var (prepared, level) = (synthesizer.Prepare(Pair), synthesizer.Plan(Pair).Levels[0]);
        using var problem = synthesizer.Problem(prepared, level);
        using var run = new LevelRun(problem.Energy, synthesizer.Initial(prepared, level, problem), synthesizer.Optimizer, Clock);
        while (run.Iteration < iterations)
        {
            run.Step();
        }

        var state = run.Export(mostBytes: 1);
        Assert.False(state.IsWhole);
        using var resumed = new LevelRun(problem.Energy, state, synthesizer.Optimizer, Clock, CPU);
        var before = resumed.Variable.clone();
        using var again = new LevelRun(problem.Energy, resumed.Export(), synthesizer.Optimizer, Clock, CPU);
        resumed.Step();
        again.Step();
        Assert.Equal(strides, (resumed.Variable - before).abs().max().item<float>() > 0.9 * synthesizer.Optimizer.FirstStep);
        Assert.True(resumed.Export().Bytes.Span.SequenceEqual(again.Export().Bytes.Span));
    }

    [Fact]
    public void A_state_that_no_file_in_memory_can_hold_is_the_image_alone()
    {
        // Many pairs of one megabyte take as much as a few pairs of a large picture, and here they are the same one.
        using var scope = NewDisposeScope();
        var x = zeros([1, 3, 300, 300]);
        Tensor[] pairs = [.. Enumerable.Repeat(x, 1000)];
        var terms = new EnergyTerms(new Dictionary<string, double>(), 0, 0, 0);
        var state = LevelState.From(
            new(pairs.Length, 0, 1, x, x, pairs, pairs), new(terms, terms, [], 0, 0), new Dictionary<LayerName, PatchField>());
        Assert.False(state.IsWhole);
        Assert.InRange(state.Bytes.Length, 4 * x.numel(), (4 * x.numel()) + 10_000);
    }

    [Fact]
    public void A_cancelled_step_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var synthesizer = Narrow.Synthesizer(Narrow.Settings(Preset.Balanced), Clock);
        var prepared = synthesizer.Prepare(Pair);
        var level = synthesizer.Plan(Pair).Levels[0];
        using var problem = synthesizer.Problem(prepared, level);
        using var run = new LevelRun(problem.Energy, synthesizer.Initial(prepared, level, problem), new(5), Clock);
        run.Step();
        var before = run.Export();
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => run.Step(source.Token));
        Assert.True(before.Bytes.Span.SequenceEqual(run.Export().Bytes.Span));
        run.Step();
        Assert.Equal(2, run.Iteration);
    }

    private static Tensor Start(Synthesizer synthesizer, PyramidPlan plan, LevelPlan level, Tensor? previous)
    {
        var prepared = synthesizer.Prepare(Pair);
        if (previous is not null)
        {
            return synthesizer.HandOver(prepared, plan.Levels[level.Index - 1], previous, level);
        }

        using var problem = synthesizer.Problem(prepared, level);
        return synthesizer.Initial(prepared, level, problem);
    }

    private static List<LevelState> Uninterrupted(
        Synthesizer synthesizer, LevelPlan level, Tensor start, IPatchMatcher? matcher = null, Action? inspect = null)
    {
        using var problem = synthesizer.Problem(synthesizer.Prepare(Pair), level, matcher);
        using var run = new LevelRun(problem.Energy, start, synthesizer.Optimizer, Clock);
        var states = new List<LevelState> { run.Export() };
        while (run.Iteration < level.Iterations)
        {
            run.Step();
            states.Add(run.Export());
        }

        inspect?.Invoke();
        return states;
    }
}
