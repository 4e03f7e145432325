namespace CnnMrf.Pipeline.Queues;

/// <summary>The queues, by the only names they have.</summary>
public static class QueueNames
{
    /// <summary><see cref="Levels.LevelJob"/>s: to the workers.</summary>
    public const string Levels = "levels";

    /// <summary><see cref="Levels.LevelNotice"/>s: from the workers, each says that an outcome was written.</summary>
    public const string LevelOutcomes = "level-outcomes";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Levels, LevelOutcomes];
}
