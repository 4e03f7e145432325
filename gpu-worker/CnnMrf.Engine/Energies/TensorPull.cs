using CnnMrf.Engine.Native;
using CnnMrf.Engine.Patches;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Energies;

/// <summary>
/// The pull of patches in tensor operations, for maps that are not in the processor's memory: one cell of all patches after the other, so
/// that no two patches write to one place and memory is that of one cell a patch. Of an evaluation only where the matches are comes from
/// the host, and two sums go there.
/// </summary>
/// <param name="rows">First rows of the patches.</param>
/// <param name="columns">First columns of the patches.</param>
/// <param name="size">Side of a patch, cells.</param>
internal sealed class TensorPull(int[] rows, int[] columns, int size) : IDisposable
{
    private Level? _level;

    /// <summary>Energy and gradient.</summary>
    /// <param name="query">Φ(X), of one size over a level.</param>
    /// <param name="styles">Φ(Xs) of each map.</param>
    /// <param name="matches">For each patch its match's map, first row and first column; null: it pulls nothing.</param>
    /// <param name="averaged">Whose gradient: of the averaged sum, else of the raw one.</param>
    public Pull Evaluate(
        FeatureMap query, IReadOnlyList<FeatureMap> styles, (int Map, int Row, int Column)?[] matches, bool averaged)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var (height, width, channels, device) = (query.Height, query.Width, query.Channels, query.Values.device);
        var level = At(query, styles);
        int[] pulling = [.. Enumerable.Range(0, matches.Length).Where(i => matches[i] is not null)];
        var start = Device(m => level.From[m.Map] + ((long)m.Row * styles[m.Map].Width) + m.Column);
        var pitch = Device(m => styles[m.Map].Width);
        var (corners, shares) = (level.Corners, level.Shares);
        if (pulling.Length < matches.Length)
        {
            using var which = tensor(pulling, device: device);
            corners = corners.index_select(1, which);
            shares = Shares(corners, height, width);
        }

        var phi = query.Values.view(-1, channels);
        var slope = zeros_like(phi);
        var squares = zeros([height * width], ScalarType.Float64, device);
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                using var cell = NewDisposeScope();
                var at = Cells(corners, y, x, height, width);
                var match = start.Plus(pitch.mul(Scalars.Of(y))).Plus(x);
                var difference = phi.index_select(0, at).sub_(level.Style.index_select(0, match));
                _ = slope.index_add_(0, at, difference, Scalars.Of(1));
                _ = squares.index_add_(0, at, difference.Squared().sum(1, type: ScalarType.Float64), Scalars.Of(1));
            }
        }

        var sums = stack([squares.sum(), squares.mul(shares).sum()]).cpu().data<double>().ToArray();
        var gradient = averaged
            ? slope.mul_(shares.mul(Scalars.Of(2)).to(slope.dtype).unsqueeze(1))
            : slope.mul_(Scalars.Of(2));
        return new(sums[0], sums[1], gradient.view(height, width, channels).MoveToOuterDisposeScope());

        Tensor Device(Func<(int Map, int Row, int Column), long> value) =>
            tensor(Array.ConvertAll(pulling, i => value(matches[i]!.Value)), device: device);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _level?.Style.Dispose();
        _level?.Corners.Dispose();
        _level?.Shares.Dispose();
        _level = null;
    }

    private Level At(FeatureMap query, IReadOnlyList<FeatureMap> styles)
    {
        if (ReferenceEquals(_level?.Maps, styles))
        {
            return _level;
        }

        Dispose();
        var patches = rows.SelectMany(_ => columns, (row, column) => ((long Row, long Column))(row, column)).ToArray();
        var laid = tensor(
            patches.Select(p => p.Row).Concat(patches.Select(p => p.Column)).ToArray(), [2, patches.Length], device: query.Values.device);
        var cells = cat([.. styles.Select(s => s.Values.view(-1, s.Channels))], 0);
        var shares = Shares(laid, query.Height, query.Width);
        return _level = new(
            styles, [.. styles.Select((_, m) => styles.Take(m).Sum(s => (long)s.Height * s.Width))], cells.DetachFromDisposeScope(),
            laid.DetachFromDisposeScope(), shares.DetachFromDisposeScope());
    }

    /// <summary>1/c_p, c_p the patches over cell p; 1 where there is none.</summary>
    private Tensor Shares(Tensor corners, int height, int width)
    {
        using var scope = NewDisposeScope();
        var counts = zeros([height * width], ScalarType.Float64, corners.device);
        var one = ones([corners.shape[1]], ScalarType.Float64, corners.device);
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                using var at = Cells(corners, y, x, height, width);
                _ = counts.index_add_(0, at, one, Scalars.Of(1));
            }
        }

        return counts.clamp_min(Scalars.Of(1)).reciprocal().MoveToOuterDisposeScope();
    }

    /// <summary>The cells at one place of all patches, numbered row by row.</summary>
    private static Tensor Cells(Tensor corners, int y, int x, int height, int width)
    {
        using var scope = NewDisposeScope();
        return corners[0].Plus(y).remainder(Scalars.Of(height)).mul(Scalars.Of(width)).Plus(corners[1].Plus(x).remainder(Scalars.Of(width)))
            .MoveToOuterDisposeScope();
    }

    /// <summary>What stays the same over a level.</summary>
    /// <param name="Maps">Of the style.</param>
    /// <param name="From">Where each begins in <paramref name="Style"/>.</param>
    /// <param name="Style">The cells of all, one below the other.</param>
    /// <param name="Corners">First rows and first columns of the patches: [2, patches].</param>
    /// <param name="Shares">1/c_p where all patches pull.</param>
    private sealed record Level(IReadOnlyList<FeatureMap> Maps, long[] From, Tensor Style, Tensor Corners, Tensor Shares);
}
