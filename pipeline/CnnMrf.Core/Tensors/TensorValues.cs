using System.Buffers.Binary;

namespace CnnMrf.Core.Tensors;

/// <summary>Converts the bytes of a tensor to numbers.</summary>
public static class TensorValues
{
    /// <summary>The values as binary32. F64 is rounded to the nearest.</summary>
    /// <param name="info">Type and name of the tensor: F16, BF16, F32 or F64.</param>
    /// <param name="bytes">Its bytes, <see cref="TensorInfo.Length"/> of them.</param>
    /// <exception cref="SafetensorsException">Not a floating-point tensor, or another number of bytes.</exception>
    public static float[] ToSingles(TensorInfo info, ReadOnlySpan<byte> bytes)
    {
        Check(info, bytes);
        var values = new float[info.Count];
        switch (info.Type)
        {
            case TensorType.F32:
                for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]);
                break;
            case TensorType.F16:
                for (var i = 0; i < values.Length; i++) values[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]);
                break;
            case TensorType.BF16:
                for (var i = 0; i < values.Length; i++) values[i] = Brain(bytes[(2 * i)..]);
                break;
            default:
                for (var i = 0; i < values.Length; i++) values[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]);
                break;
        }

        return values;
    }

    /// <summary>The values as binary64, exactly.</summary>
    /// <inheritdoc cref="ToSingles"/>
    public static double[] ToDoubles(TensorInfo info, ReadOnlySpan<byte> bytes)
    {
        Check(info, bytes);
        if (info.Type != TensorType.F64) return Array.ConvertAll(ToSingles(info, bytes), value => (double)value);
        var values = new double[info.Count];
        for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]);
        return values;
    }

    /// <summary>The values of a tensor of 32-bit integers.</summary>
    /// <param name="info">Type and name of the tensor: I32.</param>
    /// <param name="bytes">Its bytes, <see cref="TensorInfo.Length"/> of them.</param>
    /// <exception cref="SafetensorsException">Of another type, or another number of bytes.</exception>
    public static int[] ToIntegers(TensorInfo info, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(info);
        if (info.Type != TensorType.I32) throw new SafetensorsException($"Tensor '{info.Name}' is {info.Type}; I32 is wanted.");
        CheckLength(info, bytes);
        var values = new int[info.Count];
        for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]);
        return values;
    }

    private static float Brain(ReadOnlySpan<byte> bytes) =>
        BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16);

    private static void Check(TensorInfo info, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(info);
        if (info.Type is not (TensorType.F16 or TensorType.BF16 or TensorType.F32 or TensorType.F64))
            throw new SafetensorsException($"Tensor '{info.Name}' is {info.Type}; a floating-point type is wanted.");
        CheckLength(info, bytes);
    }

    private static void CheckLength(TensorInfo info, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != info.Length)
            throw new SafetensorsException($"Tensor '{info.Name}' has {info.Length} bytes, but {bytes.Length} are here.");
    }
}
