using CnnMrf.Engine.Native;
using CnnMrf.Engine.Patches;
using CnnMrf.Engine.Places;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Matching;

/// <summary>
/// The definition, in plain tensor operations: for any type and device, any strides. Some queries at a time are correlated with every patch
/// of a style map, one cell of the patch after the other, so that memory is bounded. What stays the same over a level is brought to the
/// device once, and the matches are fetched from it once. <see cref="FusedMatcher"/> is tested against it.
/// </summary>
public sealed class PlainMatcher : IPatchMatcher
{
    // A CPU wants them in its cache; a GPU has thousands of processors to keep busy, and gigabytes.
    private const long ScoresAtOnce = 8L << 20;
    private const long ScoresAtOnceOfGpu = 128L << 20;

    // A level matches at few layers.
    private const int MostKept = 4;

    private readonly Recent<Layout> kept = new(MostKept);

    /// <inheritdoc/>
    public PatchField Match(
        FeatureMap query, PatchGrid queryGrid, StylePool pool, MatchOptions options, CancellationToken ct = default)
    {
        PatchMatchers.Check(query, queryGrid, pool, options);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var type = query.Values.dtype;
        var device = query.Values.device;
        using var sought = new MatchQuery(query, queryGrid, options.Guide);
        var inverseNorms = tensor(sought.InverseNorms, dtype: type, device: device).unsqueeze(1);
        var queries = Cells(sought.Map);
        var layout = LayoutOf(queryGrid, pool, options, type, device);
        var (indices, scores) = (new List<Tensor>(), new List<Tensor>());
        var lowest = PatchMatchers.Lowest(pool, options.Classes);
        layout.AtOnce = Pieces.Run(queryGrid.Count, layout.AtOnce, (start, count) =>
        {
            using var pieceScope = NewDisposeScope();
            var best = full([count], Scalars.Of(double.NegativeInfinity), type, device);
            var labels = options.Classes is { } classes ? classes.Skip(start).Take(count).ToArray() : null;
            var bestIndex = labels is null ? zeros([count], int64, device)
                : tensor(labels.Select(l => (long)lowest[l]).ToArray(), device: device);
            var bestNcc = zeros([count], type, device);
            foreach (var map in pool)
            {
                ct.ThrowIfCancellationRequested();
                using var mapScope = NewDisposeScope();
                var (styleCells, weight, λ, expected, centres) = layout.Styles[map.Position];
                var values = Cells(map.Features);
                var sum = zeros([count, map.Grid.Count], type, device);
                for (var cell = 0; cell < styleCells.Length; cell++)
                {
                    using var cellScope = NewDisposeScope();
                    var a = queries.index_select(0, layout.Query[cell].narrow(0, start, count));
                    var b = values.index_select(0, styleCells[cell]);
                    sum.Accumulate(a.mm(b.t()));
                }

                var ncc = sum.mul_(weight).mul_(inverseNorms.narrow(0, start, count));
                var total = ncc * Scalars.Of(map.Preference);
                if (λ > 0) Subtract(total, λ, expected!.narrow(1, start, count), centres!);
                total = total.masked_fill((weight * Scalars.Of(map.Preference)).eq(Scalars.Of(0)), Scalars.Of(double.NegativeInfinity));
                if (labels is not null) total = total.masked_fill(Barred(map, labels, device), Scalars.Of(double.NegativeInfinity));

                // argmax gives the first of equals, and a later map must be better: ties go to the lowest j.
                var winner = total.argmax(1, keepdim: true);
                var won = total.gather(1, winner).squeeze(1);
                var better = won > best;
                best = where(better, won, best).MoveToOuterDisposeScope();
                bestIndex = where(better, winner.squeeze(1).Plus(map.FirstIndex), bestIndex).MoveToOuterDisposeScope();
                bestNcc = where(better, ncc.gather(1, winner).squeeze(1), bestNcc).MoveToOuterDisposeScope();
            }

            var (index, score) = (bestIndex.to(int32), bestNcc.to(float32));
            indices.Add(index.MoveToOuterDisposeScope());
            scores.Add(score.MoveToOuterDisposeScope());
        });

        var field = new PatchField(
            queryGrid, cat(indices, 0).cpu().data<int>().ToArray(), cat(scores, 0).cpu().data<float>().ToArray());
        return PatchMatchers.Held(field, sought, pool, options, ct);
    }

    /// <inheritdoc/>
    public void Dispose() => kept.Dispose();

    // λ·Δ² off the scores: [queries, style patches]; centres are [2, patches].
    private static void Subtract(Tensor scores, double λ, Tensor expected, Tensor centres)
    {
        for (var axis = 0; axis < 2; axis++)
        {
            using var scope = NewDisposeScope();
            _ = scores.sub_((expected[axis].unsqueeze(1) - centres[axis]).Squared().mul_(Scalars.Of(λ)));
        }
    }

