using CnnMrf.Pipeline.Queues;
using CnnMrf.Storage.Checks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CnnMrf.Storage.InProcess;

/// <summary>Queues in the memory of one process, for sender and receivers in it.</summary>
/// <remarks>
/// When the process ends, however it ends, its queues are gone: every message that was waiting, delayed, locked or dead. Nothing else
/// is. A pipeline on these queues loses no work by it, because the truth lies in the blob store: a level whose message was lost has
/// neither outcome nor a fresh heartbeat, and a workflow that is run again after the restart reads the outcome that a lost notice spoke
/// of, and dispatches a level without one again. Whoever uses these queues must start the unfinished workflows when the process starts.
/// What is not made up for are dead letters that nobody received before, and how often a lost message had been delivered.
/// </remarks>
public sealed class InProcessMessageQueues : IMessageQueues
{
    private readonly Dictionary<string, InProcessMessageQueue> queues;

    /// <summary>Empty queues.</summary>
    /// <param name="options">How they behave.</param>
    /// <param name="time">The clock of locks, delays and times to live.</param>
    /// <param name="log">Where messages that are given up or forgotten are reported.</param>
    public InProcessMessageQueues(IOptions<InProcessQueueOptions> options, TimeProvider time, ILogger<InProcessMessageQueues> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        queues = QueueNames.All.ToDictionary(name => name, name => new InProcessMessageQueue(name, options.Value, time, log));
    }

    /// <inheritdoc/>
    public Task EnsureQueuesAsync(CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc/>
    public IMessageQueue Get(string name)
    {
        QueueMessages.CheckName(name);
        return queues[name];
    }
}
