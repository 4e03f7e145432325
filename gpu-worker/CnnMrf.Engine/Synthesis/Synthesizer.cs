using System.Diagnostics;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Pyramid;
using CnnMrf.Core.Settings;
using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Figures;
using CnnMrf.Engine.Labels;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Optimization;
using CnnMrf.Engine.Patches;
using CnnMrf.Engine.Places;
using CnnMrf.Engine.Styles;
using CnnMrf.Engine.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Synthesis;

/// <summary>
/// A whole synthesis: the pyramid from coarse to fine, each level started from the one before, and the finish. One instance serves one
/// caller at a time.
/// </summary>
public sealed class Synthesizer : IDisposable
{
    private readonly EngineContext _context;
    private readonly NetworkBank _networks;
    private readonly TimeProvider _time;

    // Of the pictures asked about last: an estimate, the run itself and its levels ask one after the other.
    private (Picture Content, IReadOnlyList<Picture> Styles, PartPlaces? Found)? _places;

    /// <summary>Loads network and weights.</summary>
    /// <param name="settings">Validated settings.</param>
    /// <param name="weights">Which ones.</param>
    /// <param name="time">Clock of reports.</param>
    /// <exception cref="SettingsException">The weights do not reach the layers asked for, or the device is not there.</exception>
    public Synthesizer(SynthesisSettings settings, WeightsChoice weights, TimeProvider? time = null)
        : this(settings, new EngineContext(settings, weights), time)
    {
    }

    internal Synthesizer(SynthesisSettings settings, EngineContext context, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _context = context;
        Settings = Resolve(settings, context.Weights);
        _networks = new(context, Settings);
    }

    /// <summary>The settings with everything automatic decided.</summary>
    public SynthesisSettings Settings { get; }

    /// <summary>What reports call the weights.</summary>
    public string WeightsName => _context.Weights.Name;

    /// <summary>The space of levels' variables.</summary>
    public PixelSpace Space => Settings.Variable == VariableSpace.Caffe ? PixelSpace.AuthorsVariable : _networks.Input;

    internal LbfgsOptions Optimizer => new(Settings.History, Settings.FirstStep * Space.Contrast);

    /// <summary>The levels.</summary>
    /// <exception cref="SettingsException">Pictures and settings do not go together.</exception>
    public PyramidPlan Plan(SynthesisInput input)
    {
        if (Settings.Initial == InitialPicture.Picture && input.Initial is null)
        {
            throw new SettingsException("initial", "is picture, but no picture was given to start from");
        }

        return PyramidPlan.Create(
            Settings,
            input.Content is { } c ? new PixelSize(c.Width, c.Height) : null,
            [.. input.Styles.Select(s => new PixelSize(s.Width, s.Height))]);
    }

    /// <summary>
    /// Seconds that <see cref="Run"/> will take, from timed evaluations at the two coarsest levels, extrapolated by their own ratio.
    /// </summary>
    /// <exception cref="InsufficientMemoryException">There is not enough memory for pictures of this size.</exception>
    public double EstimateSeconds(SynthesisInput input, CancellationToken ct = default) =>
        NativeMemory.Need(() => Estimate(input, ct));

    private double Estimate(SynthesisInput input, CancellationToken ct)
    {
        _context.UseThreads();
        var plan = Plan(input);
        var prepared = Prepare(input, ct);
        var measured = new List<(double Pixels, double Evaluation, double Setup)>();
        foreach (var level in plan.Levels.Take(2))
        {
            using var scope = NewDisposeScope();
            var started = _time.GetTimestamp();
            using var problem = Problem(prepared, level, WholeSearch());
            var setup = _time.GetElapsedTime(started).TotalSeconds;
            var start = Initial(prepared, level, problem);
            problem.Energy.Evaluate(start, ct);
            started = _time.GetTimestamp();
            problem.Energy.Evaluate(start, ct);
            measured.Add(((double)level.Canvas.Width * level.Canvas.Height, _time.GetElapsedTime(started).TotalSeconds, setup));
        }

        var (pixels, evaluation, set) = measured[^1];
        var exponent = measured.Count < 2 ? 1.2
            : Math.Clamp(Math.Log(evaluation / measured[0].Evaluation) / Math.Log(pixels / measured[0].Pixels), 1, 2);
        return plan.Levels.Sum(level =>
        {
            var factor = (double)level.Canvas.Width * level.Canvas.Height / pixels;
            return ((level.Iterations + 2) * evaluation * Math.Pow(factor, exponent)) + (set * factor);
        });
    }

