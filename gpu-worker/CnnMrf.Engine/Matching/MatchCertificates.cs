using CnnMrf.Engine.Arithmetic;
using CnnMrf.Engine.Patches;

namespace CnnMrf.Engine.Matching;

/// <summary>
/// What past searches have proven, so that most of the next one can be left out while its field stays the exact one. Every style map is
/// cut into blocks of patch rows. When a query patch is compared with a block, the patch nearest to it is noted, its angle θ₁, and the
/// angle θ₂ of the second nearest. Angles obey the triangle inequality: once the query has turned by δ, only the nearest patch may score
/// more than cos(max(0, θ₂ − δ)), and it no more than cos(max(0, θ₁ − δ)). The last winner and the nearest patches that may win are
/// compared anew, in double; with φ the angle of the best of them, a block of θ₂ − δ > φ has no other that wins or ties. Only the rest is
/// searched, and noted anew.
/// </summary>
/// <remarks>
/// A guide multiplies all scores of a query by one factor, a preference all scores of a map: the angles are those without. A position
/// weight is not provided for. Memory: 14 bytes for each query and block, <see cref="MostPairs"/> of these at most (84 MB; more only where
/// every map is one block), and <see cref="MostMoments"/> query maps.
/// </remarks>
internal sealed class MatchCertificates : IDisposable
{
    /// <summary>Past queries kept: δ is measured against them. With one, δ would be the length of the path, which is more.</summary>
    internal const int MostMoments = 8;

    private const long MostPairs = 6L << 20;

    // Of the nearest patches. Where more of them may win, a whole search is cheaper.
    private const double MostContenders = 0.3;

    // What float32 and acos may be wrong by, in radians: 1 − cos of it is still more than scores that count as equal differ by.
    private const float Slack = 2e-6f;

    // Reading and adding one cell's correlation, in multiplications.
    private const double ScanCost = 10;

    // A search of a larger share than this is better done whole: in larger products, and every angle is new.
    internal const double Worthwhile = 0.7;

    private readonly StylePool pool;
    private readonly PatchGrid grid;
    private readonly IReadOnlyList<byte>? classes;
    private readonly double worthwhile;
    private readonly int[] blockRows;
    private readonly Block[][] blocks;
    private readonly int[][] uncertain;
    private readonly int[] nearest;
    private readonly float[] angle;
    private readonly float[] second;
    private readonly byte[] seen;
    private readonly byte[] moment;
    private readonly List<Moment> moments = [];
    private readonly float[] perCosine;
    private int[]? winners;

    internal MatchCertificates(StylePool pool, PatchGrid grid, IReadOnlyList<byte>? classes, int rowsOfBlock, double worthwhile)
    {
        (this.pool, this.grid, this.classes, this.worthwhile) = (pool, grid, classes, worthwhile);
        blockRows = new int[pool.Count];
        var count = 0;
        bool fits;
        do
        {
            count = 0;
            fits = true;
            foreach (var map in pool)
            {
                var rows = map.Grid.LatticeRows;
                blockRows[map.Position] = Math.Min(rowsOfBlock, rows);
                count += (rows + blockRows[map.Position] - 1) / blockRows[map.Position];
                fits &= blockRows[map.Position] == rows;
            }

            rowsOfBlock *= 2;
        }
        while (!fits && (long)count * grid.Count > MostPairs);
        var number = 0;
        blocks = new Block[pool.Count][];
        foreach (var map in pool)
        {
            var (rows, each) = (map.Grid.LatticeRows, blockRows[map.Position]);
            blocks[map.Position] = new Block[(rows + each - 1) / each];
            for (var b = 0; b < blocks[map.Position].Length; b++)
                blocks[map.Position][b] = new Block(number++, b * each, Math.Min((b + 1) * each, rows));
        }

        uncertain = new int[count][];
        angle = new float[(long)count * grid.Count];
        second = new float[angle.LongLength];
        nearest = new int[angle.LongLength];
        seen = new byte[angle.LongLength];
        moment = new byte[angle.LongLength];
        perCosine = new float[grid.Count];
    }

    /// <summary>Pairs of a query and a block in all matches, and those that were compared.</summary>
    internal (long All, long Searched) Pairs { get; private set; }

    /// <summary>Whether the match that has begun compares every query with every block.</summary>
    internal bool SearchesAll { get; private set; }

