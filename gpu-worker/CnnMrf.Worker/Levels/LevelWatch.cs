using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Worker.Owning;

namespace CnnMrf.Worker.Levels;

/// <summary>While a level is computed: writes the heartbeat, and looks whether it is still wanted.</summary>
internal sealed class LevelWatch : IAsyncDisposable
{
    private readonly IBlobStore _store;
    private readonly LevelJob _job;
    private readonly LevelReporter _reporter;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _unwanted = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _beating;
    private readonly Task _looking;

    /// <summary>Watches from now on.</summary>
    public LevelWatch(IBlobStore store, LevelJob job, LevelReporter reporter, WorkerOptions options, TimeProvider time)
    {
        (_store, _job, _reporter, _options, _time) = (store, job, reporter, options, time);
        _beating = RepeatAsync(options.HeartbeatEvery, () => _reporter.WriteAsync(_stop.Token));
        _looking = RepeatAsync(options.CancelPollEvery, LookAsync);
    }

    /// <summary>Cancelled when nobody wants the level any more.</summary>
    public CancellationToken Unwanted => _unwanted.Token;

    /// <summary>How such a level ends, or null: it is wanted.</summary>
    public static async Task<(LevelEnd End, Problem? Problem)?> EndOfAsync(
        IBlobStore store, LevelJob job, TimeProvider time, CancellationToken ct) =>
        await store.FindAsync(BlobLayout.Run(job.Key.RunKey).Cancel, ct).ConfigureAwait(false) is not null ? (LevelEnd.Cancelled, null)
        : time.GetUtcNow() >= job.Deadline ? (LevelEnd.Failed, new(
            ProblemCodes.Timeout, $"Level {job.Level} was not done by {job.Deadline:u}. Retry the synthesis, or take a smaller size."))
        : null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_beating, _looking).ConfigureAwait(false);
        _stop.Dispose();
        _unwanted.Dispose();
    }

    private async Task LookAsync()
    {
        if (await EndOfAsync(_store, _job, _time, _stop.Token).ConfigureAwait(false) is not null)
        {
            await _unwanted.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task RepeatAsync(TimeSpan every, Func<Task> action)
    {
        while (true)
        {
            try
            {
                await Task.Delay(every, _time, _stop.Token).ConfigureAwait(false);
                await action().ConfigureAwait(false);
            }
            catch (Exception e) when (Retrying.IsOutage(e))
            {
                // The next time comes soon.
            }
            catch (Exception e) when (e is OperationCanceledException or OwnershipLostException)
            {
                return;
            }
        }
    }
}
