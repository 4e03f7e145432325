using CnnMrf.Engine.Native;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Optimization;

/// <summary>A value and its gradient.</summary>
/// <param name="Value">f(x).</param>
/// <param name="Gradient">∇f(x), of x's shape.</param>
public readonly record struct Evaluation(double Value, Tensor Gradient);

/// <summary>How <see cref="Lbfgs"/> goes.</summary>
/// <param name="History">Most pairs kept, ≥ 1.</param>
/// <param name="FirstStep">How far the first step takes each value against the sign of its gradient; 0: it goes along the gradient, by
/// min(1, 1/‖g‖₁), as in torch's and the authors' code. From so small a step the following ones, which it scales, take long to grow.</param>
public readonly record struct LbfgsOptions(int History, double FirstStep = 0);

/// <summary>
/// L-BFGS with unit step and no line search: the objective jumps when matches change, so a line search would stall. Pairs with
/// yᵀs ≤ 1e-10 are not kept (Nocedal and Wright, algorithm 7.4, with H0 = sᵀy/yᵀy).
/// All its memory can be read and put back, so a run can be continued byte for byte.
/// </summary>
public sealed class Lbfgs : IDisposable
{
    private readonly LbfgsOptions _options;
    private readonly List<Tensor> _s = [];
    private readonly List<Tensor> _y = [];

    /// <summary>Starts at x.</summary>
    /// <param name="x">Start; copied.</param>
    /// <param name="first">The evaluation at x; its gradient is copied.</param>
    /// <param name="options">Pairs kept, first step.</param>
    public Lbfgs(Tensor x, Evaluation first, LbfgsOptions options)
    {
        _options = options;
        X = x.clone().DetachFromDisposeScope();
        Gradient = first.Gradient.clone().DetachFromDisposeScope();
        Value = first.Value;
    }

    /// <summary>Continues from a memory that was read before.</summary>
    /// <param name="memory">Its tensors are copied.</param>
    /// <param name="options">As in the run before.</param>
    public Lbfgs(LbfgsMemory memory, LbfgsOptions options)
        : this(memory.X, new(memory.Value, memory.Gradient), options)
    {
        Iteration = memory.Iteration;
        Damping = memory.Damping;
        _s.AddRange(memory.S.Select(t => t.clone().DetachFromDisposeScope()));
        _y.AddRange(memory.Y.Select(t => t.clone().DetachFromDisposeScope()));
    }

    /// <summary>Iterations done.</summary>
    public int Iteration { get; private set; }

    /// <summary>The variable.</summary>
    public Tensor X { get; private set; }

    /// <summary>The gradient at <see cref="X"/>.</summary>
    public Tensor Gradient { get; private set; }

    /// <summary>The objective at <see cref="X"/>.</summary>
    public double Value { get; private set; }

    /// <summary>Factor on the step, below 1 after an evaluation that was not finite.</summary>
    public double Damping { get; private set; } = 1;

    /// <summary>
    /// Everything that the next iteration depends on. The tensors are the optimiser's own: copy them before the next step.
    /// </summary>
    public LbfgsMemory Memory => new(Iteration, Value, Damping, X, Gradient, _s, _y);

    /// <summary>One iteration with one evaluation.</summary>
    /// <param name="evaluate">f and ∇f at a point.</param>
    public void Step(Func<Tensor, Evaluation> evaluate)
    {
        using var scope = NewDisposeScope();
        var move = Iteration == 0 && _options.FirstStep > 0 ? Gradient.sign() * Scalars.Of(-_options.FirstStep) : Move();
        var next = X.Plus(move);
        var evaluation = evaluate(next);
        Iteration++;
        if (!double.IsFinite(evaluation.Value))
        {
            // Out of range: stay, forget the curvature that led there and go on with smaller steps.
            Forget();
            Damping *= 0.1;
            return;
        }

        var y = evaluation.Gradient - Gradient;
        if (dot(y.flatten(), move.flatten()).Number() > 1e-10)
        {
            _s.Add(move.DetachFromDisposeScope());
            _y.Add(y.DetachFromDisposeScope());
            if (_s.Count > _options.History)
            {
                _s[0].Dispose();
                _y[0].Dispose();
                _s.RemoveAt(0);
                _y.RemoveAt(0);
            }
        }

        X.Dispose();
        Gradient.Dispose();
        X = next.DetachFromDisposeScope();
        Gradient = evaluation.Gradient.clone().DetachFromDisposeScope();
        Value = evaluation.Value;
        Damping = Math.Min(1, Damping * 10);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Forget();
        X.Dispose();
        Gradient.Dispose();
    }

    private Tensor Move()
    {
        var step = Damping * (_s.Count == 0 && Iteration == 0 || Damping < 1 && _s.Count == 0
            ? Math.Min(1, 1 / Gradient.abs().sum().Number())
            : 1);
        return Direction() * Scalars.Of(step);
    }

    // −H·g by the two-loop recursion.
    private Tensor Direction()
    {
        var q = Gradient.flatten().neg();
        if (_s.Count == 0)
        {
            return q.view_as(Gradient);
        }

        var alpha = new double[_s.Count];
        var rho = new double[_s.Count];
        for (var k = _s.Count - 1; k >= 0; k--)
        {
            var (s, y) = (_s[k].flatten(), _y[k].flatten());
            rho[k] = 1 / dot(y, s).Number();
            alpha[k] = rho[k] * dot(s, q).Number();
            q.add_(y, alpha: Scalars.Of(-alpha[k]));
        }

        var newest = _y[^1].flatten();
        q.mul_(Scalars.Of(1 / (rho[^1] * dot(newest, newest).Number())));
        for (var k = 0; k < _s.Count; k++)
        {
            var (s, y) = (_s[k].flatten(), _y[k].flatten());
            q.add_(s, alpha: Scalars.Of(alpha[k] - (rho[k] * dot(y, q).Number())));
        }

        return q.view_as(Gradient);
    }

    private void Forget()
    {
        _s.ForEach(t => t.Dispose());
        _y.ForEach(t => t.Dispose());
        _s.Clear();
        _y.Clear();
    }
}

/// <summary>The whole memory of <see cref="Lbfgs"/>.</summary>
/// <param name="Iteration">Iterations done.</param>
/// <param name="Value">Objective at X.</param>
/// <param name="Damping">Factor on the step.</param>
/// <param name="X">The variable.</param>
/// <param name="Gradient">The gradient at X.</param>
/// <param name="S">Steps, oldest first.</param>
/// <param name="Y">Gradient differences, oldest first.</param>
public sealed record LbfgsMemory(
    int Iteration, double Value, double Damping, Tensor X, Tensor Gradient, IReadOnlyList<Tensor> S, IReadOnlyList<Tensor> Y);
