using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Features;

/// <summary>
/// The linear maps of Winograd's minimal filtering F(4×4, 3×3) with the points 0, ±1, ±2, ∞ (Lavin and Gray, "Fast algorithms for
/// convolutional neural networks", 2016, §4.3): y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A for 6×6 cells d, 3×3 weights g and 4×4 results y. Sixteen
/// channels at a time.
/// </summary>
internal static unsafe class WinogradTransform
{
    /// <summary>Cells of a tile's input, along each axis.</summary>
    public const int Cells = 6;

    /// <summary>Results of a tile, along each axis.</summary>
    public const int Results = 4;

    /// <summary>Products of a tile.</summary>
    public const int Products = Cells * Cells;

    /// <summary>Channels that are transformed at a time.</summary>
    public const int Lanes = 16;

    private static readonly double[] G =
    [
        1 / 4.0, 0, 0,
        -1 / 6.0, -1 / 6.0, -1 / 6.0,
        -1 / 6.0, 1 / 6.0, -1 / 6.0,
        1 / 24.0, 1 / 12.0, 1 / 6.0,
        1 / 24.0, -1 / 12.0, 1 / 6.0,
        0, 0, 1,
    ];

    /// <summary>G ⊗ G, transposed: [9, 36] in float64. The 9 weights of a filter as a row, times it, are G g Gᵀ row by row.</summary>
    public static Tensor Weights()
    {
        using var scope = NewDisposeScope();
        using var g = tensor(G, [Cells, 3]);
        return kron(g, g).t().contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>Bᵀ d B of one tile.</summary>
    /// <param name="cells">The 36 cells, row by row.</param>
    /// <param name="channels">A multiple of <see cref="Lanes"/>.</param>
    /// <param name="v">Takes the tile's channels of product 0.</param>
    /// <param name="step">Floats from one product to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Input(float** cells, int channels, float* v, nint step)
    {
        var half = stackalloc Vector512<float>[Products];
        var (four, five, two) = (Vector512.Create(4f), Vector512.Create(5f), Vector512.Create(2f));
        for (var c = 0; c < channels; c += Lanes)
        {
            for (var j = 0; j < Cells; j++)
            {
                var d = cells + j;
                Along(
                    Vector512.Load(d[0] + c), Vector512.Load(d[6] + c), Vector512.Load(d[12] + c), Vector512.Load(d[18] + c),
                    Vector512.Load(d[24] + c), Vector512.Load(d[30] + c), half + j, Cells, four, five, two);
            }

            for (var i = 0; i < Cells; i++)
            {
                var h = half + (i * Cells);
                Along(h[0], h[1], h[2], h[3], h[4], h[5], h, 1, four, five, two);
                for (var j = 0; j < Cells; j++)
                {
                    h[j].Store(v + c + (((i * Cells) + j) * step));
                }
            }
        }
    }

    /// <summary>Aᵀ m A of one tile, with what a layer adds.</summary>
    /// <param name="m">The tile's channels of product 0.</param>
    /// <param name="step">Floats from one product to the next.</param>
    /// <param name="channels">A multiple of <see cref="Lanes"/>.</param>
    /// <param name="bias">Of the channels; null: none.</param>
    /// <param name="results">Where the 16 results go, row by row.</param>
    /// <param name="rows">How many of their rows are wanted, 1 … 4.</param>
    /// <param name="columns">How many of their columns are wanted, 1 … 4.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Output(float* m, nint step, int channels, float* bias, float** results, int rows, int columns)
    {
        var half = stackalloc Vector512<float>[Results * Cells];
        var line = stackalloc Vector512<float>[Results];
        for (var c = 0; c < channels; c += Lanes)
        {
            for (var j = 0; j < Cells; j++)
            {
                var p = m + c + (j * step);
                Across(
                    Vector512.Load(p), Vector512.Load(p + (6 * step)), Vector512.Load(p + (12 * step)), Vector512.Load(p + (18 * step)),
                    Vector512.Load(p + (24 * step)), Vector512.Load(p + (30 * step)), half + j, Cells);
            }

            var b = bias == null ? Vector512<float>.Zero : Vector512.Load(bias + c);
            for (var i = 0; i < rows; i++)
            {
                var h = half + (i * Cells);
                Across(h[0], h[1], h[2], h[3], h[4], h[5], line, 1);
                for (var j = 0; j < columns; j++)
                {
                    (line[j] + b).Store(results[(i * Results) + j] + c);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Along(
        Vector512<float> d0, Vector512<float> d1, Vector512<float> d2, Vector512<float> d3, Vector512<float> d4, Vector512<float> d5,
        Vector512<float>* t, int step, Vector512<float> four, Vector512<float> five, Vector512<float> two)
    {
        var a = Vector512.FusedMultiplyAdd(-four, d2, d4);
        var b = Vector512.FusedMultiplyAdd(-four, d1, d3);
        var e = d4 - d2;
        var f = two * (d3 - d1);
        t[0] = Vector512.FusedMultiplyAdd(four, d0, Vector512.FusedMultiplyAdd(-five, d2, d4));
        t[step] = a + b;
        t[2 * step] = a - b;
        t[3 * step] = e + f;
        t[4 * step] = e - f;
        t[5 * step] = Vector512.FusedMultiplyAdd(four, d1, Vector512.FusedMultiplyAdd(-five, d3, d5));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Across(
        Vector512<float> m0, Vector512<float> m1, Vector512<float> m2, Vector512<float> m3, Vector512<float> m4, Vector512<float> m5,
        Vector512<float>* y, int step)
    {
        var (two, four, eight) = (Vector512.Create(2f), Vector512.Create(4f), Vector512.Create(8f));
        var (s, d, u, w) = (m1 + m2, m1 - m2, m3 + m4, m3 - m4);
        y[0] = m0 + s + u;
        y[step] = Vector512.FusedMultiplyAdd(two, w, d);
        y[2 * step] = Vector512.FusedMultiplyAdd(four, u, s);
        y[3 * step] = Vector512.FusedMultiplyAdd(eight, w, d) + m5;
    }
}
