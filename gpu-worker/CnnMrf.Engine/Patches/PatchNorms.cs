using System.Numerics.Tensors;
using CnnMrf.Engine.Arithmetic;
using CnnMrf.Engine.Native;
using TorchSharp;

namespace CnnMrf.Engine.Patches;

/// <summary>Norms of patches, in double whatever the features are, so that rounding never decides between two of them.</summary>
public static class PatchNorms
{
    private const int Slice = 1 << 12;

    /// <summary>The inverse Euclidean norm of each patch of the grid, 0 where the norm is 0 (or too small for a float to invert).</summary>
    /// <exception cref="ArgumentException">The grid belongs to a map of another size.</exception>
    public static double[] Inverse(FeatureMap map, PatchGrid grid)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(grid);
        return Inverse(SquaredCells(map), grid, map.Height, map.Width);
    }

    /// <summary>The same from the squared norms of cells.</summary>
    internal static double[] Inverse(double[] cells, PatchGrid grid, int height, int width)
    {
        if (height != grid.MapHeight || width != grid.MapWidth)
        {
            throw new ArgumentException(
                $"A grid for {grid.MapWidth}×{grid.MapHeight} cells does not fit a map of {width}×{height}.", nameof(grid));
        }

        // Summed cell by cell in one fixed order, not by running sums: equal patches get equal norms, wherever they stand.
        var size = grid.Size;
        var inverse = new double[grid.Count];
        var i = 0;
        foreach (var row in grid.Rows)
        {
            foreach (var column in grid.Columns)
            {
                var sum = 0.0;
                for (var y = row; y < row + size; y++)
                {
                    var line = (y % height) * width;
                    for (var x = column; x < column + size; x++) sum += cells[line + (x % width)];
                }

                var value = 1 / Math.Sqrt(sum);
                inverse[i++] = value < float.MaxValue ? value : 0;
            }
        }

        return inverse;
    }

    /// <summary>The squared norm of each cell's feature vector, row by row.</summary>
    internal static unsafe double[] SquaredCells(FeatureMap map)
    {
        if (map.Values.dtype != torch.ScalarType.Float32 || map.Values.device_type != DeviceType.CPU)
        {
            using var scope = torch.NewDisposeScope();
            return map.Values.to(torch.ScalarType.Float64).Squared().sum(-1).cpu().data<double>().ToArray();
        }

        var channels = map.Channels;
        var values = FloatBuffer.PointerTo(map.Values);
        var cells = new double[map.Height * map.Width];
        Span<double> wide = stackalloc double[Math.Min(channels, Slice)];
        for (var p = 0; p < cells.Length; p++)
        {
            for (var c = 0; c < channels; c += Slice)
            {
                ReadOnlySpan<float> part = new(values + ((long)p * channels) + c, Math.Min(Slice, channels - c));
                TensorPrimitives.ConvertTruncating(part, wide);
                cells[p] += TensorPrimitives.SumOfSquares<double>(wide[..part.Length]);
            }
        }

        GC.KeepAlive(map);
        return cells;
    }
}
