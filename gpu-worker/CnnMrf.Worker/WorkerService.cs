using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Worker.Diagnostics;
using CnnMrf.Worker.Levels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CnnMrf.Worker;

/// <summary>Takes levels from the queue and works them off, until the host stops or there was nothing to do for long enough.</summary>
internal sealed class WorkerService(
    IMessageQueues queues,
    IBlobStore store,
    LevelWorker worker,
    FailureStreak streak,
    Retrying retrying,
    IOptions<WorkerOptions> options,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<WorkerService> logger) : BackgroundService
{
    private readonly Lock _gate = new();
    private long _idleSince;
    private int _busy;

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var (shortest, longest) = store.LeaseDurations;
        var asked = options.Value.LeaseDuration;
        return asked >= shortest && asked <= longest ? base.StartAsync(cancellationToken) : throw new OptionsValidationException(
            nameof(WorkerOptions),
            typeof(WorkerOptions),
            [$"{WorkerOptions.Section}:{nameof(WorkerOptions.LeaseDuration)} is {asked}; this store can do {shortest} … {longest}."]);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host goes on starting while this one begins.
        await Task.Yield();
        _idleSince = time.GetTimestamp();
        try
        {
            await FindQueuesAsync(stoppingToken).ConfigureAwait(false);
            logger.Waiting(options.Value.Name, options.Value.Concurrency);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            await Task.WhenAll(Enumerable.Range(0, options.Value.Concurrency).Select(_ => WorkAsync(end))).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }

        if (!stoppingToken.IsCancellationRequested)
        {
            logger.Idle(options.Value.ExitWhenIdle!.Value);
            lifetime.StopApplication();
        }
    }

    // A worker that shall exit when idle does not wait for them for ever; but that they cannot be reached is a failure.
    private async Task FindQueuesAsync(CancellationToken stopping)
    {
        using var patience = new CancellationTokenSource(options.Value.ExitWhenIdle ?? Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try
        {
            await retrying.RunAsync("finding the queues", () => queues.EnsureQueuesAsync(either.Token), either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !stopping.IsCancellationRequested)
        {
            throw new QueueUnavailableException(
                QueueNames.Levels, $"The queues could not be reached for {options.Value.ExitWhenIdle}; the log says why.");
        }
    }

    private async Task WorkAsync(CancellationTokenSource end)
    {
        var stopping = end.Token;
        var queue = queues.Get(QueueNames.Levels);
        while (!stopping.IsCancellationRequested)
        {
            var left = IdleTimeLeft();
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            var wait = left < options.Value.ReceiveWait ? left.Value : options.Value.ReceiveWait;
            var message = await ReceiveAsync(queue, wait, stopping).ConfigureAwait(false);
            if (message is null)
            {
                continue;
            }

            Enter();
            try
            {
                await worker.ProcessAsync(message, stopping).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
            {
                // Of settling; the message comes again when its lock ends.
                logger.Unexpected(message.Id, e);
                await Task.Delay(options.Value.RetryEvery, time, stopping).ConfigureAwait(false);
            }
            finally
            {
                Leave();
            }

            if (streak.Broken is { } broken)
            {
                // The others give their levels back.
                await end.CancelAsync().ConfigureAwait(false);
                throw broken;
            }
        }
    }

    // A queue that cannot be reached is no work either: a worker that shall exit when idle does not wait for it for ever.
    private async Task<ReceivedMessage?> ReceiveAsync(IMessageQueue queue, TimeSpan wait, CancellationToken stopping)
    {
        try
        {
            return await queue.ReceiveAsync(wait, stopping).ConfigureAwait(false);
        }
        catch (QueueUnavailableException e)
        {
            var delay = wait < options.Value.RetryEvery ? wait : options.Value.RetryEvery;
            logger.Retrying("receiving a message", delay, e.Message);
            await Task.Delay(delay, time, stopping).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            // Whatever it is, the next message must be heard.
            logger.ReceiveFailed(options.Value.RetryEvery, e);
            await Task.Delay(options.Value.RetryEvery, time, stopping).ConfigureAwait(false);
            return null;
        }
    }

    // Null: never.
    private TimeSpan? IdleTimeLeft()
    {
        lock (_gate)
        {
            return options.Value.ExitWhenIdle is not { } idle ? null : _busy > 0 ? idle : idle - time.GetElapsedTime(_idleSince);
        }
    }

    private void Enter()
    {
        lock (_gate)
        {
            _busy++;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _busy--;
            _idleSince = time.GetTimestamp();
        }
    }
}
