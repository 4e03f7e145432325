using CnnMrf.Core.Labels;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Engine.Weights;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Weights;
using CnnMrf.Worker.Computing;
using CnnMrf.Worker.Tests.Fakes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Microsoft.Extensions.Options;

namespace CnnMrf.Worker.Tests.Levels;

/// <summary>Level by level, by different workers, through the store, the result is the command line's, byte for byte.</summary>
public sealed class BitIdentityTests
{
    private static readonly SynthesisSettings Small = Presets.Get(Preset.Balanced) with
    {
        Size = OutputSize.OfLongSide(90),
        CoarsestSize = 24,
        LevelFactor = 2,
        Levels = 2,
        Iterations = [3],
        FinishFactor = 1.5,
        Rotations = 0,
        Scales = 0,
        Threads = 1,
        Device = DeviceChoice.Cpu,
        Weights = "own",
        PositionWeight = [0],
        Mirrored = MirroredCopies.Off,
    };

    [Property(MaxTest = 4)]
    public Property With_any_seed_and_sizes_the_result_is_the_whole_run_s() => Prop.ForAll(
        (from seed in Gen.Choose(0, int.MaxValue)
         from size in Gen.Choose(88, 110)
         from levels in Gen.Choose(1, 2)
         from width in Gen.Choose(50, 56)
         from height in Gen.Choose(50, 56)
         select (seed, size, levels, width, height)).ToArbitrary(),
        v => CompareAsync(
            Small with { Seed = v.seed, Size = OutputSize.OfLongSide(v.size), Levels = v.levels },
            new(Noise(v.width, v.height, v.seed), [Noise(v.height, v.width, ~v.seed)])).GetAwaiter().GetResult());

    [Theory]
    [InlineData(Preset.Balanced, "random")]
    [InlineData(Preset.Balanced, "own")]
    [InlineData(Preset.Authors, "own")]
    [InlineData(Preset.Paper, "own")]
    public async Task Stopped_after_every_single_iteration_it_still_is(Preset preset, string weights) => await CompareAsync(
        (preset == Preset.Balanced ? Small : Presets.Get(preset) with
        {
            Size = OutputSize.OfLongSide(60),
            CoarsestSize = 24,
            Levels = 2,
            Iterations = [3],
            Rotations = 0,
            Scales = 0,
            Threads = 1,
        }) with
        { Weights = weights },
        new(Noise(48, 40, 1), [Noise(46, 52, 2)]),
        stopAlways: true);

    [Fact]
    public async Task Several_styles_with_preferences() => await CompareAsync(
        Small with { StyleWeights = [1, 0.7], StyleScale = [1, 1.1] },
        new(Noise(48, 40, 3), [Noise(46, 52, 4), Noise(50, 50, 5)]),
        stopAlways: true);