    /// <summary>Runs all levels and the finish. Cancelled, it returns what there is, marked as interrupted.</summary>
    /// <param name="input">The pictures.</param>
    /// <param name="progress">Called on this thread.</param>
    /// <param name="ct">Stops between iterations.</param>
    /// <exception cref="SettingsException">Pictures and settings do not go together.</exception>
    /// <exception cref="PoorFitException">The fit is below the setting <c>minimumFit</c>.</exception>
    /// <exception cref="InsufficientMemoryException">There is not enough memory for pictures of this size.</exception>
    public SynthesisResult Run(SynthesisInput input, IProgress<SynthesisProgress>? progress = null, CancellationToken ct = default) =>
        NativeMemory.Need(() => RunLevels(input, progress, ct));

    private SynthesisResult RunLevels(SynthesisInput input, IProgress<SynthesisProgress>? progress, CancellationToken ct)
    {
        _context.UseThreads();
        var started = _time.GetTimestamp();
        var plan = Plan(input);
        var prepared = Prepare(input, ct);
        var fit = Fit(input, ct)?.Numbers;
        if (fit is not null && fit.Fit < Settings.MinimumFit)
        {
            throw new PoorFitException(fit, Settings.MinimumFit);
        }

        var pictures = new List<Picture>();
        var reports = new List<LevelReport>();
        MatchStatistics? matches = null;
        Picture? result = null;
        Tensor? next = null;
        var interrupted = false;
        foreach (var level in plan.Levels)
        {
            using var session = new LevelSession(this, _context, input, prepared, plan, level, _time, next);
            void Report() => progress?.Report(new(
                level.Index, plan.Levels.Count, level.Size, session.Iteration, level.Iterations, session.Energy, session.Objective,
                session.Seconds, _time.GetElapsedTime(started).TotalSeconds, session.Picture));

            Report();
            while (session.Iteration < level.Iterations && !session.HasConverged && !interrupted)
            {
                try
                {
                    ct.ThrowIfCancellationRequested();
                    session.Step(ct);
                    Report();
                }
                catch (OperationCanceledException) when (ct.IsCancellationRequested)
                {
                    interrupted = true;
                }
            }

            reports.Add(session.Report());
            next?.Dispose();
            interrupted |= ct.IsCancellationRequested;
            result = session.Picture();
            if (!interrupted)
            {
                pictures.Add(result);
            }

            if (interrupted || level.Index == plan.Levels.Count - 1)
            {
                (result, matches) = session.Conclude();
                break;
            }

            next = session.HandOver().DetachFromDisposeScope();
        }

        var engine = Describe();
        return new(result!, pictures, new(
            Settings, engine.Weights, engine.WeightsWhy, engine.WeightsSha256, engine.Device, engine.Threads, engine.Precision,
            engine.Versions, reports, matches, fit, interrupted, _time.GetElapsedTime(started).TotalSeconds, engine.PeakMemoryBytes));
    }

    /// <summary>How well the pictures go together, with the copies that a run takes.</summary>
    /// <param name="input">The pictures.</param>
    /// <param name="ct">Looked at during matching.</param>
    /// <returns>Null without a content picture, and where the build carries no weights of its own.</returns>
    public FitEstimate? Fit(SynthesisInput input, CancellationToken ct = default) =>
        FitCheck.Of(Settings, input with { Mirrored = Sought(input, ct).Mirrored }, ct);

    /// <summary>Begins one level on its own, as <see cref="Run"/> does: one evaluation.</summary>
    /// <param name="input">The pictures.</param>
    /// <param name="level">The level, 0 is the coarsest.</param>
    /// <param name="previous">The result of the level before; null for the coarsest.</param>
    /// <exception cref="SettingsException">Pictures and settings do not go together.</exception>
    /// <exception cref="SafetensorsException">The result of the level before is damaged, or another level's.</exception>
    /// <exception cref="InsufficientMemoryException">There is not enough memory for pictures of this size.</exception>
    public LevelSession Start(SynthesisInput input, int level, LevelImage? previous) => NativeMemory.Need(() =>
    {
        _context.UseThreads();
        var plan = Plan(input);
        if (level > 0 && previous is null)
        {
            throw new ArgumentNullException(nameof(previous), "every level but the coarsest starts from the one before");
        }

        var prepared = Prepare(input);
        using var image = level == 0 ? null : previous!.Read(plan.Levels[level - 1].Canvas, _context.Type, _context.Device);
        using var start = image is null ? null : HandOver(prepared, plan.Levels[level - 1], image, plan.Levels[level]);
        return new LevelSession(this, _context, input, prepared, plan, plan.Levels[level], _time, start);
    });

