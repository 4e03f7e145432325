using CnnMrf.Pipeline.Queues;
using Microsoft.Extensions.Options;

namespace CnnMrf.Worker.Owning;

/// <summary>Renews the lock on a message while it is worked on.</summary>
internal sealed class LockKeeper : IAsyncDisposable
{
    // The end of the lock is by the broker's clock: to one that is far ahead of it every lock seems to have ended.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly ReceivedMessage _message;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _renewing;

    /// <summary>Renews from now on.</summary>
    public LockKeeper(ReceivedMessage message, IOptions<WorkerOptions> options, TimeProvider time)
    {
        (_message, _options, _time) = (message, options.Value, time);
        _renewing = RenewRegularlyAsync();
    }

    /// <summary>Cancelled when the message is no longer ours.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Ends renewing, so that the message can be settled.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task RenewRegularlyAsync()
    {
        var wait = Next();
        while (true)
        {
            try
            {
                await Task.Delay(wait, _time, _stop.Token).ConfigureAwait(false);
                await _message.RenewAsync(_stop.Token).ConfigureAwait(false);
                wait = Next();
            }
            catch (MessageLockLostException)
            {
                await _lost.CancelAsync().ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // Most often the queue cannot be reached; whatever it is, the lock may still be ours.
                wait = _options.RetryEvery < Next() ? _options.RetryEvery : Next();
            }
        }
    }

    private TimeSpan Next()
    {
        var third = (_message.LockedUntil - _time.GetUtcNow()) / 3;
        var soon = third > Shortest ? third : Shortest;
        return soon < _options.LockRenewEvery ? soon : _options.LockRenewEvery;
    }
}
