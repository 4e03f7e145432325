using CnnMrf.Engine.Patches;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Matching;

/// <summary>One thread's part in a match: its products, and the best it has seen for every query patch.</summary>
internal sealed unsafe class FusedWorker : IDisposable
{
    // The rows of products that neighbouring queries share should stay in the second-level cache from one query row to the next.
    private const int CachedFloats = 512 * 1024 / sizeof(float);

    private readonly FloatBuffer products = new();
    private readonly FloatBuffer laneScores = new();
    private readonly FloatBuffer laneNumbers = new();
    private readonly Candidates candidates = new();
    private PatchGrid grid = null!;
    private double[] inverseNorms = [];
    private PhaseMap query = null!;
    private PhaseMap style = null!;
    private float rootWeight;
    private float[] bestScore = [];
    private int[] bestIndex = [];

    /// <summary>What was found for a query patch: −∞ where nothing could win.</summary>
    internal (float Score, int Index) Best(int queryPatch) => (bestScore[queryPatch], bestIndex[queryPatch]);

    internal void Begin(PatchGrid queryGrid, double[] queryInverseNorms, PhaseMap queryPhases, PhaseMap stylePhases, double positionWeight)
    {
        grid = queryGrid;
        inverseNorms = queryInverseNorms;
        query = queryPhases;
        style = stylePhases;
        rootWeight = (float)Math.Sqrt(positionWeight);
        if (bestScore.Length != grid.Count)
        {
            bestScore = new float[grid.Count];
            bestIndex = new int[grid.Count];
        }

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
        var rows = run.To - run.From + query.Halo;
        var done = 0;
        for (var from = 0; from < rows; from += plan.Band)
        {
            ct.ThrowIfCancellationRequested();
            var count = Math.Min(plan.Band, rows - from);
            for (var pair = 0; pair < offsets.Pairs.Length; pair++)
            {
                var (y, x) = offsets.Pairs[pair];
                using var a = query.Phase(y, x, (run.From + from) * query.Columns, count * query.Columns);
                using var b = style.Phase(y, x, block.From * style.Columns, columns);
                var offset = (pair * ring.Floats) + ring.Row(from);
                using var target = products.View(offset, count * query.Columns, columns, stride);
                Multiply(target, a, b, add: false);
            }

            var ready = from + count - query.Halo;
            if (ready <= done) continue;
            ScanBand(offsets, ring, run.From, done, ready);
            done = ready;
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
        laneScores.Dispose();
        laneNumbers.Dispose();
        candidates.Dispose();
    }

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

    private void ScanBand(PatchOffsets offsets, Ring ring, int firstRow, int from, int to)
    {
        var patches = query.PatchColumns;
        var queries = (to - from) * patches;
        var scores = laneScores.Ensure(queries * ScoreScan.Lanes);
        var numbers = (int*)laneNumbers.Ensure(queries * ScoreScan.Lanes);
        ScoreScan.Reset(scores, numbers, queries);
        var cells = offsets.Cells;
        var lineStarts = stackalloc float*[cells.Length];
        var sources = stackalloc float*[cells.Length];
        var chunk = CachedFloats / ((query.Halo + 1) * query.Columns * offsets.Pairs.Length) / ScoreScan.Step * ScoreScan.Step;
        chunk = Math.Max(chunk, 2 * ScoreScan.Step);
        for (var start = 0; start < candidates.Count; start += chunk)
        {
            var end = Math.Min(start + chunk, candidates.Count);
            for (var row = from; row < to; row++)
            {
                for (var i = 0; i < cells.Length; i++)
                {
                    var cell = cells[i];
                    lineStarts[i] = products.Pointer + (cell.Pair * ring.Floats) + ring.Row(row + cell.Row) + (cell.Column * ring.Stride) + cell.Shift;
                }

                for (var column = 0; column < patches; column++)
                {
                    for (var i = 0; i < cells.Length; i++) sources[i] = lineStarts[i] + (column * ring.Stride);
                    var lanes = (((row - from) * patches) + column) * ScoreScan.Lanes;
                    ScoreScan.Run(
                        sources, cells.Length, start, end, candidates.Weight, candidates.Bias, PositionOf(query.Patch(firstRow + row, column)),
                        scores + lanes, numbers + lanes);
                }
            }
        }

        for (var i = 0; i < queries; i++)
        {
            var (row, column) = Math.DivRem(i, patches);
            Keep(query.Patch(firstRow + from + row, column), scores + (i * ScoreScan.Lanes), numbers + (i * ScoreScan.Lanes));
        }
    }

    private void ScanRow(long row, long stride, int patch)
    {
        var scores = stackalloc float[ScoreScan.Lanes];
        var numbers = stackalloc int[ScoreScan.Lanes];
        ScoreScan.Reset(scores, numbers, 1);
        var source = products.Pointer + (row * stride);
        ScoreScan.Run(
            &source, 1, 0, candidates.Count, candidates.Weight, candidates.Bias, PositionOf(patch), scores, numbers);
        Keep(patch, scores, numbers);
    }

    private ScoreScan.Position PositionOf(int patch)
    {
        if (rootWeight == 0) return default;
        var (x, y) = grid.Centre(patch);
        return new ScoreScan.Position(
            (nint)candidates.X, (nint)candidates.Y, (float)(rootWeight * x), (float)(rootWeight * y), (float)inverseNorms[patch]);
    }

    private void Keep(int patch, float* scores, int* numbers)
    {
        var (score, place) = ScoreScan.Reduce(scores, numbers);
        if (float.IsNegativeInfinity(score)) return;
        var j = candidates.Number(place);
        if (score < bestScore[patch] || (score == bestScore[patch] && j > bestIndex[patch])) return;
        bestScore[patch] = score;
        bestIndex[patch] = j;
    }

    /// <summary>Lattice rows of products, in turn in the same places.</summary>
    private readonly record struct Ring(int Rows, int Width, long Stride)
    {
        internal long Floats => (Rows * Width * Stride) + (4 * ScoreScan.Step);

        internal long Row(int row) => row % Rows * Width * Stride;
    }
}
