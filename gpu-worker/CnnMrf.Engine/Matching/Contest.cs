using System.Runtime.Intrinsics;
using CnnMrf.Engine.Arithmetic;
using CnnMrf.Engine.Patches;

namespace CnnMrf.Engine.Matching;

/// <summary>
/// Settles what float32 cannot: style patches whose scores differ by no more than rounding are scored again in double, so that neither the
/// order of additions nor the number of threads decides, and of equals the lowest j wins. Keeps the winners from map to map.
/// </summary>
internal sealed unsafe class Contest
{
    /// <summary>Scores computed in float32 that differ by more than this, for position weight 0, are in the right order.</summary>
    internal const float Margin = 4e-6f;

    // Double scores that differ by less are equal: mathematically equal ones do.
    private const double Equal = 1e-13;

    private readonly FeatureMap query;
    private readonly PatchGrid grid;
    private readonly StylePool pool;
    private readonly double[] inverseNorms;
    private readonly PositionTerm position;
    private readonly float margin;
    private readonly float* queryCells;
    private readonly float[] best;
    private readonly int[] index;

    internal Contest(FeatureMap query, PatchGrid grid, StylePool pool, double[] inverseNorms, MatchOptions options)
    {
        position = new(grid, options);
        this.query = query;
        this.grid = grid;
        this.pool = pool;
        this.inverseNorms = inverseNorms;
        queryCells = FloatBuffer.PointerTo(query.Values);
        margin = MarginFor(options.PositionWeight);
        best = new float[grid.Count];
        index = new int[grid.Count];
        Array.Fill(best, float.NegativeInfinity);
        if (options.Classes is not { } classes) return;
        var lowest = PatchMatchers.Lowest(pool, classes);
        for (var i = 0; i < index.Length; i++) index[i] = lowest[classes[i]];
    }

    /// <summary>The margin where the position term adds its own rounding.</summary>
    internal static float MarginFor(double positionWeight) => Margin * (float)(1 + positionWeight);

    /// <summary>Correlations of the cells at the same places of two maps of one size.</summary>
    internal static double[] CellProducts(FeatureMap one, FeatureMap other)
    {
        var products = new double[one.Height * one.Width];
        var a = FloatBuffer.PointerTo(one.Values);
        var b = FloatBuffer.PointerTo(other.Values);
        for (var p = 0; p < products.Length; p++, a += one.Channels, b += one.Channels) products[p] = Dot(a, b, one.Channels);
        return products;
    }

    /// <summary>Whether of two scores in double the first wins, by value or, where they are equal, by the lower number.</summary>
    internal static bool Wins(double score, int j, double other, int otherJ) =>
        score > other + Equal || (score >= other - Equal && j < otherJ);

    /// <summary>The score of a pair in double, without a position weight.</summary>
    internal double Score(int i, int j)
    {
        var ncc = Ncc(i, j, out var map);
        return map.Preference * ncc;
    }

    /// <summary>Lets a patch compete that may win; before any map is settled.</summary>
    internal void Enter(int i, int j, double score) => (best[i], index[i]) = ((float)score, j);

    /// <summary>Lets the bests of one more map, and their rivals, compete with the winners so far.</summary>
    internal void Settle(FusedWorker[] workers, WorkerTeam team)
    {
        var rivals = workers.SelectMany(worker => worker.Rivals).ToArray();
        Array.Sort(rivals, static (a, b) => (a.QueryPatch, a.Index).CompareTo((b.QueryPatch, b.Index)));
        var parts = Math.Min(grid.Count, 8 * team.Count);
        team.Run(parts, (id, part) =>
        {
            var (from, to) = ((int)((long)grid.Count * part / parts), (int)((long)grid.Count * (part + 1) / parts));
            var next = Array.FindIndex(rivals, rival => rival.QueryPatch >= from);
            if (next < 0) next = rivals.Length;
            var contenders = new List<int>();
            for (var i = from; i < to; i++)
            {
                var top = best[i];
                foreach (var one in workers) top = Math.Max(top, one.Best(i).Score);
                contenders.Clear();
                if (best[i] >= top - margin && !float.IsNegativeInfinity(best[i])) contenders.Add(index[i]);
                foreach (var one in workers)
                {
                    var (score, j) = one.Best(i);
                    if (score >= top - margin && !float.IsNegativeInfinity(score)) contenders.Add(j);
                }

                for (; next < rivals.Length && rivals[next].QueryPatch == i; next++)
                {
                    if (rivals[next].Score >= top - margin) contenders.Add(rivals[next].Index);
                }

                best[i] = top;
                if (contenders.Count > 0) index[i] = contenders.Count == 1 ? contenders[0] : Winner(i, contenders);
            }
        });
    }

    /// <summary>The field of winners, with their correlations in double.</summary>
    internal PatchField Field(WorkerTeam team)
    {
        var scores = new float[grid.Count];
        var parts = Math.Min(grid.Count, 8 * team.Count);
        team.Run(parts, (id, part) =>
        {
            for (var i = (int)((long)grid.Count * part / parts); i < (int)((long)grid.Count * (part + 1) / parts); i++)
                if (!float.IsNegativeInfinity(best[i])) scores[i] = (float)Math.Clamp(Ncc(i, index[i], out _), -1, 1);
        });
        return new PatchField(grid, index, scores);
    }

    private int Winner(int i, List<int> contenders)
    {
        contenders.Sort();
        var (winner, most) = (contenders[0], double.NegativeInfinity);
        foreach (var j in contenders)
        {
            var ncc = Ncc(i, j, out var map);
            var score = (map.Preference * ncc) - Cost(i, j, map);
            if (score > most + Equal) (winner, most) = (j, score);
        }

        return winner;
    }

    private double Cost(int i, int j, StyleMap map)
    {
        var (row, column) = grid.Corner(i);
        var (styleRow, styleColumn) = map.Grid.Corner(j - map.FirstIndex);
        return position.Of(row, column, map, styleRow, styleColumn);
    }

    private double Ncc(int i, int j, out StyleMap map)
    {
        (map, var styleRow, var styleColumn) = pool.Locate(j);
        var (row, column) = grid.Corner(i);
        var channels = query.Channels;
        var a = queryCells;
        var b = FloatBuffer.PointerTo(map.Features.Values);
        var sum = 0.0;
        for (var dy = 0; dy < grid.Size; dy++)
        {
            var line = (row + dy) % query.Height * query.Width;
            var styleLine = ((styleRow + dy) * map.Features.Width) + styleColumn;
            for (var dx = 0; dx < grid.Size; dx++)
            {
                var cell = (long)(line + ((column + dx) % query.Width));
                sum += Dot(a + (cell * channels), b + ((long)(styleLine + dx) * channels), channels);
            }
        }

        return sum * inverseNorms[i] * map.InverseNorms[j - map.FirstIndex];
    }

    private static double Dot(float* a, float* b, int count)
    {
        var (low, high) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var i = 0;
        for (; i + 8 <= count; i += 8)
        {
            var (aLow, aHigh) = Vector256.Widen(Vector256.Load(a + i));
            var (bLow, bHigh) = Vector256.Widen(Vector256.Load(b + i));
            low = Vector256.FusedMultiplyAdd(aLow, bLow, low);
            high = Vector256.FusedMultiplyAdd(aHigh, bHigh, high);
        }

        var sum = Vector256.Sum(low + high);
        for (; i < count; i++) sum += (double)a[i] * b[i];
        return sum;
    }
}
