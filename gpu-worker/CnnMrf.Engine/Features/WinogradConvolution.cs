using CnnMrf.Engine.Arithmetic;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Features;

/// <summary>
/// A 3×3 convolution with four times fewer multiplications than its definition, in float32 on a CPU: tiles of 4×4 results by products of
/// transformed cells and transformed weights (<see cref="WinogradTransform"/>), one product of matrices for each of 36 places. Tiles are
/// worked off in chunks that stay in the cache. Cells beyond the border are looked up, not copied around the map.
/// </summary>
internal sealed unsafe class WinogradConvolution : IDisposable
{
    // Below, transformed weights, four times as large as the weights, cost more to fetch than is saved.
    private const int FewestTiles = 24;

    // Of transformed cells and products, in floats, for one thread; but weights are fetched for tiles enough to be worth it.
    private const long ChunkFloats = 2 << 20;
    private const long FewestTilesOfChunk = 64;

    // [36, O / Width, I, Width]: for each product the right side, packed.
    private readonly Tensor _weights;
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly long _panel;

    private WinogradConvolution(Tensor weight)
    {
        (_outputs, _inputs) = ((int)weight.shape[0], (int)weight.shape[1]);
        _panel = MatrixKernel.PackedFloats(_inputs, _outputs);
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var panels = _outputs / MatrixKernel.Width;
        _weights = empty([WinogradTransform.Products, panels, _inputs, MatrixKernel.Width], ScalarType.Float32).DetachFromDisposeScope();
        var transform = WinogradTransform.Weights();
        for (var panel = 0; panel < panels; panel++)
        {
            using var part = NewDisposeScope();
            var filters = weight.narrow(0, panel * MatrixKernel.Width, MatrixKernel.Width).reshape(-1, 9).to(ScalarType.Float64);
            var transformed = filters.mm(transform).view(MatrixKernel.Width, _inputs, WinogradTransform.Products);
            _weights.select(1, panel).copy_(transformed.permute(2, 1, 0));
        }
    }

    /// <summary>The convolution, where this can do it; else null.</summary>
    /// <param name="weight">[O, I, 3, 3].</param>
    public static WinogradConvolution? Of(Tensor weight) =>
        MatrixKernel.IsSupported && weight.dtype == ScalarType.Float32 && weight.device_type == DeviceType.CPU
        && weight.shape[0] % MatrixKernel.Width == 0 && weight.shape[1] % WinogradTransform.Lanes == 0 ? new(weight) : null;

    /// <summary>Its transpose, which carries slopes back, where this can do it; else null.</summary>
    /// <inheritdoc cref="Of"/>
    public static WinogradConvolution? TransposeOf(Tensor weight)
    {
        using var scope = NewDisposeScope();
        return Of(weight.transpose(0, 1).flip(2, 3));
    }

    /// <summary>Whether it is worth its transforms for so large a map.</summary>
    public static bool Pays(long height, long width) => Tiles(height) * Tiles(width) >= FewestTiles;

