using CnnMrf.Storage;
using CnnMrf.Storage.AzureBlobs;
using CnnMrf.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CnnMrf.GpuWorker;

/// <summary>Puts the program together.</summary>
internal static class WorkerHost
{
    private const string Data = "Data";
    private const string Queues = "Queues";

    /// <summary>The host: store, queues, worker, telemetry.</summary>
    /// <exception cref="ArgumentsException">An option cannot be followed.</exception>
    public static IHost Build(Arguments arguments)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.AddSimpleConsole(o =>
        {
            o.SingleLine = true;
            o.UseUtcTimestamp = true;
            o.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        });
        AddPorts(builder, arguments);
        builder.Services.AddCnnMrfWorker(options =>
        {
            builder.Configuration.GetSection(WorkerOptions.Section).Bind(options);
            options.ExitWhenIdle = arguments.ExitWhenIdle ?? options.ExitWhenIdle;
            options.Concurrency = arguments.Concurrency ?? options.Concurrency;
        });
        var configured = builder.Configuration.GetSection(WorkerOptions.Section).GetValue<TimeSpan?>(nameof(WorkerOptions.ShutdownTime));
        builder.Services.Configure<HostOptions>(o =>
            o.ShutdownTimeout = (configured ?? new WorkerOptions().ShutdownTime) + TimeSpan.FromSeconds(5));
        builder.Services.AddTelemetry(builder.Configuration);
        return builder.Build();
    }

    private static void AddPorts(HostApplicationBuilder builder, Arguments arguments)
    {
        if (arguments.Queue == QueueKind.ServiceBus)
        {
            builder.Services.AddAzureBlobStore(account => Bind(builder, arguments, account));
            try
            {
                ServiceBusPort.Add(builder);
            }
            catch (Exception e) when (e is FileNotFoundException or FileLoadException or BadImageFormatException)
            {
                throw new ArgumentsException(
                    "--queue servicebus: this build was compiled without Azure.Messaging.ServiceBus; build it with "
                    + "-p:ServiceBusSdk=packages, or use --queue storage");
            }

            return;
        }

        builder.Services.AddAzureStorage(
            account => Bind(builder, arguments, account), queues => builder.Configuration.GetSection(Queues).Bind(queues));
    }

    private static void Bind(HostApplicationBuilder builder, Arguments arguments, AzureStorageOptions account)
    {
        var data = builder.Configuration.GetSection(Data);
        data.Bind(account);
        if ((arguments.Storage ?? data.Value) is { } connection)
        {
            account.ConnectionString = connection;
            if (arguments.Storage is not null)
            {
                (account.AccountName, account.BlobServiceUri, account.QueueServiceUri) = (null, null, null);
            }
        }
    }
}
