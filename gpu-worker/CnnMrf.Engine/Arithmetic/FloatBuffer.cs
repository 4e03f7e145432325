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
        where T : unmanaged
    {
        if (contiguous.numel() * contiguous.element_size() <= int.MaxValue) return (T*)Start(contiguous);

        // A span holds no more, but what is larger lies where its first value lies.
        using var values = contiguous.view(-1);
        using var first = values.narrow(0, 0, 1);
        return (T*)Start(first);
    }

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

#pragma warning disable RS0030 // The one place where that is looked after.
    private static void* Start(Tensor contiguous) => Unsafe.AsPointer(ref MemoryMarshal.GetReference(contiguous.bytes));
#pragma warning restore RS0030
}
