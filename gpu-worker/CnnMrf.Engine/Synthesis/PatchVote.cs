using CnnMrf.Core.Pictures;
using CnnMrf.Engine.Labels;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Synthesis;

/// <summary>
/// Hands a level over by patches instead of by blur: where the coarser level's patch i was matched, the corresponding pixels of the
/// finer style are laid down, and overlaps are averaged under a window that fades towards the patch's edge.
/// </summary>
internal static class PatchVote
{
    // Cells beyond a patch that vote with it: where neighbouring patches come from different places, they fade into each other over a
    // wider seam.
    private const int Reach = 1;

    /// <summary>Votes for a picture.</summary>
    /// <param name="field">Matches of the coarser level.</param>
    /// <param name="pool">Their pool.</param>
    /// <param name="scale">Pixels of the coarser picture per cell of the matched layer.</param>
    /// <param name="styles">Copies of the finer style, one a map of the pool: [1, 3, h, w].</param>
    /// <param name="coarseStyles">Size of each of these copies at the coarser level, px: what the pool's features
    /// were computed from.</param>
    /// <param name="height">Height of the voted picture, px.</param>
    /// <param name="width">Width, px.</param>
    /// <param name="coarse">Size of the coarser level's picture, px.</param>
    /// <param name="labels">Classes of the picture's and the styles' pixels: a pixel votes little for one of another class.</param>
    /// <returns>[1, 3, height, width], of the styles' type, on the CPU.</returns>
    public static Tensor Cast(
        PatchField field, StylePool pool, int scale, IReadOnlyList<Tensor> styles, IReadOnlyList<PixelSize> coarseStyles,
        int height, int width, PixelSize coarse, VoteLabels? labels = null)
    {
        using var scope = NewDisposeScope();
        var sources = styles.Select(s => s.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray()).ToArray();
        var (stretchY, stretchX) = ((double)height / coarse.Height, (double)width / coarse.Width);
        var sum = new double[3 * height * width];
        var weights = new double[height * width];
        var grid = field.Grid;
        var sideY = Math.Max(1, (int)Math.Round(grid.Size * scale * stretchY));
        var sideX = Math.Max(1, (int)Math.Round(grid.Size * scale * stretchX));
        var (reachY, reachX) = ((int)Math.Round(Reach * scale * stretchY), (int)Math.Round(Reach * scale * stretchX));
        var windowY = Window(sideY + (2 * reachY));
        var windowX = Window(sideX + (2 * reachX));
        for (var i = 0; i < field.Index.Length; i++)
        {
            var (row, column) = grid.Corner(i);
            var (map, styleRow, styleColumn) = pool.Locate(field.Index[i]);
            var m = map.Position;
            var (styleHeight, styleWidth) = ((int)styles[m].shape[2], (int)styles[m].shape[3]);
            var top = (int)Math.Round(row * scale * stretchY);
            var left = (int)Math.Round(column * scale * stretchX);
            var fromTop = Corner(styleRow * scale, coarseStyles[m].Height, styleHeight, sideY);
            var fromLeft = Corner(styleColumn * scale, coarseStyles[m].Width, styleWidth, sideX);
            var source = sources[m];
            for (var dy = -reachY; dy < sideY + reachY; dy++)
            {
                var y = top + dy;
                var sy = fromTop + dy;
                if (grid.Wraps)
                {
                    y = (y + height) % height;
                }

                if (y < 0 || y >= height || sy < 0 || sy >= styleHeight)
                {
                    continue;
                }

                for (var dx = -reachX; dx < sideX + reachX; dx++)
                {
                    var x = left + dx;
                    var sx = fromLeft + dx;
                    if (grid.Wraps)
                    {
                        x = (x + width) % width;
                    }

                    if (x < 0 || x >= width || sx < 0 || sx >= styleWidth)
                    {
                        continue;
                    }

                    var p = (y * width) + x;
                    var q = (sy * styleWidth) + sx;
                    var weight = windowY[dy + reachY] * windowX[dx + reachX] * (labels?.Weight(p, m, q) ?? 1);
                    weights[p] += weight;
                    for (var c = 0; c < 3; c++)
                    {
                        sum[(c * height * width) + p] += weight * source[(c * styleHeight * styleWidth) + q];
                    }
                }
            }
        }

        FillUncovered(sum, weights, height, width);
        for (var c = 0; c < 3; c++)
        {
            for (var p = 0; p < weights.Length; p++)
            {
                sum[(c * weights.Length) + p] /= weights[p];
            }
        }

        return tensor(sum, [1, 3, height, width]).to(styles[0].dtype).MoveToOuterDisposeScope();
    }

    // Maps are floor(side/scale) cells wide, so a cell's place follows from the side, not from the number of cells: relative to that it
    // would drift against the image by up to a cell, and overlaps would blur.
    private static int Corner(int pixel, int coarseSide, int side, int patch) =>
        Math.Clamp((int)Math.Round(pixel * ((double)side / coarseSide)), 0, Math.Max(0, side - patch));

    private static double[] Window(int side) =>
        [.. Enumerable.Range(0, side).Select(d => 0.05 + Math.Pow(Math.Sin(Math.PI * (d + 0.5) / side), 2))];

    // Rounding can leave a line at the far border without a vote: it repeats its neighbour.
    private static void FillUncovered(double[] sum, double[] weights, int height, int width)
    {
        var area = height * width;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var p = (y * width) + x;
                if (weights[p] > 0)
                {
                    continue;
                }

                var from = x > 0 && weights[p - 1] > 0 ? p - 1 : y > 0 ? p - width : -1;
                if (from < 0)
                {
                    weights[p] = 1;
                    continue;
                }

                weights[p] = weights[from];
                for (var c = 0; c < 3; c++)
                {
                    sum[(c * area) + p] = sum[(c * area) + from];
                }
            }
        }
    }
}