    /// <summary>Whether this is about these patches.</summary>
    internal bool IsAbout(StylePool otherPool, PatchGrid otherGrid, IReadOnlyList<byte>? otherClasses) =>
        ReferenceEquals(pool, otherPool) && ReferenceEquals(grid, otherGrid) && ReferenceEquals(classes, otherClasses);

    /// <summary>Patch rows of each block of a map, but for its last one.</summary>
    internal int BlockRows(StyleMap map) => blockRows[map.Position];

    /// <summary>The blocks of a map, from its first row on.</summary>
    internal ReadOnlySpan<Block> Blocks(StyleMap map) => blocks[map.Position];

    /// <summary>The queries, on the lattice and ascending, that the match that has begun has to compare with a block.</summary>
    internal ReadOnlySpan<int> Uncertain(Block block) => uncertain[block.Number];

    /// <summary>
    /// Begins a match: the last winners enter the contest, and what has to be searched is found. Until <see cref="End"/> nothing is known:
    /// a match that is broken off leaves nothing behind.
    /// </summary>
    internal void Begin(in MatchQuery query, Contest contest, PhaseMap phases, WorkerTeam team)
    {
        var known = winners;
        winners = null;
        var present = new Moment(query, grid);
        for (var i = 0; i < perCosine.Length; i++) perCosine[i] = (float)(1 / present.Factor[i]);
        try
        {
            SearchesAll = known is null || !Plan(known, present, contest, phases, team);
            if (SearchesAll) Forget();
            else if (moments.Count == MostMoments) Merge(team);
        }
        catch
        {
            present.Dispose();
            throw;
        }

        moments.Add(present);
        var searched = SearchesAll ? angle.LongLength : uncertain.Sum(list => (long)list.Length);
        Pairs = (Pairs.All + angle.LongLength, Pairs.Searched + searched);
        if (SearchesAll)
        {
            Array.Fill(angle, float.PositiveInfinity);
            Array.Fill(second, float.PositiveInfinity);
            Array.Clear(seen);
            Array.Clear(moment);
        }
        else
        {
            Renew(team);
        }
    }

    /// <summary>Notes the best score and the second best in some stretch of a block.</summary>
    internal void Note(StyleMap map, Block block, int patch, float score, int j, float next)
    {
        if (float.IsNegativeInfinity(score)) return;
        var at = ((long)block.Number * grid.Count) + patch;
        var scale = perCosine[patch] / (float)map.Preference;
        var least = Angle(score, scale);
        if (least < angle[at])
        {
            second[at] = Math.Min(angle[at], Angle(next, scale));
            (angle[at], nearest[at]) = (least, j);
        }
        else
        {
            second[at] = Math.Min(second[at], least);
        }
    }

    /// <summary>Ends a match: its winners are known.</summary>
    internal void End(int[] index) => winners = [.. index];

    /// <inheritdoc/>
    public void Dispose() => Forget();

    // At least this far from the query: −∞, which nothing is that can win, is never reached. A query of norm 0 has no angles: 0.
    private static float Angle(float score, float scale)
    {
        var cosine = (score + Contest.Margin) * scale;
        return float.IsNegativeInfinity(cosine) ? float.PositiveInfinity : cosine < 1 ? MathF.Acos(MathF.Max(cosine, -1)) : 0;
    }

    private bool Plan(int[] known, Moment present, Contest contest, PhaseMap phases, WorkerTeam team)
    {
        team.Run(moments.Count, (_, m) => moments[m].Drift = Angles(moments[m], present));
        var (scores, best) = (new double[grid.Count], (int[])known.Clone());
        if (Defend(scores, best, present.Factor, contest, team, counting: true) > MostContenders * angle.Length && worthwhile <= 1)
            return false;
        Defend(scores, best, present.Factor, contest, team, counting: false);
        var limits = new float[moments.Count][];
        var sets = new CellSet[team.Count];
        var (work, whole) = (0.0, 0.0);
        var preference = double.NaN;
        foreach (var map in pool)
        {
            var mine = blocks[map.Position];
            if (map.Preference == 0)
            {
                foreach (var block in mine) uncertain[block.Number] = [];
                continue;
            }

            if (map.Preference != preference)
            {
                preference = map.Preference;
                team.Run(moments.Count, (_, m) => limits[m] = Limits(moments[m].Drift, scores, present.Factor, preference));
            }

            var costs = new double[mine.Length];
            team.Run(mine.Length, (id, b) =>
            {
                var list = uncertain[mine[b].Number] = Doubtful(mine[b], limits);
                if (list.Length == 0) return;
                var cells = sets[id] ??= new CellSet();
                cells.Clear(phases.Rows * phases.Columns);
                foreach (var i in list)
                {
                    var (row, column) = Math.DivRem(i, grid.Columns.Length);
                    cells.Add(row, column, phases.Halo, phases.Columns);
                }

                costs[b] = Cost(map, mine[b].To - mine[b].From, cells.Count, list.Length);
            });
            work += costs.Sum();
            whole += Cost(map, map.Grid.LatticeRows, phases.Rows * phases.Columns, grid.LatticeRows * grid.LatticeColumns);
        }

        return work < worthwhile * whole;
    }

