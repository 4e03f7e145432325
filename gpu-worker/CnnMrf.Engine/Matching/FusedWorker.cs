using CnnMrf.Engine.Arithmetic;
using CnnMrf.Engine.Patches;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Matching;

/// <summary>One thread's part in a match: its products, and the best it has seen for every query patch.</summary>
internal sealed unsafe class FusedWorker : IDisposable
{
    // The rows of products that neighbouring queries share should stay in the second-level cache from one query row to the next.
    private const int CachedFloats = 512 * 1024 / sizeof(float);

    // Of one scan. Where more come so near, as in flat areas, they are all but equal, and the first ones are here.
    private const int MostRivals = 8;

    private readonly FloatBuffer products = new();
    private readonly FloatBuffer packed = new();
    private readonly FloatBuffer states = new();
    private readonly FloatBuffer gathered = new();
    private readonly CellSet cells = new();
    private readonly Candidates candidates = new();
    private PatchGrid grid = null!;
    private double[] inverseNorms = [];
    private PhaseMap query = null!;
    private PhaseMap style = null!;
    private PositionTerm position;
    private StyleMap searched = null!;
    private float rootWeight;
    private float margin;
    private float[] bestScore = [];
    private int[] bestIndex = [];
    private IReadOnlyList<byte>? classes;
    private MatchCertificates? certificates;

    /// <summary>Patches that scored within the margin of a best one of <see cref="Best"/>, then or now.</summary>
    internal List<Rival> Rivals { get; } = [];

    /// <summary>What was found for a query patch in the present style map: −∞ where nothing could win.</summary>
    internal (float Score, int Index) Best(int queryPatch) => (bestScore[queryPatch], bestIndex[queryPatch]);

    internal void Begin(
        PatchGrid queryGrid, double[] queryInverseNorms, PhaseMap queryPhases, PhaseMap stylePhases,
        MatchOptions options, float rivalMargin, MatchCertificates? matchCertificates)
    {
        certificates = matchCertificates;
        classes = options.Classes;
        candidates.Classes = classes is null ? 1 : classes.Max() + 1;
        grid = queryGrid;
        inverseNorms = queryInverseNorms;
        query = queryPhases;
        style = stylePhases;
        position = new(queryGrid, options);
        margin = rivalMargin;
        if (bestScore.Length != grid.Count)
        {
            bestScore = new float[grid.Count];
            bestIndex = new int[grid.Count];
        }
    }

    /// <summary>Forgets the style map before.</summary>
    internal void BeginMap(StyleMap next)
    {
        searched = next;
        rootWeight = (float)Math.Sqrt(position.Weight(next));
        Rivals.Clear();
        Array.Fill(bestScore, float.NegativeInfinity);
        Array.Clear(bestIndex);
    }

    /// <summary>Lattice patches of some query rows against lattice patches of some style rows.</summary>
    internal void MatchLattice(
        StyleMap map, PatchOffsets offsets, BandPlan plan, (int From, int To) run, (int From, int To) block, CancellationToken ct)
    {
        candidates.Lattice(map, style, block.From, block.To, rootWeight);
        var columns = (block.To - block.From + style.Halo) * style.Columns;
        var stride = BandPlan.RowStride(columns);
        var ring = new Ring(plan.Band * plan.Bands, query.Columns, stride);
        products.Ensure(ring.Floats * offsets.Pairs.Length);
        Pack(offsets, block.From * style.Columns, columns, map.Features.Channels);
        var rows = run.To - run.From + query.Halo;
        var done = 0;
        for (var from = 0; from < rows; from += plan.Band)
        {
            ct.ThrowIfCancellationRequested();
            var count = Math.Min(plan.Band, rows - from);
            for (var pair = 0; pair < offsets.Pairs.Length; pair++)
            {
                var (y, x) = offsets.Pairs[pair];
                var (first, target) = ((run.From + from) * query.Columns, (pair * ring.Floats) + ring.Row(from));
                if (MatrixKernel.IsSupported)
                {
                    Multiply(query.Cells(y, x, first), pair, target, stride, count * query.Columns, columns, map.Features.Channels);
                    continue;
                }

                using var a = query.Phase(y, x, first, count * query.Columns);
                using var b = style.Phase(y, x, block.From * style.Columns, columns);
                using var c = products.View(target, count * query.Columns, columns, stride);
                Multiply(c, a, b, add: false);
            }

            var ready = from + count - query.Halo;
            if (ready <= done) continue;
            ScanBand(map, block, offsets, ring, run.From, done, ready);
            done = ready;
        }
    }

