using CnnMrf.Worker.Computing;
using CnnMrf.Worker.Levels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CnnMrf.Worker;

/// <summary>Registers the worker.</summary>
public static class WorkerServices
{
    /// <summary>
    /// Adds a hosted service that takes levels from the queue and computes them. The ports <see cref="Pipeline.Blobs.IBlobStore"/> and
    /// <see cref="Pipeline.Queues.IMessageQueues"/> are the host's to register; a <see cref="TimeProvider"/> of the host's is kept.
    /// </summary>
    /// <param name="services">Where.</param>
    /// <param name="configure">Changes the options; null: as they come, or as the host binds them.</param>
    public static IServiceCollection AddCnnMrfWorker(this IServiceCollection services, Action<WorkerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<WorkerOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WorkerOptions>, WorkerOptionsValidator>());
        services.TryAddSingleton<ILevelEngine, TorchLevelEngine>();
        return services
            .AddSingleton<Retrying>()
            .AddSingleton<LevelFiles>()
            .AddSingleton<LevelWeights>()
            .AddSingleton<FailureStreak>()
            .AddSingleton<LevelEnding>()
            .AddSingleton<LevelFitting>()
            .AddSingleton<LevelComputing>()
            .AddSingleton<LevelRunner>()
            .AddSingleton<LevelWorker>()
            .AddHostedService<WorkerService>();
    }
}
