using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Arithmetic;

/// <summary>
/// Threads of our own that share out units of work. Each calls libtorch single-threaded: workers then need no barrier between a matrix
/// product and the pass over it, and no OpenMP thread spins on a core that one of them could use.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    private readonly Thread[] threads;
    private readonly FloatBuffer[] scratch;
    private readonly Lock one = new();
    private readonly SemaphoreSlim start = new(0);
    private readonly CountdownEvent finished;
    private Action<int, int>? body;
    private int units;
    private int next;
    private ExceptionDispatchInfo? failure;
    private volatile bool stopping;

    internal WorkerTeam(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        finished = new CountdownEvent(count);
        threads = new Thread[count];
        scratch = new FloatBuffer[count];
        var before = get_num_threads();
        for (var i = 0; i < count; i++)
        {
            var worker = i;
            scratch[i] = new FloatBuffer();
            threads[i] = new Thread(() => Serve(worker)) { IsBackground = true, Name = $"compute {worker}" };
            threads[i].Start();
        }

        finished.Wait();

        // libtorch keeps its thread count both per thread, which the workers have set for themselves, and as the default of later threads.
        set_num_threads(before);
    }

    internal int Count => threads.Length;

    /// <summary>Memory of one worker, for the unit that it works on; it only grows.</summary>
    internal FloatBuffer Scratch(int worker) => scratch[worker];

    /// <summary>
    /// Calls <paramref name="work"/>(worker, unit) once for each unit and returns when all are done; rethrows the first failure. Callers
    /// wait for each other.
    /// </summary>
    internal void Run(int count, Action<int, int> work)
    {
        using var alone = one.EnterScope();
        body = work;
        units = count;
        next = 0;
        failure = null;
        finished.Reset();
        start.Release(threads.Length);
        finished.Wait();
        body = null;
        failure?.Throw();
    }

    /// <summary>
    /// Calls <paramref name="work"/>(unit) once for each unit: on the caller's thread where there are so few values in all that to wake
    /// the team would take longer.
    /// </summary>
    internal void RunOver(long values, int count, Action<int> work)
    {
        if (values > 1 << 16)
        {
            Run(count, (_, unit) => work(unit));
            return;
        }

        for (var unit = 0; unit < count; unit++) work(unit);
    }

    public void Dispose()
    {
        if (stopping) return;
        stopping = true;
        start.Release(threads.Length);
        foreach (var thread in threads) thread.Join();
        foreach (var buffer in scratch) buffer.Dispose();
        start.Dispose();
        finished.Dispose();
    }

    private void Serve(int worker)
    {
        set_num_threads(1);
        using var noGradient = no_grad();
        finished.Signal();
        while (true)
        {
            start.Wait();
            if (stopping) return;
            try
            {
                for (var unit = Interlocked.Increment(ref next) - 1; unit < units; unit = Interlocked.Increment(ref next) - 1)
                    body!(worker, unit);
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
                Interlocked.Exchange(ref next, units);
            }

            finished.Signal();
        }
    }
}
