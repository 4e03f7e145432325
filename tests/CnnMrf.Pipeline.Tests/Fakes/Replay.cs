using System.Text.Json;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Pipeline.Tests.Fakes;

/// <summary>Runs a workflow over a history, as a durable engine does: from the start, feeding it what happened, noting what it
/// decides.</summary>
internal sealed class Replay : IWorkflowContext
{
    private readonly List<Decision> _decisions = [];
    private readonly Dictionary<int, (TaskCompletionSource<string> Done, string Activity)> _activities = [];
    private readonly Dictionary<int, TaskCompletionSource> _timers = [];
    private readonly Dictionary<string, Queue<TaskCompletionSource>> _waiters = [];
    private readonly Dictionary<string, int> _early = [];
    private readonly Dictionary<int, Func<PipelineActivities, CancellationToken, Task<string>>> _work = [];
    private Task? _cancelled;
    private int _next;

    private Replay(string instanceId) => InstanceId = instanceId;

    public string InstanceId { get; }

    public DateTimeOffset UtcNow { get; private set; }

    public Task Cancelled => _cancelled ??= Event(WorkflowEvents.Cancel);

    public IReadOnlyList<Decision> Decisions => _decisions;

    /// <summary>How many decisions there were after each event of the history.</summary>
    public List<int> After { get; } = [];

    public Task<string> WorkOf(int activity, PipelineActivities activities) => _work[activity](activities, CancellationToken.None);

    public static Replay Run(string instanceId, Workflow workflow, IEnumerable<Happened> history)
    {
        var replay = new Replay(instanceId);
        var before = SynchronizationContext.Current;
        // Without a context continuations run within the event that causes them, on this thread: all that an event leads to is seen at
        // once.
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            replay.Feed(workflow, history);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        return replay;
    }

    public Task Event(string name)
    {
        _decisions.Add(new OpenWaiter(name));
        if (_early.GetValueOrDefault(name) > 0)
        {
            _early[name]--;
            return Task.CompletedTask;
        }

        var waiter = new TaskCompletionSource();
        (_waiters.TryGetValue(name, out var queue) ? queue : _waiters[name] = new()).Enqueue(waiter);
        return waiter.Task;
    }

    public async Task<TResult> CallAsync<TInput, TResult>(Activity<TInput, TResult> activity, TInput input)
    {
        var id = _next++;
        var json = JsonSerializer.Serialize(input, PipelineJson.Options);
        _decisions.Add(new CallActivity(id, activity.Name, json));
        var done = new TaskCompletionSource<string>();
        _activities[id] = (done, activity.Name);
        _work[id] = async (activities, ct) =>
        {
            // Through JSON, as between machines.
            var sent = JsonSerializer.Deserialize<TInput>(json, PipelineJson.Options)!;
            return JsonSerializer.Serialize(await activities.InvokeAsync(activity, sent, ct), PipelineJson.Options);
        };
        return JsonSerializer.Deserialize<TResult>(await done.Task, PipelineJson.Options)!;
    }

    public Task TimerUntil(DateTimeOffset until, CancellationToken ct)
    {
        var id = _next++;
        _decisions.Add(new StartTimer(id, until));
        var timer = new TaskCompletionSource();
        _timers[id] = timer;
        ct.Register(() =>
        {
            if (timer.TrySetCanceled(ct))
            {
                _decisions.Add(new StopTimer(id));
            }
        });
        return timer.Task;
    }

    public void ContinueAsNew<TInput>(TInput input) => _decisions.Add(new GoOn(JsonSerializer.Serialize(input, PipelineJson.Options)));

    private void Feed(Workflow workflow, IEnumerable<Happened> history)
    {
        Task<object?>? running = null;
        foreach (var happened in history)
        {
            UtcNow = happened.Time;
            switch (happened)
            {
                case Started:
                    running = workflow(this);
                    break;
                case ActivityDone done:
                    _activities[done.Id].Done.TrySetResult(done.Result);
                    break;
                case ActivityFaulted faulted:
                    var (activity, name) = _activities[faulted.Id];
                    activity.TrySetException(new ActivityFailedException(name, faulted.Message));
                    break;
                case TimerFired fired:
                    _timers[fired.Id].TrySetResult();
                    break;
                case EventRaised raised:
                    if (_waiters.TryGetValue(raised.Name, out var queue) && queue.TryDequeue(out var waiter))
                    {
                        waiter.SetResult();
                    }
                    else
                    {
                        _early[raised.Name] = _early.GetValueOrDefault(raised.Name) + 1;
                    }

                    break;
            }

            if (running is { IsCompleted: true } && _decisions is not [.., Fakes.End])
            {
                _decisions.Add(new End(running.IsFaulted
                    ? running.Exception.InnerException!.GetType().Name
                    : JsonSerializer.Serialize(running.Result, running.Result?.GetType() ?? typeof(object), PipelineJson.Options)));
            }

            After.Add(_decisions.Count);
        }
    }
}
