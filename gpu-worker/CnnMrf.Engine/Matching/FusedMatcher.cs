using CnnMrf.Engine.Arithmetic;
using CnnMrf.Engine.Patches;
using TorchSharp;

namespace CnnMrf.Engine.Matching;

/// <summary>
/// Exact matching of float32 features on a CPU. Correlating k×k×C patches is adding up k² shifted entries of products of single cells, so
/// cells are multiplied, k² times less arithmetic than patches (k²/s² at stride s, where the cells are split into s² phases); bands of the
/// products are added up, normalised and searched while they are in the cache. Neither the style's patches nor the scores of all pairs
/// ever exist. Patches too near to each other for float32 are compared again in double, so that the result does not depend on how the work
/// was cut. Memory is kept between calls. The index chosen scores, in double, within 1e-6 of the best.
/// </summary>
public sealed class FusedMatcher : IPatchMatcher
{
    /// <summary>Bytes of products kept at a time, all threads together.</summary>
    public const long DefaultMemory = 56L << 20;

    private readonly WorkerTeam team;
    private readonly FusedWorker[] workers;
    private readonly PhaseMap queryPhases = new();
    private readonly PhaseMap stylePhases = new();
    private readonly long memory;

    /// <summary>Starts the threads; they sleep between calls.</summary>
    /// <param name="threads">Threads, 1 or more; the result does not depend on it.</param>
    /// <param name="memory">
    /// Bytes of products kept at a time, all threads together; more is used only where one row of a band needs it.
    /// </param>
    public FusedMatcher(int threads, long memory = DefaultMemory)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(memory, 1);
        this.memory = memory;
        team = new WorkerTeam(threads);
        workers = new FusedWorker[threads];
        for (var i = 0; i < threads; i++) workers[i] = new FusedWorker();
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Query, grid and pool do not fit together, or are not float32 on the CPU.</exception>
    public PatchField Match(
        FeatureMap query, PatchGrid queryGrid, StylePool pool, MatchOptions options, CancellationToken ct = default) =>
        Match(query, queryGrid, pool, options, null, ct);

