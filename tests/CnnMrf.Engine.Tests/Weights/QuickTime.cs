namespace CnnMrf.Engine.Tests.Weights;

/// <summary>The system's clock, except that waits of up to half a minute are over at once and noted.</summary>
internal sealed class QuickTime : TimeProvider
{
    public List<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.FromSeconds(30) || dueTime < TimeSpan.Zero) return base.CreateTimer(callback, state, dueTime, period);
        Waits.Add(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
