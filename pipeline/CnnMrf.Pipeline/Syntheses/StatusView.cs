using CnnMrf.Pipeline.Levels;

namespace CnnMrf.Pipeline.Syntheses;

/// <summary>A running synthesis as people see it: its status, with the finer numbers of the level that is being computed.</summary>
public static class StatusView
{
    /// <summary>What iterating is of a level's work; the rest is preparing, and writing the picture.</summary>
    private const double IteratingShare = 0.95;

    /// <summary>Puts both together.</summary>
    /// <param name="status">Read first: progress of an earlier level than its is not looked at.</param>
    /// <param name="progress">Of its level, read after it; null where there is none.</param>
    public static SynthesisStatus Merge(SynthesisStatus status, LevelProgress? progress)
    {
        ArgumentNullException.ThrowIfNull(status);
        if (status.Status != SynthesisState.Running || status.Level < 1 || status.Level > status.Levels.Count)
        {
            return status;
        }

        var current = progress is not null && progress.Run == status.Run && progress.Level == status.Level ? progress : null;
        var done = Done(status, current);
        return status with
        {
            Iteration = current?.Iteration ?? status.Iteration,
            Energy = current?.Energy ?? status.Energy,
            Percent = Math.Max(status.Percent, Math.Round(Math.Min(99.9, 100 * done), 1)),
            EtaSeconds = Eta(status, current, done),
            UpdatedAt = current is not null && current.Heartbeat > status.UpdatedAt ? current.Heartbeat : status.UpdatedAt,
        };
    }

    // Iterations of earlier owners count although they may be done again: percent must not fall.
    private static double Done(SynthesisStatus status, LevelProgress? current)
    {
        var before = status.Levels.Take(status.Level - 1).Sum(l => l.Share);
        var share = status.Levels[status.Level - 1].Share;
        var within = current switch
        {
            null => 0,
            { Phase: LevelPhase.Finishing } => IteratingShare,
            { Iterations: > 0 } => IteratingShare * Math.Clamp(current.Furthest / (double)current.Iterations, 0, 1),
            _ => 0,
        };
        return before + (share * within);
    }

    // Seconds of computing a share of the work, from the present level as soon as it says something, else from the levels before.
    private static double? Eta(SynthesisStatus status, LevelProgress? current, double done)
    {
        var share = status.Levels[status.Level - 1].Share;
        var finished = status.Levels.Take(status.Level - 1).Where(l => l.Seconds is not null).ToArray();
        var shares = finished.Sum(l => l.Share);
        var seconds = finished.Sum(l => l.Seconds!.Value);
        if (current is { Iterations: > 0, Iteration: > 0, Seconds: > 0 })
        {
            var now = share * IteratingShare * Math.Min(1, current.Iteration / (double)current.Iterations);
            // The present level is the best witness: levels before count for a tenth of what they were.
            shares = (0.1 * shares) + now;
            seconds = (0.1 * seconds) + current.Seconds;
        }

        return shares > 0 ? Math.Round(Math.Max(0, 1 - done) * seconds / shares, 1) : null;
    }
}
