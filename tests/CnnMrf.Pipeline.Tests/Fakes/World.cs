using System.Text.Json.Nodes;
using CnnMrf.Pipeline.Batches;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Pipeline.Running;
using CnnMrf.Pipeline.Starting;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Uploads;
using CnnMrf.Pipeline.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CnnMrf.Pipeline.Tests.Fakes;

/// <summary>The whole pipeline, on a store, queues, an engine and a clock in memory.</summary>
internal sealed class World : IDisposable
{
    private readonly ServiceProvider _services;

    public World(PipelineOptions? options = null)
    {
        Store = new(Time);
        Queues = new(Time);
        Host = new(Time);
        Worker = new(Store, Queues, Time);
        _services = new ServiceCollection().AddLogging()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IBlobStore>(Store)
            .AddSingleton<IMessageQueues>(Queues)
            .AddSingleton<IWorkflowClient>(Host)
            .AddCnnMrfPipeline(options)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
        Host.Activities = Get<PipelineActivities>();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public MemoryBlobStore Store { get; }

    public MemoryQueues Queues { get; }

    public DurableHost Host { get; }

    public FakeWorker Worker { get; }

    public SynthesisStarter Starter => Get<SynthesisStarter>();

    public SynthesisControl Control => Get<SynthesisControl>();

    public SynthesisReader Reader => Get<SynthesisReader>();

    public UploadWatcher Uploads => Get<UploadWatcher>();

    public BatchScheduler Batches => Get<BatchScheduler>();

    public LevelNotices Notices => Get<LevelNotices>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>A small request of two levels.</summary>
    public static StartRequest Request(
        string name = "cat", int seed = 1, string settings = """{"preset":"paper","size":128,"iterations":4}""") => new()
        {
            Name = name,
            Source = RequestSource.Http,
            Settings = JsonNode.Parse(settings)!.AsObject(),
            Inputs =
        [
            InputSource.Of(InputRole.Content, 0, "cat.png", TestPictures.Png(seed: seed)),
            InputSource.Of(InputRole.Style, 0, "style.png", TestPictures.Png(seed: seed + 1000)),
        ],
        };

    public async Task<StartResult> StartAsync(StartRequest? request = null)
    {
        var result = await Starter.StartAsync(request ?? Request(), default);
        await Host.PumpAsync();
        return result;
    }

    /// <summary>Delivers all notices.</summary>
    public async Task DeliverAsync()
    {
        while (Queues.Outcomes.Messages.TryDequeue(out var message))
        {
            await Notices.HandleNoticeAsync(message.Body, default);
        }

        await Host.PumpAsync();
    }

    /// <summary>Completes every level that is dispatched, until nothing is.</summary>
    public async Task WorkOffAsync()
    {
        while (Worker.Take() is { } job)
        {
            await Worker.CompleteAsync(job);
            await DeliverAsync();
        }
    }

    public async Task<SynthesisStatus> StatusAsync(SynthesisId id) => (await Reader.FindAsync(id, default))!;

    public Task PutAsync(string name, byte[] bytes) => Store.WriteAsync(new(BlobContainers.Uploads, name), bytes, new BlobWrite(), default);

    public void Dispose() => _services.Dispose();
}
