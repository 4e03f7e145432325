using CnnMrf.Core.Settings;
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

    /// <summary>What it computes in.</summary>
    public ScalarType Type => weight.dtype;

    /// <summary>[O, I, 3, 3].</summary>
    public Tensor Weight => weight;

    /// <summary>The convolution, for autograd.</summary>
    /// <param name="x">[1, I, H, W].</param>
    /// <returns>[1, O, H, W].</returns>
    public Tensor Apply(Tensor x) => padding == PaddingChoice.Zero ? Convolve(x, 1) : Convolve(Padded(x), 0);

    /// <summary>The convolution, without a graph.</summary>
    /// <inheritdoc cref="Apply"/>
    public Tensor ApplyQuietly(Tensor x)
    {
        var (h, w) = (x.shape[2], x.shape[3]);
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
    /// <returns>[1, I, H, W]; a view where there was a border.</returns>
    public Tensor Adjoint(Tensor slope)
    {
        if (padding == PaddingChoice.Zero)
        {
            return Transposed(slope, 1);
        }

        // What belongs to cells beyond the border goes where these were taken from.
        var (h, w) = (slope.shape[2], slope.shape[3]);
        var wide = Transposed(slope, 0);
        using var scope = NewDisposeScope();
        Fold(3, Continued(w));
        Fold(2, Continued(h));
        return wide.narrow(2, 1, h).narrow(3, 1, w).MoveToOuterDisposeScope();

        void Fold(long across, long[] from)
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

    private Tensor Transposed(Tensor slope, int zeros) => FirstRun.Of(
        Work("transposed ", slope, zeros), () => conv_transpose2d(slope, weight, strides: [1, 1], padding: [zeros, zeros]));

    private FirstRun.Work Work(string what, Tensor x, int zeros) => new(
        $"{what}{weight.shape[1]}>{weight.shape[0]}+{zeros}", x.shape[2], x.shape[3], x.dtype, get_num_threads(),
        x.requires_grad && is_grad_enabled());
}