    private double Cost(StyleMap map, int rows, int cells, int queries)
    {
        double columns = map.Grid.LatticeColumns;
        var halo = (grid.Size - 1) / map.Grid.Stride;
        var products = Math.Min(grid.Size, grid.Stride) * Math.Min(grid.Size, map.Grid.Stride);
        return (products * columns * (rows + halo) * cells * map.Features.Channels)
            + (ScanCost * grid.Size * grid.Size * columns * rows * queries);
    }

    // The last winners are compared anew, in double, and either the nearest patches that may be better are counted, or they are compared,
    // too, and the best enter the contest.
    private long Defend(double[] scores, int[] best, double[] factor, Contest contest, WorkerTeam team, bool counting)
    {
        const int AtOnce = 64;
        var contenders = 0L;
        team.Run((grid.Count + AtOnce - 1) / AtOnce, (_, part) =>
        {
            var (from, to) = (part * AtOnce, Math.Min((part + 1) * AtOnce, grid.Count));
            var count = 0;
            Span<double> limits = stackalloc double[AtOnce];
            for (var i = from; counting && i < to; i++)
            {
                var (map, _, _) = pool.Locate(best[i]);
                scores[i] = map.Weight(best[i] - map.FirstIndex) == 0 ? double.NaN : contest.Score(i, best[i]);
            }

            foreach (var map in pool)
            {
                if (map.Preference == 0) continue;
                for (var i = from; i < to; i++) limits[i - from] = Limit(scores[i], factor[i], map.Preference);
                foreach (var block in blocks[map.Position])
                {
                    var at = ((long)block.Number * grid.Count) + from;
                    for (var i = from; i < to; i++, at++)
                    {
                        // A score that is not a number bounds nothing: its query is searched whole.
                        if (angle[at] > limits[i - from] + moments[seen[at]].Drift[i] || nearest[at] == best[i]
                            || float.IsPositiveInfinity(angle[at]) || double.IsNaN(scores[i]))
                        {
                            continue;
                        }

                        count++;
                        if (counting) continue;
                        var score = contest.Score(i, nearest[at]);
                        (angle[at], seen[at]) = ((float)(Limit(score, factor[i], map.Preference) - (2 * Slack)), (byte)moments.Count);
                        if (!Contest.Wins(score, nearest[at], scores[i], best[i])) continue;
                        (scores[i], best[i]) = (score, nearest[at]);
                        limits[i - from] = Limit(score, factor[i], map.Preference);
                    }
                }
            }

            Interlocked.Add(ref contenders, count);
            for (var i = from; !counting && i < to; i++)
                if (!double.IsNaN(scores[i])) contest.Enter(i, best[i], scores[i]);
        });
        return contenders;
    }

    // The angle of a patch that scores as much.
    private static double Limit(double score, double factor, double preference)
    {
        var cosine = score / (factor * preference);
        return cosine > 1 + 1e-9 ? -1 : Math.Acos(Math.Clamp(cosine, -1, 1)) + Slack;
    }

    // Beyond which angle, at some moment, nothing in a block can win now.
    private static float[] Limits(float[] drift, double[] scores, double[] factor, double preference)
    {
        var limits = new float[drift.Length];
        for (var i = 0; i < limits.Length; i++)
        {
            var limit = Limit(scores[i], factor[i], preference) + drift[i];
            limits[i] = double.IsNaN(limit) ? float.PositiveInfinity : (float)limit;
        }

        return limits;
    }

