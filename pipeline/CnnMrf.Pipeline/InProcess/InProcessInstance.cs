namespace CnnMrf.Pipeline.InProcess;

/// <summary>A workflow running in this process: its events, raised or waited for in either order.</summary>
internal sealed class InProcessInstance(string id)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _early = [];
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _waiting = [];

    public string Id { get; } = id;

    public Task Running { get; set; } = Task.CompletedTask;

    /// <summary>Done at the next event of a name, or at once when there was one that nobody waited for.</summary>
    public Task WaitFor(string name)
    {
        lock (_lock)
        {
            if (_early.TryGetValue(name, out var count) && count > 0)
            {
                _early[name] = count - 1;
                return Task.CompletedTask;
            }

            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            (_waiting.TryGetValue(name, out var queue) ? queue : _waiting[name] = new()).Enqueue(waiter);
            return waiter.Task;
        }
    }

    public void Raise(string name)
    {
        lock (_lock)
        {
            if (_waiting.TryGetValue(name, out var queue) && queue.TryDequeue(out var waiter))
            {
                waiter.SetResult();
            }
            else
            {
                _early[name] = _early.GetValueOrDefault(name) + 1;
            }
        }
    }
}
