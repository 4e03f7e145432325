using System.Runtime.InteropServices;

namespace CnnMrf.Engine.Native;

/// <summary>What libtorch says where there is not enough memory, and what people are told.</summary>
internal static class NativeMemory
{
    /// <summary>Whether a failure of libtorch's is one of memory.</summary>
    // "CUDA out of memory. Tried to allocate …", "CUBLAS_STATUS_ALLOC_FAILED"; on a CPU "DefaultCPUAllocator: can't allocate memory" or "not
    // enough memory".
    internal static bool IsLacking(ExternalException e) =>
        e.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
        || e.Message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase)
        || e.Message.Contains("ALLOC_FAILED", StringComparison.Ordinal)
        || e.Message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase);

    /// <summary>Does some work.</summary>
    /// <exception cref="InsufficientMemoryException">There is not enough memory for it.</exception>
    internal static T Need<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ExternalException e) when (IsLacking(e))
        {
            throw new InsufficientMemoryException(
                "There is not enough memory for pictures and style copies of this size: take a smaller size or styleScale, or fewer copies.", e);
        }
    }
}
