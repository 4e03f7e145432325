namespace CnnMrf.Core.Tensors;

/// <summary>What a safetensors header says about one tensor.</summary>
/// <param name="Name">Unique in its file.</param>
/// <param name="Type">Type of the elements.</param>
/// <param name="Shape">Sides, outermost first, each ≥ 0; empty for a scalar. (Compared by reference in record equality.)</param>
/// <param name="Offset">First byte, counted from the start of the data section.</param>
/// <param name="Length">Bytes, equal to the shape's product times the size of an element.</param>
public sealed record TensorInfo(string Name, TensorType Type, IReadOnlyList<long> Shape, long Offset, long Length)
{
    /// <summary>The number of elements.</summary>
    public long Count => Length / Type.Size();
}
