using CnnMrf.Core.Settings;
using CnnMrf.Engine.Arithmetic;
using CnnMrf.Engine.Native;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CnnMrf.Engine.Features;

/// <summary>
/// A 3×3 convolution that sees a continuation of the map beyond its border. Padded copies of large maps cost as much as a third of their
/// convolution; here only the border is computed again, from strips of the map.
/// </summary>
/// <param name="weight">[O, I, 3, 3], channels-last in memory.</param>
/// <param name="bias">[O].</param>
/// <param name="padding">What lies beyond the border.</param>
internal sealed class PaddedConvolution(Tensor weight, Tensor bias, PaddingChoice padding) : IDisposable
{
    // Of fewer values a padded copy costs less than the calls for four strips.
    private const long Large = 1 << 18;

    // Made when a map is first large enough for them.
    private WinogradConvolution? _winograd;
    private WinogradConvolution? _transpose;

    /// <summary>What it computes in.</summary>
    public ScalarType Type => weight.dtype;

    /// <summary>[O, I, 3, 3].</summary>
    public Tensor Weight => weight;

    /// <summary>The convolution, for autograd.</summary>
    /// <param name="x">[1, I, H, W].</param>
    /// <returns>[1, O, H, W].</returns>
    public Tensor Apply(Tensor x)
    {
        if (padding == PaddingChoice.Zero)
        {
            return Convolve(x, 1);
        }

        using var padded = Padded(x);
        return Convolve(padded, 0);
    }

    /// <summary>The convolution, without a graph.</summary>
    /// <param name="x">[1, I, H, W].</param>
    /// <param name="team">Computes what libtorch does not.</param>
    /// <param name="maps">Where a result that libtorch does not make comes from; null: memory of its own.</param>
    /// <returns>[1, O, H, W].</returns>
    public Tensor ApplyQuietly(Tensor x, WorkerTeam team, MapPool? maps = null)
    {
        var (h, w) = (x.shape[2], x.shape[3]);
        if (WinogradConvolution.Pays(h, w) && (_winograd ??= WinogradConvolution.Of(weight)) is { } winograd)
        {
            return winograd.Run(x, Seen(h), Seen(w), bias, team, maps);
        }

        if (padding == PaddingChoice.Zero || x.shape[1] * h * w < Large)
        {
            return Apply(x);
        }

        using var scope = NewDisposeScope();
        var y = Convolve(x, 1);
        var rows = Continued(h);
        var columns = Continued(w);
        y.narrow(2, 0, 1).copy_(Strip(2, [rows[0], 0, 1], 3, columns));
        y.narrow(2, h - 1, 1).copy_(Strip(2, [h - 2, h - 1, rows[^1]], 3, columns));
        y.narrow(3, 0, 1).copy_(Strip(3, [columns[0], 0, 1], 2, rows));
        y.narrow(3, w - 1, 1).copy_(Strip(3, [w - 2, w - 1, columns[^1]], 2, rows));
        return y.MoveToOuterDisposeScope();

        Tensor Strip(long across, long[] three, long along, long[] all) => Convolve(
            x.index_select(across, tensor(three, device: x.device)).index_select(along, tensor(all, device: x.device)), 0);
    }

