using CnnMrf.Core.Pictures;
using CnnMrf.Core.Pyramid;
using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Energies;
using CnnMrf.Engine.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Synthesis;

/// <summary>
/// One level of a synthesis being computed (<see cref="Synthesizer.Start"/>, <see cref="Synthesizer.Resume"/>). It belongs to the
/// thread that made it; a thread has one at a time.
/// </summary>
public sealed class LevelSession : IDisposable
{
    private readonly Synthesizer _synthesizer;
    private readonly SynthesisInput _input;
    private readonly SynthesisInput _prepared;
    private readonly PyramidPlan _plan;
    private readonly LevelPlan _level;
    private readonly DisposeScope _scope;
    private readonly LevelProblem _problem;
    private readonly LevelRun _run;

    internal LevelSession(
        Synthesizer synthesizer, EngineContext context, SynthesisInput input, SynthesisInput prepared, PyramidPlan plan, LevelPlan level,
        TimeProvider time, Tensor? start)
        : this(synthesizer, input, prepared, plan, level, problem => new(
            problem.Energy, start ?? synthesizer.Initial(prepared, level, problem), synthesizer.Optimizer, time,
            CancellationToken.None))
    {
    }

    internal LevelSession(
        Synthesizer synthesizer, EngineContext context, SynthesisInput input, SynthesisInput prepared, PyramidPlan plan, LevelPlan level,
        TimeProvider time, LevelState state)
        : this(synthesizer, input, prepared, plan, level, problem => Resumed(problem, synthesizer, context, level, time, state))
    {
    }

    private LevelSession(
        Synthesizer synthesizer, SynthesisInput input, SynthesisInput prepared, PyramidPlan plan, LevelPlan level,
        Func<LevelProblem, LevelRun> begin)
    {
        (_synthesizer, _input, _prepared, _plan, _level) = (synthesizer, input, prepared, plan, level);
        _scope = NewDisposeScope();
        try
        {
            _problem = synthesizer.Problem(prepared, level);
            _run = begin(_problem);
        }
        catch
        {
            _problem?.Dispose();
            _scope.Dispose();
            throw;
        }
    }

    /// <summary>Iterations done.</summary>
    public int Iteration => _run.Iteration;

    /// <summary>Raw energies now.</summary>
    public EnergyTerms Energy => _run.Terms;

    /// <summary>What is minimised, now.</summary>
    public double Objective => _run.Objective;

    /// <summary>Whether the level ends here, whatever iterations are left: the settings' tolerance is reached.</summary>
    public bool HasConverged => _run.HasConverged(_synthesizer.Settings.Tolerance);

    /// <summary>Seconds spent on this level, those before a resumption included.</summary>
    public double Seconds => _run.Seconds;

    /// <summary>Where the time of the evaluations in this process went, and how many they were.</summary>
    public (EvaluationTimes Sum, int Evaluations) Times => (_problem.Energy.Times, _problem.Energy.Evaluations);

    /// <summary>One iteration. When cancelled within, nothing has changed.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="InsufficientMemoryException">There is not enough memory for pictures of this size.</exception>
    public void Step(CancellationToken ct = default) => NativeMemory.Need(() =>
    {
        _run.Step(ct);
        return Iteration;
    });

    /// <summary>The picture as it is.</summary>
    public Picture Picture()
    {
        var picture = _synthesizer.Space.ToPicture(_run.Variable);
        return picture.Size == _level.Size ? picture : picture.Crop(0, 0, _level.Size.Width, _level.Size.Height);
    }

    /// <inheritdoc cref="LevelRun.Export"/>
    public LevelState Export(long mostBytes = long.MaxValue, IReadOnlyDictionary<string, string>? about = null) =>
        _run.Export(mostBytes, about, _prepared.Mirrored);

    /// <summary>What the next level starts from.</summary>
    /// <param name="metadata">Of the file.</param>
    public LevelImage Image(IReadOnlyDictionary<string, string> metadata) => LevelImage.Of(_run.Variable, metadata);

    /// <summary>The level's report.</summary>
    public LevelReport Report() => _run.Report(_level.Size.Width, _level.Size.Height);

    /// <summary>The start of the next level.</summary>
    internal Tensor HandOver() => _synthesizer.HandOver(_prepared, _problem, _run.Variable, _plan.Levels[_level.Index + 1]);

    /// <summary>The result at its full size, voted for or enlarged, and what its matches are like.</summary>
    /// <exception cref="InsufficientMemoryException">There is not enough memory for pictures of this size.</exception>
    public (Picture Picture, MatchStatistics Matches) Conclude() => NativeMemory.Need(() =>
    {
        using var scope = NewDisposeScope();
        var (picture, matches) = _synthesizer.Conclude(_prepared, _plan, _problem, _run.Variable, Picture());
        // Features of the content look at what it shows, not at its colours: the layout is the same before and after.
        var layout = LayoutReport.Of(picture, _input.Content);
        var colored = _synthesizer.Settings.PreserveColor && _input.Content is { } content ? ColorKeeping.Apply(picture, content) : picture;
        return (colored, matches with { Layout = layout });
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        _problem.Dispose();
        _scope.Dispose();
    }

    private static LevelRun Resumed(
        LevelProblem problem, Synthesizer synthesizer, EngineContext context, LevelPlan level, TimeProvider time, LevelState state)
    {
        // The image's shape is looked at first: a state that holds it alone is evaluated at once.
        using (NewDisposeScope())
        {
            var shape = state.Read(CPU).Image.shape;
            if (!shape.SequenceEqual([1L, 3, level.Canvas.Height, level.Canvas.Width]))
            {
                throw new SafetensorsException($"The level state is another level's: its image has the shape [{string.Join(", ", shape)}], "
                    + $"not [1, 3, {level.Canvas.Height}, {level.Canvas.Width}].");
            }
        }

        return new(problem.Energy, state, synthesizer.Optimizer, time, context.Device);
    }
}