    [Fact]
    public async Task Patches_expected_where_the_style_shows_the_content_s_parts()
    {
        var picture = Noise(48, 40, 17);
        await CompareAsync(
            Small with { PositionWeight = [2], Mirrored = MirroredCopies.Auto }, new(picture, [picture.MirrorHorizontally()]),
            stopAlways: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_texture(bool tileable) => await CompareAsync(
        Small with
        {
            Size = new OutputSize(96, 96),
            Initial = InitialPicture.Shuffle,
            Tileable = tileable,
            FinishFactor = tileable ? 1 : 1.5,
            Stride = [1],
        },
        new(null, [Noise(60, 52, 6)]),
        stopAlways: true);

    [Fact]
    public async Task Label_maps_and_the_content_s_colours() => await CompareAsync(
        Small with { PreserveColor = true, StyleWeights = [1, 0.8] },
        Labelled(Noise(48, 40, 12), Noise(46, 52, 13), Noise(50, 44, 14)),
        stopAlways: true);

    [Fact]
    public async Task Levels_that_end_when_they_have_converged() => await CompareAsync(
        Small with { Iterations = [30], Tolerance = 0.2 }, new(Noise(48, 40, 15), [Noise(46, 52, 16)]), stopAlways: true);

    // At the coarsest level these have a patch of relu3_1 and none of relu4_1: the hand-over must leave them out as the level did.
    [Fact]
    public async Task Copies_too_small_for_the_deepest_layer() => await CompareAsync(
        Small with { Rotations = 1 }, new(Noise(48, 40, 12), [Noise(46, 52, 13), Noise(50, 44, 14)]));

    [Fact]
    public async Task A_picture_to_start_from_and_colours_of_its_own() => await CompareAsync(
        Small with { Initial = InitialPicture.Picture, MatchColors = ColorMatch.Histogram, Finish = Finish.None, FinishFactor = 1 },
        new(Noise(48, 40, 7), [Noise(46, 52, 8)], Noise(30, 30, 9)));

    [Fact]
    public async Task Weights_of_a_file_in_the_store_give_what_the_same_file_gives_the_command_line_and_are_fetched_once()
    {
        var world = new World();
        var folder = Directory.CreateTempSubdirectory("cnnmrf-weights-");
        try
        {
            // Our own features, as a file that somebody put there.
            using var resource = typeof(OwnWeights).Assembly.GetManifestResourceStream("CnnMrf.Engine.Weights.own.safetensors")!;
            using var bytes = new MemoryStream();
            resource.CopyTo(bytes);
            await world.Store.WriteAsync(
                Pipeline.Blobs.BlobLayout.WeightsFile("mine"), new MemoryStream(bytes.ToArray()), new(), default);
            var settings = Small with { Weights = "mine" };
            var pair = new SynthesisInput(Noise(48, 40, 10), [Noise(46, 52, 11)]);
            var run = await Run.PlanAsync(world, settings, pair, new WeightsReference("mine", OwnWeights.Load().Sha256));
            string Part(string name, int hours)
            {
                var path = Path.Combine(folder.FullName, $"{name}.part");
                File.WriteAllText(path, "");
                File.SetLastWriteTimeUtc(path, world.Time.GetUtcNow().UtcDateTime.AddHours(-hours));
                return path;
            }

            var killed = Part($"{Guid.NewGuid():N}", 2);
            string[] others = [Part($"{Guid.NewGuid():N}", 0), Part("vgg19.safetensors", 2)];
            var opened = 0;
            world.Store.Before = (operation, blob) => opened += operation == "open" && blob.Container == "weights" ? 1 : 0;
            for (var level = 1; level <= run.Levels; level++)
            {
                await run.DispatchAsync(level);
                await using var worker = world.Start(
                    new TorchLevelEngine(Options.Create(new WorkerOptions())), configure: o => o.WeightsFolder = folder.FullName);
                await world.PassAsync(worker.WorkAsync(), TimeSpan.FromTicks(1));
            }

            Assert.Equal(1, opened);
            Assert.False(File.Exists(killed));
            Assert.All(others, o => Assert.True(File.Exists(o)));
            var file = Path.Combine(folder.FullName, $"{OwnWeights.Load().Sha256}.safetensors");
            using var whole = new Synthesizer(settings, WeightsChoice.Of(WeightsFile.Load(file)));
            Assert.Equal(PictureCodec.Encode(whole.Run(pair).Picture, PictureFormat.Png), await run.BytesAsync(run.Blobs.Result));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task CompareAsync(SynthesisSettings settings, SynthesisInput input, bool stopAlways = false)
    {
        // What the command line does, with the pictures as its decoder makes them.
        using var whole = new Synthesizer(settings, WeightsChoice.For(settings, new WeightsStore(Path.GetTempPath())));
        var expected = whole.Run(input);
        var uninterrupted = await ThroughWorkersAsync(settings, input, stop: false);
        Assert.Equal(PictureCodec.Encode(expected.Picture, PictureFormat.Png), uninterrupted.Result);
        for (var level = 0; level < expected.Report.Levels.Count; level++)
        {
            var (theirs, ours) = (expected.Report.Levels[level], uninterrupted.Outcomes[level].Record!);
            Assert.Equal(theirs.Objective.Trace.Select(s => s.Objective), ours.Objective.Trace.Select(s => s.Objective));
            Assert.Equal(
                (theirs.Evaluations, theirs.Energy.Last.Total, theirs.Width, theirs.Height),
                (ours.Evaluations, ours.Energy.Last.Total, ours.Width, ours.Height));
        }

        Assert.Equivalent(expected.Report.Matches!.ToRecord(), uninterrupted.Outcomes[^1].Matches, strict: true);
        Assert.Equal(
            SettingsJson.ToCanonicalUtf8(expected.Report.Settings), SettingsJson.ToCanonicalUtf8(uninterrupted.Outcomes[^1].Settings!));
        if (stopAlways)
        {
            var interrupted = await ThroughWorkersAsync(settings, input, stop: true);
            Assert.Equal(uninterrupted.Result, interrupted.Result);
            Assert.Equal(uninterrupted.Images, interrupted.Images);
            Assert.All(interrupted.Outcomes, o => Assert.Equal(Enumerable.Range(1, o.Record!.Iterations - 1), o.ResumedAt));
        }
    }

    private static async Task<(byte[] Result, List<byte[]> Images, List<LevelOutcome> Outcomes)> ThroughWorkersAsync(
        SynthesisSettings settings, SynthesisInput input, bool stop)
    {
        var world = new World();
        var run = await Run.PlanAsync(
            world, settings, input, settings.Weights == "own" ? new("own", OwnWeights.Load().Sha256) : new("random", null));
        var (images, outcomes) = (new List<byte[]>(), new List<LevelOutcome>());
        for (var level = 1; level <= run.Levels; level++)
        {
            await run.DispatchAsync(level);
            for (var worker = 0; await run.OutcomeAsync(level) is null; worker++)
            {
                Assert.InRange(worker, 0, 10);
                var engine = new StoppingEngine();
                await using var machine = world.Start(engine);
                engine.OnStepped = stop ? machine.Stop : () => { };
                await world.PassAsync(machine.WorkAsync(), TimeSpan.FromTicks(1));
            }

            var outcome = (await run.OutcomeAsync(level))!;
            Assert.Equal((LevelEnd.Completed, null), (outcome.End, outcome.Problem?.Message));
            outcomes.Add(outcome);
            images.Add((await run.BytesAsync(run.Blobs.Level(level).Image))!);
        }

        return ((await run.BytesAsync(run.Blobs.Result))!, images, outcomes);
    }

    // Left and right halves are classes, exchanged in the styles.
    private static SynthesisInput Labelled(Picture content, params Picture[] styles)
    {
        LabelSource Halves(Picture over, bool exchanged)
        {
            var map = new Picture(over.Width, over.Height);
            for (var i = 0; i < map.Rgb.Length; i += 3)
            {
                map.Rgb[i] = i / 3 % map.Width < map.Width / 2 == exchanged ? 1 : 0;
            }

            return new(map, over.Size);
        }

        return new(content, styles, Labels: LabelSet.Read(Halves(content, false), [.. styles.Select(s => Halves(s, true))], [1.0]));
    }

    // What eight bits hold exactly, as a decoder gives it: only such pictures come from files.
    private static Picture Noise(int width, int height, int seed)
    {
        var random = new Random(seed);
        var picture = new Picture(width, height);
        for (var i = 0; i < picture.Rgb.Length; i++)
        {
            picture.Rgb[i] = (float)((128 + (100 * Math.Sin(i * 0.013 * (1 + (seed & 3)))) + random.Next(20)) / 255);
        }

        return PictureCodec.Decode(PictureCodec.Encode(picture, PictureFormat.Png));
    }

    private sealed class StoppingEngine : ILevelEngine
    {
        private readonly TorchLevelEngine _engine = new(Options.Create(new WorkerOptions()));

        public Action OnStepped { get; set; } = () => { };

        public ILevelComputation Load(SynthesisSettings settings, SynthesisInput input, WeightsChoice weights) =>
            new Computation(_engine.Load(settings, input, weights), OnStepped);

        private sealed class Computation(ILevelComputation inner, Action stepped) : ILevelComputation
        {
            public SynthesisSettings Settings => inner.Settings;

            public EngineRecord Engine => inner.Engine;

            public Core.Pyramid.PyramidPlan Plan => inner.Plan;

            public int Iteration => inner.Iteration;

            public Energies Energy => inner.Energy;

            public double Objective => inner.Objective;

            public bool HasConverged => inner.HasConverged;

            public double Seconds => inner.Seconds;

            public (FitReport Report, Picture Map)? Fit(CancellationToken ct) => inner.Fit(ct);

            public void Start(int level, LevelImage? previous) => inner.Start(level, previous);

            public void Resume(int level, LevelState state) => inner.Resume(level, state);

            public void Step(CancellationToken ct)
            {
                inner.Step(ct);
                stepped();
            }

            public Picture Picture() => inner.Picture();

            public LevelState Export(long mostBytes, IReadOnlyDictionary<string, string> about) => inner.Export(mostBytes, about);

            public LevelImage Image(IReadOnlyDictionary<string, string> metadata) => inner.Image(metadata);

            public LevelRecord Record() => inner.Record();

            public (Picture Picture, MatchRecord Matches) Conclude() => inner.Conclude();

            public void Dispose() => inner.Dispose();
        }
    }
}
