using System.Diagnostics;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Diagnostics;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Worker.Diagnostics;
using CnnMrf.Worker.Owning;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CnnMrf.Worker.Levels;

/// <summary>Works off one message: waits until the level is ours or has ended, and settles the message.</summary>
internal sealed class LevelWorker(
    IBlobStore store,
    LevelRunner runner,
    LevelEnding ending,
    Retrying retrying,
    IOptions<WorkerOptions> options,
    TimeProvider time,
    ILogger<LevelWorker> logger)
{
    /// <summary>Works off a message. Never throws because of what the message says or how the level goes.</summary>
    /// <param name="message">A <see cref="LevelJob"/>.</param>
    /// <param name="stopping">Cancelled when the worker shall stop: the level is left where it is and the message given back.</param>
    public async Task ProcessAsync(ReceivedMessage message, CancellationToken stopping)
    {
        using var trace = PipelineDiagnostics.Source.StartActivity("level.compute", ActivityKind.Consumer, message.TraceParent);
        var keeper = new LockKeeper(message, options, time);
        await using (keeper.ConfigureAwait(false))
        {
            Settlement settlement;
            try
            {
                var job = PipelineJson.Read<LevelJob>(message.Body.Span, $"Message {message.Id}");
                trace?.SetTag("cnnmrf.synthesis", job.Id.Value).SetTag("cnnmrf.run", job.Run).SetTag("cnnmrf.level", job.Level)
                    .SetTag("cnnmrf.attempt", job.Attempt).SetTag("cnnmrf.worker", options.Value.Name);
                settlement = await WorkAsync(job, keeper.Lost, stopping).ConfigureAwait(false);
            }
            catch (DocumentException e)
            {
                logger.Unreadable(e.Message);
                settlement = new Settlement.DeadLetter("unreadable", e.Message);
            }
            catch (OperationCanceledException) when (keeper.Lost.IsCancellationRequested)
            {
                settlement = new Settlement.Leave();
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                settlement = new Settlement.GiveBack(TimeSpan.Zero);
            }
            catch (Exception e)
            {
                logger.Unexpected(message.Id, e);
                trace?.SetStatus(ActivityStatusCode.Error, e.Message);
                settlement = new Settlement.GiveBack(options.Value.FailureDelay);
            }

            trace?.SetTag("cnnmrf.settlement", settlement.GetType().Name);
            if (settlement is Settlement.GiveBack { Delay: var delay } && delay > TimeSpan.Zero && !message.CanBeDelayed)
            {
                // Given back at once, it would come again at once, and here.
                using var either = CancellationTokenSource.CreateLinkedTokenSource(keeper.Lost, stopping);
                await Task.Delay(delay, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await keeper.StopAsync().ConfigureAwait(false);
            await SettleAsync(message, settlement).ConfigureAwait(false);
        }
    }

    private async Task<Settlement> WorkAsync(LevelJob job, CancellationToken lockLost, CancellationToken stopping)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(lockLost, stopping);
        var ct = both.Token;
        var said = false;
        while (true)
        {
            if (!await retrying.RunAsync("looking for the plan", () => store.HoldsAsync(job.Dispatch, ct), ct).ConfigureAwait(false))
            {
                // Removed since, and perhaps started anew: nothing must be written under its name.
                logger.Orphan(job.Key);
                return new Settlement.Complete();
            }

            if (await ending.AdoptAsync(job, ct).ConfigureAwait(false))
            {
                return new Settlement.Complete();
            }

            var ownership = await retrying.RunAsync(
                "owning the level", () => LevelOwnership.TryAcquireAsync(store, options, time, job.Key, ct), ct).ConfigureAwait(false);
            if (ownership is null)
            {
                if (!said)
                {
                    logger.WaitingForOwner(job.Key);
                    said = true;
                }

                await Task.Delay(options.Value.OwnerPollEvery, time, ct).ConfigureAwait(false);
                continue;
            }

            await using (ownership.ConfigureAwait(false))
            {
                try
                {
                    return await runner.RunAsync(job, ownership, lockLost, stopping).ConfigureAwait(false);
                }
                catch (OwnershipLostException)
                {
                    WorkerDiagnostics.Lost.Add(1, new KeyValuePair<string, object?>("what", "lease"));
                    logger.OwnershipLost(job.Key, "lease on the level");
                }
            }
        }
    }

    private async Task SettleAsync(ReceivedMessage message, Settlement settlement)
    {
        using var limit = new CancellationTokenSource(options.Value.ShutdownTime, time);
        try
        {
            await retrying.RunAsync(
                "settling the message",
                () => settlement switch
                {
                    Settlement.Complete => message.CompleteAsync(limit.Token),
                    Settlement.GiveBack back => message.AbandonAsync(back.Delay, limit.Token),
                    Settlement.DeadLetter letter => message.DeadLetterAsync(letter.Reason, letter.Description, limit.Token),
                    _ => Task.CompletedTask,
                },
                limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is MessageLockLostException or OperationCanceledException)
        {
            // It comes again, and what was done is found.
            logger.Retrying("settling the message", TimeSpan.Zero, e.Message);
        }
    }
}
