using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CnnMrf.Engine.Arithmetic;

/// <summary>Sixteen bits as a vector: all ones in the lanes whose bit is set.</summary>
internal static class LaneMask
{
    /// <summary>For 32-bit lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(ushort bits)
    {
        var places = Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);
        return Vector512.Equals(Vector512.Create((int)bits) & places, places).AsSingle();
    }

    /// <summary>For 16-bit lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<short> OfShorts(ushort bits)
    {
        var places = Vector256.Create(
            1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, unchecked((short)32768));
        return Vector256.Equals(Vector256.Create((short)bits) & places, places);
    }
}
