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
        var (query, all) = (patch.to(ScalarType.Float64), map.to(ScalarType.Float64));
        var products = nn.functional.conv2d(all, query.contiguous());
        var squares = nn.functional.conv2d(all.square().sum(1, keepdim: true), ones_like(query.narrow(1, 0, 1)));
        // Running sums may leave a trace where all is zero.
        var norms = (squares.clamp_min(0) * query.square().sum()).sqrt();
        var scores = where(norms > 1e-12, products / norms.clamp_min(1e-12), zeros_like(products));
        return scores.clamp(-1, 1).squeeze(0).squeeze(0).cpu().contiguous().MoveToOuterDisposeScope();
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
