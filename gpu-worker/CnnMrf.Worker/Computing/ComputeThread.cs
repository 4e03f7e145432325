using System.Collections.Concurrent;

namespace CnnMrf.Worker.Computing;

/// <summary>A thread of its own for one level: the engine's thread count and the lifetime of its tensors belong to a thread.</summary>
internal sealed class ComputeThread : IDisposable
{
    private readonly BlockingCollection<Action> _work = [];

    /// <summary>Starts the thread.</summary>
    public ComputeThread(string name)
    {
        // In the background, so that a computation cannot keep a process that was told to end.
        new Thread(Run) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Runs something on the thread, after what it was given before.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (OperationCanceledException e)
            {
                done.SetCanceled(e.CancellationToken);
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }

    /// <inheritdoc cref="RunAsync{T}(Func{T})"/>
    public Task RunAsync(Action work) => RunAsync(() =>
    {
        work();
        return true;
    });

    /// <summary>The thread ends after what it was given.</summary>
    public void Dispose() => _work.CompleteAdding();

    private void Run()
    {
        Niceness.GiveWay();
        using (_work)
        {
            foreach (var work in _work.GetConsumingEnumerable())
            {
                work();
            }
        }
    }
}
