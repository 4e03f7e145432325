using CnnMrf.Pipeline.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CnnMrf.ServiceBus;

/// <summary>Registers the queues of Service Bus.</summary>
public static class ServiceBusServices
{
    /// <summary>Registers <see cref="IMessageQueues"/> as a singleton. Options are checked when the host starts.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Which namespace, and as whom.</param>
    public static IServiceCollection AddServiceBusQueues(this IServiceCollection services, Action<ServiceBusQueueOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<IValidateOptions<ServiceBusQueueOptions>, ServiceBusQueueOptionsValidator>();
        services.AddOptions<ServiceBusQueueOptions>().Configure(configure).ValidateOnStart();
        services.TryAddSingleton<IMessageQueues, ServiceBusQueues>();
        return services;
    }
}