    /// <summary>What the convolution's transpose makes of a slope by its output: the slope by its input.</summary>
    /// <param name="slope">[1, O, H, W].</param>
    /// <param name="team">Computes what libtorch does not.</param>
    /// <param name="maps">Where a result that libtorch does not make comes from; null: memory of its own.</param>
    /// <returns>[1, I, H, W]; it may be a view.</returns>
    public Tensor Adjoint(Tensor slope, WorkerTeam team, MapPool? maps = null)
    {
        if (padding == PaddingChoice.Zero)
        {
            return Transposed(slope, 1, team, maps);
        }

        // What belongs to cells beyond the border goes where these were taken from.
        var (h, w) = (slope.shape[2], slope.shape[3]);
        var (rows, columns) = (Continued(h), Continued(w));
        using var scope = NewDisposeScope();
        if (weight.shape[1] * h * w >= Large && Transpose(h, w) is { } transpose)
        {
            var within = transpose.Run(slope, Framed(h, 1), Framed(w, 1), null, team, maps);
            foreach (var (from, line) in new[] { (0L, 0L), (h - 1, 2L) })
            {
                var beyond = Transposed(slope.narrow(2, from, 1), 0).narrow(2, line, 1);
                Fold(beyond, 3, columns);
                within.narrow(2, rows[from == 0 ? 0 : ^1], 1).Accumulate(beyond.narrow(3, 1, w));
            }

            foreach (var (from, line) in new[] { (0L, 0L), (w - 1, 2L) })
            {
                var beyond = Transposed(slope.narrow(3, from, 1), 0).narrow(3, line, 1);
                within.narrow(3, columns[from == 0 ? 0 : ^1], 1).Accumulate(beyond.narrow(2, 1, h));
            }

            return within.MoveToOuterDisposeScope();
        }

        var wide = Transposed(slope, 0, team, null);
        Fold(wide, 3, columns);
        Fold(wide, 2, rows);
        return wide.narrow(2, 1, h).narrow(3, 1, w).MoveToOuterDisposeScope();

        static void Fold(Tensor wide, long across, long[] from)
        {
            wide.narrow(across, 1 + from[0], 1).Accumulate(wide.narrow(across, 0, 1));
            wide.narrow(across, 1 + from[^1], 1).Accumulate(wide.narrow(across, from.Length - 1, 1));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        weight.Dispose();
        bias.Dispose();
        _winograd?.Dispose();
        _transpose?.Dispose();
    }

    private Tensor Padded(Tensor x) => pad(x, [1, 1, 1, 1], padding switch
    {
        PaddingChoice.Reflect when Math.Min(x.shape[2], x.shape[3]) > 1 => TorchSharp.PaddingModes.Reflect,
        PaddingChoice.Circular => TorchSharp.PaddingModes.Circular,
        _ => TorchSharp.PaddingModes.Replicate,
    });

    // The cells that −1, 0 … length continue, along an axis.
    private long[] Continued(long length)
    {
        var cells = new long[length + 2];
        for (var i = 0; i < length; i++)
        {
            cells[i + 1] = i;
        }

        (long, long) beyond = padding switch
        {
            PaddingChoice.Reflect when length > 1 => (1, length - 2),
            PaddingChoice.Circular => (length - 1, 0),
            _ => (0, length - 1),
        };
        (cells[0], cells[^1]) = beyond;
        return cells;
    }

    private Tensor Convolve(Tensor x, int zeros) => FirstRun.Of(
        Work("", x, zeros), () => conv2d(x, weight, bias, strides: [1, 1], padding: [zeros, zeros]));

    private Tensor Transposed(Tensor slope, int zeros, WorkerTeam team, MapPool? maps)
    {
        var (h, w) = (slope.shape[2], slope.shape[3]);
        return Transpose(h, w) is { } transpose
            ? transpose.Run(slope, Framed(h, 2 - zeros), Framed(w, 2 - zeros), null, team, maps) : Transposed(slope, zeros);
    }

    private Tensor Transposed(Tensor slope, int zeros) => FirstRun.Of(
        Work("transposed ", slope, zeros), () => conv_transpose2d(slope, weight, strides: [1, 1], padding: [zeros, zeros]));

    private WinogradConvolution? Transpose(long height, long width) =>
        WinogradConvolution.Pays(height, width) ? _transpose ??= WinogradConvolution.TransposeOf(weight) : null;

    // The cells of a map, with zeros around it.
    private static int[] Framed(long length, int zeros)
    {
        var cells = new int[length + (2 * zeros)];
        Array.Fill(cells, -1);
        for (var i = 0; i < length; i++)
        {
            cells[zeros + i] = i;
        }

        return cells;
    }

    private int[] Seen(long length) => padding == PaddingChoice.Zero ? Framed(length, 1) : Array.ConvertAll(Continued(length), c => (int)c);

    private FirstRun.Work Work(string what, Tensor x, int zeros) => new(
        $"{what}{weight.shape[1]}>{weight.shape[0]}+{zeros}", x.shape[2], x.shape[3], x.dtype, get_num_threads(),
        x.requires_grad && is_grad_enabled());
}
