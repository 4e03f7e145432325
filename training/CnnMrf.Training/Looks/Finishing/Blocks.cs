using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Looks.Finishing;

/// <summary>Compression as JPEG's: luminance in blocks of 8×8 cosines, rounded; chroma at half the size.</summary>
/// <param name="Coarseness">Scale of the rounding steps; 1 is about quality 50.</param>
internal sealed record Blocks(float Coarseness) : IEffect
{
    private static readonly float[] Cosines = MakeCosines();

    public void Apply(Pixels pixels, PartMap parts, SceneRandom random)
    {
        var side = pixels.Side;
        float[] red = pixels.Planes[0], green = pixels.Planes[1], blue = pixels.Planes[2];
        var luminance = new float[red.Length];
        for (var i = 0; i < red.Length; i++)
        {
            luminance[i] = (0.299f * red[i]) + (0.587f * green[i]) + (0.114f * blue[i]);
            red[i] -= luminance[i];
            blue[i] -= luminance[i];
        }

        Span<float> block = stackalloc float[64];
        Span<float> other = stackalloc float[64];
        for (var top = 0; top < side; top += 8)
        {
            for (var left = 0; left < side; left += 8)
            {
                for (var i = 0; i < 64; i++)
                {
                    block[i] = luminance[(Math.Min(top + (i / 8), side - 1) * side) + Math.Min(left + (i % 8), side - 1)];
                }

                Transform(block, other, inverse: false);
                for (var i = 0; i < 64; i++)
                {
                    // JPEG's table rises from 16 to about 100 along the diagonal; 8 is the scale of an orthonormal transform of 0 … 255.
                    var step = Coarseness * (12 + (6.5f * ((i / 8) + (i % 8)))) / 255;
                    block[i] = MathF.Round(block[i] / step) * step;
                }

                Transform(block, other, inverse: true);
                for (var i = 0; i < 64; i++)
                {
                    if (top + (i / 8) < side && left + (i % 8) < side)
                    {
                        luminance[((top + (i / 8)) * side) + left + (i % 8)] = block[i];
                    }
                }
            }
        }

        Halve(red, side);
        Halve(blue, side);
        for (var i = 0; i < red.Length; i++)
        {
            var y = luminance[i];
            var (r, b) = (y + red[i], y + blue[i]);
            (red[i], green[i], blue[i]) = (r, (y - (0.299f * r) - (0.114f * b)) / 0.587f, b);
        }
    }

    private static void Halve(float[] plane, int side)
    {
        for (var y = 0; y + 1 < side; y += 2)
        {
            for (var x = 0; x + 1 < side; x += 2)
            {
                var i = (y * side) + x;
                var mean = (plane[i] + plane[i + 1] + plane[i + side] + plane[i + side + 1]) / 4;
                (plane[i], plane[i + 1], plane[i + side], plane[i + side + 1]) = (mean, mean, mean, mean);
            }
        }
    }

    private static void Transform(Span<float> block, Span<float> other, bool inverse)
    {
        Pass(block, other, inverse);
        Pass(other, block, inverse);
    }

    /// <summary>One dimension, and the block transposed: two passes are the whole.</summary>
    private static void Pass(ReadOnlySpan<float> from, Span<float> to, bool inverse)
    {
        var cosines = Cosines;
        for (var row = 0; row < 8; row++)
        {
            var line = from.Slice(row * 8, 8);
            for (var k = 0; k < 8; k++)
            {
                var sum = 0f;
                for (var i = 0; i < 8; i++)
                {
                    sum += line[i] * cosines[inverse ? (i * 8) + k : (k * 8) + i];
                }

                to[(k * 8) + row] = sum;
            }
        }
    }

    private static float[] MakeCosines()
    {
        var cosines = new float[64];
        for (var k = 0; k < 8; k++)
        {
            for (var i = 0; i < 8; i++)
            {
                cosines[(k * 8) + i] = MathF.Cos(((2 * i) + 1) * k * MathF.PI / 16) * (k == 0 ? MathF.Sqrt(1 / 8f) : 0.5f);
            }
        }

        return cosines;
    }
}
