using CnnMrf.Pipeline.Blobs;
using Microsoft.Extensions.Options;

namespace CnnMrf.Worker.Owning;

/// <summary>
/// Renews a lease while a level is worked on. While the store cannot be reached the lease may run out: then nobody else can have
/// acquired it either, unless renewing says so when the store is back.
/// </summary>
internal sealed class LeaseKeeper : IAsyncDisposable
{
    private readonly IBlobStore _store;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly BlobLease _lease;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _one = new(1);
    private readonly Task _renewing;
    private long _renewedAt;

    /// <summary>Keeps a lease that was asked for at the given timestamp, or later.</summary>
    public LeaseKeeper(IBlobStore store, IOptions<WorkerOptions> options, TimeProvider time, BlobLease lease, long acquiredAt)
    {
        (_store, _options, _time, _lease, _renewedAt) = (store, options.Value, time, lease, acquiredAt);
        _renewing = RenewRegularlyAsync();
    }

    /// <summary>What writes to the leased blob show.</summary>
    public string Id => _lease.Id;

    /// <summary>Cancelled when another has the level.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Returns only while the lease is surely held: by our own clock, or else by asking.</summary>
    /// <exception cref="OwnershipLostException">It is lost.</exception>
    /// <exception cref="BlobUnavailableException">Nobody knows.</exception>
    public Task EnsureAsync(CancellationToken ct)
    {
        if (_lost.IsCancellationRequested)
        {
            throw new OwnershipLostException();
        }

        // Writes take time too: a lease about to end is renewed first.
        return _time.GetElapsedTime(Interlocked.Read(ref _renewedAt)) < _lease.Duration * 0.75 ? Task.CompletedTask : RenewAsync(ct);
    }

    /// <summary>Renews now.</summary>
    /// <exception cref="OwnershipLostException">It is lost.</exception>
    /// <exception cref="BlobUnavailableException">Nobody knows.</exception>
    public async Task RenewAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            var now = _time.GetTimestamp();
            await _store.RenewLeaseAsync(_lease, ct).ConfigureAwait(false);
            Interlocked.Exchange(ref _renewedAt, now);
        }
        catch (BlobLeaseLostException e)
        {
            await _lost.CancelAsync().ConfigureAwait(false);
            throw new OwnershipLostException(e);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Gives the lease back; where that does not work it ends by its time.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        if (!_lost.IsCancellationRequested)
        {
            try
            {
                await _store.ReleaseLeaseAsync(_lease, CancellationToken.None).ConfigureAwait(false);
            }
            catch (BlobException)
            {
                // Nothing depends on it: it ends by its time.
            }
        }

        _stop.Dispose();
        _lost.Dispose();
        _one.Dispose();
    }

    private async Task RenewRegularlyAsync()
    {
        var wait = _options.LeaseRenewEvery;
        while (true)
        {
            try
            {
                await Task.Delay(wait, _time, _stop.Token).ConfigureAwait(false);
                await RenewAsync(_stop.Token).ConfigureAwait(false);
                wait = _options.LeaseRenewEvery;
            }
            catch (BlobUnavailableException)
            {
                wait = _options.RetryEvery < _options.LeaseRenewEvery ? _options.RetryEvery : _options.LeaseRenewEvery;
            }
            catch (Exception e) when (e is OperationCanceledException or OwnershipLostException)
            {
                return;
            }
        }
    }
}
