using System.Numerics.Tensors;
using CnnMrf.Engine.Arithmetic;
using CnnMrf.Engine.Patches;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Matching;

/// <summary>
/// Asks the field of matches to hold together: a query is matched with the patch of highest preference · NCC − λ·Δ² + κ·(how many of its
/// four neighbours are matched with the same displacement in the same style copy). That is a Markov random field with Potts terms over
/// displacements; from the best matches it is improved by iterated conditional modes (Besag 1986), in which a query is offered its
/// neighbours' displacements, there and back over the grid, as in image quilting by coherence (Ashikhmin 2001). Not in the paper, whose κ
/// is 0.
/// </summary>
internal static class Coherence
{
    private const int Sweeps = 4;

    /// <summary>The field after the sweeps; the same for any number of threads.</summary>
    /// <param name="field">The best matches, each query on its own.</param>
    /// <param name="query">What was matched.</param>
    /// <param name="pool">The style patches.</param>
    /// <param name="options">How they are picked.</param>
    /// <param name="ct">Looked at once a row.</param>
    public static PatchField Improve(PatchField field, in MatchQuery query, StylePool pool, MatchOptions options, CancellationToken ct)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var sweep = new Sweep(field, query, pool, options);
        for (var n = 0; n < Sweeps && sweep.Run(forwards: n % 2 == 0, ct); n++)
        {
        }

        return sweep.Result;
    }

    // Where they are, or a copy that the caller's scope keeps.
    private static unsafe nint Values(FeatureMap map) => (nint)FloatBuffer.PointerTo(map.Values.to(ScalarType.Float32).cpu().contiguous());

    private static unsafe ReadOnlySpan<float> Cell(nint cells, long cell, int channels) => new((float*)cells + (cell * channels), channels);

    /// <summary>A copy of a style as the sweeps need it.</summary>
    private sealed class Style(StyleMap map)
    {
        private readonly int[] _rows = Places(map.Grid.Rows, map.Grid.MapHeight);
        private readonly int[] _columns = Places(map.Grid.Columns, map.Grid.MapWidth);

        public StyleMap Map => map;

        public nint Cells { get; } = Values(map.Features);

        /// <summary>The number in the pool of the patch whose corner lies at a cell; −1 where none may be picked.</summary>
        public int At(int row, int column)
        {
            if ((uint)row >= (uint)_rows.Length || (uint)column >= (uint)_columns.Length || _rows[row] < 0 || _columns[column] < 0)
            {
                return -1;
            }

            var patch = (_rows[row] * map.Grid.Columns.Length) + _columns[column];
            return map.Weight(patch) == 0 ? -1 : map.FirstIndex + patch;
        }

        private static int[] Places(ReadOnlySpan<int> corners, int length)
        {
            var places = new int[length];
            Array.Fill(places, -1);
            for (var i = 0; i < corners.Length; i++)
            {
                places[corners[i]] = i;
            }

            return places;
        }
    }

    private sealed class Sweep
    {
        private readonly PatchGrid _grid;
        private readonly StylePool _pool;
        private readonly MatchOptions _options;
        private readonly PositionTerm _position;
        private readonly Style[] _styles;
        private readonly nint _cells;
        private readonly double[] _inverseNorms;
        private readonly int _channels;
        private readonly int[] _index;
        private readonly float[] _score;
        private readonly double[] _utility;
        private readonly (int Style, int Row, int Column)[] _shift;
        private readonly int _rows;
        private readonly int _columns;

        public Sweep(PatchField field, in MatchQuery query, StylePool pool, MatchOptions options)
        {
            (_grid, _pool, _options, _position) = (field.Grid, pool, options, new(field.Grid, options));
            _styles = [.. pool.Select(m => new Style(m))];
            _cells = Values(query.Map);
            _inverseNorms = query.InverseNorms;
            _channels = query.Map.Channels;
            (_rows, _columns) = (_grid.Rows.Length, _grid.Columns.Length);
            _index = [.. field.Index];
            _score = [.. field.Score];
            _shift = new (int, int, int)[_index.Length];
            _utility = new double[_index.Length];
            for (var i = 0; i < _index.Length; i++)
            {
                var (row, column) = _grid.Corner(i);
                var (map, styleRow, styleColumn) = pool.Locate(_index[i]);
                _shift[i] = (map.Position, styleRow - row, styleColumn - column);
                _utility[i] = Utility(i, _index[i], out _);
            }
        }

        public PatchField Result => new(_grid, _index, _score);

        public bool Run(bool forwards, CancellationToken ct)
        {
            var changed = false;
            for (var n = 0; n < _index.Length; n++)
            {
                if (n % _columns == 0)
                {
                    ct.ThrowIfCancellationRequested();
                }

                changed |= Improve(forwards ? n : _index.Length - 1 - n);
            }

            return changed;
        }

        private bool Improve(int i)
        {
            var (row, column) = _grid.Corner(i);
            var best = _utility[i] + (_options.Coherence * Agreeing(i, _shift[i]));
            var changed = false;
            Span<int> neighbours = stackalloc int[4];
            var count = Neighbours(i, neighbours);
            for (var n = 0; n < count; n++)
            {
                var shift = _shift[neighbours[n]];
                if (shift == _shift[i])
                {
                    continue;
                }

                var candidate = _styles[shift.Style].At(row + shift.Row, column + shift.Column);
                if (candidate < 0 || !Offered(i, candidate, _styles[shift.Style].Map))
                {
                    continue;
                }

                var utility = Utility(i, candidate, out var ncc);
                var total = utility + (_options.Coherence * Agreeing(i, shift));
                if (total > best)
                {
                    best = total;
                    (_index[i], _score[i], _utility[i], _shift[i]) = (candidate, (float)ncc, utility, shift);
                    changed = true;
                }
            }

            return changed;
        }

        private bool Offered(int i, int candidate, StyleMap map) =>
            _options.Classes is not { } classes || map.Offers(candidate - map.FirstIndex, classes[i]);

        private int Agreeing(int i, (int Style, int Row, int Column) shift)
        {
            Span<int> neighbours = stackalloc int[4];
            var agreeing = 0;
            foreach (var n in neighbours[..Neighbours(i, neighbours)])
            {
                agreeing += _shift[n] == shift ? 1 : 0;
            }

            return agreeing;
        }

        private int Neighbours(int i, Span<int> neighbours)
        {
            var (row, column) = Math.DivRem(i, _columns);
            var count = 0;
            if (column > 0) neighbours[count++] = i - 1;
            if (row > 0) neighbours[count++] = i - _columns;
            if (column < _columns - 1) neighbours[count++] = i + 1;
            if (row < _rows - 1) neighbours[count++] = i + _columns;
            return count;
        }

        private double Utility(int i, int j, out double ncc)
        {
            var (map, styleRow, styleColumn) = _pool.Locate(j);
            var (row, column) = _grid.Corner(i);
            var style = _styles[map.Position].Cells;
            var product = 0.0;
            for (var y = 0; y < _grid.Size; y++)
            {
                var line = (row + y) % _grid.MapHeight * _grid.MapWidth;
                for (var x = 0; x < _grid.Size; x++)
                {
                    var cell = line + ((column + x) % _grid.MapWidth);
                    var styleCell = ((styleRow + y) * map.Grid.MapWidth) + styleColumn + x;
                    product += TensorPrimitives.Dot(Cell(_cells, cell, _channels), Cell(style, styleCell, _channels));
                }
            }

            ncc = product * _inverseNorms[i] * map.InverseNorms[j - map.FirstIndex];
            return (ncc * map.Preference) - _position.Of(row, column, map, styleRow, styleColumn);
        }
    }
}