    private int[] Doubtful(Block block, float[][] limits)
    {
        var list = new List<int>();
        var first = (long)block.Number * grid.Count;
        for (var row = 0; row < grid.LatticeRows; row++)
        {
            var patch = row * grid.Columns.Length;
            for (var end = patch + grid.LatticeColumns; patch < end; patch++)
                if (!(second[first + patch] > limits[moment[first + patch]][patch])) list.Add(patch);
        }

        return [.. list];
    }

    // A moment and the next one become one: those where the angles noted lose least by it.
    private void Merge(WorkerTeam team)
    {
        var steps = new float[moments.Count - 1][];
        team.Run(steps.Length, (_, m) => steps[m] = Angles(moments[m], moments[m + 1]));
        var noted = new long[moments.Count + 1];
        foreach (var one in moment) noted[one]++;
        var loss = steps.Select((turned, m) => noted[m] * (Mean(turned) + Mean(moments[m + 1].Drift) - Mean(moments[m].Drift))).ToArray();
        var gone = Array.IndexOf(loss, loss.Min());
        var step = steps[gone];
        team.Run(uncertain.Length, (_, block) =>
        {
            var at = (long)block * grid.Count;
            for (var i = 0; i < grid.Count; i++, at++)
            {
                var turned = float.IsFinite(step[i]) ? step[i] + Slack : float.MaxValue;
                if (seen[at] == gone) angle[at] -= turned;
                else if (seen[at] > gone) seen[at]--;
                if (moment[at] == gone) second[at] -= turned;
                else if (moment[at] > gone) moment[at]--;
            }
        });
        moments[gone].Dispose();
        moments.RemoveAt(gone);
    }

    private static double Mean(float[] angles) => angles.Average(angle => float.IsFinite(angle) ? angle : Math.PI);

    private void Renew(WorkerTeam team) => team.Run(uncertain.Length, (_, block) =>
    {
        foreach (var i in uncertain[block])
        {
            var at = ((long)block * grid.Count) + i;
            (angle[at], second[at]) = (float.PositiveInfinity, float.PositiveInfinity);
            seen[at] = moment[at] = (byte)(moments.Count - 1);
        }
    });

    private void Forget()
    {
        moments.ForEach(past => past.Dispose());
        moments.Clear();
    }

    // How far each query has turned from one moment to another; not finite where it has no direction.
    private float[] Angles(Moment from, Moment to)
    {
        var products = Contest.CellProducts(from.Map, to.Map);
        var angles = new float[grid.Count];
        var i = 0;
        foreach (var row in grid.Rows)
        {
            foreach (var column in grid.Columns)
            {
                var sum = 0.0;
                for (var y = row; y < row + grid.Size; y++)
                {
                    var line = y % grid.MapHeight * grid.MapWidth;
                    for (var x = column; x < column + grid.Size; x++) sum += products[line + (x % grid.MapWidth)];
                }

                var norms = from.InverseNorms[i] * to.InverseNorms[i];
                angles[i] = norms == 0 ? float.PositiveInfinity : (float)Math.Acos(Math.Clamp(sum * norms, -1, 1));
                i++;
            }
        }

        return angles;
    }

    /// <summary>Consecutive patch rows of a style map.</summary>
    /// <param name="Number">In all maps together.</param>
    /// <param name="From">Its first row.</param>
    /// <param name="To">The row after its last one.</param>
    internal readonly record struct Block(int Number, int From, int To);

    /// <summary>The queries as they were at one match.</summary>
    private sealed class Moment : IDisposable
    {
        internal Moment(in MatchQuery query, PatchGrid grid)
        {
            Map = new FeatureMap(query.Map.Values.clone());
            InverseNorms = query.IsSum ? PatchNorms.Inverse(Map, grid) : query.InverseNorms;
            Factor = new double[InverseNorms.Length];
            for (var i = 0; i < Factor.Length; i++) Factor[i] = InverseNorms[i] == 0 ? 0 : query.InverseNorms[i] / InverseNorms[i];
        }

        internal FeatureMap Map { get; }

        internal double[] InverseNorms { get; }

        /// <summary>How many times its cosine a query's NCC is: 1, or less under a guide; 0 where it has none.</summary>
        internal double[] Factor { get; }

        /// <summary>How far each query has turned since.</summary>
        internal float[] Drift { get; set; } = [];

        public void Dispose() => Map.Dispose();
    }
}
