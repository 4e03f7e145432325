using System.Collections.Concurrent;
using Azure.Core;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using CnnMrf.Pipeline.Queues;
using Microsoft.Extensions.Options;

namespace CnnMrf.ServiceBus;

/// <summary>
/// Queues in Azure Service Bus, or its emulator. Made by <c>infra/</c>: with duplicate detection, so that of two messages with the id of a
/// recent one the second is dropped, and with locks of <see cref="QueuePolicy.LockDuration"/>.
/// </summary>
/// <remarks>An abandoned message comes again at once, whatever the delay: the broker cannot wait.</remarks>
public sealed class ServiceBusQueues : IMessageQueues, IAsyncDisposable
{
    private readonly ServiceBusClient client;
    private readonly ConcurrentDictionary<string, ServiceBusQueue> queues = new(StringComparer.Ordinal);

    /// <summary>Queues of a namespace. Connects when first used.</summary>
    /// <param name="options">Which, and as whom.</param>
    public ServiceBusQueues(IOptions<ServiceBusQueueOptions> options)
        : this(ClientOf((options ?? throw new ArgumentNullException(nameof(options))).Value))
    {
    }

    internal ServiceBusQueues(ServiceBusClient client) => this.client = client;

    /// <summary>Does nothing: they are made by the deployment, and this program's identity may not.</summary>
    public Task EnsureQueuesAsync(CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc/>
    public IMessageQueue Get(string name) => QueueNames.All.Contains(name)
        ? queues.GetOrAdd(name, n => new(n, client))
        : throw new ArgumentException($"'{name}' is no queue; there are {string.Join(" and ", QueueNames.All)}.", nameof(name));

    /// <summary>Closes the connection. Messages that are locked come again when their locks end.</summary>
    public ValueTask DisposeAsync() => client.DisposeAsync();

    private static ServiceBusClient ClientOf(ServiceBusQueueOptions options) => string.IsNullOrWhiteSpace(options.ConnectionString)
        ? new(options.FullyQualifiedNamespace!, CredentialOf(options))
        : new(options.ConnectionString);

    private static TokenCredential CredentialOf(ServiceBusQueueOptions options) => options.Credential is not null
        ? new ManagedIdentityCredential(options.ClientId is { } id
            ? ManagedIdentityId.FromUserAssignedClientId(id)
            : ManagedIdentityId.SystemAssigned)
        : new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = options.ClientId });
}
