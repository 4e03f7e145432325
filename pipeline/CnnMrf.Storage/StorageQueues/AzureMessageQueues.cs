using System.Collections.Concurrent;
using Azure.Storage.Queues;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Storage.AzureBlobs;
using CnnMrf.Storage.Checks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CnnMrf.Storage.StorageQueues;

/// <summary>Queues in Azure Storage Queues, or Azurite. Dead letters have queues of their own: <c>levels-poison</c> for
/// <c>levels</c>.</summary>
/// <remarks>
/// A lock is the message's visibility time-out. The queue drops no doubles, and forgets messages whose time to live is over. A dead
/// letter is written to its queue before the message is deleted from the other: a crash between leaves both.
/// </remarks>
public sealed class AzureMessageQueues : IMessageQueues
{
    private readonly QueueServiceClient service;
    private readonly StorageQueueOptions queueOptions;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly ConcurrentDictionary<string, AzureMessageQueue> queues = new(StringComparer.Ordinal);

    /// <summary>Queues of a storage account.</summary>
    /// <param name="account">Which, and as whom.</param>
    /// <param name="options">How.</param>
    /// <param name="time">The clock of waiting and of <see cref="ReceivedMessage.LockedUntil"/>.</param>
    /// <param name="log">Where messages that are given up are reported.</param>
    public AzureMessageQueues(
        IOptions<AzureStorageOptions> account, IOptions<StorageQueueOptions> options, TimeProvider time, ILogger<AzureMessageQueues> log)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(options);
        service = AzureClients.Queues(account.Value);
        queueOptions = options.Value;
        this.time = time;
        this.log = log;
    }

    /// <inheritdoc/>
    public async Task EnsureQueuesAsync(CancellationToken ct)
    {
        foreach (var name in QueueNames.All)
        {
            await Queue(name).EnsureAsync(ct).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public IMessageQueue Get(string name)
    {
        QueueMessages.CheckName(name);
        return Queue(name);
    }

    private AzureMessageQueue Queue(string name) => queues.GetOrAdd(name, n => new(
        n, service.GetQueueClient(queueOptions.NamePrefix + n),
        service.GetQueueClient(queueOptions.NamePrefix + n + queueOptions.DeadLetterSuffix), queueOptions, time, log));
}
