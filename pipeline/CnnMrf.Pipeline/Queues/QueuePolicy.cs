namespace CnnMrf.Pipeline.Queues;

/// <summary>How a broker holds the queues. <c>infra/</c> is compared with it; receivers renew their locks by it.</summary>
public static class QueuePolicy
{
    /// <summary>How long a received message is locked unless renewed; the longest that Service Bus knows.</summary>
    public static TimeSpan LockDuration { get; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Deliveries after which the broker gives a message up. Each eviction of a worker is one, so it is far above what is poison
    /// (<see cref="Levels.LevelOwner.MaxDeliveriesWithoutProgress"/>).
    /// </summary>
    public const int MaxDeliveries = 2_000;

    /// <summary>How long the broker drops a second message of the same id; longer than all attempts of an activity that sends.</summary>
    public static TimeSpan DuplicateWindow { get; } = TimeSpan.FromHours(1);
}
