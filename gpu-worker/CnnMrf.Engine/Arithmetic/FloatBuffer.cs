using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Arithmetic;

/// <summary>
/// Float memory that libtorch and pointers both see. It only grows, so that repeated calls leave the process's size flat.
/// </summary>
internal sealed unsafe class FloatBuffer : IDisposable
{
    private Tensor? tensor;
    private long capacity;

    internal float* Pointer { get; private set; }

    /// <summary>The values of a contiguous tensor, which has to outlive their use.</summary>
    internal static float* PointerTo(Tensor contiguous) => PointerTo<float>(contiguous);

    /// <inheritdoc cref="PointerTo(Tensor)"/>
    internal static T* PointerTo<T>(Tensor contiguous)
        where T : unmanaged => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(contiguous.bytes));

    internal float* Ensure(long count)
    {
        if (count <= capacity) return Pointer;
        tensor?.Dispose();
        tensor = zeros([count], float32).DetachFromDisposeScope();
        capacity = count;
        return Pointer = PointerTo(tensor);
    }

    /// <summary>[rows, columns] of it, rows <paramref name="stride"/> floats apart.</summary>
    internal Tensor View(long offset, long rows, long columns, long stride) =>
        tensor!.as_strided([rows, columns], [stride, 1], offset);

    public void Dispose()
    {
        tensor?.Dispose();
        tensor = null;
        capacity = 0;
    }
}
