using System.Numerics;
using System.Numerics.Tensors;
using CnnMrf.Engine.Arithmetic;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace CnnMrf.Engine.Energies;

/// <summary>What a pull of patches came to.</summary>
/// <param name="Raw">Σ_i ‖Ψ_i(Φ(X)) − Ψ_NN(i)(Φ(Xs))‖².</param>
/// <param name="Averaged">Σ_p (1/c_p)·Σ_{i∋p} (Φ_p − Ψ_NN(i),p)², c_p patches over cell p.</param>
/// <param name="Gradient">Of the one that was asked for, by Φ: [H, W, C].</param>
internal readonly record struct Pull(double Raw, double Averaged, Tensor Gradient);

/// <summary>
/// The MRF energy of one layer and its gradient by the features (DESIGN §1): with NN fixed an overlap-add of patch differences,
/// ∂E/∂Φ(p) = 2·Σ_{i∋p} (Φ(p) − Ψ_NN(i),p). Gathered per cell, so no patch tensor exists and no two threads write to one place.
/// </summary>
internal sealed class PatchPull : IDisposable
{
    private readonly int _zoom;
    private readonly int _size;
    private readonly int[][] _rowsOver;
    private readonly int[][] _columnsOver;
    private readonly int[] _rows;
    private readonly int[] _columns;
    private readonly TensorPull _elsewhere;

    /// <summary>
    /// Lays the patches of a grid over a map that is <paramref name="zoom"/> times finer than the grid's own (1: its own).
    /// </summary>
    public PatchPull(PatchGrid grid, int height, int width, int zoom = 1)
    {
        _zoom = zoom;
        _size = grid.Size * zoom;
        _rows = [.. grid.Rows.ToArray().Select(r => r * zoom)];
        _columns = [.. grid.Columns.ToArray().Select(c => c * zoom)];
        _rowsOver = Over(_rows, height, grid.Wraps);
        _columnsOver = Over(_columns, width, grid.Wraps);
        _elsewhere = new(_rows, _columns, _size);
    }

    /// <summary>Energy and gradient under a field of matches.</summary>
    /// <param name="query">Φ(X), of the size given to the constructor.</param>
    /// <param name="styles">Φ(Xs) of each map of the pool, at the layer pulled.</param>
    /// <param name="pool">The pool that the field's indices belong to.</param>
    /// <param name="field">The matches.</param>
    /// <param name="averaged">Whose gradient: of the averaged sum, else of the raw one.</param>
    /// <param name="threshold">Patches of lesser NCC pull nothing.</param>
    /// <param name="threads">Threads.</param>
    public Pull Evaluate(
        FeatureMap query, IReadOnlyList<FeatureMap> styles, StylePool pool, PatchField field, bool averaged, double threshold, int threads)
    {
        if (query.Values.device_type != DeviceType.CPU)
        {
            return EvaluateByTensors(query, styles, pool, field, averaged, threshold);
        }

        return query.Values.dtype == ScalarType.Float64
            ? Evaluate<double>(query, styles, pool, field, averaged, threshold, threads)
            : Evaluate<float>(query, styles, pool, field, averaged, threshold, threads);
    }

    /// <summary>The same in tensor operations, on any device.</summary>
    /// <inheritdoc cref="Evaluate(FeatureMap, IReadOnlyList{FeatureMap}, StylePool, PatchField, bool, double, int)"/>
    internal Pull EvaluateByTensors(
        FeatureMap query, IReadOnlyList<FeatureMap> styles, StylePool pool, PatchField field, bool averaged, double threshold) =>
        _elsewhere.Evaluate(query, styles, [.. field.Index.Select((j, i) => field.Score[i] < threshold ? null : Match(pool, j))], averaged);

    /// <inheritdoc/>
    public void Dispose() => _elsewhere.Dispose();

    private (int Map, int Row, int Column)? Match(StylePool pool, int patch)
    {
        var (map, row, column) = pool.Locate(patch);
        return (map.Position, row * _zoom, column * _zoom);
    }

    private unsafe Pull Evaluate<T>(
        FeatureMap query, IReadOnlyList<FeatureMap> styles, StylePool pool, PatchField field, bool averaged, double threshold, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (height, width, channels) = (query.Height, query.Width, query.Channels);
        var gradient = empty([height, width, channels], query.Values.dtype);

        // Where patch i's match starts, and the row pitch there. Cells of a patch that pulls nothing have no source.
        var bases = styles.Select(s => (nint)FloatBuffer.PointerTo<T>(s.Values)).ToArray();
        var widths = styles.Select(s => s.Width).ToArray();
        var starts = new nint[field.Index.Length];
        var pitches = new int[field.Index.Length];
        for (var i = 0; i < starts.Length; i++)
        {
            if (field.Score[i] < threshold)
            {
                continue;
            }

            var (map, row, column) = pool.Locate(field.Index[i]);
            var m = map.Position;
            pitches[i] = widths[m] * channels;
            starts[i] = bases[m] + ((((nint)row * _zoom * widths[m]) + ((nint)column * _zoom)) * channels * sizeof(T));
        }

        var (phi, g) = ((nint)FloatBuffer.PointerTo<T>(query.Values), (nint)FloatBuffer.PointerTo<T>(gradient));
        var raw = new double[height];
        var mean = new double[height];
        Parallel.For(0, height, new() { MaxDegreeOfParallelism = threads }, y =>
        {
            var difference = new T[channels];
            for (var x = 0; x < width; x++)
            {
                var at = ((nint)y * width + x) * channels * sizeof(T);
                var feature = new ReadOnlySpan<T>((void*)(phi + at), channels);
                var slope = new Span<T>((void*)(g + at), channels);
                slope.Clear();
                var sum = 0.0;
                var count = 0;
                foreach (var a in _rowsOver[y])
                {
                    var dy = y >= _rows[a] ? y - _rows[a] : y - _rows[a] + height;
                    foreach (var b in _columnsOver[x])
                    {
                        var i = (a * _columns.Length) + b;
                        if (starts[i] == 0)
                        {
                            continue;
                        }

                        var dx = x >= _columns[b] ? x - _columns[b] : x - _columns[b] + width;
                        var source = new ReadOnlySpan<T>((T*)starts[i] + ((nint)dy * pitches[i]) + ((nint)dx * channels), channels);
                        TensorPrimitives.Subtract(feature, source, difference);
                        sum += double.CreateTruncating(TensorPrimitives.SumOfSquares<T>(difference));
                        TensorPrimitives.Add<T>(slope, difference, slope);
                        count++;
                    }
                }

                if (count > 0)
                {
                    raw[y] += sum;
                    mean[y] += sum / count;
                    TensorPrimitives.Multiply(slope, T.CreateTruncating(averaged ? 2.0 / count : 2.0), slope);
                }
            }
        });

        GC.KeepAlive(styles);
        return new(raw.Sum(), mean.Sum(), gradient);
    }

    // Which corners' patches cover each cell of an axis, ascending.
    private int[][] Over(int[] corners, int length, bool wraps)
    {
        var over = new List<int>[length];
        for (var p = 0; p < length; p++)
        {
            over[p] = [];
        }

        for (var a = 0; a < corners.Length; a++)
        {
            for (var d = 0; d < _size; d++)
            {
                var p = corners[a] + d;
                over[wraps ? p % length : p].Add(a);
            }
        }

        return [.. over.Select(o => o.ToArray())];
    }
}
