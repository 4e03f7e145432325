using CnnMrf.Pipeline.Queues;
using Microsoft.Extensions.DependencyInjection;

namespace CnnMrf.ServiceBus.Tests.Broker;

/// <summary>How hosts get the queues.</summary>
public sealed class RegistrationTests
{
    [Theory]
    [InlineData("Endpoint=sb://localhost;SharedAccessKeyName=n;SharedAccessKey=c2VjcmV0;UseDevelopmentEmulator=true;", null, null)]
    [InlineData(null, "sb-a.servicebus.windows.net", "managedidentity")]
    [InlineData(null, "sb-a.servicebus.windows.net", null)]
    public async Task Both_ways_of_naming_a_namespace_make_queues_without_asking_it(string? connection, string? host, string? credential)
    {
        await using var services = new ServiceCollection().AddServiceBusQueues(options =>
            (options.ConnectionString, options.FullyQualifiedNamespace, options.Credential, options.ClientId)
                = (connection, host, credential, credential is null ? null : "11111111-1111-1111-1111-111111111111"))
            .BuildServiceProvider();

        var queues = services.GetRequiredService<IMessageQueues>();
        await queues.EnsureQueuesAsync(default);

        Assert.Equal(QueueNames.Levels, queues.Get(QueueNames.Levels).Name);
        Assert.Same(queues.Get(QueueNames.Levels), queues.Get(QueueNames.Levels));
    }
}
