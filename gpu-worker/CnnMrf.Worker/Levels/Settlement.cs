namespace CnnMrf.Worker.Levels;

/// <summary>What becomes of a level's message.</summary>
internal abstract record Settlement
{
    /// <summary>The level has ended.</summary>
    public sealed record Complete : Settlement;

    /// <summary>Another delivery is to go on.</summary>
    public sealed record GiveBack(TimeSpan Delay) : Settlement;

    /// <summary>Nobody can work it off.</summary>
    public sealed record DeadLetter(string Reason, string Description) : Settlement;

    /// <summary>The message is no longer ours.</summary>
    public sealed record Leave : Settlement;
}
