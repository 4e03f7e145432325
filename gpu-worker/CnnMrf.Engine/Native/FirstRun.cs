using TorchSharp;

namespace CnnMrf.Engine.Native;

/// <summary>
/// Lets the first convolutions of a shape run alone. oneDNN, which libtorch convolves with, keeps the kernels that it makes in one cache
/// of the process; when two threads miss the same entry at once, with several OpenMP threads each, one of them is given a kernel without
/// its scratch memory and writes to address 0 (oneDNN of libtorch 2.10). Once a kernel is in the cache, all may use it at once.
/// </summary>
internal static class FirstRun
{
    // The cache holds 1024 kernels; the least recently used leave first. A convolution needs up to three, so those of the latest 128 are in
    // it; what was not used for longer is treated as new.
    private const int Remembered = 128;

    private static readonly Lock Making = new();
    private static readonly Lock Gate = new();
    private static readonly LinkedList<Work> Recent = new();

    /// <summary>Runs something, alone if its kernels may not have been made.</summary>
    /// <param name="work">What tells its kernels from others.</param>
    /// <param name="run">Runs it.</param>
    public static T Of<T>(Work work, Func<T> run)
    {
        if (WasRecent(work))
        {
            return run();
        }

        lock (Making)
        {
            var result = run();
            Remember(work);
            return result;
        }
    }

    private static bool WasRecent(Work work)
    {
        lock (Gate)
        {
            if (Recent.Find(work) is not { } node)
            {
                return false;
            }

            Recent.Remove(node);
            Recent.AddFirst(node);
            return true;
        }
    }

    private static void Remember(Work work)
    {
        lock (Gate)
        {
            Recent.Remove(work);
            Recent.AddFirst(work);
            if (Recent.Count > Remembered)
            {
                Recent.RemoveLast();
            }
        }
    }

    /// <summary>Work that uses the same kernels.</summary>
    /// <param name="What">The convolution: whether transposed, its channels and zeros around the map.</param>
    /// <param name="Height">Of the map.</param>
    /// <param name="Width">Of the map.</param>
    /// <param name="Type">Of the elements.</param>
    /// <param name="Threads">OpenMP threads of the calling thread: a kernel is made for so many.</param>
    /// <param name="Graph">Whether a graph is kept: training and inference are other kernels.</param>
    internal readonly record struct Work(string What, long Height, long Width, torch.ScalarType Type, int Threads, bool Graph);
}
