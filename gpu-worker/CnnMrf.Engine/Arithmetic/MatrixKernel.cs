using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CnnMrf.Engine.Arithmetic;

/// <summary>
/// Products of float32 matrices, on the calling thread. The inner loop keeps a block of <see cref="Rows"/> × <see cref="Width"/> sums in
/// registers and reaches what the processor can do (AVX-512: 64 operations a cycle); the BLAS and convolutions that come with libtorch
/// stay at half of that on processors of another maker than theirs.
/// </summary>
internal static unsafe class MatrixKernel
{
    /// <summary>Rows of a block.</summary>
    public const int Rows = 12;

    /// <summary>Columns of a block, and of a panel of the packed right side.</summary>
    public const int Width = 32;

    /// <summary>Whether this processor has the registers that it needs.</summary>
    public static bool IsSupported => Vector512.IsHardwareAccelerated;

    /// <summary>Floats of a packed right side: its columns are filled up to a multiple of <see cref="Width"/>.</summary>
    public static long PackedFloats(long inner, long columns) => inner * ((columns + Width - 1) / Width * Width);

    /// <summary>Packs the right side from its columns.</summary>
    /// <param name="transposed">Bᵀ, [columns, inner], contiguous.</param>
    /// <param name="columns">1 or more.</param>
    /// <param name="inner">1 or more.</param>
    /// <param name="packed"><see cref="PackedFloats"/>; columns filled up are zeros.</param>
    public static void Pack(float* transposed, int columns, int inner, float* packed)
    {
        // In pieces whose targets stay in the first-level cache while they are written column by column.
        const int Piece = 64;
        for (var first = 0; first < columns; first += Width, packed += (long)inner * Width)
        {
            for (var from = 0; from < inner; from += Piece)
            {
                var to = Math.Min(inner, from + Piece);
                for (var j = 0; j < Width; j++)
                {
                    var column = first + j < columns ? transposed + ((long)(first + j) * inner) : null;
                    for (var k = from; k < to; k++)
                    {
                        packed[(k * Width) + j] = column == null ? 0 : column[k];
                    }
                }
            }
        }
    }

    /// <summary>
    /// C = A·B. Each value is one sum in the order of the inner index, so it does not depend on how a product is cut into blocks.
    /// </summary>
    /// <param name="a">A, [rows, inner], rows <paramref name="aStride"/> apart.</param>
    /// <param name="aStride">Floats.</param>
    /// <param name="packed">B in panels of <see cref="Width"/> columns, one after the other: [inner, Width] each.</param>
    /// <param name="c">C, [rows, columns]; written up to the next multiple of <see cref="Width"/> columns.</param>
    /// <param name="cStride">Floats.</param>
    /// <param name="rows">1 or more.</param>
    /// <param name="columns">1 or more.</param>
    /// <param name="inner">1 or more.</param>
    public static void Multiply(
        float* a, nint aStride, float* packed, float* c, nint cStride, int rows, int columns, int inner)
    {
        for (var column = 0; column < columns; column += Width, packed += (long)inner * Width)
        {
            var row = 0;
            for (; row + Rows <= rows; row += Rows)
            {
                Block(a + (row * aStride), packed, c + (row * cStride) + column, aStride, cStride, inner);
            }

            if (row == rows)
            {
                continue;
            }

            if (rows >= Rows)
            {
                // Some rows twice: the same values.
                row = rows - Rows;
                Block(a + (row * aStride), packed, c + (row * cStride) + column, aStride, cStride, inner);
                continue;
            }

            for (; row < rows; row++)
            {
                Line(a + (row * aStride), packed, c + (row * cStride) + column, inner);
            }
        }
    }

    // The sums are named one by one: an array of them would live in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Block(float* a, float* b, float* c, nint aStride, nint cStride, nint inner)
    {
        Vector512<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default;
        Vector512<float> c30 = default, c31 = default, c40 = default, c41 = default, c50 = default, c51 = default;
        Vector512<float> c60 = default, c61 = default, c70 = default, c71 = default, c80 = default, c81 = default;
        Vector512<float> c90 = default, c91 = default, cA0 = default, cA1 = default, cB0 = default, cB1 = default;
        var twice = 2 * aStride;
        float* a0 = a, a3 = a + (3 * aStride), a6 = a + (6 * aStride), a9 = a + (9 * aStride);
        for (var k = inner; k > 0; k--)
        {
            var (b0, b1) = (Vector512.Load(b), Vector512.Load(b + 16));
            b += Width;
            var x = Vector512.Create(*a0);
            c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(x, b1, c01);
            x = Vector512.Create(a0[aStride]);
            c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(x, b1, c11);
            x = Vector512.Create(a0[twice]);
            c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(x, b1, c21);
            x = Vector512.Create(*a3);
            c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(x, b1, c31);
            x = Vector512.Create(a3[aStride]);
            c40 = Vector512.FusedMultiplyAdd(x, b0, c40);
            c41 = Vector512.FusedMultiplyAdd(x, b1, c41);
            x = Vector512.Create(a3[twice]);
            c50 = Vector512.FusedMultiplyAdd(x, b0, c50);
            c51 = Vector512.FusedMultiplyAdd(x, b1, c51);
            x = Vector512.Create(*a6);
            c60 = Vector512.FusedMultiplyAdd(x, b0, c60);
            c61 = Vector512.FusedMultiplyAdd(x, b1, c61);
            x = Vector512.Create(a6[aStride]);
            c70 = Vector512.FusedMultiplyAdd(x, b0, c70);
            c71 = Vector512.FusedMultiplyAdd(x, b1, c71);
            x = Vector512.Create(a6[twice]);
            c80 = Vector512.FusedMultiplyAdd(x, b0, c80);
            c81 = Vector512.FusedMultiplyAdd(x, b1, c81);
            x = Vector512.Create(*a9);
            c90 = Vector512.FusedMultiplyAdd(x, b0, c90);
            c91 = Vector512.FusedMultiplyAdd(x, b1, c91);
            x = Vector512.Create(a9[aStride]);
            cA0 = Vector512.FusedMultiplyAdd(x, b0, cA0);
            cA1 = Vector512.FusedMultiplyAdd(x, b1, cA1);
            x = Vector512.Create(a9[twice]);
            cB0 = Vector512.FusedMultiplyAdd(x, b0, cB0);
            cB1 = Vector512.FusedMultiplyAdd(x, b1, cB1);
            a0++;
            a3++;
            a6++;
            a9++;
        }

        Store(c00, c01, c);
        Store(c10, c11, c += cStride);
        Store(c20, c21, c += cStride);
        Store(c30, c31, c += cStride);
        Store(c40, c41, c += cStride);
        Store(c50, c51, c += cStride);
        Store(c60, c61, c += cStride);
        Store(c70, c71, c += cStride);
        Store(c80, c81, c += cStride);
        Store(c90, c91, c += cStride);
        Store(cA0, cA1, c += cStride);
        Store(cB0, cB1, c + cStride);
    }

    private static void Line(float* a, float* b, float* c, nint inner)
    {
        Vector512<float> c0 = default, c1 = default;
        for (nint k = 0; k < inner; k++, b += Width)
        {
            var x = Vector512.Create(a[k]);
            c0 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b), c0);
            c1 = Vector512.FusedMultiplyAdd(x, Vector512.Load(b + 16), c1);
        }

        Store(c0, c1, c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> left, Vector512<float> right, float* target)
    {
        left.Store(target);
        right.Store(target + 16);
    }
}