    /// <summary>Continues one level. It ends byte for byte as the uninterrupted one, if the state is whole and device and threads are the
    /// same.</summary>
    /// <param name="input">The pictures.</param>
    /// <param name="level">The level, 0 is the coarsest.</param>
    /// <param name="state">Where it was left.</param>
    /// <exception cref="SettingsException">Pictures and settings do not go together.</exception>
    /// <exception cref="SafetensorsException">The state is damaged, or another level's.</exception>
    /// <exception cref="InsufficientMemoryException">There is not enough memory for pictures of this size.</exception>
    public LevelSession Resume(SynthesisInput input, int level, LevelState state) => NativeMemory.Need(() =>
    {
        _context.UseThreads();
        var plan = Plan(input);
        var prepared = Prepare(input);

        // What was decided when the level began holds: matches that are kept belong to those copies.
        prepared = prepared with { Mirrored = state.Mirrored ?? prepared.Mirrored };
        return new LevelSession(this, _context, input, prepared, plan, plan.Levels[level], _time, state);
    });

    /// <summary>What is computed with.</summary>
    public EngineReport Describe() => new(
        _context.Weights.Name, _context.WeightsWhy, _context.Weights.Sha256, _context.Device.type == DeviceType.CUDA ? "cuda" : "cpu",
        _context.Threads, _context.Arithmetic.ToString().ToLowerInvariant(), EngineContext.Versions, PeakMemory());

    /// <inheritdoc/>
    public void Dispose()
    {
        _networks.Dispose();
        _context.Dispose();
    }

    internal LevelProblem Problem(SynthesisInput prepared, LevelPlan level, IPatchMatcher? matcher = null) =>
        new(_context, _networks.At(level.Index), Settings, level, prepared, matcher: matcher);

    /// <summary>A level's matcher that searches everything every time, for timing at one place. The problem takes it over.</summary>
    internal IPatchMatcher WholeSearch() => PatchMatchers.For(_context.Type, _context.Device, _context.Threads);

    /// <summary>What is looked for in the pictures before anything is matched; the content takes the style's colours when asked to.</summary>
    internal SynthesisInput Prepare(SynthesisInput input, CancellationToken ct = default)
    {
        input = Sought(input, ct);
        if (input.Content is not { } content || Settings.MatchColors is ColorMatch.Off or ColorMatch.Auto)
        {
            return input;
        }

        var most = Enumerable.Range(0, input.Styles.Count).MaxBy(Settings.StyleWeights.For);
        return input with
        {
            Content = Settings.MatchColors == ColorMatch.Histogram
                ? ColorMatching.MatchHistogram(content, input.Styles[most])
                : ColorMatching.MatchCovariance(content, input.Styles[most]),
        };
    }

    // With what depends on where the content's parts lie in the styles.
    private SynthesisInput Sought(SynthesisInput input, CancellationToken ct)
    {
        if (input.Content is not { } content)
        {
            return input;
        }

        var placed = input.Labels is null && Settings.PositionBy == PositionReference.Parts && Settings.PositionWeight.Any(w => w > 0);
        var mirrors = MirroredStyles.AreSought(Settings, input);
        if (placed || mirrors)
        {
            var places = PlacesOf(content, input.Styles, ct);
            input = input with
            {
                Places = placed ? places : null,
                Mirrored = mirrors ? MirroredStyles.Of(input.Styles.Count, places) : null,
            };
        }

        return input;
    }

    private PartPlaces? PlacesOf(Picture content, IReadOnlyList<Picture> styles, CancellationToken ct)
    {
        if (_places is not { } known || !ReferenceEquals(known.Content, content) || !known.Styles.SequenceEqual(styles))
        {
            var found = PartPlaces.Find(content, Settings.TakingPart(styles), Settings.Mirrored != MirroredCopies.Off, _context.Threads, ct);
            _places = known = (content, styles, found);
        }

        return known.Found;
    }

