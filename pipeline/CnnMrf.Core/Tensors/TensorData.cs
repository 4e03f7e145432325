using System.Buffers.Binary;

namespace CnnMrf.Core.Tensors;

/// <summary>A tensor to be written.</summary>
/// <param name="Name">Unique in its file, and not <c>__metadata__</c>.</param>
/// <param name="Type">Type of the elements.</param>
/// <param name="Shape">Sides, outermost first, each ≥ 0.</param>
/// <param name="Bytes">Little-endian, row-major; the shape's product times the size of an element.</param>
public sealed record TensorData(string Name, TensorType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>A tensor of binary32.</summary>
    public static TensorData FromSingles(string name, IReadOnlyList<long> shape, ReadOnlySpan<float> values)
    {
        var bytes = new byte[4L * values.Length];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), values[i]);
        return new TensorData(name, TensorType.F32, shape, bytes);
    }

    /// <summary>A tensor of binary32 over an array, which is not copied and must not change until the tensor is written.</summary>
    public static TensorData Over(string name, IReadOnlyList<long> shape, float[] values) => BitConverter.IsLittleEndian
        ? new TensorData(name, TensorType.F32, shape, new SinglesAsBytes(values).Memory) : FromSingles(name, shape, values);

    /// <summary>A tensor of binary64.</summary>
    public static TensorData FromDoubles(string name, IReadOnlyList<long> shape, ReadOnlySpan<double> values)
    {
        var bytes = new byte[8L * values.Length];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(8 * i), values[i]);
        return new TensorData(name, TensorType.F64, shape, bytes);
    }

    /// <summary>A tensor of 32-bit integers.</summary>
    public static TensorData FromIntegers(string name, IReadOnlyList<long> shape, ReadOnlySpan<int> values)
    {
        var bytes = new byte[4L * values.Length];
        for (var i = 0; i < values.Length; i++) BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), values[i]);
        return new TensorData(name, TensorType.I32, shape, bytes);
    }

    /// <summary>A tensor of binary16, each value rounded to the nearest.</summary>
    /// <exception cref="SafetensorsException">A finite value is beyond binary16's ±65504.</exception>
    public static TensorData FromSinglesAsHalves(string name, IReadOnlyList<long> shape, ReadOnlySpan<float> values)
    {
        var bytes = new byte[2L * values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var half = (Half)values[i];
            if (Half.IsInfinity(half) && float.IsFinite(values[i]))
                throw new SafetensorsException($"Tensor '{name}': {values[i]} does not fit into F16.");
            BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(2 * i), half);
        }

        return new TensorData(name, TensorType.F16, shape, bytes);
    }
}
