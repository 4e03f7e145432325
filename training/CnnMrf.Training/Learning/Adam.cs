using CnnMrf.Engine.Native;
using static TorchSharp.torch;

namespace CnnMrf.Training.Learning;

/// <summary>
/// Adam (Kingma and Ba 2015). Not the library's, because its moments must go into a checkpoint as named tensors, so that a resumed run is
/// the uninterrupted one.
/// </summary>
public sealed class Adam : IDisposable
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.99;
    private const double Epsilon = 1e-8;
    private readonly List<(string Name, Tensor Value, Tensor First, Tensor Second)> _parameters = [];

    /// <summary>Starts with zero moments.</summary>
    /// <param name="parameters">Tensors that require a gradient, by name; not owned.</param>
    public Adam(IEnumerable<(string Name, Tensor Value)> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            using var quiet = no_grad();
            _parameters.Add((name, value, zeros_like(value).DetachFromDisposeScope(), zeros_like(value).DetachFromDisposeScope()));
        }
    }

    /// <summary>Both moments of every parameter, by name.</summary>
    public IEnumerable<(string Name, Tensor Value)> Moments => _parameters.SelectMany(p =>
        new (string, Tensor)[] { ($"{p.Name}.adam.first", p.First), ($"{p.Name}.adam.second", p.Second) });

    /// <summary>Changes every parameter against its gradient, and clears the gradients.</summary>
    /// <param name="step">1, 2, …</param>
    /// <param name="rate">Learning rate.</param>
    public void Step(int step, double rate)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var bias1 = 1 - Math.Pow(Beta1, step);
        var bias2 = 1 - Math.Pow(Beta2, step);
        foreach (var (_, value, first, second) in _parameters)
        {
            if (value.grad is not { } gradient)
            {
                continue;
            }

            first.mul_(Scalars.Of(Beta1)).add_(gradient, alpha: Scalars.Of(1 - Beta1));
            second.mul_(Scalars.Of(Beta2)).addcmul_(gradient, gradient, Scalars.Of(1 - Beta2));
            var size = (second / Scalars.Of(bias2)).sqrt_().add_(Scalars.Of(Epsilon), Scalars.Of(1));
            value.addcdiv_(first, size, Scalars.Of(-rate / bias1));
            value.grad = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, _, first, second) in _parameters)
        {
            first.Dispose();
            second.Dispose();
        }
    }
}