    private Layout LayoutOf(PatchGrid grid, StylePool pool, MatchOptions options, ScalarType type, Device device) =>
        kept.Get(one => one.IsOf(grid, pool, options), () =>
        {
            var atOnce = (device.type == TorchSharp.DeviceType.CPU ? ScoresAtOnce : ScoresAtOnceOfGpu) / pool.Max(map => map.Grid.Count);
            return new(grid, pool, options, type, device) { AtOnce = (int)Math.Clamp(atOnce, 1, grid.Count) };
        });

    // [queries, style patches]: those that are of another class.
    private static Tensor Barred(StyleMap map, byte[] labels, Device device)
    {
        var classes = labels.Distinct().ToArray();
        var barred = new bool[classes.Length, map.Grid.Count];
        for (var k = 0; k < classes.Length; k++)
        {
            for (var j = 0; j < map.Grid.Count; j++) barred[k, j] = !map.Offers(j, classes[k]);
        }

        var rows = labels.Select(l => (long)Array.IndexOf(classes, l)).ToArray();
        return tensor(barred, device: device).index_select(0, tensor(rows, device: device));
    }

    private static Tensor Cells(FeatureMap map) => map.Values.view(-1, map.Channels);

    /// <summary>Where the patches of a query and of the style are, on the device, and how many queries are correlated at a time.</summary>
    private sealed class Layout : IDisposable
    {
        private readonly PatchGrid grid;
        private readonly StylePool pool;
        private readonly (double Weight, PartPlaces? Places) position;

        internal Layout(PatchGrid grid, StylePool pool, MatchOptions options, ScalarType type, Device device)
        {
            (this.grid, this.pool, position) = (grid, pool, (options.PositionWeight, options.Places));
            using var own = NewDisposeScope();
            var term = new PositionTerm(grid, options);
            Query = CellsOf(grid, device);
            Styles = [.. pool.Select(map =>
            {
                var λ = term.Weight(map);
                return new StylePlaces(
                    CellsOf(map.Grid, device), tensor(map.InverseNorms.ToArray(), dtype: type, device: device), λ,
                    λ > 0 ? Centres(grid, (row, column) => term.Expected(row, column, map)) : null,
                    λ > 0 ? Centres(map.Grid, (row, column) => (map.Grid.CentreX(column), map.Grid.CentreY(row))) : null);
            })];
            own.Detach(All);

            Tensor Centres(PatchGrid patches, Func<int, int, (double X, double Y)> centre)
            {
                var places = Enumerable.Range(0, patches.Count).Select(patches.Corner).Select(c => centre(c.Row, c.Column)).ToArray();
                return tensor(
                    places.Select(p => p.X).Concat(places.Select(p => p.Y)).ToArray(), [2, places.Length], dtype: type, device: device);
            }
        }

        /// <summary>For each cell of a patch, row by row, which cell of the map it is of every patch.</summary>
        internal Tensor[] Query { get; }

        internal StylePlaces[] Styles { get; }

        internal int AtOnce { get; set; }

        private IEnumerable<Tensor> All => Query.Concat(Styles.SelectMany(s => (Tensor?[])[.. s.Cells, s.Weight, s.Expected, s.Centres]))
            .OfType<Tensor>();

        internal bool IsOf(PatchGrid otherGrid, StylePool otherPool, MatchOptions options) =>
            ReferenceEquals(grid, otherGrid) && ReferenceEquals(pool, otherPool) && position.Weight == options.PositionWeight
            && ReferenceEquals(position.Places, options.Places);

        public void Dispose()
        {
            foreach (var one in All) one.Dispose();
        }

        private static Tensor[] CellsOf(PatchGrid grid, Device device)
        {
            var all = new Tensor[grid.Size * grid.Size];
            for (var cell = 0; cell < all.Length; cell++)
            {
                var (y, x) = Math.DivRem(cell, grid.Size);
                var cells = new long[grid.Count];
                for (var i = 0; i < cells.Length; i++)
                {
                    var (row, column) = grid.Corner(i);
                    cells[i] = ((long)((row + y) % grid.MapHeight) * grid.MapWidth) + ((column + x) % grid.MapWidth);
                }

                all[cell] = tensor(cells, device: device);
            }

            return all;
        }
    }

    /// <summary>A style map's patches.</summary>
    /// <param name="Cells">As those of the query.</param>
    /// <param name="Weight">Their inverse norms.</param>
    /// <param name="Position">λ.</param>
    /// <param name="Expected">Where the queries' matches are expected: [2, queries].</param>
    /// <param name="Centres">Where the patches are: [2, patches].</param>
    private sealed record StylePlaces(Tensor[] Cells, Tensor Weight, double Position, Tensor? Expected, Tensor? Centres);
}
