using CnnMrf.Engine.Patches;

namespace CnnMrf.Engine.Matching;

/// <summary>
/// What past searches have proven, so that most of the next one can be left out while its field stays the exact one. Every style map is
/// cut into blocks of patch rows. When a query patch is compared with a block, the angle θ to the nearest patch in it is noted. Angles obey
/// the triangle inequality: once the query has turned by δ, no patch of the block scores more than cos(max(0, θ − δ)). With φ the angle to
/// the patch that won last, measured anew, a block of θ > φ + δ has none that wins or ties; only the others are searched, and noted anew.
/// </summary>
/// <remarks>
/// A guide multiplies all scores of a query by one factor, a preference all scores of a map: the angles are those without. A position
/// weight is not provided for. Memory: 5 bytes for each query and block, 60 MB at most (but for maps that are one block each), and
/// <see cref="MostMoments"/> query maps.
/// </remarks>
internal sealed class MatchCertificates : IDisposable
{
    /// <summary>Past queries that are kept: δ is measured against them. With one, δ would be the length of the path, which is more.</summary>
    internal const int MostMoments = 8;

    private const long MostPairs = 12L << 20;

    // What float32 and acos may be wrong by, in radians: 1 − cos of it is still more than scores that count as equal differ by.
    private const float Slack = 2e-6f;

    // Reading and adding one cell's correlation, in multiplications.
    private const double ScanCost = 10;

    // A search of a larger share than this is better done whole: in larger products, and every angle is new.
    private const double Worthwhile = 0.75;

    private readonly StylePool pool;
    private readonly PatchGrid grid;
    private readonly IReadOnlyList<byte>? classes;
    private readonly int[] blockRows;
    private readonly Block[][] blocks;
    private readonly int[][] uncertain;
    private readonly float[] angle;
    private readonly byte[] moment;
    private readonly List<Moment> moments = [];
    private readonly float[] perCosine;
    private int[]? winners;

    internal MatchCertificates(StylePool pool, PatchGrid grid, IReadOnlyList<byte>? classes, int blockPlaces)
    {
        (this.pool, this.grid, this.classes) = (pool, grid, classes);
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
                blockRows[map.Position] = Math.Clamp(blockPlaces / map.Grid.LatticeColumns, 1, rows);
                count += (rows + blockRows[map.Position] - 1) / blockRows[map.Position];
                fits &= blockRows[map.Position] == rows;
            }

            blockPlaces *= 2;
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
        moment = new byte[angle.LongLength];
        perCosine = new float[grid.Count];
    }

    /// <summary>Products of cells that whole searches would have taken in all matches, and those that were done (about).</summary>
    internal (double Whole, double Done) Work { get; private set; }

    /// <summary>Pairs of a query and a block in all matches, and those that were compared.</summary>
    internal (long All, long Searched) Pairs { get; private set; }

    internal string Last { get; private set; } = "";

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
        Pairs = (Pairs.All + angle.LongLength, Pairs.Searched + (SearchesAll ? angle.LongLength : uncertain.Sum(list => (long)list.Length)));
        if (SearchesAll)
        {
            Array.Fill(angle, float.PositiveInfinity);
            Array.Clear(moment);
        }
        else
        {
            Renew(team);
        }
    }

    /// <summary>Notes that no patch of some stretch of a block scores more.</summary>
    internal void Note(StyleMap map, Block block, int patch, float score)
    {
        // −∞: nothing there can win. A query of norm 0 has no angles: 0 keeps it uncertain.
        var cosine = (score + Contest.Margin) * perCosine[patch] / (float)map.Preference;
        var least = cosine < 1 ? MathF.Acos(MathF.Max(cosine, -1)) : 0;
        if (float.IsNegativeInfinity(score)) return;
        var at = ((long)block.Number * grid.Count) + patch;
        angle[at] = Math.Min(angle[at], least);
    }

    /// <summary>Ends a match: its winners are known.</summary>
    internal void End(int[] index) => winners = [.. index];

    /// <inheritdoc/>
    public void Dispose() => Forget();

    private bool Plan(int[] known, Moment present, Contest contest, PhaseMap phases, WorkerTeam team)
    {
        team.Run(moments.Count, (_, m) => moments[m].Drift = Angles(moments[m], present));
        var scores = contest.Enter(known, team);
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

        var pays = work < Worthwhile * whole;
        Work = (Work.Whole + whole, Work.Done + (pays ? work : whole));
        Last = $"est {work / whole:P1} drift {string.Join(" ", moments.Select(m => m.Drift.Where(float.IsFinite).Average().ToString("F3")))}";
        return pays;
    }

    private double Cost(StyleMap map, int rows, int cells, int queries)
    {
        double columns = map.Grid.LatticeColumns;
        var halo = (grid.Size - 1) / map.Grid.Stride;
        var products = Math.Min(grid.Size, grid.Stride) * Math.Min(grid.Size, map.Grid.Stride);
        return (products * columns * (rows + halo) * cells * map.Features.Channels)
            + (ScanCost * grid.Size * grid.Size * columns * rows * queries);
    }

    // Beyond which angle, at some moment, nothing in a block can win now.
    private static float[] Limits(float[] drift, double[] scores, double[] factor, double preference)
    {
        var limits = new float[drift.Length];
        for (var i = 0; i < limits.Length; i++)
        {
            var cosine = scores[i] / (factor[i] * preference);
            var limit = (cosine > 1 + 1e-9 ? -1 : Math.Acos(Math.Clamp(cosine, -1, 1))) + drift[i] + Slack;
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
                if (!(angle[first + patch] > limits[moment[first + patch]][patch])) list.Add(patch);
        }

        return [.. list];
    }

    // Two neighbouring moments of least difference become one.
    private void Merge(WorkerTeam team)
    {
        var steps = new float[moments.Count - 1][];
        team.Run(steps.Length, (_, m) => steps[m] = Angles(moments[m], moments[m + 1]));
        var means = Array.ConvertAll(steps, step => step.Sum(x => float.IsFinite(x) ? x : 4.0));
        var gone = Array.IndexOf(means, means.Min());
        var step = steps[gone];
        team.Run(uncertain.Length, (_, block) =>
        {
            var at = (long)block * grid.Count;
            for (var i = 0; i < grid.Count; i++, at++)
            {
                if (moment[at] < gone) continue;
                if (moment[at] == gone) angle[at] = float.IsFinite(step[i]) ? angle[at] - step[i] - Slack : 0;
                else moment[at]--;
            }
        });
        moments[gone].Dispose();
        moments.RemoveAt(gone);
    }

    private void Renew(WorkerTeam team) => team.Run(uncertain.Length, (_, block) =>
    {
        foreach (var i in uncertain[block])
        {
            var at = ((long)block * grid.Count) + i;
            (angle[at], moment[at]) = (float.PositiveInfinity, (byte)(moments.Count - 1));
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