    /// <summary>Some of the queries that a block of style rows may have something for, against the block.</summary>
    internal void MatchBlock(
        StyleMap map, PatchOffsets offsets, MatchCertificates.Block block, (int From, int To) part, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var queries = certificates!.Uncertain(block)[part.From..part.To];
        candidates.Lattice(map, style, block.From, block.To, rootWeight);
        cells.Clear(query.Rows * query.Columns);
        foreach (var patch in queries)
        {
            var (row, column) = Math.DivRem(patch, grid.Columns.Length);
            cells.Add(row, column, query.Halo, query.Columns);
        }

        // Only cells of these queries are multiplied, each once.
        var channels = map.Features.Channels;
        var columns = (block.To - block.From + style.Halo) * style.Columns;
        var stride = BandPlan.RowStride(columns);
        var size = (cells.Count * stride) + (4 * ScoreScan.Step);
        products.Ensure(size * offsets.Pairs.Length);
        gathered.Ensure((long)cells.Count * channels);
        Pack(offsets, block.From * style.Columns, columns, channels);
        using (var a = gathered.View(0, cells.Count, channels, channels))
        {
            for (var pair = 0; pair < offsets.Pairs.Length; pair++)
            {
                var (y, x) = offsets.Pairs[pair];
                query.Gather(y, x, cells.Cells, gathered.Pointer);
                if (MatrixKernel.IsSupported)
                {
                    Multiply(gathered.Pointer, pair, pair * size, stride, cells.Count, columns, channels);
                    continue;
                }

                using var b = style.Phase(y, x, block.From * style.Columns, columns);
                using var target = products.View(pair * size, cells.Count, columns, stride);
                Multiply(target, a, b, add: false);
            }
        }

        var state = stackalloc float[ScoreScan.State];
        var sources = stackalloc float*[offsets.Cells.Length];
        foreach (var patch in queries)
        {
            var (row, column) = Math.DivRem(patch, grid.Columns.Length);
            for (var i = 0; i < offsets.Cells.Length; i++)
            {
                var cell = offsets.Cells[i];
                var number = cells[((row + cell.Row) * query.Columns) + column + cell.Column];
                sources[i] = products.Pointer + (cell.Pair * size) + (number * stride) + cell.Shift;
            }

            ScoreScan.Reset(state, 1);
            ScoreScan.Run(sources, offsets.Cells.Length, 0, candidates.Count, TableOf(patch), QueryOf(patch), state);
            var (score, place, second) = ScoreScan.Reduce(state);
            if (float.IsNegativeInfinity(score)) continue;
            certificates.Note(map, block, patch, score, candidates.Number(place), second);
            Keep(patch, state, sources, offsets.Cells.Length);
        }
    }

    /// <summary>Lattice patches of some query rows against the style patches off the lattice.</summary>
    internal void MatchStyleStrip(StyleMap map, int size, (int From, int To) run, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        candidates.Strip(map, style, rootWeight);
        var count = ((run.To - run.From - 1) * query.Columns) + query.PatchColumns;
        var strip = style.Strip.Length;
        Correlate(
            size, count, strip,
            (y, x) => query.Phase(y, x, (run.From * query.Columns) + query.Shift(y, x), count),
            (y, x) => style.StripPhase(y, x, 0, strip));
        var stride = BandPlan.RowStride(strip);
        for (var row = run.From; row < run.To; row++)
        {
            for (var column = 0; column < query.PatchColumns; column++)
                ScanRow(((row - run.From) * query.Columns) + column, stride, query.Patch(row, column));
        }
    }

