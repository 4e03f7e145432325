using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.InProcess;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Pipeline.Running;
using CnnMrf.Pipeline.Starting;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CnnMrf.Pipeline.Tests.InProcess;

/// <summary>The workflows in one process, on the real clock.</summary>
public sealed class InProcessTests
{
    private readonly MemoryBlobStore _store = new(TimeProvider.System);

    [Fact]
    public async Task Twenty_syntheses_run_side_by_side_to_their_end()
    {
        await using var process = new Process(_store);
        var ids = new List<SynthesisId>();
        for (var i = 0; i < 20; i++)
        {
            ids.Add((await process.Get<SynthesisStarter>().StartAsync(World.Request($"n{i}", i), default)).Id);
        }

        process.Work();
        foreach (var id in ids)
        {
            Assert.Equal(SynthesisState.Completed, (await process.EndAsync(id)).Status);
        }

        await process.IdleAsync();
    }

    [Fact]
    public async Task What_a_process_leaves_unfinished_the_next_resumes()
    {
        SynthesisId id;
        await using (var first = new Process(_store))
        {
            id = (await first.Get<SynthesisStarter>().StartAsync(World.Request(), default)).Id;
            await first.UntilAsync(async () => (await first.StatusAsync(id)).Level == 1 && first.Queues.Levels.Messages.Count == 1);
            await first.Worker.CompleteAsync(first.Worker.Take()!, notify: false);
        }

        Assert.False((await new SynthesisReader(_store, NullLogger<SynthesisReader>.Instance).FindAsync(id, default))!.Status.IsFinal());
        await using var second = new Process(_store);
        Assert.Equal(1, await second.Get<InProcessWorkflows>().ResumeAsync(default));
        second.Work();
        Assert.Equal(SynthesisState.Completed, (await second.EndAsync(id)).Status);
        Assert.Equal([2], second.Worker.Received.Select(j => j.Level));
        await second.IdleAsync();
        Assert.Equal(0, await second.Get<InProcessWorkflows>().ResumeAsync(default));
    }

    [Fact]
    public async Task What_is_damaged_does_not_keep_the_rest_from_being_resumed()
    {
        var ids = new List<SynthesisId>();
        await using (var first = new Process(_store))
        {
            for (var i = 0; i < 2; i++)
            {
                ids.Add((await first.Get<SynthesisStarter>().StartAsync(World.Request($"n{i}", i), default)).Id);
            }
        }

        await _store.WriteAsync(BlobLayout.Status(ids[0]), "no json"u8.ToArray(), BlobWrite.Json, default);
        await _store.WriteAsync(BlobLayout.BatchReport("n"), "no json"u8.ToArray(), BlobWrite.Json, default);
        await using var second = new Process(_store);
        Assert.Equal(1, await second.Get<InProcessWorkflows>().ResumeAsync(default));
        second.Work();
        Assert.Equal(SynthesisState.Completed, (await second.EndAsync(ids[1])).Status);
    }

    [Fact]
    public async Task A_running_synthesis_can_be_cancelled()
    {
        await using var process = new Process(_store);
        var id = (await process.Get<SynthesisStarter>().StartAsync(World.Request(), default)).Id;
        await process.UntilAsync(async () => (await process.StatusAsync(id)).Level == 1);
        await process.Get<SynthesisControl>().CancelAsync(id, default);
        Assert.Equal(SynthesisState.Cancelled, (await process.EndAsync(id)).Status);
    }

    private sealed class Process : IAsyncDisposable
    {
        private readonly ServiceProvider _services;
        private readonly CancellationTokenSource _stop = new();
        private readonly List<Task> _loops = [];

        public Process(MemoryBlobStore store)
        {
            Queues = new(TimeProvider.System);
            Worker = new(store, Queues, TimeProvider.System);
            _services = new ServiceCollection().AddLogging().AddSingleton<IBlobStore>(store).AddSingleton<IMessageQueues>(Queues)
                .AddCnnMrfPipeline().AddInProcessWorkflows().BuildServiceProvider();
            _loops.Add(Get<NoticePump>().RunAsync(_stop.Token));
        }

        public MemoryQueues Queues { get; }

        public FakeWorker Worker { get; }

        public T Get<T>()
            where T : notnull => _services.GetRequiredService<T>();

        public async Task<SynthesisStatus> StatusAsync(SynthesisId id) => (await Get<SynthesisReader>().FindAsync(id, default))!;

        public void Work() => _loops.Add(Task.Run(async () =>
        {
            while (!_stop.IsCancellationRequested)
            {
                if (Worker.Take() is { } job)
                {
                    await Worker.CompleteAsync(job);
                }
                else
                {
                    await Task.Delay(2);
                }
            }
        }));

        public async Task<SynthesisStatus> EndAsync(SynthesisId id)
        {
            await UntilAsync(async () => (await StatusAsync(id)).Status.IsFinal());
            return await StatusAsync(id);
        }

        public Task IdleAsync() => UntilAsync(() => Task.FromResult(Get<InProcessWorkflows>().Count == 0));

        public async Task UntilAsync(Func<Task<bool>> condition)
        {
            for (var tries = 0; !await condition(); tries++)
            {
                Assert.True(tries < 6_000, "It takes too long.");
                await Task.Delay(5);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await Task.WhenAll(_loops);
            await _services.DisposeAsync();
            _stop.Dispose();
        }
    }
}
