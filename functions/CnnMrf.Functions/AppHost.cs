using CnnMrf.Api.Endpoints;
using CnnMrf.Functions.Durable;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Workflows;
using CnnMrf.ServiceBus;
using CnnMrf.Storage;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;

namespace CnnMrf.Functions;

/// <summary>Puts the app together.</summary>
internal static class AppHost
{
    /// <summary>The host: store, queues, pipeline, API, telemetry.</summary>
    /// <param name="args">What the Functions host starts the worker with.</param>
    public static IHost Build(string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        var configuration = builder.Configuration;
        builder.Services
            .AddAzureBlobStore(options => Connections.Bind(
                configuration, Connections.Data, options, text => options.ConnectionString = text))
            .AddServiceBusQueues(options => Connections.Bind(
                configuration, Connections.ServiceBus, options, text => options.ConnectionString = text))
            // Event Grid announces a blob when it is whole.
            .AddCnnMrfPipeline(new() { UploadSettles = TimeSpan.Zero })
            .AddCnnMrfApi()
            .AddSingleton<DurableWorkflows>()
            .AddSingleton<IWorkflowClient>(services => services.GetRequiredService<DurableWorkflows>())
            .AddTelemetry(configuration)
            // Handlers limit bodies themselves, with an answer that says so.
            .Configure<KestrelServerOptions>(options => options.Limits.MaxRequestBodySize = null)
            .Configure<WorkerOptions>(options => options.Serializer = WorkflowJson.Serializer);
        if (!string.IsNullOrWhiteSpace(configuration[Connections.Data]))
        {
            // An emulator has none; in Azure the deployment makes them, and this app may not.
            builder.Services.AddHostedService<Containers>();
        }

        return builder.Build();
    }
}
