using CnnMrf.Pipeline.Batches;
using CnnMrf.Pipeline.InProcess;
using CnnMrf.Pipeline.Running;
using CnnMrf.Pipeline.Starting;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Uploads;
using CnnMrf.Pipeline.Weights;
using CnnMrf.Pipeline.Workflows;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CnnMrf.Pipeline;

/// <summary>Registers the pipeline.</summary>
public static class PipelineServices
{
    /// <summary>
    /// Registers everything but the ports <see cref="Blobs.IBlobStore"/>, <see cref="Queues.IMessageQueues"/> and
    /// <see cref="IWorkflowClient"/>, which are the host's to register; an <see cref="IWeightsCatalog"/> and a <see cref="TimeProvider"/>
    /// of the
    /// host's are kept.
    /// </summary>
    /// <param name="services">Where.</param>
    /// <param name="options">Null: as they come.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static IServiceCollection AddCnnMrfPipeline(this IServiceCollection services, PipelineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        options ??= new();
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IWeightsCatalog, BlobWeightsCatalog>();
        return services
            .AddSingleton(options)
            .AddSingleton<StatusWriter>()
            .AddSingleton<SynthesisReader>()
            .AddSingleton<PictureTurn>()
            .AddSingleton<PlanRun>()
            .AddSingleton<LevelReader>()
            .AddSingleton<LevelDispatcher>()
            .AddSingleton<RunCloser>()
            .AddSingleton<FinishRun>()
            .AddSingleton<LevelNotices>()
            .AddSingleton<NoticePump>()
            .AddSingleton<SynthesisRemoval>()
            .AddSingleton<SynthesisStarter>()
            .AddSingleton<SynthesisControl>()
            .AddSingleton<UploadWatcher>()
            .AddSingleton<BatchReports>()
            .AddSingleton<BatchSteps>()
            .AddSingleton<BatchScheduler>()
            .AddSingleton<PipelineActivities>();
    }

    /// <summary>Registers the workflows in this process as the <see cref="IWorkflowClient"/>; the host calls
    /// <see cref="InProcessWorkflows.ResumeAsync"/> when it starts.</summary>
    public static IServiceCollection AddInProcessWorkflows(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services
            .AddSingleton<InProcessWorkflows>()
            .AddSingleton<IWorkflowClient>(s => s.GetRequiredService<InProcessWorkflows>());
    }
}
