using System.Collections.Concurrent;

namespace CnnMrf.Training.Pairs;

/// <summary>
/// Pairs by number, drawn ahead by threads of its own, and kept for a while because they are used more than once. What a number gives
/// does not depend on the order of asking.
/// </summary>
public sealed class PairStream : IDisposable
{
    private readonly PairArtist _artist;
    private readonly int _side;
    private readonly long _first;
    private readonly int _keep;
    private readonly int _ahead;
    private readonly ConcurrentDictionary<long, Lazy<ScenePair>> _pairs = new();
    private readonly SemaphoreSlim _wanted = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _drawing;
    private long _newest = -1;
    private long _taken = -1;

    /// <summary>Starts drawing.</summary>
    /// <param name="artist">Draws.</param>
    /// <param name="side">Pixels a side.</param>
    /// <param name="first">The artist's number of this stream's pair 0.</param>
    /// <param name="keep">Pairs older than this many before the newest asked for are forgotten (and drawn again if asked for).</param>
    /// <param name="ahead">Pairs drawn before they are asked for.</param>
    /// <param name="drawers">Threads that draw.</param>
    public PairStream(PairArtist artist, int side, long first, int keep, int ahead, int drawers = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(drawers);
        (_artist, _side, _first, _keep, _ahead) = (artist, side, first, keep, ahead);
        _drawing =
        [
            .. Enumerable.Range(0, drawers).Select(_ => Task.Factory.StartNew(
                DrawAhead, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
        ];
    }

    /// <summary>The pair of a number.</summary>
    public ScenePair Get(long number)
    {
        if (number > _newest)
        {
            for (var old = Math.Max(0, _newest - _keep); old < number - _keep; old++)
            {
                _pairs.TryRemove(old, out _);
            }

            Volatile.Write(ref _newest, number);
            _wanted.Release(_drawing.Length);
        }

        return Pair(number).Value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _wanted.Release(_drawing.Length);
        Task.WaitAll(_drawing);
        _wanted.Dispose();
        _stop.Dispose();
    }

    private Lazy<ScenePair> Pair(long number) => _pairs.GetOrAdd(number, n => new(() => _artist.Draw(_first + n, _side)));

    private void DrawAhead()
    {
        while (!_stop.IsCancellationRequested)
        {
            _wanted.Wait();
            while (!_stop.IsCancellationRequested && Take() is { } number)
            {
                _ = Pair(number).Value;
            }
        }
    }

    // The next number that nobody draws yet; null: enough are drawn ahead. One that was asked for already is its asker's.
    private long? Take()
    {
        while (true)
        {
            var taken = Interlocked.Read(ref _taken);
            var newest = Interlocked.Read(ref _newest);
            var next = Math.Max(taken, newest) + 1;
            if (next > newest + _ahead)
            {
                return null;
            }

            if (Interlocked.CompareExchange(ref _taken, next, taken) == taken)
            {
                return next;
            }
        }
    }
}
