using System.Globalization;
using CnnMrf.Core.Settings;
using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Weights;
using CnnMrf.Training.Learning;
using CnnMrf.Training.Pairs;
using TorchSharp;

namespace CnnMrf.Training.Running;

/// <summary>What is asked of a run.</summary>
/// <param name="Output">The weights file; checkpoints and the learning curve lie beside it.</param>
public sealed record TrainingRequest(string Output)
{
    /// <summary>Steps in all; null: as many as <see cref="Minutes"/> allow.</summary>
    public int? Steps { get; init; }

    /// <summary>Minutes in all, those before a resumed checkpoint included; ignored where <see cref="Steps"/> is given.</summary>
    public double Minutes { get; init; } = 60;

    /// <summary>Of weights and scenes; a resumed run has its checkpoint's.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>A checkpoint to go on from.</summary>
    public string? Resume { get; init; }

    /// <summary>
    /// Weights to start from, a file or <c>own</c> for the embedded ones; null: random ones. A resumed run has its checkpoint's.
    /// </summary>
    public string? From { get; init; }

    /// <summary>
    /// The deepest rectified layer that stays as it is, e.g. <c>relu3_1</c>, where weights are refined; null: all learn. A resumed run has
    /// its checkpoint's.
    /// </summary>
    public string? Freeze { get; init; }

    /// <summary>What convolutions are computed in; a resumed run has its checkpoint's.</summary>
    public TrainingPrecision Precision { get; init; }

    /// <summary>Which batches; a resumed run has its checkpoint's.</summary>
    public TrainingBatches Batches { get; init; }

    /// <summary>Where is computed.</summary>
    public DeviceChoice Device { get; init; }

    /// <summary>Threads of the arithmetic on the processor.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Threads that draw scenes beside it; null: one, beside a graphics processor almost all there are.</summary>
    public int? Drawers { get; init; }

    /// <summary>Minutes between checkpoints.</summary>
    public double CheckpointMinutes { get; init; } = 2;

    /// <summary>Minutes between points of the learning curve that are evaluated.</summary>
    public double EvaluationMinutes { get; init; } = 10;

    /// <summary>Everything else, a refining run's learning rate excepted; null: as <see cref="Batches"/> say.</summary>
    public TrainingOptions? Options { get; init; }
}

/// <summary>How far a run is.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps in all, where decided.</param>
/// <param name="Minutes">Minutes spent, those before a resumed checkpoint included.</param>
/// <param name="Loss">Mean loss since the last report.</param>
/// <param name="Terms">Mean terms since the last report.</param>
/// <param name="Evaluation">Shares in 0…1 by name, where this is an evaluated point.</param>
public sealed record TrainingProgress(
    int Step, int? Steps, double Minutes, double Loss, IReadOnlyDictionary<string, double> Terms,
    IReadOnlyDictionary<string, double>? Evaluation = null);