    /// <summary>The start of the coarsest level: [1, 3, H, W] in <see cref="Space"/>.</summary>
    internal Tensor Initial(SynthesisInput prepared, LevelPlan level, LevelProblem problem)
    {
        using var scope = NewDisposeScope();
        var (w, h) = (level.Canvas.Width, level.Canvas.Height);
        using var generator = new Generator((ulong)(uint)Settings.Seed, CPU);
        var start = Settings.Initial switch
        {
            InitialPicture.Content => Resized(prepared.Content!, level),
            InitialPicture.Picture => Resized(prepared.Initial!, level),
            InitialPicture.Shuffle => Shuffled(prepared, level, problem),
            _ when Settings.Noise == NoiseKind.Gaussian =>
                randn([1, 3, h, w], ScalarType.Float64, CPU, generator: generator) * Scalars.Of(0.001),
            _ => Space.From(rand([1, 3, h, w], ScalarType.Float64, CPU, generator: generator), PixelSpace.Pixels),
        };
        return start.to(_context.Type, _context.Device).MoveToOuterDisposeScope();
    }

    /// <summary>The start of a finer level from the coarser level's variable.</summary>
    /// <param name="prepared">The pictures.</param>
    /// <param name="coarse">The coarser level.</param>
    /// <param name="variable">Its result: [1, 3, H, W] in <see cref="Space"/>.</param>
    /// <param name="fine">The finer level.</param>
    internal Tensor HandOver(SynthesisInput prepared, LevelPlan coarse, Tensor variable, LevelPlan fine)
    {
        if (Settings.Handover == Handover.Vote)
        {
            using var problem = LevelProblem.ForMatches(_context, _networks.At(coarse.Index), Settings, coarse, prepared);
            return HandOver(prepared, problem, variable, fine);
        }

        using var scope = NewDisposeScope();
        var cropped = variable.narrow(2, 0, coarse.Size.Height).narrow(3, 0, coarse.Size.Width);
        var enlarged = nn.functional.interpolate(
            cropped, [fine.Size.Height, fine.Size.Width], mode: InterpolationMode.Bilinear, align_corners: false);
        return LevelProblem.OnCanvas(enlarged, fine.Canvas).MoveToOuterDisposeScope();
    }

    // As above, with the coarser level's problem at hand.
    internal Tensor HandOver(SynthesisInput prepared, LevelProblem coarse, Tensor variable, LevelPlan fine)
    {
        if (Settings.Handover != Handover.Vote)
        {
            return HandOver(prepared, coarse.Level, variable, fine);
        }

        using var scope = NewDisposeScope();
        var (field, pool, guide) = Matches(coarse, variable);
        return LevelProblem.OnCanvas(Vote(prepared, field, pool, guide, coarse.Level, fine, coarse.Styles), fine.Canvas)
            .to(_context.Device).MoveToOuterDisposeScope();
    }

    /// <summary>The result at its full size, voted for or enlarged, and what its matches were like.</summary>
    internal (Picture Picture, MatchStatistics Matches) Conclude(
        SynthesisInput prepared, PyramidPlan plan, LevelProblem problem, Tensor variable, Picture picture)
    {
        var (field, pool, guide) = Matches(problem, variable);
        var matches = MatchReport.Of(field, pool) with { MirroredStyles = MirroredStyles.Taken(Settings, prepared) };
        if (Settings.Finish == Finish.None)
        {
            return (picture.Resize(plan.Output.Width, plan.Output.Height), matches);
        }

        var full = problem.Level with
        {
            Size = plan.Output,
            Canvas = plan.Output,
            Styles = [.. prepared.Styles.Select((s, i) => new PixelSize(s.Width, s.Height)
                .WithLongSide(plan.Output.LongSide * Settings.StyleScale.For(i), Settings.SideRounding))],
        };
        using var voted = Vote(prepared, field, pool, guide, problem.Level, full, problem.Styles);
        return (Space.ToPicture(voted), matches);
    }

