using System.Runtime.CompilerServices;
using CnnMrf.ServiceBus;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace CnnMrf.GpuWorker;

/// <summary>The only place of the program that knows Service Bus: nothing of it is loaded before this is called.</summary>
internal static class ServiceBusPort
{
    /// <summary>Registers the queues of the configuration's <c>ServiceBus</c>: a connection string, or namespace and identity.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Add(HostApplicationBuilder builder) => builder.Services.AddServiceBusQueues(options =>
    {
        var section = builder.Configuration.GetSection(ServiceBusQueueOptions.Section);
        section.Bind(options);
        options.ConnectionString = section.Value ?? options.ConnectionString;
    });
}