    /// <summary>Convolves.</summary>
    /// <param name="x">[1, I, h, w], channels-last.</param>
    /// <param name="rows">For rows −1, 0 … H of the convolution's input the row of <paramref name="x"/> that is seen there; −1: zeros.</param>
    /// <param name="columns">For columns −1, 0 … W likewise.</param>
    /// <param name="bias">[O], or null.</param>
    /// <param name="team">Computes; the result does not depend on how many they are.</param>
    /// <param name="maps">Where the result comes from; null: memory of its own.</param>
    /// <returns>[1, O, H, W], channels-last.</returns>
    public Tensor Run(Tensor x, ReadOnlySpan<int> rows, ReadOnlySpan<int> columns, Tensor? bias, WorkerTeam team, MapPool? maps = null)
    {
        var (height, width) = (rows.Length - 2, columns.Length - 2);
        using var scope = NewDisposeScope();
        var cells = x.permute(0, 2, 3, 1).contiguous();
        var y = MapPool.Rent(maps, _outputs, height, width);
        var work = new Work(
            FloatBuffer.PointerTo(cells), (int)x.shape[3], [.. rows], [.. columns], FloatBuffer.PointerTo(y.permute(0, 2, 3, 1)),
            height, width, bias is null ? null : FloatBuffer.PointerTo(bias));
        var (across, count) = (Tiles(width), Tiles(height) * Tiles(width));
        var chunk = Math.Max(FewestTilesOfChunk, ChunkFloats / (WinogradTransform.Products * (_inputs + _outputs)));
        var units = Math.Max(1, (count + chunk - 1) / chunk);
        units = Math.Min((units + team.Count - 1) / team.Count * team.Count, Math.Max(1, count / MatrixKernel.Rows));
        team.Run((int)units, (worker, unit) =>
            Convolve(work, (int)across, (int)(count * unit / units), (int)(count * (unit + 1) / units), team.Scratch(worker)));
        return y.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => _weights.Dispose();

    private static long Tiles(long length) => (length + WinogradTransform.Results - 1) / WinogradTransform.Results;

    private void Convolve(Work work, int across, int from, int to, FloatBuffer scratch)
    {
        const int Cells = WinogradTransform.Cells, Results = WinogradTransform.Results, Products = WinogradTransform.Products;
        var count = to - from;

        // Whole blocks of rows: what is computed of the last ones beyond the tiles is not looked at.
        var padded = (count + MatrixKernel.Rows - 1) / MatrixKernel.Rows * MatrixKernel.Rows;
        var (inputStep, outputStep) = ((nint)padded * _inputs, (nint)padded * _outputs);
        var nothing = Math.Max(_inputs, _outputs);
        var zeros = scratch.Ensure(nothing + (Products * (inputStep + outputStep)));
        var v = zeros + nothing;
        var m = v + (Products * inputStep);
        new Span<float>(zeros, nothing).Clear();
        var pointers = stackalloc float*[Products];
        for (var tile = 0; tile < count; tile++)
        {
            var (top, left) = ((from + tile) / across * Results, (from + tile) % across * Results);
            for (var i = 0; i < Cells; i++)
            {
                var row = top + i < work.Rows.Length ? work.Rows[top + i] : -1;
                for (var j = 0; j < Cells; j++)
                {
                    var column = left + j < work.Columns.Length ? work.Columns[left + j] : -1;
                    pointers[(i * Cells) + j] = row < 0 || column < 0
                        ? zeros : work.X + ((((long)row * work.SourceWidth) + column) * _inputs);
                }
            }

            WinogradTransform.Input(pointers, _inputs, v + ((long)tile * _inputs), inputStep);
        }

        var weights = FloatBuffer.PointerTo(_weights);
        for (var p = 0; p < Products; p++)
        {
            MatrixKernel.Multiply(
                v + (p * inputStep), _inputs, weights + (p * _panel), m + (p * outputStep), _outputs, padded, _outputs, _inputs);
        }

        for (var tile = 0; tile < count; tile++)
        {
            var (top, left) = ((from + tile) / across * Results, (from + tile) % across * Results);
            var (wanted, wide) = (Math.Min(Results, work.Height - top), Math.Min(Results, work.Width - left));
            for (var i = 0; i < wanted; i++)
            {
                for (var j = 0; j < wide; j++)
                {
                    pointers[(i * Results) + j] = work.Y + (((((long)top + i) * work.Width) + left + j) * _outputs);
                }
            }

            WinogradTransform.Output(m + ((long)tile * _outputs), outputStep, _outputs, work.Bias, pointers, wanted, wide);
        }
    }

    // A class: what threads share is handed over as one reference.
    private sealed class Work(
        float* x, int sourceWidth, int[] rows, int[] columns, float* y, int height, int width, float* bias)
    {
        public float* X => x;

        public int SourceWidth => sourceWidth;

        public int[] Rows => rows;

        public int[] Columns => columns;

        public float* Y => y;

        public int Height => height;

        public int Width => width;

        public float* Bias => bias;
    }
}