    /// <summary>Some query patches off the lattice against every style patch.</summary>
    internal void MatchQueryStrip(StyleMap map, int size, (int From, int To) part, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var count = part.To - part.From;
        var places = ((style.PatchRows - 1) * style.Columns) + style.PatchColumns;
        candidates.Lattice(map, style, 0, style.PatchRows, rootWeight);
        Correlate(
            size, count, places,
            (y, x) => query.StripPhase(y, x, part.From, count),
            (y, x) => style.Phase(y, x, style.Shift(y, x), places));
        for (var i = 0; i < count; i++) ScanRow(i, BandPlan.RowStride(places), query.Strip[part.From + i]);

        var strip = style.Strip.Length;
        if (strip == 0) return;
        candidates.Strip(map, style, rootWeight);
        Correlate(
            size, count, strip, (y, x) => query.StripPhase(y, x, part.From, count), (y, x) => style.StripPhase(y, x, 0, strip));
        for (var i = 0; i < count; i++) ScanRow(i, BandPlan.RowStride(strip), query.Strip[part.From + i]);
    }

    public void Dispose()
    {
        products.Dispose();
        packed.Dispose();
        states.Dispose();
        gathered.Dispose();
        candidates.Dispose();
    }

    // The style's cells of each product, as the kernel wants them.
    private void Pack(PatchOffsets offsets, int from, int columns, int channels)
    {
        if (!MatrixKernel.IsSupported) return;
        var floats = MatrixKernel.PackedFloats(channels, columns);
        packed.Ensure(floats * offsets.Pairs.Length);
        for (var pair = 0; pair < offsets.Pairs.Length; pair++)
        {
            var (y, x) = offsets.Pairs[pair];
            MatrixKernel.Pack(style.Cells(y, x, from), columns, channels, packed.Pointer + (pair * floats));
        }
    }

    private void Multiply(float* a, int pair, long target, long stride, int rows, int columns, int channels) => MatrixKernel.Multiply(
        a, channels, packed.Pointer + (pair * MatrixKernel.PackedFloats(channels, columns)), products.Pointer + target, (nint)stride,
        rows, columns, channels);

    private static void Multiply(Tensor target, Tensor a, Tensor b, bool add)
    {
        using var transposed = b.t();

        // In place: the result is the target's own handle, not one to dispose.
        _ = target.addmm_(a, transposed, beta: add ? 1 : 0, alpha: 1);
    }

