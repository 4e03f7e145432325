using Microsoft.Extensions.Options;

namespace CnnMrf.Storage.StorageQueues;

/// <summary>How Azure Storage Queues are used.</summary>
public sealed class StorageQueueOptions
{
    /// <summary>How long a message is locked from receiving or renewing; its visibility time-out. 1 s to 7 days, whole seconds.</summary>
    public TimeSpan LockDuration { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Deliveries after which the queue gives a message up and makes it a dead letter. At least 1.</summary>
    public int MaxDeliveries { get; set; } = 2_000;

    /// <summary>The longest pause between two looks at an empty queue. 10 ms to 1 min.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Put before the queues' names, so that several installations may share an account: a-z, 0-9 and hyphens.</summary>
    public string NamePrefix { get; set; } = "";

    /// <summary>Put behind a queue's name, this names the queue of its dead letters.</summary>
    public string DeadLetterSuffix { get; set; } = "-poison";
}

/// <summary>Finds at start what would fail later.</summary>
internal sealed class StorageQueueOptionsValidator : IValidateOptions<StorageQueueOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageQueueOptions options)
    {
        var wrong = new List<string>();
        if (options.LockDuration < TimeSpan.FromSeconds(1) || options.LockDuration > TimeSpan.FromDays(7)
            || options.LockDuration.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            wrong.Add("LockDuration is 1 s to 7 days, in whole seconds.");
        }

        if (options.MaxDeliveries < 1)
        {
            wrong.Add("MaxDeliveries is at least 1.");
        }

        if (options.PollInterval < TimeSpan.FromMilliseconds(10) || options.PollInterval > TimeSpan.FromMinutes(1))
        {
            wrong.Add("PollInterval is 10 ms to 1 min.");
        }

        foreach (var queue in Pipeline.Queues.QueueNames.All.Select(q => options.NamePrefix + q + options.DeadLetterSuffix))
        {
            if (queue.Length > 63 || queue[0] == '-' || queue[^1] == '-' || queue.Contains("--", StringComparison.Ordinal)
                || !queue.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            {
                wrong.Add(
                    $"NamePrefix and DeadLetterSuffix make '{queue}', no queue's name: at most 63 of a-z, 0-9 and single hyphens.");
                break;
            }
        }

        if (options.DeadLetterSuffix.Length == 0)
        {
            wrong.Add("DeadLetterSuffix is not empty: dead letters have a queue of their own.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
