using CnnMrf.Engine.Native;
using CnnMrf.Engine.Patches;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Energies;

/// <summary>
/// The pull of patches in tensor operations, for maps that are not in the processor's memory: one cell of all patches after the other, so
/// that no two patches write to one place and memory is that of one cell a patch. Only where the matches are comes from the host.
/// </summary>
/// <param name="rows">First rows of the patches.</param>
/// <param name="columns">First columns of the patches.</param>
/// <param name="size">Side of a patch, cells.</param>
internal sealed class TensorPull(int[] rows, int[] columns, int size) : IDisposable
{
    // Of all maps one below the other, which stay the same over a level.
    private (IReadOnlyList<FeatureMap> Maps, Tensor Cells)? _style;

    /// <summary>Energy and gradient.</summary>
    /// <param name="query">Φ(X).</param>
    /// <param name="styles">Φ(Xs) of each map.</param>
    /// <param name="matches">For each patch its match's map, first row and first column; null: it pulls nothing.</param>
    /// <param name="averaged">Whose gradient: of the averaged sum, else of the raw one.</param>
    public Pull Evaluate(
        FeatureMap query, IReadOnlyList<FeatureMap> styles, (int Map, int Row, int Column)?[] matches, bool averaged)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var (height, width, channels, device) = (query.Height, query.Width, query.Channels, query.Values.device);
        var (cells, from) = (Cells(styles), styles.Select((_, m) => styles.Take(m).Sum(s => (long)s.Height * s.Width)).ToArray());
        int[] pulling = [.. Enumerable.Range(0, matches.Length).Where(i => matches[i] is not null)];
        var start = Device(i => from[matches[i]!.Value.Map] + ((long)matches[i]!.Value.Row * styles[matches[i]!.Value.Map].Width)
            + matches[i]!.Value.Column);
        var pitch = Device(i => styles[matches[i]!.Value.Map].Width);
        var (top, left) = (Device(i => rows[i / columns.Length]), Device(i => columns[i % columns.Length]));
        var phi = query.Values.view(-1, channels);
        var slope = zeros_like(phi);
        var squares = zeros([height * width], ScalarType.Float64, device);
        var counts = zeros([height * width], ScalarType.Float64, device);
        var one = ones([pulling.Length], ScalarType.Float64, device);
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                using var cell = NewDisposeScope();
                var at = top.Plus(y).remainder(Scalars.Of(height)).mul(Scalars.Of(width)).Plus(left.Plus(x).remainder(Scalars.Of(width)));
                var match = start.Plus(pitch.mul(Scalars.Of(y))).Plus(x);
                var difference = phi.index_select(0, at).sub_(cells.index_select(0, match));
                _ = slope.index_add_(0, at, difference, Scalars.Of(1));
                _ = squares.index_add_(0, at, difference.Squared().sum(1, type: ScalarType.Float64), Scalars.Of(1));
                _ = counts.index_add_(0, at, one, Scalars.Of(1));
            }
        }

        var shares = counts.clamp_min(Scalars.Of(1)).reciprocal();
        var sums = stack([squares.sum(), squares.mul(shares).sum()]).cpu().data<double>().ToArray();
        var gradient = averaged
            ? slope.mul_(shares.mul_(Scalars.Of(2)).to(slope.dtype).unsqueeze(1))
            : slope.mul_(Scalars.Of(2));
        return new(sums[0], sums[1], gradient.view(height, width, channels).MoveToOuterDisposeScope());

        Tensor Device(Func<int, long> value) => tensor(Array.ConvertAll(pulling, i => value(i)), device: device);
    }

    /// <inheritdoc/>
    public void Dispose() => _style?.Cells.Dispose();

    private Tensor Cells(IReadOnlyList<FeatureMap> styles)
    {
        if (!ReferenceEquals(_style?.Maps, styles))
        {
            Dispose();
            _style = (styles, cat([.. styles.Select(s => s.Values.view(-1, s.Channels))], 0).DetachFromDisposeScope());
        }

        return _style!.Value.Cells;
    }
}