    /// <summary>The same, without what earlier matches have proven needless; what this one proves is noted.</summary>
    internal PatchField Match(
        FeatureMap query, PatchGrid queryGrid, StylePool pool, MatchOptions options, MatchCertificates? certificates, CancellationToken ct)
    {
        PatchMatchers.Check(query, queryGrid, pool, options);
        if (query.Values.dtype != torch.ScalarType.Float32 || query.Values.device_type != DeviceType.CPU)
            throw new ArgumentException("The fused matcher takes float32 features on the CPU: use PlainMatcher for others.", nameof(query));
        ct.ThrowIfCancellationRequested();
        using var sought = new MatchQuery(query, queryGrid, options.Guide);
        try
        {
            queryPhases.Load(sought.Map, queryGrid, team);
            var inverseNorms = sought.InverseNorms;
            var contest = new Contest(sought.Map, queryGrid, pool, inverseNorms, options);
            var margin = Contest.MarginFor(options.PositionWeight);
            certificates?.Begin(sought, contest, queryPhases, team);
            foreach (var worker in workers)
            {
                worker.Begin(
                    queryGrid, inverseNorms, queryPhases, stylePhases, options, margin, certificates);
            }

            foreach (var map in pool)
            {
                if (map.Preference == 0) continue;
                foreach (var worker in workers) worker.BeginMap(map);
                if (MatchMap(map, queryGrid.Size, certificates, ct)) contest.Settle(workers, team);
            }

            var field = contest.Field(team);
            certificates?.End(field.Index);
            return PatchMatchers.Held(field, sought, pool, options, ct);
        }
        finally
        {
            queryPhases.Unload();
            stylePhases.Unload();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        team.Dispose();
        foreach (var worker in workers) worker.Dispose();
        queryPhases.Dispose();
        stylePhases.Dispose();
    }

    // False where nothing was to be done.
    private bool MatchMap(StyleMap map, int size, MatchCertificates? certificates, CancellationToken ct)
    {
        if (certificates is { SearchesAll: false } && queryPhases.Strip.Length == 0
            && map.Grid.Count == map.Grid.LatticeRows * map.Grid.LatticeColumns && IsSettled(map, certificates))
        {
            return false;
        }

        stylePhases.Load(map.Features, map.Grid, team);
        var offsets = PatchOffsets.Between(size, queryPhases, stylePhases);
        var share = memory / sizeof(float) / team.Count;
        var main = certificates is { SearchesAll: false } ? Uncertain(map, offsets, share, certificates, ct)
            : Everything(map, offsets, certificates, ct);
        var strips = StripPlan.Choose(queryPhases, stylePhases, share, team.Count);
        team.Run(main.Count + strips.StyleUnits + strips.QueryUnits, (id, unit) =>
        {
            var worker = workers[id];
            if (unit < main.Count)
            {
                main[unit](worker);
            }
            else if (unit < main.Count + strips.StyleUnits)
            {
                worker.MatchStyleStrip(map, size, Cut(queryPhases.PatchRows, strips.StyleUnits, unit - main.Count), ct);
            }
            else
            {
                worker.MatchQueryStrip(
                    map, size, Cut(queryPhases.Strip.Length, strips.QueryUnits, unit - main.Count - strips.StyleUnits), ct);
            }
        });
        return true;
    }

    private static bool IsSettled(StyleMap map, MatchCertificates certificates)
    {
        foreach (var block in certificates.Blocks(map))
            if (certificates.Uncertain(block).Length > 0) return false;
        return true;
    }

    // All lattice patches against each other.
    private List<Action<FusedWorker>> Everything(
        StyleMap map, PatchOffsets offsets, MatchCertificates? certificates, CancellationToken ct)
    {
        var plan = BandPlan.Choose(
            queryPhases.PatchRows, queryPhases.Columns, queryPhases.Halo, stylePhases.PatchRows, stylePhases.Columns, stylePhases.Halo,
            offsets.Pairs.Length, team.Count, memory / sizeof(float));

        // No block of a certificate is cut: two threads would note its angles.
        var together = certificates?.BlockRows(map) ?? 1;
        var rows = (stylePhases.PatchRows + together - 1) / together;
        var units = new List<Action<FusedWorker>>();
        for (var run = 0; run < plan.Runs; run++)
        {
            var queries = Cut(queryPhases.PatchRows, plan.Runs, run);
            for (var part = 0; part < plan.Blocks; part++)
            {
                var (from, to) = Cut(rows, plan.Blocks, part);
                var styles = (from * together, Math.Min(to * together, stylePhases.PatchRows));
                if (from < to) units.Add(worker => worker.MatchLattice(map, offsets, plan, queries, styles, ct));
            }
        }

        return units;
    }

    // Lattice patches against the blocks that may have something for them.
    private List<Action<FusedWorker>> Uncertain(
        StyleMap map, PatchOffsets offsets, long floats, MatchCertificates certificates, CancellationToken ct)
    {
        var units = new List<Action<FusedWorker>>();
        foreach (var block in certificates.Blocks(map))
        {
            var count = certificates.Uncertain(block).Length;
            if (count == 0) continue;
            var reach = queryPhases.Halo + 1;
            var cells = Math.Min((long)count * reach * reach, queryPhases.Rows * queryPhases.Columns);
            var each = offsets.Pairs.Length * BandPlan.RowStride((block.To - block.From + stylePhases.Halo) * stylePhases.Columns);
            var parts = (int)Math.Clamp(((cells * each) + floats - 1) / floats, 1, count);
            for (var part = 0; part < parts; part++)
            {
                var some = Cut(count, parts, part);
                units.Add(worker => worker.MatchBlock(map, offsets, block, some, ct));
            }
        }

        return units;
    }

    private static (int From, int To) Cut(int length, int parts, int part) =>
        ((int)((long)length * part / parts), (int)((long)length * (part + 1) / parts));

    /// <summary>How the patches off the lattices are shared out.</summary>
    private readonly record struct StripPlan(int StyleUnits, int QueryUnits)
    {
        internal static StripPlan Choose(PhaseMap query, PhaseMap style, long floats, int threads)
        {
            var queryRow = query.Columns * BandPlan.RowStride(style.Strip.Length);
            var styleUnits = style.Strip.Length == 0 ? 0 : Units(query.PatchRows, queryRow);
            var styleRow = BandPlan.RowStride((long)style.PatchRows * style.Columns);
            var queryUnits = query.Strip.Length == 0 ? 0 : Units(query.Strip.Length, styleRow);
            return new StripPlan(styleUnits, queryUnits);

            int Units(int rows, long rowFloats)
            {
                // Few and large, so that the matrix products are worth their packing.
                var atOnce = Math.Max(1, floats / rowFloats);
                return (int)Math.Clamp((rows + atOnce - 1) / atOnce, Math.Min(rows, threads), rows);
            }
        }
    }
}