/// <summary>Trains, with checkpoints, learning curve and resume, and writes the weights file.</summary>
/// <param name="request">What is asked.</param>
/// <param name="world">Draws by the run's seed, and by the deepest layer that stays as it is, if any.</param>
/// <param name="evaluate">Evaluates weights quickly for the learning curve; null: only losses.</param>
/// <param name="time">Clock.</param>
public sealed class TrainingRun(
    TrainingRequest request,
    Func<ulong, string?, PairArtist> world,
    Func<IReadOnlyList<ConvolutionWeights>, IReadOnlyDictionary<string, double>>? evaluate = null,
    TimeProvider? time = null)
{
    private const int ReportEvery = 20;
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Where the latest checkpoint lies.</summary>
    public string CheckpointPath => Beside("checkpoint.safetensors");

    /// <summary>Where the checkpoint lies from which the run can be prolonged: the last before the learning rate falls.</summary>
    public string BeforeDecayPath => Beside("before-decay.safetensors");

    /// <summary>Where the learning curve lies: one line a report.</summary>
    public string CurvePath => Beside("curve.csv");

    /// <summary>Trains until steps or minutes are over, or until cancelled; then a checkpoint is written.</summary>
    /// <param name="progress">Told every few steps.</param>
    /// <param name="ct">Ends the run after its current step.</param>
    /// <returns>Whether the run came to its end, and the weights file was written.</returns>
    /// <exception cref="TrainingException">The checkpoint cannot be gone on with.</exception>
    public bool Run(IProgress<TrainingProgress>? progress = null, CancellationToken ct = default)
    {
        TorchRuntime.EnsureLoaded();
        torch.set_num_threads(request.Threads);
        if (request is { From: not null, Resume: not null })
        {
            throw new TrainingException("A resumed run goes on with the weights that it started from: leave --from away.");
        }

        if (request is { Freeze: not null, From: null, Resume: null })
        {
            throw new TrainingException("Layers of random weights are not worth keeping: give --from with --freeze.");
        }

        var from = request.Resume is null ? null : TrainingCheckpoint.Read(request.Resume);
        var start = from is null && request.From is not null ? TrainedFile.Load(request.From) : null;
        var refined = from is null ? start?.Sha256 : from.From;
        var freeze = from is null ? request.Freeze : from.Freeze;
        var seed = from?.Seed ?? request.Seed;
        var device = DeviceOf(request.Device);
        var precision = from?.Precision ?? Resolve(request.Precision, device);
        var batches = from?.Batches ?? Resolve(request.Batches, device, freeze);
        var options = (request.Options ?? new() { Batches = Turns(batches) }) with { Frozen = freeze };
        Check(options);
        options = (refined is null ? options : options.Refining()) with
        {
            Seed = seed,
            Precision = precision == TrainingPrecision.BFloat16 ? torch.ScalarType.BFloat16 : torch.ScalarType.Float32,
            Device = device,
            Drawers = request.Drawers ?? (device.type == DeviceType.CUDA ? Math.Max(1, Environment.ProcessorCount - 2) : 1),
        };
        using var trainer = new Trainer(options, world(seed, freeze));
        if (from is not null)
        {
            Import(trainer, from, options);
        }
        else if (start is not null)
        {
            Unfold(trainer, start);
        }

        trainer.Steps = request.Steps;
        var clock = new Stopclock(_time, from?.Minutes ?? 0);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(request.Output))!);
        using var curve = new LearningCurve(CurvePath, appends: from is not null);
        var (saved, evaluated, sums) = (clock.Minutes, clock.Minutes, new Sums());
        while (trainer.Steps is not { } steps || trainer.Step < steps)
        {
            if (ct.IsCancellationRequested)
            {
                Save(CheckpointPath);
                return false;
            }

            // By minutes, the number of steps is decided when the share before the decay is over: the pace is known by then.
            if (trainer.Steps is null && clock.Minutes >= request.Minutes * (1 - options.DecayShare) && trainer.Step > 0)
            {
                trainer.Steps = (int)Math.Ceiling(trainer.Step / (1 - options.DecayShare));
            }

            if (trainer.Steps is { } all && trainer.Step == options.DecayStart(all))
            {
                Save(BeforeDecayPath);
            }

            sums.Add(trainer.Advance());
            if (trainer.Step % ReportEvery == 0)
            {
                IReadOnlyDictionary<string, double>? shares = null;
                if (evaluate is not null && clock.Minutes - evaluated >= request.EvaluationMinutes)
                {
                    evaluated = clock.Minutes;
                    shares = evaluate(trainer.Fold());
                }

                var report = sums.Report(trainer, clock.Minutes, shares);
                curve.Add(report);
                progress?.Report(report);
            }

            if (clock.Minutes - saved >= request.CheckpointMinutes)
            {
                saved = clock.Minutes;
                Save(CheckpointPath);
            }
        }

        Save(CheckpointPath);
        var how = new Dictionary<string, string>
        {
            ["seed"] = seed.ToString(CultureInfo.InvariantCulture),
            ["precision"] = precision.ToString().ToLowerInvariant(),
            ["batches"] = batches.ToString().ToLowerInvariant(),
            ["device"] = device.type == DeviceType.CUDA ? "cuda" : $"cpu, {request.Threads} threads",
        };
        if (refined is not null)
        {
            how["from"] = refined;
        }

        if (freeze is not null)
        {
            how["freeze"] = freeze;
        }

        Write(trainer, clock.Minutes, how);
        return true;

        void Save(string path) => TrainingCheckpoint.Write(path, trainer, clock.Minutes, seed, precision, batches, refined, freeze);
    }

    private static torch.Device DeviceOf(DeviceChoice asked)
    {
        if (asked == DeviceChoice.Cpu)
        {
            return torch.CPU;
        }

        return torch.cuda.is_available() ? torch.CUDA
            : asked == DeviceChoice.Auto ? torch.CPU
            : throw new TrainingException(
                "There is no CUDA GPU for --device cuda: build with -p:TorchBackend=cuda on a machine with an NVIDIA driver, or use cpu.");
    }

    private static TrainingPrecision Resolve(TrainingPrecision asked, torch.Device device) => asked != TrainingPrecision.Auto ? asked
        : device.type == DeviceType.CUDA || Processor.HasBFloat16 ? TrainingPrecision.BFloat16 : TrainingPrecision.Float32;

    private static TrainingBatches Resolve(TrainingBatches asked, torch.Device device, string? freeze) =>
        asked != TrainingBatches.Auto ? asked
        : freeze is not null ? TrainingBatches.Deep
        : device.type == DeviceType.CUDA ? TrainingBatches.Large : TrainingBatches.Small;

    private static IReadOnlyList<Batch> Turns(TrainingBatches batches) => batches switch
    {
        TrainingBatches.Large => TrainingOptions.Large,
        TrainingBatches.Deep => TrainingOptions.Deep,
        _ => TrainingOptions.Small,
    };

    private static void Check(TrainingOptions options)
    {
        if (options.Frozen is not { } frozen)
        {
            return;
        }

        var may = options.Shape.Convolutions.Take(options.Shape.IndexOf(options.Parts.Layer)).Select(c => c.Rectifier).ToArray();
        if (!may.Contains(frozen))
        {
            throw new TrainingException(
                $"--freeze cannot be '{frozen}': it is the deepest layer that stays as it is, one of {string.Join(", ", may)}.");
        }
    }

    private void Unfold(Trainer trainer, WeightsFile start)
    {
        try
        {
            trainer.Unfold(start.Convolutions);
        }
        catch (ArgumentException e)
        {
            throw new TrainingException($"Training cannot start from '{request.From}': {e.Message}", e);
        }
    }

    private void Import(Trainer trainer, TrainingCheckpoint from, TrainingOptions options)
    {
        try
        {
            trainer.Import(from.File, from.Step);
        }
        catch (SafetensorsException e)
        {
            throw new TrainingException($"'{request.Resume}' cannot be gone on with: {e.Message}", e);
        }

        if (from.Steps is { } were && from.Step > options.DecayStart(were) && request.Steps is { } wanted && wanted != were)
        {
            throw new TrainingException(
                $"'{request.Resume}' is past step {options.DecayStart(were)}, where its learning rate began to fall towards step {were}: "
                + $"to train longer, resume the .before-decay.safetensors beside it; to finish, leave --steps at {were}.");
        }
    }

    private void Write(Trainer trainer, double minutes, Dictionary<string, string> how)
    {
        var metadata = new Dictionary<string, string>(how)
        {
            ["steps"] = trainer.Step.ToString(CultureInfo.InvariantCulture),
            ["minutes"] = minutes.ToString("0", CultureInfo.InvariantCulture),
        };
        TrainedFile.Write(request.Output, trainer.Fold(), metadata, evaluate);
    }

    private string Beside(string ending) => Path.Combine(
        Path.GetDirectoryName(Path.GetFullPath(request.Output))!, $"{Path.GetFileNameWithoutExtension(request.Output)}.{ending}");

    private sealed class Stopclock(TimeProvider time, double before)
    {
        private readonly long _start = time.GetTimestamp();

        public double Minutes => before + time.GetElapsedTime(_start).TotalMinutes;
    }

    private sealed class Sums
    {
        private readonly List<StepReport> _steps = [];

        public void Add(StepReport report) => _steps.Add(report);

        public TrainingProgress Report(Trainer trainer, double minutes, IReadOnlyDictionary<string, double>? evaluation)
        {
            var terms = new SortedDictionary<string, double>(_steps.SelectMany(s => s.Terms)
                .GroupBy(t => t.Key).ToDictionary(g => g.Key, g => g.Average(t => t.Value)));
            var report = new TrainingProgress(trainer.Step, trainer.Steps, minutes, _steps.Average(s => s.Loss), terms, evaluation);
            _steps.ForEach(s => s.Dispose());
            _steps.Clear();
            return report;
        }
    }
}
