using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Energies;
using CnnMrf.Engine.Optimization;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Synthesis;

/// <summary>The optimisation of one pyramid level, iteration by iteration. It can be exported after any of them and resumed.</summary>
public sealed class LevelRun : IDisposable
{
    private readonly LevelEnergy _energy;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly List<ObjectiveSample> _trace = [];
    private readonly Lbfgs _optimizer;
    private readonly double _secondsBefore;
    private readonly EnergyTerms _first;
    private readonly int _before;
    private int _evaluations;

    /// <summary>Starts at a variable: one evaluation.</summary>
    /// <param name="energy">What is minimised; not owned.</param>
    /// <param name="start">[1, 3, H, W] in the energy's space.</param>
    /// <param name="options">How L-BFGS goes.</param>
    /// <param name="time">Clock of the trace.</param>
    /// <param name="ct">Looked at during the evaluation.</param>
    public LevelRun(LevelEnergy energy, Tensor start, LbfgsOptions options, TimeProvider time, CancellationToken ct = default)
    {
        (_energy, _time, _started) = (energy, time, time.GetTimestamp());
        using var scope = NewDisposeScope();
        energy.Begin();
        var first = Evaluate(start, ct);
        _optimizer = new(start, first, options);
        _first = Terms = energy.Terms;
        _trace.Add(new(0, Seconds, _optimizer.Value));
    }

    /// <summary>Resumes. No evaluation is needed, but for a state that holds the image alone.</summary>
    /// <param name="energy">What is minimised; not owned.</param>
    /// <param name="state">Where it was left.</param>
    /// <param name="options">How L-BFGS goes, as before.</param>
    /// <param name="time">Clock of the trace.</param>
    /// <param name="device">Where the energy is.</param>
    /// <param name="ct">Looked at during the evaluation.</param>
    /// <exception cref="SafetensorsException">Not a level's state.</exception>
    public LevelRun(
        LevelEnergy energy, LevelState state, LbfgsOptions options, TimeProvider time, Device device, CancellationToken ct = default)
    {
        (_energy, _time, _started) = (energy, time, time.GetTimestamp());
        using var scope = NewDisposeScope();
        var (memory, image, past, kept) = state.Read(device);
        energy.Begin(past.Evaluations, new((int)image.shape[3], (int)image.shape[2]), kept);
        (_first, Terms, _evaluations, _secondsBefore, _before) = (past.First, past.Last, past.Evaluations, past.Seconds, past.Before);
        _trace.AddRange(past.Trace);
        _before = memory is null ? state.Iteration : _before;
        if (_before > 0)
        {
            // In the middle of a level a first stride would undo some of it.
            options = options with { FirstStep = 0 };
        }

        if (memory is not null)
        {
            _optimizer = new(memory, options);
            return;
        }

        _optimizer = new(image, Evaluate(image, ct), options);
        Terms = energy.Terms;
    }

    /// <summary>Iterations done.</summary>
    public int Iteration => _before + _optimizer.Iteration;

    /// <summary>The variable: [1, 3, H, W] in the energy's space. Valid until the next iteration.</summary>
    public Tensor Variable => _optimizer.X;

    /// <summary>Raw energies now.</summary>
    public EnergyTerms Terms { get; private set; }

    /// <summary>The objective now.</summary>
    public double Objective => _optimizer.Value;

    /// <summary>Seconds spent on this level, those before a resumption included.</summary>
    public double Seconds => _secondsBefore + _time.GetElapsedTime(_started).TotalSeconds;

    /// <summary>Whether more iterations would gain too little (<see cref="Convergence"/>).</summary>
    public bool HasConverged(double tolerance) => Convergence.Reached(_trace, tolerance);

    /// <summary>One iteration. When cancelled within, nothing has changed.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Step(CancellationToken ct = default)
    {
        _optimizer.Step(x => Evaluate(x, ct));
        if (_optimizer.Value == _lastValue)
        {
            Terms = _energy.Terms;
        }

        _trace.Add(new(Iteration, Seconds, _optimizer.Value));
    }

    /// <summary>Everything that the next iteration depends on.</summary>
    /// <param name="mostBytes">Where it would take more, only the image is exported.</param>
    /// <param name="about">Metadata of the file, besides the state's own.</param>
    /// <param name="mirrored">For each style picture whether its copies are taken mirrored too, where that was decided.</param>
    public LevelState Export(
        long mostBytes = long.MaxValue, IReadOnlyDictionary<string, string>? about = null, IReadOnlyList<bool>? mirrored = null) =>
        LevelState.From(
            _optimizer.Memory, new(_first, Terms, _trace, _evaluations, Seconds, _before), _energy.Kept, mostBytes, about, mirrored);

    /// <summary>The level's report.</summary>
    public LevelReport Report(int width, int height) => new(
        width, height, Iteration, _evaluations, Seconds, new(_first, Terms), new(_trace[0].Objective, Objective, [.. _trace]));

    /// <inheritdoc/>
    public void Dispose() => _optimizer.Dispose();

    private double _lastValue;

    private Evaluation Evaluate(Tensor x, CancellationToken ct)
    {
        var evaluation = _energy.Evaluate(x, ct);
        _evaluations++;
        _lastValue = evaluation.Value;
        return evaluation;
    }
}
