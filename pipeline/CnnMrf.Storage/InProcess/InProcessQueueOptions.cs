using Microsoft.Extensions.Options;

namespace CnnMrf.Storage.InProcess;

/// <summary>How in-process queues behave.</summary>
public sealed class InProcessQueueOptions
{
    /// <summary>How long a message is locked from receiving or renewing. Positive.</summary>
    public TimeSpan LockDuration { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Deliveries after which the queue gives a message up and makes it a dead letter. At least 1.</summary>
    public int MaxDeliveries { get; set; } = 2_000;
}

/// <summary>Finds at start what would fail later.</summary>
internal sealed class InProcessQueueOptionsValidator : IValidateOptions<InProcessQueueOptions>
{
    public ValidateOptionsResult Validate(string? name, InProcessQueueOptions options)
    {
        var wrong = new List<string>();
        if (options.LockDuration <= TimeSpan.Zero)
        {
            wrong.Add("LockDuration is positive.");
        }

        if (options.MaxDeliveries < 1)
        {
            wrong.Add("MaxDeliveries is at least 1.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
