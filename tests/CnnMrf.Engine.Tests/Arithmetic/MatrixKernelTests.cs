using CnnMrf.Engine.Arithmetic;
using FsCheck.Xunit;

namespace CnnMrf.Engine.Tests.Arithmetic;

public sealed class MatrixKernelTests
{
    [Property(MaxTest = 60)]
    public void A_product_is_that_of_float64_for_all_sides(byte rowSeed, byte columnSeed, byte innerSeed, int seed)
    {
        if (!MatrixKernel.IsSupported) return;
        var (rows, columns, inner) = ((rowSeed % 40) + 1, (columnSeed % 80) + 1, (innerSeed % 70) + 1);
        var random = new Random(seed);
        var a = Enumerable.Range(0, rows * (inner + 3)).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var b = Enumerable.Range(0, inner * columns).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var c = Product(a, inner + 3, b, rows, columns, inner);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                var truth = Enumerable.Range(0, inner).Sum(k => (double)a[(i * (inner + 3)) + k] * b[(k * columns) + j]);
                Assert.Equal(truth, c[i, j], 1e-5);
            }
        }
    }

    [Fact]
    public void A_value_does_not_depend_on_the_rows_beside_it()
    {
        if (!MatrixKernel.IsSupported) return;
        var random = new Random(1);
        var a = Enumerable.Range(0, 30 * 50).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var b = Enumerable.Range(0, 50 * 40).Select(_ => random.NextSingle() - 0.5f).ToArray();
        var whole = Product(a, 50, b, 30, 40, 50);
        for (var from = 0; from < 30; from += 7)
        {
            var part = Product(a[(from * 50)..], 50, b, Math.Min(7, 30 - from), 40, 50);
            for (var i = 0; i < part.GetLength(0); i++)
            {
                for (var j = 0; j < 40; j++) Assert.Equal(whole[from + i, j], part[i, j]);
            }
        }
    }

    private static unsafe float[,] Product(float[] a, int stride, float[] b, int rows, int columns, int inner)
    {
        var packed = new float[MatrixKernel.PackedFloats(inner, columns)];
        var transposed = new float[columns * inner];
        for (var k = 0; k < inner; k++)
        {
            for (var j = 0; j < columns; j++) transposed[(j * inner) + k] = b[(k * columns) + j];
        }

        var wide = (columns + MatrixKernel.Width - 1) / MatrixKernel.Width * MatrixKernel.Width;
        var c = new float[rows * wide];
        fixed (float* pa = a, pt = transposed, pb = packed, pc = c)
        {
            MatrixKernel.Pack(pt, columns, inner, pb);
            MatrixKernel.Multiply(pa, stride, pb, pc, wide, rows, columns, inner);
        }

        var result = new float[rows, columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++) result[i, j] = c[(i * wide) + j];
        }

        return result;
    }
}