    private void Correlate(int size, int rows, int columns, Func<int, int, Tensor> left, Func<int, int, Tensor> right)
    {
        var stride = BandPlan.RowStride(columns);
        products.Ensure(rows * stride);
        using var target = products.View(0, rows, columns, stride);
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                using var a = left(y, x);
                using var b = right(y, x);
                Multiply(target, a, b, add: y + x > 0);
            }
        }
    }

    private void ScanBand(
        StyleMap map, (int From, int To) block, PatchOffsets offsets, Ring ring, int firstRow, int from, int to)
    {
        var patches = query.PatchColumns;
        var queries = (to - from) * patches;
        var state = states.Ensure(queries * ScoreScan.State);
        ScoreScan.Reset(state, queries);
        var parts = offsets.Cells;
        var lineStarts = stackalloc float*[parts.Length];
        var sources = stackalloc float*[parts.Length];
        var chunk = CachedFloats / ((query.Halo + 1) * query.Columns * offsets.Pairs.Length) / ScoreScan.Step * ScoreScan.Step;
        chunk = Math.Max(chunk, 2 * ScoreScan.Step);
        var later = stackalloc float[ScoreScan.State];
        for (int start = 0, end; start < candidates.Count; start = end)
        {
            end = certificates is null ? Math.Min(start + chunk, candidates.Count) : EndOfBlock(map, start);
            var touched = certificates is null ? [] : Touched(map, block, start, end);
            for (var row = from; row < to; row++)
            {
                Sources(lineStarts, offsets, ring, row, 0);
                for (var column = 0; column < patches; column++)
                {
                    for (var i = 0; i < parts.Length; i++) sources[i] = lineStarts[i] + (column * ring.Stride);
                    var patch = query.Patch(firstRow + row, column);
                    var bests = state + ((((row - from) * patches) + column) * ScoreScan.State);
                    if (certificates is null)
                    {
                        ScoreScan.Run(sources, parts.Length, start, end, TableOf(patch), QueryOf(patch), bests);
                        continue;
                    }

                    ScoreScan.Reset(later, 1);
                    ScoreScan.Run(sources, parts.Length, start, end, TableOf(patch), QueryOf(patch), later);
                    ScoreScan.Join(bests, later);
                    var (score, place, second) = ScoreScan.Reduce(later);
                    if (float.IsNegativeInfinity(score)) continue;
                    foreach (var one in touched) certificates.Note(map, one, patch, score, candidates.Number(place), second);
                }
            }
        }

        for (var row = from; row < to; row++)
        {
            for (var column = 0; column < patches; column++, state += ScoreScan.State)
            {
                Sources(sources, offsets, ring, row, column);
                Keep(query.Patch(firstRow + row, column), state, sources, parts.Length);
            }
        }
    }

    // A scan ends at a step: the last places before it are noted for the next block, too.
    private int EndOfBlock(StyleMap map, int start)
    {
        var places = certificates!.BlockRows(map) * style.Columns;
        var end = ((start + ScoreScan.Step - 1) / places + 1) * places / ScoreScan.Step * ScoreScan.Step;
        return Math.Min(Math.Max(end, start + ScoreScan.Step), candidates.Count);
    }

    private ReadOnlySpan<MatchCertificates.Block> Touched(StyleMap map, (int From, int To) block, int start, int end)
    {
        var rows = certificates!.BlockRows(map);
        var first = (block.From + (start / style.Columns)) / rows;
        var last = Math.Min(block.To - 1, block.From + ((end - 1) / style.Columns)) / rows;
        return certificates.Blocks(map)[Math.Min(first, last)..(last + 1)];
    }

    private void Sources(float** sources, PatchOffsets offsets, Ring ring, int row, int column)
    {
        for (var i = 0; i < offsets.Cells.Length; i++)
        {
            var cell = offsets.Cells[i];
            sources[i] = products.Pointer + (cell.Pair * ring.Floats)
                + ring.Row(row + cell.Row) + ((column + cell.Column) * ring.Stride) + cell.Shift;
        }
    }

    private void ScanRow(long row, long stride, int patch)
    {
        var state = stackalloc float[ScoreScan.State];
        ScoreScan.Reset(state, 1);
        var source = products.Pointer + (row * stride);
        ScoreScan.Run(&source, 1, 0, candidates.Count, TableOf(patch), QueryOf(patch), state);
        Keep(patch, state, &source, 1);
    }

    private ScoreScan.Table TableOf(int patch) => candidates.Table(classes is null ? 0 : classes[patch]);

    private ScoreScan.Query QueryOf(int patch)
    {
        if (rootWeight == 0) return new ScoreScan.Query((float)inverseNorms[patch], 0, 0);
        var (row, column) = grid.Corner(patch);
        var (x, y) = position.Expected(row, column, searched);
        return new ScoreScan.Query((float)inverseNorms[patch], (float)(rootWeight * x), (float)(rootWeight * y));
    }

    /// <summary>Keeps the best of a scan, and whatever comes so near to it that rounding may have decided.</summary>
    private void Keep(int patch, float* state, float** sources, int count)
    {
        var (score, place, second) = ScoreScan.Reduce(state);
        if (float.IsNegativeInfinity(score) || score < bestScore[patch] - margin) return;
        Offer(patch, score, candidates.Number(place));
        if (second < score - margin) return;
        Span<(int Place, float Score)> found = stackalloc (int, float)[MostRivals];
        var rivals = ScoreScan.Collect(
            sources, count, candidates.Count, TableOf(patch), QueryOf(patch), score - margin, found);
        foreach (var rival in found[..rivals])
        {
            if (rival.Place != place) Rivals.Add(new Rival(patch, candidates.Number(rival.Place), rival.Score));
        }
    }

    private void Offer(int patch, float score, int j)
    {
        var (oldScore, old) = Best(patch);
        var better = score > oldScore || (score == oldScore && j < old);
        if (better) (bestScore[patch], bestIndex[patch]) = (score, j);

        // −∞ minus −∞ is not a number: the first offer has no rival.
        if (Math.Abs(score - oldScore) <= margin) Rivals.Add(better ? new Rival(patch, old, oldScore) : new Rival(patch, j, score));
    }

    /// <summary>A style patch that may be better than the best one in truth.</summary>
    internal readonly record struct Rival(int QueryPatch, int Index, float Score);

    /// <summary>Lattice rows of products, in turn in the same places.</summary>
    private readonly record struct Ring(int Rows, int Width, long Stride)
    {
        internal long Floats => (Rows * Width * Stride) + (4 * ScoreScan.Step);

        internal long Row(int row) => row % Rows * Width * Stride;
    }
}
