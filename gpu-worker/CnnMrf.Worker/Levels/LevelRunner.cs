using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Worker.Diagnostics;
using CnnMrf.Worker.Owning;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CnnMrf.Worker.Levels;

/// <summary>Works on a level that is owned: counts the delivery, takes the level over, has it computed, and says what becomes of
/// the message.</summary>
internal sealed class LevelRunner(
    IBlobStore store,
    LevelComputing computing,
    LevelEnding ending,
    Retrying retrying,
    FailureStreak streak,
    IOptions<WorkerOptions> options,
    TimeProvider time,
    ILogger<LevelRunner> logger)
{
    private const int Most = LevelOwner.MaxDeliveriesWithoutProgress;
    private const long HeaderBytes = 64L << 20;

    /// <summary>Works on the level.</summary>
    /// <param name="job">The level.</param>
    /// <param name="ownership">Ours.</param>
    /// <param name="lockLost">Cancelled when the message is no longer ours.</param>
    /// <param name="stopping">Cancelled when the worker shall stop.</param>
    /// <exception cref="OwnershipLostException">Another owns the level now.</exception>
    public async Task<Settlement> RunAsync(LevelJob job, LevelOwnership ownership, CancellationToken lockLost, CancellationToken stopping)
    {
        using var held = CancellationTokenSource.CreateLinkedTokenSource(lockLost, ownership.Lease.Lost);
        using var early = CancellationTokenSource.CreateLinkedTokenSource(held.Token, stopping);
        try
        {
            // Whoever owned the level before may have ended it meanwhile.
            if (await ending.AdoptAsync(job, early.Token).ConfigureAwait(false)
                || await EndUnwantedAsync(job, early.Token).ConfigureAwait(false))
            {
                return new Settlement.Complete();
            }

            var level = BlobLayout.Level(job.Key);
            var before = await retrying.RunAsync(
                "looking for a checkpoint", () => store.FindAsync(level.Checkpoint, early.Token), early.Token).ConfigureAwait(false);
            var count = await retrying.RunAsync(
                "counting the delivery",
                () => ownership.CountAsync(options.Value.Name, time.GetUtcNow(), CheckpointFile.Find(before), early.Token),
                early.Token).ConfigureAwait(false);
            logger.Owned(job.Key, job.Attempt, count);
            return count > Most ? await PoisonAsync(job, count - 1, ownership.Owner.LastFailure, held.Token).ConfigureAwait(false)
                : await TakeOverAsync(job, ownership, count, held.Token, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (early.IsCancellationRequested)
        {
            if (ownership.Lease.Lost.IsCancellationRequested)
            {
                throw new OwnershipLostException();
            }

            if (!lockLost.IsCancellationRequested)
            {
                return new Settlement.GiveBack(TimeSpan.Zero);
            }

            WorkerDiagnostics.Lost.Add(1, new KeyValuePair<string, object?>("what", "lock"));
            logger.OwnershipLost(job.Key, "lock on the message");
            return new Settlement.Leave();
        }
    }

    private async Task<Settlement> TakeOverAsync(
        LevelJob job, LevelOwnership ownership, int count, CancellationToken held, CancellationToken stopping)
    {
        var level = BlobLayout.Level(job.Key);
        FencedBlob Fenced(BlobAddress blob) => new(store, blob, ownership.Lease);
        var checkpoint = Fenced(level.Checkpoint);
        using var early = CancellationTokenSource.CreateLinkedTokenSource(held, stopping);
        using var reporter = new LevelReporter(Fenced(level.Progress), Fenced(level.Preview), options.Value, time);
        var found = await retrying.RunAsync(
            "taking over the checkpoint",
            () => checkpoint.TakeAsync(options.Value.MaxCheckpointBytes + HeaderBytes, placeholder: true, early.Token),
            early.Token).ConfigureAwait(false);
        await retrying.RunAsync("taking over the progress", () => reporter.TakeAsync(job, early.Token), early.Token).ConfigureAwait(false);
        var watch = new LevelWatch(store, job, reporter, options.Value, time);
        await using (watch.ConfigureAwait(false))
        {
            using var work = CancellationTokenSource.CreateLinkedTokenSource(held, stopping, watch.Unwanted);
            var context = new LevelContext(job, ownership, checkpoint, found, reporter, held, watch.Unwanted, work.Token);
            try
            {
                await computing.RunAsync(context).ConfigureAwait(false);
                streak.Worked();
                await RemoveUnwantedCheckpointAsync(job, held).ConfigureAwait(false);
                return new Settlement.Complete();
            }
            catch (LevelFailedException e)
            {
                streak.Worked();
                await ending.EndAsync(job, LevelEnd.Failed, e.Problem, held).ConfigureAwait(false);
                return new Settlement.Complete();
            }
            catch (OperationCanceledException) when (work.IsCancellationRequested)
            {
                held.ThrowIfCancellationRequested();
                if (await EndUnwantedAsync(job, held).ConfigureAwait(false))
                {
                    return new Settlement.Complete();
                }

                await UncountAsync(context).ConfigureAwait(false);
                logger.GivenBack(job.Key, context.Saved);
                return new Settlement.GiveBack(TimeSpan.Zero);
            }
            catch (Exception e) when (e is not OwnershipLostException)
            {
                logger.AttemptFailed(job.Key, count, e);
                // Pictures too large for it are not the machine's fault.
                if (e is not InsufficientMemoryException)
                {
                    streak.Failed(job.Key, e);
                }

                return await FailedAsync(context, count, e).ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> EndUnwantedAsync(LevelJob job, CancellationToken ct)
    {
        if (await RemoveUnwantedCheckpointAsync(job, ct).ConfigureAwait(false) is not { } unwanted)
        {
            return false;
        }

        await ending.EndAsync(job, unwanted.End, unwanted.Problem, ct).ConfigureAwait(false);
        return true;
    }

    // The run's clean-up removes checkpoints too, but does not wait for who still writes them.
    private async Task<(LevelEnd End, Problem? Problem)?> RemoveUnwantedCheckpointAsync(LevelJob job, CancellationToken ct)
    {
        var end = await retrying.RunAsync(
            "looking for the cancel marker", () => LevelWatch.EndOfAsync(store, job, time, ct), ct).ConfigureAwait(false);
        if (end is not null)
        {
            await retrying.RunAsync(
                "removing the checkpoint",
                () => store.DeleteAsync(BlobLayout.Level(job.Key).Checkpoint, BlobCondition.None, null, ct),
                ct).ConfigureAwait(false);
        }

        return end;
    }

    private async Task<Settlement> FailedAsync(LevelContext context, int count, Exception failure)
    {
        var what = $"{failure.GetType().Name}: {failure.Message}";
        if (count >= Most && context.Saved <= context.Ownership.Owner.CheckpointIteration)
        {
            return await PoisonAsync(context.Job, count, what, context.Held).ConfigureAwait(false);
        }

        await retrying.RunAsync(
            "keeping the failure", () => context.Ownership.KeepFailureAsync(what, context.Held), context.Held).ConfigureAwait(false);
        return new Settlement.GiveBack(options.Value.FailureDelay * count);
    }

    private async Task<Settlement> PoisonAsync(LevelJob job, int count, string? failure, CancellationToken ct)
    {
        var message = $"Level {job.Level} was tried {count} times without progress. "
            + (failure is null ? "Each time its worker died. " : $"The last failure: {failure.TrimEnd('.')}. ")
            + "Look at the workers' logs, then retry the synthesis.";
        var outcome = await ending.EndAsync(job, LevelEnd.Failed, new(ProblemCodes.Poison, message), ct).ConfigureAwait(false);
        return outcome.Problem?.Code == ProblemCodes.Poison ? new Settlement.DeadLetter(ProblemCodes.Poison, message)
            : new Settlement.Complete();
    }

    private async Task UncountAsync(LevelContext context)
    {
        using var limit = new CancellationTokenSource(options.Value.ShutdownTime, time);
        using var ct = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.Held);
        try
        {
            await context.Ownership.UncountAsync(ct.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (Retrying.IsOutage(e) || (e is OperationCanceledException && limit.IsCancellationRequested))
        {
            // One delivery is counted too many; a newer checkpoint resets it.
        }
    }
}
