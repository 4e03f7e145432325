using CnnMrf.Engine.Native;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Figures;

/// <summary>The NCC of a patch with every patch of a map, by its definition, in double.</summary>
internal static class PatchSearch
{
    /// <summary>The scores.</summary>
    /// <param name="patch">[1, C, k, k].</param>
    /// <param name="map">[1, C, H, W].</param>
    /// <returns>[H − k + 1, W − k + 1]; 0 where a norm is 0.</returns>
    public static Tensor Scores(Tensor patch, Tensor map)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var query = patch.squeeze(0).permute(1, 2, 0).to(ScalarType.Float64).cpu().contiguous();
        var all = map.squeeze(0).permute(1, 2, 0).to(ScalarType.Float64).cpu().contiguous();
        var (height, width, channels, side) = (all.shape[0], all.shape[1], all.shape[2], query.shape[0]);
        var (rows, columns) = (height - side + 1, width - side + 1);
        var cells = all.view(-1, channels);
        var products = zeros([rows, columns], ScalarType.Float64);
        var squares = zeros([rows, columns], ScalarType.Float64);
        var ofCells = all.Squared().sum(-1);
        for (var dy = 0; dy < side; dy++)
        {
            // A row of the patch with every cell of the map, and then the shifted entries: no patch of the map is ever put together.
            using var perRow = NewDisposeScope();
            var entries = cells.mm(query[dy].t()).view(height, width, side).narrow(0, dy, rows);
            var norms = ofCells.narrow(0, dy, rows);
            for (var dx = 0; dx < side; dx++)
            {
                products.Accumulate(entries.select(2, dx).narrow(1, dx, columns));
                squares.Accumulate(norms.narrow(1, dx, columns));
            }
        }

        var scale = (squares.clamp_min(Scalars.Of(0)) * query.Squared().sum()).sqrt();
        var scores = where(scale.gt(Scalars.Of(1e-12)), products / scale.clamp_min(Scalars.Of(1e-12)), zeros_like(products));
        return scores.clamp(Scalars.Of(-1), Scalars.Of(1)).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>The best of them: the first of equals, row by row.</summary>
    /// <param name="scores">[rows, columns].</param>
    /// <param name="step">Only every so many rows and columns count.</param>
    public static (int Row, int Column, double Score) Best(Tensor scores, int step = 1)
    {
        var (columns, values) = ((int)scores.shape[1], scores.data<double>().ToArray());
        var (best, row, column) = (double.NegativeInfinity, 0, 0);
        for (var n = 0; n < values.Length; n++)
        {
            var (r, c) = Math.DivRem(n, columns);
            if (r % step == 0 && c % step == 0 && values[n] > best)
            {
                (best, row, column) = (values[n], r, c);
            }
        }

        return (row, column, best);
    }

    /// <summary>The patch whose corner lies at a pixel of the lattice: [1, C, k, k].</summary>
    public static Tensor Patch(Tensor map, FigureLayer layer, int x, int y) =>
        map.narrow(2, y / layer.Scale, layer.Cells).narrow(3, x / layer.Scale, layer.Cells);
}
