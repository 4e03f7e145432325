namespace CnnMrf.Core.Tensors;

/// <summary>The element types of safetensors that CnnMrf reads and writes. All of them lie little-endian in a file.</summary>
public enum TensorType
{
    /// <summary>IEEE 754 binary16.</summary>
    F16,

    /// <summary>bfloat16: the upper half of a binary32.</summary>
    BF16,

    /// <summary>IEEE 754 binary32.</summary>
    F32,

    /// <summary>IEEE 754 binary64.</summary>
    F64,

    /// <summary>Signed 32-bit integer.</summary>
    I32,

    /// <summary>Signed 64-bit integer.</summary>
    I64,

    /// <summary>Unsigned byte.</summary>
    U8,
}

/// <summary>Sizes of <see cref="TensorType"/>.</summary>
public static class TensorTypes
{
    /// <summary>Bytes of one element: 1, 2, 4 or 8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a member of the enumeration.</exception>
    public static int Size(this TensorType type) => type switch
    {
        TensorType.U8 => 1,
        TensorType.F16 or TensorType.BF16 => 2,
        TensorType.F32 or TensorType.I32 => 4,
        TensorType.F64 or TensorType.I64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a tensor type."),
    };

    /// <summary>The bytes that a tensor of this type and shape takes, or null where a side is negative or the product overflows.</summary>
    internal static long? ByteLength(TensorType type, IReadOnlyList<long> shape)
    {
        long length = type.Size();
        foreach (var side in shape)
        {
            if (side < 0 || (side != 0 && length > long.MaxValue / side)) return null;
            length *= side;
        }

        return length;
    }

    /// <summary>"[64, 3, 3, 3]".</summary>
    internal static string Text(IReadOnlyList<long> shape) => $"[{string.Join(", ", shape)}]";
}
