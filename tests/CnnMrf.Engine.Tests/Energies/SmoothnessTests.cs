using CnnMrf.Engine.Energies;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Energies;

public sealed class SmoothnessTests
{
    private static readonly Arbitrary<(int H, int W, bool InteriorOnly, bool Wraps, int Seed)> Cases = (
        from h in Gen.Choose(1, 6)
        from w in Gen.Choose(1, 6)
        from flags in Gen.Elements((false, false), (true, false), (false, true))
        from seed in Gen.Choose(0, 1000)
        select (h, w, flags.Item1, flags.Item2, seed)).ToArbitrary();

    [Fact]
    public void The_value_is_the_sum_over_all_pairs_of_neighbours() => Prop.ForAll(Cases, c =>
    {
        using var scope = NewDisposeScope();
        var x = Random(c.H, c.W, c.Seed);
        var expected = ByLoops(x.Doubles(), c.H, c.W, c.InteriorOnly, c.Wraps);
        return Math.Abs(Smoothness.Evaluate(x, c.InteriorOnly, c.Wraps).Value - expected) < 1e-10;
    }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    [Fact]
    public void The_gradient_is_that_of_finite_differences() => Prop.ForAll(Cases, c =>
    {
        using var scope = NewDisposeScope();
        var x = Random(c.H, c.W, c.Seed);
        var gradient = Smoothness.Evaluate(x, c.InteriorOnly, c.Wraps).Gradient.Doubles();
        var values = x.Doubles();
        for (var i = 0; i < values.Length; i++)
        {
            var (up, down) = ((double[])values.Clone(), (double[])values.Clone());
            (up[i], down[i]) = (up[i] + 1e-3, down[i] - 1e-3);

            // Exact but for rounding: the function is quadratic.
            var slope = (ByLoops(up, c.H, c.W, c.InteriorOnly, c.Wraps) - ByLoops(down, c.H, c.W, c.InteriorOnly, c.Wraps)) / 2e-3;
            if (Math.Abs(slope - gradient[i]) > 1e-8)
            {
                return false;
            }
        }

        return true;
    }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));

    private static Tensor Random(int h, int w, int seed)
    {
        var random = new Random(seed);
        return tensor(Enumerable.Range(0, 3 * h * w).Select(_ => random.NextDouble() - 0.5).ToArray(), [1, 3, h, w]);
    }

    private static double ByLoops(double[] x, int h, int w, bool interiorOnly, bool wraps)
    {
        var sum = 0.0;
        for (var c = 0; c < 3; c++)
        {
            for (var i = 0; i < h; i++)
            {
                for (var j = 0; j < w; j++)
                {
                    if (interiorOnly && (i == h - 1 || j == w - 1))
                    {
                        continue;
                    }

                    double At(int row, int column) => x[(c * h * w) + (row % h * w) + (column % w)];
                    sum += wraps || j + 1 < w ? Math.Pow(At(i, j + 1) - At(i, j), 2) : 0;
                    sum += wraps || i + 1 < h ? Math.Pow(At(i + 1, j) - At(i, j), 2) : 0;
                }
            }
        }

        return sum;
    }
}
