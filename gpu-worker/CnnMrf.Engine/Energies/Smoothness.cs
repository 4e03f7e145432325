using CnnMrf.Engine.Native;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Energies;

/// <summary>
/// Υ(x) = Σ (x[i,j+1] − x[i,j])² + (x[i+1,j] − x[i,j])² over every channel (Li and Wand, eq. 4), and its gradient.
/// </summary>
internal static class Smoothness
{
    /// <summary>Value and gradient.</summary>
    /// <param name="x">[1, 3, H, W].</param>
    /// <param name="interiorOnly">Only over the (H−1)×(W−1) grid where both differences exist, as in the authors' code.</param>
    /// <param name="wraps">Differences across the opposite edges count too (tileable).</param>
    public static (double Value, Tensor Gradient) Evaluate(Tensor x, bool interiorOnly = false, bool wraps = false)
    {
        using var scope = NewDisposeScope();
        var (h, w) = (x.shape[2], x.shape[3]);
        Tensor gradient;
        Tensor value;
        if (wraps)
        {
            var right = x.roll(-1, 3) - x;
            var down = x.roll(-1, 2) - x;
            value = right.Squared().sum(ScalarType.Float64).Plus(down.Squared().sum(ScalarType.Float64));
            gradient = (right.roll(1, 3) - right).Plus(down.roll(1, 2) - down) * Scalars.Of(2);
        }
        else
        {
            var right = x.narrow(3, 1, w - 1) - x.narrow(3, 0, w - 1);
            var down = x.narrow(2, 1, h - 1) - x.narrow(2, 0, h - 1);
            if (interiorOnly)
            {
                right = right.narrow(2, 0, h - 1);
                down = down.narrow(3, 0, w - 1);
            }

            value = right.Squared().sum(ScalarType.Float64).Plus(down.Squared().sum(ScalarType.Float64));
            gradient = zeros_like(x);
            var (rows, columns) = interiorOnly ? (h - 1, w - 1) : (h, w);
            gradient.narrow(2, 0, rows).narrow(3, 1, w - 1).Accumulate(right * Scalars.Of(2));
            gradient.narrow(2, 0, rows).narrow(3, 0, w - 1).sub_(right * Scalars.Of(2));
            gradient.narrow(3, 0, columns).narrow(2, 1, h - 1).Accumulate(down * Scalars.Of(2));
            gradient.narrow(3, 0, columns).narrow(2, 0, h - 1).sub_(down * Scalars.Of(2));
        }

        return (value.Number(), gradient.MoveToOuterDisposeScope());
    }
}
