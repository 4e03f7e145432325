using System.Buffers;
using System.Runtime.Intrinsics;
using CnnMrf.Engine.Arithmetic;
using CnnMrf.Engine.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Features;

/// <summary>
/// max(x, 0), and which values passed: all that its gradient needs. On a CPU that is one bit a value, so that a map can be freed long
/// before the gradient comes back through it.
/// </summary>
internal sealed unsafe class Rectifier : IDisposable
{
    // Values of a unit of work: a multiple of those in a vector, and of the bits in a byte.
    private const int Unit = 1 << 16;

    private byte[]? _bits;
    private readonly Tensor? _passed;

    private Rectifier(byte[]? bits, Tensor? passed) => (_bits, _passed) = (bits, passed);

    /// <summary>Rectifies a map in place.</summary>
    /// <param name="map">[1, C, H, W], channels-last.</param>
    /// <param name="team">Computes.</param>
    /// <returns>What the gradient needs.</returns>
    public static Rectifier Apply(Tensor map, WorkerTeam team)
    {
        if (!IsSupported(map))
        {
            return new(null, map.relu_().gt(Scalars.Of(0)));
        }

        using var cells = map.permute(0, 2, 3, 1);
        var count = cells.numel();
        var bits = ArrayPool<byte>.Shared.Rent((int)((count + 7) / 8));
        var values = FloatBuffer.PointerTo<byte>(cells);
        var isShort = map.dtype == ScalarType.BFloat16;
        team.RunOver(count, (int)((count + Unit - 1) / Unit), unit =>
        {
            var (from, to) = ((long)unit * Unit, Math.Min(count, ((long)unit + 1) * Unit));
            fixed (byte* b = bits)
            {
                if (isShort)
                {
                    Rectify((short*)values + from, b + (from / 8), (int)(to - from));
                }
                else
                {
                    Rectify((float*)values + from, b + (from / 8), (int)(to - from));
                }
            }
        });
        return new(bits, null);
    }

    /// <summary>Clears, in place, the slopes by values that did not pass.</summary>
    /// <param name="slope">Of the map's shape and layout, contiguous as it.</param>
    /// <param name="team">Computes.</param>
    public void Pull(Tensor slope, WorkerTeam team)
    {
        if (_bits is null)
        {
            _ = slope.mul_(_passed!);
            return;
        }

        using var cells = slope.permute(0, 2, 3, 1);
        var count = cells.numel();
        var values = FloatBuffer.PointerTo<byte>(cells);
        var isShort = slope.dtype == ScalarType.BFloat16;
        team.RunOver(count, (int)((count + Unit - 1) / Unit), unit =>
        {
            var (from, to) = ((long)unit * Unit, Math.Min(count, ((long)unit + 1) * Unit));
            fixed (byte* b = _bits)
            {
                if (isShort)
                {
                    Clear((short*)values + from, b + (from / 8), (int)(to - from));
                }
                else
                {
                    Clear((float*)values + from, b + (from / 8), (int)(to - from));
                }
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _passed?.Dispose();
        if (_bits is not null)
        {
            ArrayPool<byte>.Shared.Return(_bits);
            _bits = null;
        }
    }

    private static bool IsSupported(Tensor map) =>
        map.device_type == DeviceType.CPU && map.dtype is ScalarType.Float32 or ScalarType.BFloat16
        && map.numel() / 8 < Array.MaxLength;

    private static void Rectify(float* values, byte* bits, int count)
    {
        var i = 0;
        for (; i + 16 <= count; i += 16)
        {
            var v = Vector512.Load(values + i);
            *(ushort*)(bits + (i / 8)) = (ushort)Vector512.GreaterThan(v, Vector512<float>.Zero).ExtractMostSignificantBits();

            // In this order what is not a number stays that.
            Vector512.MaxNative(Vector512<float>.Zero, v).Store(values + i);
        }

        for (; i < count; i++)
        {
            Set(bits, i, values[i] > 0);
            values[i] = values[i] <= 0 ? 0 : values[i];
        }
    }

    // A bfloat16 is the upper half of a float32: its sign is that of the integer with the same bits.
    private static void Rectify(short* values, byte* bits, int count)
    {
        var i = 0;
        for (; i + 32 <= count; i += 32)
        {
            var v = Vector512.Load(values + i);
            *(uint*)(bits + (i / 8)) = (uint)Vector512.GreaterThan(v, Vector512<short>.Zero).ExtractMostSignificantBits();
            Vector512.Max(Vector512<short>.Zero, v).Store(values + i);
        }

        for (; i < count; i++)
        {
            Set(bits, i, values[i] > 0);
            values[i] = Math.Max((short)0, values[i]);
        }
    }

    private static void Clear(float* slopes, byte* bits, int count)
    {
        var i = 0;
        for (; i + 16 <= count; i += 16)
        {
            (Vector512.Load(slopes + i) & LaneMask.Of(*(ushort*)(bits + (i / 8)))).Store(slopes + i);
        }

        for (; i < count; i++)
        {
            slopes[i] = Get(bits, i) ? slopes[i] : 0;
        }
    }

    private static void Clear(short* slopes, byte* bits, int count)
    {
        var i = 0;
        for (; i + 16 <= count; i += 16)
        {
            (Vector256.Load(slopes + i) & LaneMask.OfShorts(*(ushort*)(bits + (i / 8)))).Store(slopes + i);
        }

        for (; i < count; i++)
        {
            slopes[i] = Get(bits, i) ? slopes[i] : (short)0;
        }
    }

    private static void Set(byte* bits, int place, bool value)
    {
        var mask = (byte)(1 << (place % 8));
        bits[place / 8] = (byte)(value ? bits[place / 8] | mask : bits[place / 8] & ~mask);
    }

    private static bool Get(byte* bits, int place) => (bits[place / 8] & (1 << (place % 8))) != 0;
}
