using System.Text.Json;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Workflows;
using Microsoft.Extensions.Time.Testing;

namespace CnnMrf.Pipeline.Tests.Fakes;

/// <summary>
/// A durable engine in memory: after everything that happens the workflow is replayed from the start, and must decide what it decided
/// before.
/// Time stands still until <see cref="AdvanceAsync"/>.
/// </summary>
internal sealed class DurableHost(FakeTimeProvider time) : IWorkflowClient
{
    private readonly Dictionary<string, Instance> _instances = [];

    public PipelineActivities Activities { get; set; } = null!;

    /// <summary>Events of these names get lost.</summary>
    public HashSet<string> Deaf { get; } = [];

    /// <summary>Called before each activity; may throw. An activity is tried as often as <see cref="ActivityRetries"/> says.</summary>
    public Action<string> BeforeActivity { get; set; } = static _ => { };

    /// <summary>Called after each activity, before the workflow hears of it.</summary>
    public Action<string> AfterActivity { get; set; } = static _ => { };

    public int Executions { get; private set; }

    public IReadOnlyList<Decision> DecisionsOf(string instanceId) => _instances[instanceId].Decisions;

    public IReadOnlyCollection<string> Ids => _instances.Keys;

    public Task StartSynthesisAsync(RunInput input, CancellationToken ct) => StartAsync(
        new RunKey(input.Id, input.Run).InstanceId, input, i => async c => await SynthesisWorkflow.RunAsync(c, (RunInput)i));

    public Task StartBatchAsync(BatchInput input, CancellationToken ct) => StartAsync(
        BatchName.InstanceId(input.Name, input.ManifestHash), input, i => async c =>
        {
            await BatchWorkflow.RunAsync(c, (BatchInput)i);
            return null;
        });

    public Task<bool> RaiseAsync(string instanceId, string eventName, CancellationToken ct)
    {
        if (!_instances.TryGetValue(instanceId, out var instance) || instance.Ended)
        {
            return Task.FromResult(false);
        }

        if (!Deaf.Contains(eventName))
        {
            instance.Happen(new EventRaised(eventName, time.GetUtcNow()));
        }

        return Task.FromResult(true);
    }

    public Task<InstanceState> GetStateAsync(string instanceId, CancellationToken ct) => Task.FromResult(
        !_instances.TryGetValue(instanceId, out var instance) ? InstanceState.Unknown
        : instance.Ended ? InstanceState.Ended : InstanceState.Running);

    public Task PurgeAsync(string instanceId, CancellationToken ct)
    {
        if (_instances.TryGetValue(instanceId, out var instance) && instance.Ended)
        {
            _instances.Remove(instanceId);
        }

        return Task.CompletedTask;
    }

    public void Forget(string instanceId) => _instances.Remove(instanceId);

    /// <summary>Runs until everything waits.</summary>
    public async Task PumpAsync()
    {
        while (_instances.Values.FirstOrDefault(i => i.Seen < i.History.Count || i.Work.Count > 0) is { } instance)
        {
            Decide(instance);
            while (instance.Work.TryDequeue(out var work))
            {
                instance.Happen(await PerformAsync(work));
            }
        }
    }

    /// <summary>Lets time pass, timer by timer.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        var end = time.GetUtcNow() + by;
        await PumpAsync();
        while (_instances.Values.SelectMany(i => i.Timers.Select(t => (Instance: i, t.Key, Until: t.Value)))
            .Where(t => t.Until <= end).OrderBy(t => t.Until).Select(t => ((Instance, int, DateTimeOffset)?)t).FirstOrDefault() is { } next)
        {
            var (instance, timer, until) = next;
            if (until > time.GetUtcNow())
            {
                time.SetUtcNow(until);
            }

            instance.Timers.Remove(timer);
            instance.Happen(new TimerFired(timer, time.GetUtcNow()));
            await PumpAsync();
        }

        time.SetUtcNow(end);
    }

    private Task StartAsync(string id, object input, Func<object, Workflow> workflow)
    {
        if (!_instances.ContainsKey(id))
        {
            var instance = new Instance(id, input, workflow);
            instance.Happen(new Started(time.GetUtcNow()));
            _instances[id] = instance;
        }

        return Task.CompletedTask;
    }

    private void Decide(Instance instance)
    {
        if (instance.Seen == instance.History.Count)
        {
            return;
        }

        var replay = Replay.Run(instance.Id, instance.Workflow(instance.Input), instance.History);
        instance.Seen = instance.History.Count;
        Assert.Equal(instance.Decisions, replay.Decisions.Take(instance.Decisions.Count));
        foreach (var decision in replay.Decisions.Skip(instance.Decisions.Count))
        {
            switch (decision)
            {
                case CallActivity call:
                    instance.Work.Enqueue((call, replay));
                    break;
                case StartTimer timer:
                    instance.Timers[timer.Id] = timer.Until;
                    break;
                case StopTimer timer:
                    instance.Timers.Remove(timer.Id);
                    break;
            }
        }

        instance.Decisions = replay.Decisions;
        if (replay.Decisions.OfType<GoOn>().FirstOrDefault() is { } next)
        {
            instance.GoOn(JsonSerializer.Deserialize(next.Input, instance.Input.GetType(), PipelineJson.Options)!, time.GetUtcNow());
            Executions++;
        }
    }

    private async Task<Happened> PerformAsync((CallActivity Call, Replay Replay) work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                BeforeActivity(work.Call.Name);
                var result = await work.Replay.WorkOf(work.Call.Id, Activities);
                AfterActivity(work.Call.Name);
                return new ActivityDone(work.Call.Id, result, time.GetUtcNow());
            }
            catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
            {
                if (attempt == ActivityRetries.Attempts)
                {
                    return new ActivityFaulted(work.Call.Id, e.Message, time.GetUtcNow());
                }
            }
        }
    }

    private sealed class Instance(string id, object input, Func<object, Workflow> workflow)
    {
        public string Id { get; } = id;

        public object Input { get; private set; } = input;

        public Func<object, Workflow> Workflow { get; } = workflow;

        public List<Happened> History { get; private set; } = [];

        public IReadOnlyList<Decision> Decisions { get; set; } = [];

        public Queue<(CallActivity, Replay)> Work { get; } = [];

        public Dictionary<int, DateTimeOffset> Timers { get; } = [];

        public int Seen { get; set; }

        public bool Ended => Decisions is [.., End] && History.Count == Seen;

        public void Happen(Happened happened) => History.Add(happened);

        public void GoOn(object next, DateTimeOffset now)
        {
            (Input, History, Decisions, Seen) = (next, [new Started(now)], [], 0);
            Timers.Clear();
        }
    }
}
