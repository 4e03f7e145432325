using CnnMrf.Pipeline.Identity;
using Microsoft.Extensions.Options;

namespace CnnMrf.Worker.Levels;

/// <summary>
/// Levels that failed one after the other. A level that fails wherever it is tried is poison; where different ones fail, the machine is at
/// fault: a worker that went on would take every level of the queue, and fail it until it counts as poison.
/// </summary>
internal sealed class FailureStreak(IOptions<WorkerOptions> options)
{
    private readonly Lock _gate = new();
    private readonly HashSet<LevelKey> _failed = [];

    /// <summary>Why the worker must end; null while it need not.</summary>
    public BrokenWorkerException? Broken { get; private set; }

    /// <summary>A level failed by something that it does not foresee.</summary>
    public void Failed(LevelKey level, Exception failure)
    {
        lock (_gate)
        {
            _failed.Add(level);
            if (_failed.Count >= options.Value.ExitAfterFailures)
            {
                Broken ??= new(_failed.Count, failure);
            }
        }
    }

    /// <summary>A level was computed, or ended by something that was foreseen.</summary>
    public void Worked()
    {
        lock (_gate)
        {
            _failed.Clear();
        }
    }
}

/// <summary>The machine of this worker seems to be broken.</summary>
internal sealed class BrokenWorkerException(int levels, Exception failure) : Exception(
    $"{levels} levels in a row failed on this machine, the last by {failure.GetType().Name}: {failure.Message.TrimEnd('.')}. Mend it and "
    + "start the worker again.",
    failure);
