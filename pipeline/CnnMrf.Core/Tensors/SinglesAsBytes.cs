using System.Buffers;
using System.Runtime.InteropServices;

namespace CnnMrf.Core.Tensors;

/// <summary>The bytes of an array of binary32, without a copy.</summary>
internal sealed class SinglesAsBytes(float[] values) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => MemoryMarshal.AsBytes(values.AsSpan());

    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        var handle = GCHandle.Alloc(values, GCHandleType.Pinned);
        return new MemoryHandle((byte*)handle.AddrOfPinnedObject() + elementIndex, handle, this);
    }

    public override void Unpin()
    {
        // The handle of Pin is freed by MemoryHandle.
    }

    protected override void Dispose(bool disposing)
    {
        // The array is the caller's.
    }
}