    private static SynthesisSettings Resolve(SynthesisSettings settings, NetworkWeights weights)
    {
        var (match, pull) = AutomaticSpaces.For(settings.Preset, weights.Kind);
        match = settings.MatchSpace.IsAuto ? match : settings.MatchSpace;
        pull = settings.PullSpace.IsAuto ? pull : settings.PullSpace;
        bool[] max =
        [
            .. match.Networks.Concat(pull.Networks).Select(n => n == NetworkKind.Weights && weights.PrefersMaxPooling).Distinct(),
        ];
        return settings with
        {
            MatchSpace = match,
            PullSpace = pull,
            // Where networks prefer different pooling it stays automatic: each has its own.
            Pooling = settings.Pooling != PoolingChoice.Auto || max.Length > 1 ? settings.Pooling
                : max[0] ? PoolingChoice.Max : PoolingChoice.Average,
            Padding = settings.Padding != PaddingChoice.Auto ? settings.Padding : weights.PreferredPadding,
            MatchColors = settings.MatchColors != ColorMatch.Auto ? settings.MatchColors
                : weights.Kind == WeightsKind.Trained ? ColorMatch.Off : ColorMatch.Covariance,
        };
    }

    // Matches of a level's result at the shallowest MRF layer.
    private static (PatchField Field, StylePool Pool, LayerName Guide) Matches(LevelProblem problem, Tensor variable)
    {
        var guide = MatchLayer.Of(problem.Settings).Min(m => m.Layer)!;
        return (problem.Energy.MatchShallowest(variable), problem.Styles.Pool(guide), guide);
    }

    private static long PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }

    private Tensor Resized(Picture picture, LevelPlan level) => LevelProblem.OnCanvas(
        Space.FromPicture(picture.Resize(level.Size.Width, level.Size.Height), _context.Type, CPU), level.Canvas);

    private Tensor Shuffled(SynthesisInput prepared, LevelPlan level, LevelProblem problem)
    {
        var guide = MatchLayer.Of(Settings).MinBy(m => m.Layer)!;
        var pool = problem.Styles.Pool(guide.Layer);
        var scale = guide.Layer.Scale;
        var grid = PatchGrid.Create(
            level.Canvas.Height / scale, level.Canvas.Width / scale, guide.PatchSize, guide.PatchSize, Settings.Tileable);
        var random = new Random(Settings.Seed);
        var classes = prepared.Labels is { } labels
            ? new ContentLabels(labels.Content, level.Size).Of(grid, scale)
            : new byte[grid.Count];
        var offered = classes.Distinct().ToDictionary(k => k, k => pool.Where(m => m.Preference > 0)
            .SelectMany(m => Enumerable.Range(0, m.Grid.Count).Where(j => m.Offers(j, k)).Select(j => m.FirstIndex + j)).ToArray());
        var index = new int[grid.Count];
        for (var i = 0; i < index.Length; i++)
        {
            var among = offered[classes[i]];
            index[i] = among[random.Next(among.Length)];
        }

        var onCanvas = level with { Size = level.Canvas };
        return Vote(prepared, new(grid, index, new float[index.Length]), pool, guide.Layer, onCanvas, onCanvas, problem.Styles, level.Size);
    }

    private Tensor Vote(
        SynthesisInput prepared, PatchField field, StylePool pool, LayerName guide, LevelPlan coarse, LevelPlan fine, StyleFeatures styles,
        PixelSize? picture = null)
    {
        using var scope = NewDisposeScope();
        var scaled = prepared.Styles.Select((s, i) => !Settings.TakesPart(i) ? null
            : Space.FromPicture(s.Resize(fine.Styles[i].Width, fine.Styles[i].Height), _context.Type, CPU)).ToArray();
        var copies = styles.Copies.Select(c => StyleCopies.Apply(scaled[c.Style]!, c.Transform)).ToArray();
        var sizes = styles.Copies.Select(c =>
        {
            var (width, height) = StyleCopies.Size(coarse.Styles[c.Style].Width, coarse.Styles[c.Style].Height, c.Transform);
            return new PixelSize(width, height);
        }).ToArray();
        var labels = prepared.Labels is not { } set ? null : new VoteLabels(
            new ContentLabels(set.Content, picture ?? fine.Size).Of(fine.Size),
            [.. styles.Copies.Select(c => new StyleLabels(set.Styles[c.Style], fine.Styles[c.Style], c.Transform).Pixels())]);
        return PatchVote.Cast(field, pool, guide.Scale, copies, sizes, fine.Size.Height, fine.Size.Width, coarse.Size, labels)
            .MoveToOuterDisposeScope();
    }
}
