using static TorchSharp.torch;

namespace CnnMrf.Engine.Native;

/// <summary>
/// Operations that TorchSharp offers with a number of its own making inside, which a garbage collection may free too early
/// (<see cref="Scalars"/>). The originals are banned in BannedSymbols.txt.
/// </summary>
public static class TensorArithmetic
{
    /// <summary>a + b.</summary>
    public static Tensor Plus(this Tensor a, Tensor b) => a.add(b, Scalars.Of(1));

    /// <summary>a + b.</summary>
    public static Tensor Plus(this Tensor a, double b) => a.add(Scalars.Of(b), Scalars.Of(1));

    /// <summary>a + b; a tensor of integers stays one.</summary>
    public static Tensor Plus(this Tensor a, long b) => a.add(Scalars.Of(b), Scalars.Of(1));

    /// <summary>Adds b to a, in place.</summary>
    /// <returns>a.</returns>
    public static Tensor Accumulate(this Tensor a, Tensor b) => a.add_(b, Scalars.Of(1));

    /// <summary>a².</summary>
    public static Tensor Squared(this Tensor a) => a.mul(a);

    /// <summary>0, 1 … count − 1.</summary>
    public static Tensor Range(long count, ScalarType type, Device? device = null) =>
        arange(Scalars.Of(0), Scalars.Of(count), Scalars.Of(1), type, device);

    /// <summary>The value of a tensor of one element.</summary>
    public static double Number(this Tensor a)
    {
        using var scope = NewDisposeScope();
        return a.to(ScalarType.Float64).cpu().item<double>();
    }
}
