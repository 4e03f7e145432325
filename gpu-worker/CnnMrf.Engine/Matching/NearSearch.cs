using System.Numerics.Tensors;
using CnnMrf.Engine.Arithmetic;
using CnnMrf.Engine.Patches;

namespace CnnMrf.Engine.Matching;

/// <summary>
/// The search around what a coarser one has found, and then, sweep by sweep, around what the neighbours have found (in the manner of
/// PatchMatch, Barnes et al. 2009, but all queries at once, so that the result depends on no order): a query is offered the displacements
/// of the coarse patches over and around it, then those of its four neighbours, each with the style patches next to where it leads.
/// </summary>
internal sealed unsafe class NearSearch
{
    // Measured with 12,700 queries and as many style patches (bench/README): two sweeps find two thirds of the best matches, four 73 %.
    private const int Sweeps = 4;

    private static readonly (int Row, int Column)[] Neighbours = [(-1, 0), (1, 0), (0, -1), (0, 1)];

    private readonly MatchQuery query;
    private readonly PatchGrid grid;
    private readonly StylePool pool;
    private readonly PositionTerm position;
    private readonly float* queryCells;
    private readonly nint[] styleCells;
    private readonly int channels;

    /// <summary>Looks at query and pool; they have to outlive the search.</summary>
    internal NearSearch(in MatchQuery query, PatchGrid grid, StylePool pool, MatchOptions options)
    {
        (this.query, this.grid, this.pool, position) = (query, grid, pool, new(grid, options));
        queryCells = FloatBuffer.PointerTo(query.Map.Values);
        channels = query.Map.Channels;
        styleCells = [.. pool.Select(map => (nint)FloatBuffer.PointerTo(map.Features.Values))];
    }

    /// <summary>The field found.</summary>
    /// <param name="coarse">Matches of features half as large.</param>
    /// <param name="coarsePool">The halved style, map by map.</param>
    /// <param name="team">Computes.</param>
    /// <param name="ct">Looked at once a row.</param>
    internal PatchField Run(PatchField coarse, StylePool coarsePool, WorkerTeam team, CancellationToken ct)
    {
        var (best, next) = (new Match[grid.Count], new Match[grid.Count]);
        Rows(best, (i, row, column) => AroundCoarse(row, column, coarse, coarsePool));
        for (var n = 0; n < Sweeps; n++)
        {
            var known = best;
            Rows(next, (i, row, column) => AroundNeighbours(i, row, column, known));
            (best, next) = (next, best);
        }

        return new(grid, [.. best.Select(m => m.Index)], [.. best.Select(m => m.Ncc)]);

        void Rows(Match[] found, Func<int, int, int, Match> search)
        {
            var columns = grid.Columns.Length;
            team.Run(grid.Rows.Length, (_, row) =>
            {
                ct.ThrowIfCancellationRequested();
                for (var column = 0; column < columns; column++)
                {
                    var i = (row * columns) + column;
                    found[i] = search(i, row, column);
                }
            });
        }
    }

    private Match AroundCoarse(int row, int column, PatchField coarse, StylePool coarsePool)
    {
        var (y, x) = (grid.Rows[row], grid.Columns[column]);
        ReadOnlySpan<int> rows = coarse.Grid.Rows, columns = coarse.Grid.Columns;
        var (over, along) = (Nearest(rows, coarse.Grid.Stride, y / 2.0), Nearest(columns, coarse.Grid.Stride, x / 2.0));
        Span<int> offers = stackalloc int[9 * 9];
        var count = 0;
        for (var r = Math.Max(0, over - 1); r <= Math.Min(rows.Length - 1, over + 1); r++)
        {
            for (var c = Math.Max(0, along - 1); c <= Math.Min(columns.Length - 1, along + 1); c++)
            {
                var (map, my, mx) = coarsePool.Locate(coarse.Index[(r * columns.Length) + c]);
                Offer(offers, ref count, pool[map.Position], y + (2 * (my - rows[r])), x + (2 * (mx - columns[c])));
            }
        }

        return Best(Match.None, (row * grid.Columns.Length) + column, y, x, offers[..count]);
    }

    private Match AroundNeighbours(int i, int row, int column, Match[] known)
    {
        var (y, x) = (grid.Rows[row], grid.Columns[column]);
        Span<int> offers = stackalloc int[4 * 9];
        var count = 0;
        foreach (var (down, right) in Neighbours)
        {
            var (r, c) = (row + down, column + right);
            if (r < 0 || c < 0 || r >= grid.Rows.Length || c >= grid.Columns.Length) continue;
            var (map, my, mx) = pool.Locate(known[(r * grid.Columns.Length) + c].Index);
            Offer(offers, ref count, map, my + y - grid.Rows[r], mx + x - grid.Columns[c]);
        }

        return Best(known[i], i, y, x, offers[..count]);
    }

    // The patch whose corner is nearest to a cell, and those around it.
    private static void Offer(Span<int> offers, ref int count, StyleMap map, int y, int x)
    {
        var (rows, columns) = (map.Grid.Rows.Length, map.Grid.Columns.Length);
        var (row, column) = (Nearest(map.Grid.Rows, map.Grid.Stride, y), Nearest(map.Grid.Columns, map.Grid.Stride, x));
        for (var r = Math.Max(0, row - 1); r <= Math.Min(rows - 1, row + 1); r++)
        {
            for (var c = Math.Max(0, column - 1); c <= Math.Min(columns - 1, column + 1); c++)
                offers[count++] = map.FirstIndex + (r * columns) + c;
        }
    }

    private static int Nearest(ReadOnlySpan<int> corners, int stride, double cell) =>
        Math.Clamp((int)Math.Round(cell / stride, MidpointRounding.AwayFromZero), 0, corners.Length - 1);

    // In ascending order, so that of equals the lowest wins; what is known already is not looked at again.
    private Match Best(Match best, int i, int y, int x, Span<int> offers)
    {
        offers.Sort();
        var last = -1;
        foreach (var j in offers)
        {
            if (j == last || (j == best.Index && best.Score > double.NegativeInfinity)) continue;
            last = j;
            var (map, row, column) = pool.Locate(j);
            if (map.Weight(j - map.FirstIndex) == 0) continue;
            var ncc = Correlation(y, x, map, row, column) * query.InverseNorms[i] * map.InverseNorms[j - map.FirstIndex];
            var score = (map.Preference * ncc) - position.Of(y, x, map, row, column);
            if (score > best.Score || (score == best.Score && j < best.Index)) best = new(j, score, (float)Math.Clamp(ncc, -1, 1));
        }

        return best;
    }

    private double Correlation(int y, int x, StyleMap map, int row, int column)
    {
        var cells = (float*)styleCells[map.Position];
        var length = grid.Size * channels;
        var sum = 0.0;
        for (var line = 0; line < grid.Size; line++)
        {
            sum += TensorPrimitives.Dot(
                new ReadOnlySpan<float>(queryCells + ((((long)(y + line) * grid.MapWidth) + x) * channels), length),
                new ReadOnlySpan<float>(cells + ((((long)(row + line) * map.Grid.MapWidth) + column) * channels), length));
        }

        return sum;
    }

    /// <summary>What a query is matched with so far.</summary>
    private readonly record struct Match(int Index, double Score, float Ncc)
    {
        internal static Match None { get; } = new(0, double.NegativeInfinity, 0);
    }
}
