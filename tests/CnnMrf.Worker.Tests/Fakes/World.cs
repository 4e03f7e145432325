using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Pipeline.Tests.Fakes;
using CnnMrf.Worker.Computing;
using CnnMrf.Worker.Levels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CnnMrf.Worker.Tests.Fakes;

/// <summary>A store, queues and a clock that workers share. Time passes only where a test lets it.</summary>
internal sealed class World
{
    // Renewals that were due within a longer step would all be late at its end.
    private static readonly TimeSpan Stride = TimeSpan.FromSeconds(1);

    public World()
    {
        Store = new(Time);
        Queues = new(Time);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public MemoryBlobStore Store { get; }

    public LockingQueues Queues { get; }

    /// <summary>Settings of a run whose level 1 has ten iterations and is the only one.</summary>
    public static SynthesisSettings OneLevel { get; } = Presets.Get(Preset.Balanced) with
    {
        Size = OutputSize.OfLongSide(64),
        Levels = 1,
        Iterations = [10],
        FinishFactor = 1,
        Weights = "random",
        PositionWeight = [0],
        Mirrored = MirroredCopies.Off,
    };

    public static SynthesisInput Pair { get; } = new(new Picture(64, 64), [new Picture(64, 64)]);

    public Task<Run> PlanAsync(SynthesisSettings? settings = null) => Run.PlanAsync(this, settings ?? OneLevel, Pair);

    /// <summary>A worker of its own, as a host registers it; with the real engine when none is given.</summary>
    public Machine Start(
        ILevelEngine? engine = null, string name = "worker", Action<WorkerOptions>? configure = null, IBlobStore? store = null)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(store ?? Store)
            .AddSingleton<IMessageQueues>(Queues)
            .AddSingleton<IHostApplicationLifetime, Lifetime>();
        if (engine is not null)
        {
            services.AddSingleton(engine);
        }

        return new(this, services.AddCnnMrfWorker(o =>
        {
            o.Name = name;
            configure?.Invoke(o);
        }).BuildServiceProvider());
    }

    /// <summary>
    /// Lets time pass, and what waited for it go on: on a busy machine time must not run away from those that renew leases and locks.
    /// </summary>
    public void Advance(TimeSpan step)
    {
        for (var left = step; left > TimeSpan.Zero; left -= Stride)
        {
            AdvanceInline(left < Stride ? left : Stride);
            for (var (quiet, i) = (0, 0); quiet < 2 && i < 500; i++)
            {
                Thread.Sleep(1);
                quiet = ThreadPool.PendingWorkItemCount == 0 ? quiet + 1 : 0;
            }
        }
    }

    // Without a context, what waited for the time goes on inside Advance: a renewal that is due is done before it returns, however
    // busy the machine is.
    private void AdvanceInline(TimeSpan step)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            Time.Advance(step);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Lets time pass, a step at a time, until something is done.</summary>
    public async Task PassAsync(Task until, TimeSpan? step = null)
    {
        for (var i = 0; i < 20_000 && !until.IsCompleted; i++)
        {
            await Task.Yield();
            Advance(step ?? TimeSpan.FromSeconds(0.5));
        }

        Assert.True(until.IsCompleted, "it does not end");
        await until;
    }

    /// <summary>Lets things happen without letting time pass.</summary>
    public static async Task UntilAsync(Func<bool> holds)
    {
        for (var i = 0; i < 5_000 && !holds(); i++)
        {
            await Task.Delay(1);
        }

        Assert.True(holds(), "it does not happen");
    }

    public sealed class Lifetime : IHostApplicationLifetime
    {
        public bool Stopped { get; private set; }

        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => Stopped = true;
    }
}

/// <summary>One worker process.</summary>
internal sealed class Machine(World world, ServiceProvider services) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public World.Lifetime Lifetime => (World.Lifetime)services.GetRequiredService<IHostApplicationLifetime>();

    public IHostedService Service => services.GetServices<IHostedService>().Single();

    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Takes the next message and works it off.</summary>
    public Task WorkAsync()
    {
        var message = world.Queues.Levels.TryReceive();
        Assert.NotNull(message);
        return Task.Run(() => services.GetRequiredService<LevelWorker>().ProcessAsync(message, _stopping.Token));
    }

    /// <summary>SIGTERM.</summary>
    public void Stop() => _stopping.Cancel();

    public ValueTask DisposeAsync() => services.DisposeAsync();
}

