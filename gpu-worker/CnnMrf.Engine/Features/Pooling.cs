using System.Buffers;
using System.Runtime.Intrinsics;
using CnnMrf.Engine.Arithmetic;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace CnnMrf.Engine.Features;

/// <summary>
/// 2×2 pooling, stride 2, and what its gradient needs: of averages the map's sides, of maxima two bits a value. An odd last row or column
/// is dropped.
/// </summary>
internal sealed unsafe class Pooling : IDisposable
{
    private const int Lanes = 16;

    private readonly long[] _shape;
    private readonly bool _max;
    private readonly (Tensor Input, Tensor Pooled)? _graph;

    // Of 16 maxima each: whether they lie right; and whether they lie below.
    private ushort[]? _places;

    private Pooling(long[] shape, bool max, (Tensor Input, Tensor Pooled)? graph) => (_shape, _max, _graph) = (shape, max, graph);

    /// <summary>Pools, for autograd.</summary>
    /// <param name="map">[1, C, H, W].</param>
    /// <param name="max">Whether maxima are taken; else averages.</param>
    public static Tensor Of(Tensor map, bool max) => max ? max_pool2d(map, 2, 2) : avg_pool2d(map, 2, 2);

    /// <summary>Pools, without a graph.</summary>
    /// <param name="map">[1, C, H, W], channels-last.</param>
    /// <param name="max">Whether maxima are taken; else averages.</param>
    /// <param name="team">Computes what libtorch does not.</param>
    /// <param name="maps">Where the result comes from.</param>
    /// <param name="pooled">[1, C, H/2, W/2], channels-last.</param>
    /// <returns>What the gradient needs.</returns>
    public static Pooling Apply(Tensor map, bool max, WorkerTeam team, MapPool maps, out Tensor pooled)
    {
        var (channels, height, width) = ((int)map.shape[1], (int)map.shape[2] / 2, (int)map.shape[3] / 2);
        if (map.dtype != ScalarType.Float32 || map.device_type != DeviceType.CPU || channels % Lanes != 0
            || map.numel() / (2 * Lanes) >= Array.MaxLength)
        {
            using var graph = enable_grad();
            var input = map.detach().requires_grad_();
            var result = Of(input, max);
            pooled = result.detach();
            return new(map.shape, max, (input, result));
        }

        using var scope = NewDisposeScope();
        var y = MapPool.Rent(maps, channels, height, width);
        float* source = FloatBuffer.PointerTo(map.permute(0, 2, 3, 1)), target = FloatBuffer.PointerTo(y.permute(0, 2, 3, 1));
        var (from, to) = (map.shape[3] * channels, (long)width * channels);
        var pooling = new Pooling(map.shape, max, null);
        if (max)
        {
            var places = ArrayPool<ushort>.Shared.Rent((int)(height * to / Lanes) * 2);
            pooling._places = places;
            team.RunOver(height * to, height, row =>
            {
                fixed (ushort* p = places)
                {
                    Maxima(source + (2 * row * from), from, target + (row * to), to, channels, p + (row * to / Lanes * 2));
                }
            });
        }
        else
        {
            team.RunOver(height * to, height, row => Averages(source + (2 * row * from), from, target + (row * to), to, channels));
        }

        pooled = y.MoveToOuterDisposeScope();
        return pooling;
    }

    /// <summary>Carries a slope by the pooled map back.</summary>
    /// <param name="slope">[1, C, H/2, W/2], channels-last.</param>
    /// <param name="team">Computes what libtorch does not.</param>
    /// <param name="maps">Where the result comes from.</param>
    /// <returns>[1, C, H, W], channels-last.</returns>
    public Tensor Pull(Tensor slope, WorkerTeam team, MapPool maps)
    {
        if (_graph is { } graph)
        {
            return autograd.grad([graph.Pooled], [graph.Input], [slope])[0];
        }

        var (channels, height, width) = ((int)_shape[1], (int)_shape[2] / 2, (int)_shape[3] / 2);
        using var scope = NewDisposeScope();
        var x = MapPool.Rent(maps, channels, _shape[2], _shape[3]);
        if (_shape[2] % 2 + _shape[3] % 2 > 0)
        {
            _ = x.zero_();
        }

        float* source = FloatBuffer.PointerTo(slope.permute(0, 2, 3, 1).contiguous());
        float* target = FloatBuffer.PointerTo(x.permute(0, 2, 3, 1));
        var (to, from) = (_shape[3] * channels, (long)width * channels);
        team.RunOver(height * from, height, row =>
        {
            if (_max)
            {
                fixed (ushort* p = _places)
                {
                    PullMaxima(source + (row * from), from, target + (2 * row * to), to, channels, p + (row * from / Lanes * 2));
                }
            }
            else
            {
                PullAverages(source + (row * from), from, target + (2 * row * to), to, channels);
            }
        });
        return x.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _graph?.Input.Dispose();
        _graph?.Pooled.Dispose();
        if (_places is not null)
        {
            ArrayPool<ushort>.Shared.Return(_places);
            _places = null;
        }
    }

    private static void Averages(float* x, long line, float* y, long length, int channels)
    {
        var quarter = Vector512.Create(0.25f);
        for (long i = 0; i < length; i += Lanes)
        {
            var p = Left(x, i, channels);
            var sum = Vector512.Load(p) + Vector512.Load(p + channels) + Vector512.Load(p + line) + Vector512.Load(p + line + channels);
            (sum * quarter).Store(y + i);
        }
    }

    private static void PullAverages(float* slope, long length, float* x, long line, int channels)
    {
        var quarter = Vector512.Create(0.25f);
        for (long i = 0; i < length; i += Lanes)
        {
            var p = Left(x, i, channels);
            var share = Vector512.Load(slope + i) * quarter;
            share.Store(p);
            share.Store(p + channels);
            share.Store(p + line);
            share.Store(p + line + channels);
        }
    }

    // Of equal values the first wins, left before right and above before below, as in libtorch.
    private static void Maxima(float* x, long line, float* y, long length, int channels, ushort* places)
    {
        for (long i = 0; i < length; i += Lanes, places += 2)
        {
            var p = Left(x, i, channels);
            var (a, b) = (Vector512.Load(p), Vector512.Load(p + channels));
            var (c, d) = (Vector512.Load(p + line), Vector512.Load(p + line + channels));
            var (above, below) = (Vector512.Max(a, b), Vector512.Max(c, d));
            var isBelow = Vector512.GreaterThan(below, above);
            var isRight = Vector512.ConditionalSelect(isBelow, Vector512.GreaterThan(d, c), Vector512.GreaterThan(b, a));
            Vector512.Max(above, below).Store(y + i);
            places[0] = (ushort)isRight.ExtractMostSignificantBits();
            places[1] = (ushort)isBelow.ExtractMostSignificantBits();
        }
    }

    private static void PullMaxima(float* slope, long length, float* x, long line, int channels, ushort* places)
    {
        for (long i = 0; i < length; i += Lanes, places += 2)
        {
            var p = Left(x, i, channels);
            var s = Vector512.Load(slope + i);
            var (isRight, isBelow) = (LaneMask.Of(places[0]), LaneMask.Of(places[1]));
            var (above, below) = (Vector512.AndNot(s, isBelow), s & isBelow);
            Vector512.AndNot(above, isRight).Store(p);
            (above & isRight).Store(p + channels);
            Vector512.AndNot(below, isRight).Store(p + line);
            (below & isRight).Store(p + line + channels);
        }
    }

    // The upper left of the four values that output value i of a row comes from.
    private static float* Left(float* x, long i, int channels) => x + i + (i / channels * channels);
}
