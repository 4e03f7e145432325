using System.Globalization;
using System.Security.Cryptography;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Pyramid;
using CnnMrf.Core.Settings;
using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Engine.Weights;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Diagnostics;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Worker.Computing;
using CnnMrf.Worker.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CnnMrf.Worker.Levels;

/// <summary>Computes a level: reads what it is made of, goes on from its checkpoint, iterates, writes the result and the outcome.</summary>
internal sealed class LevelComputing(
    IBlobStore store,
    ILevelEngine engine,
    LevelWeights weights,
    LevelFiles files,
    LevelFitting fitting,
    LevelEnding ending,
    Retrying retrying,
    IOptions<WorkerOptions> options,
    TimeProvider time,
    ILogger<LevelComputing> logger)
{
    /// <summary>Computes the level to its end, or throws where it left it.</summary>
    /// <exception cref="LevelFailedException">It cannot be computed.</exception>
    /// <exception cref="OperationCanceledException">It was told to end; where it still could it has written a checkpoint.</exception>
    public async Task<LevelOutcome> RunAsync(LevelContext context)
    {
        using var thread = new ComputeThread(context.Job.Key.ToString());
        ILevelComputation? computation = null;
        try
        {
            var (input, previous) = await ReadAsync(context).ConfigureAwait(false);
            computation = await LoadAsync(context, thread, input).ConfigureAwait(false);
            var fingerprint = Fingerprint.Of(
                context.Job,
                computation.Settings,
                computation.Engine.Precision,
                computation.Engine.Versions["CnnMrf.Engine"],
                computation.Engine.WeightsSha256,
                previous?.Sha256);
            var (state, about) = await OpenCheckpointAsync(context, fingerprint).ConfigureAwait(false);
            if (await AdoptImageAsync(context, about).ConfigureAwait(false) is { } outcome)
            {
                return outcome;
            }

            if (await fitting.EndIfPoorAsync(context, thread, computation).ConfigureAwait(false) is { } poor)
            {
                return poor;
            }

            about = await BeginAsync(context, thread, computation, state, about, previous).ConfigureAwait(false);
            await OptimizeAsync(context, thread, computation, about).ConfigureAwait(false);
            return await FinishAsync(context, thread, computation, about).ConfigureAwait(false);
        }
        catch (SettingsException e)
        {
            throw new LevelFailedException(new(ProblemCodes.Settings, e.Message, e.Problems[0].Field), e);
        }
        finally
        {
            if (computation is not null)
            {
                await thread.RunAsync(computation.Dispose).ConfigureAwait(false);
            }
        }
    }

    private async Task<(SynthesisInput Input, StoredImage? Previous)> ReadAsync(LevelContext context)
    {
        using var trace = PipelineDiagnostics.Source.StartActivity("level.read");
        var (job, ct) = (context.Job, context.Work);
        var input = await retrying.RunAsync("reading the pictures", () => files.ReadInputAsync(job, ct), ct).ConfigureAwait(false);
        var previous = job.Level == 1 ? null
            : await retrying.RunAsync("reading the level before", () => files.ReadPreviousAsync(job, ct), ct).ConfigureAwait(false);
        return (input, previous);
    }

    private async Task<ILevelComputation> LoadAsync(LevelContext context, ComputeThread thread, SynthesisInput input)
    {
        var (job, ct) = (context.Job, context.Work);
        var choice = await retrying.RunAsync("reading the weights", () => weights.LoadAsync(job.Weights, job.Settings, ct), ct)
            .ConfigureAwait(false);
        ILevelComputation computation;
        try
        {
            computation = await thread.RunAsync(() => engine.Load(job.Settings, input, choice)).ConfigureAwait(false);
        }
        catch (WeightsException e)
        {
            throw new LevelFailedException(new(ProblemCodes.Weights, e.Message, "weights"), e);
        }

        if (AsPlanned(job, computation.Plan))
        {
            return computation;
        }

        await thread.RunAsync(computation.Dispose).ConfigureAwait(false);
        throw new LevelFailedException(new(
            ProblemCodes.Internal,
            $"This worker plans level {job.Level} otherwise than the run did. Deploy front and workers of the same version, then retry the "
            + "synthesis."));
    }

    private static bool AsPlanned(LevelJob job, PyramidPlan plan)
    {
        if (plan.Levels.Count != job.Levels || plan.Output != job.Output)
        {
            return false;
        }

        var ours = plan.Levels[job.Level - 1];
        return ours with { Styles = job.Plan.Styles } == job.Plan && ours.Styles.SequenceEqual(job.Plan.Styles);
    }

    private async Task<(LevelState? State, CheckpointAbout About)> OpenCheckpointAsync(LevelContext context, string fingerprint)
    {
        var fresh = new CheckpointAbout(fingerprint, [], []);
        if (context.Found is null || CheckpointFile.IsPlaceholder(context.Found))
        {
            return (null, fresh);
        }

        string reason;
        try
        {
            var (state, about) = CheckpointFile.Read(context.Found);
            if (about.Fingerprint == fingerprint)
            {
                return (state, about);
            }

            reason = $"it was made by another computation (its fingerprint is {about.Fingerprint}, the level's {fingerprint})";
        }
        catch (SafetensorsException e)
        {
            reason = e.Message.TrimEnd('.');
        }

        return (null, await RefuseAsync(context, fresh, reason).ConfigureAwait(false));
    }

    private async Task<CheckpointAbout> RefuseAsync(LevelContext context, CheckpointAbout about, string reason)
    {
        logger.CheckpointRefused(context.Job.Key, reason);
        if (context.Found is { } found)
        {
            await retrying.RunAsync(
                "refusing the checkpoint",
                () => context.Ownership.RefuseCheckpointAsync(CheckpointFile.Find(found.Properties), context.Work),
                context.Work).ConfigureAwait(false);
        }

        return about with
        {
            Notes = [.. about.Notes, $"Level {context.Job.Level} was begun anew, because its checkpoint could not be used: {reason}."],
            Outcome = null,
        };
    }

    // The image is there when a worker died between writing it and the outcome.
    private async Task<LevelOutcome?> AdoptImageAsync(LevelContext context, CheckpointAbout about)
    {
        var (job, ct) = (context.Job, context.Work);
        var image = await retrying.RunAsync(
            "looking for the image", () => files.ReadImageAsync(BlobLayout.Level(job.Key).Image, ct), ct).ConfigureAwait(false);
        if (image is null)
        {
            return null;
        }

        CheckFingerprint(job, image, about.Fingerprint);

        // The numbers are in the last checkpoint; without them the level is computed once more, and its image is found again.
        return about.Outcome is not { } outcome || outcome.ImageSha256 != image.Sha256 ? null
            : await ending.EndAsync(
                job,
                outcome with { Attempt = job.Attempt, EndedAt = time.GetUtcNow(), Worker = options.Value.Name },
                context.Held).ConfigureAwait(false);
    }

    private static void CheckFingerprint(LevelJob job, StoredImage image, string fingerprint)
    {
        if (image.Fingerprint != fingerprint)
        {
            throw new LevelFailedException(new(
                ProblemCodes.Fingerprint,
                $"{BlobLayout.Level(job.Key).Image} is there already, but was made of something else: its fingerprint is "
                + $"{image.Fingerprint ?? "missing"}, the level's {fingerprint}. Retry the synthesis: that is a new run."));
        }
    }

    private async Task<CheckpointAbout> BeginAsync(
        LevelContext context, ComputeThread thread, ILevelComputation computation, LevelState? state, CheckpointAbout about,
        StoredImage? previous)
    {
        using var trace = PipelineDiagnostics.Source.StartActivity("level.prepare");
        var job = context.Job;
        context.Work.ThrowIfCancellationRequested();
        if (state is not null)
        {
            try
            {
                await thread.RunAsync(() => computation.Resume(job.Level - 1, state)).ConfigureAwait(false);
                WorkerDiagnostics.Resumed.Add(1);
                logger.Resumed(job.Key, state.Iteration);
                return about with
                {
                    ResumedAt = [.. about.ResumedAt, state.Iteration],
                    Notes = state.IsWhole ? about.Notes :
                    [
                        .. about.Notes,
                        $"Level {job.Level} was resumed at iteration {state.Iteration} from its image alone: a checkpoint with the "
                        + $"memory of L-BFGS would have exceeded {options.Value.MaxCheckpointBytes >> 20} MB. The memory began anew.",
                    ],
                    Outcome = null,
                };
            }
            catch (SafetensorsException e)
            {
                about = await RefuseAsync(context, about, e.Message.TrimEnd('.')).ConfigureAwait(false);
            }
        }

        try
        {
            await thread.RunAsync(() => computation.Start(job.Level - 1, previous?.Image)).ConfigureAwait(false);
            return about;
        }
        catch (SafetensorsException e)
        {
            throw new LevelFailedException(
                new(
                    ProblemCodes.Internal,
                    $"The image of level {job.Level - 1} cannot be used: {e.Message} "
                    + $"({BlobLayout.Level(job.Key with { Level = job.Level - 1 }).Image}). Retry the synthesis."),
                e);
        }
    }

    private async Task OptimizeAsync(LevelContext context, ComputeThread thread, ILevelComputation computation, CheckpointAbout about)
    {
        using var trace = PipelineDiagnostics.Source.StartActivity("level.optimize");
        trace?.SetTag("cnnmrf.iterations.first", computation.Iteration);
        context.Reporter.Show(computation);
        var saving = Task.CompletedTask;
        var savedAt = time.GetTimestamp();
        try
        {
            while (computation.Iteration < context.Job.Plan.Iterations && !computation.HasConverged)
            {
                context.Work.ThrowIfCancellationRequested();
                await thread.RunAsync(() => computation.Step(context.Work)).ConfigureAwait(false);
                context.Reporter.Show(computation);
                WorkerDiagnostics.Iterations.Add(1);
                if (saving.IsCompleted && time.GetElapsedTime(savedAt) >= options.Value.CheckpointEvery)
                {
                    await saving.ConfigureAwait(false);
                    savedAt = time.GetTimestamp();
                    var (state, picture) = await SnapshotAsync(context, thread, computation, about).ConfigureAwait(false);
                    saving = SaveOrSkipAsync(context, state, picture);
                }
            }
        }
        catch (OperationCanceledException) when (context.Work.IsCancellationRequested && !context.Held.IsCancellationRequested)
        {
            await saving.ConfigureAwait(false);
            if (!context.Unwanted.IsCancellationRequested)
            {
                await SaveLastAsync(context, thread, computation, about).ConfigureAwait(false);
            }

            throw;
        }
        finally
        {
            // Nothing is written once the level has been left.
            await saving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await saving.ConfigureAwait(false);
    }

    private async Task<(LevelState State, Picture Picture)> SnapshotAsync(
        LevelContext context, ComputeThread thread, ILevelComputation computation, CheckpointAbout about)
    {
        var metadata = CheckpointFile.Metadata(context.Job, about);
        return await thread.RunAsync(() => (computation.Export(options.Value.MaxCheckpointBytes, metadata), computation.Picture()))
            .ConfigureAwait(false);
    }

    private static async Task SaveAsync(LevelContext context, LevelState state, Picture picture, CancellationToken ct)
    {
        await context.Checkpoint.WriteAsync(state.Bytes, CheckpointFile.How(state), ct).ConfigureAwait(false);
        context.Saved = state.Iteration;
        WorkerDiagnostics.CheckpointBytes.Record(state.Bytes.Length);
        await context.Reporter.WritePreviewAsync(picture, ct).ConfigureAwait(false);
    }

    // While the store cannot be reached computing goes on: the next checkpoint is as good.
    private async Task SaveOrSkipAsync(LevelContext context, LevelState state, Picture picture)
    {
        try
        {
            await SaveAsync(context, state, picture, context.Held).ConfigureAwait(false);
        }
        catch (Exception e) when (Retrying.IsOutage(e))
        {
            logger.Retrying("writing a checkpoint", options.Value.CheckpointEvery, e.Message);
        }
    }

    // The worker stops: the host does not wait for ever.
    private async Task SaveLastAsync(LevelContext context, ComputeThread thread, ILevelComputation computation, CheckpointAbout about)
    {
        using var limit = new CancellationTokenSource(options.Value.ShutdownTime, time);
        using var ct = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.Held);
        try
        {
            var (state, picture) = await SnapshotAsync(context, thread, computation, about).ConfigureAwait(false);
            await retrying.RunAsync("writing the last checkpoint", () => SaveAsync(context, state, picture, ct.Token), ct.Token)
                .ConfigureAwait(false);
            await context.Reporter.WriteAsync(ct.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (Retrying.IsOutage(e) || (e is OperationCanceledException && limit.IsCancellationRequested))
        {
            logger.Retrying("writing the last checkpoint", TimeSpan.Zero, e.Message);
        }
    }

    private async Task<LevelOutcome> FinishAsync(
        LevelContext context, ComputeThread thread, ILevelComputation computation, CheckpointAbout about)
    {
        using var trace = PipelineDiagnostics.Source.StartActivity("level.finish");
        var (job, held) = (context.Job, context.Held);
        var level = BlobLayout.Level(job.Key);
        context.Reporter.Enter(LevelPhase.Finishing);
        var image = await thread.RunAsync(() => computation.Image(new Dictionary<string, string>
        {
            ["job"] = job.Key.ToString(),
            ["level"] = job.Level.ToString(CultureInfo.InvariantCulture),
            ["iteration"] = computation.Iteration.ToString(CultureInfo.InvariantCulture),
            [CheckpointFile.FingerprintKey] = about.Fingerprint,
        })).ConfigureAwait(false);
        (Picture Picture, MatchRecord Matches)? conclusion =
            job.IsLast ? await thread.RunAsync(computation.Conclude).ConfigureAwait(false) : null;
        var outcome = new LevelOutcome
        {
            Id = job.Id,
            Run = job.Run,
            Level = job.Level,
            Attempt = job.Attempt,
            End = LevelEnd.Completed,
            EndedAt = time.GetUtcNow(),
            Fingerprint = about.Fingerprint,
            ImageSha256 = Convert.ToHexStringLower(SHA256.HashData(image.Bytes.Span)),
            Record = computation.Record(),
            Engine = computation.Engine,
            Settings = computation.Settings,
            Matches = conclusion?.Matches,
            Worker = options.Value.Name,
            ResumedAt = about.ResumedAt,
            Notes = about.Notes,
        };

        // The last checkpoint holds the outcome: whoever finds the image without one need not compute it again.
        var (state, picture) = await SnapshotAsync(context, thread, computation, about with { Outcome = outcome }).ConfigureAwait(false);
        await retrying.RunAsync("writing the last checkpoint", () => SaveAsync(context, state, picture, held), held).ConfigureAwait(false);
        await retrying.RunAsync("writing the progress", () => context.Reporter.WriteAsync(held), held).ConfigureAwait(false);
        if (conclusion is { } last)
        {
            // Before the image, so that where the image is the picture is too.
            var png = PictureCodec.Encode(last.Picture, PictureFormat.Png);
            await CreateAsync(context, BlobLayout.Run(job.Key.RunKey).Result, png, "image/png").ConfigureAwait(false);
        }

        if (!await CreateAsync(context, level.Image, image.Bytes, "application/octet-stream").ConfigureAwait(false))
        {
            var there = await retrying.RunAsync("reading the image", () => files.ReadImageAsync(level.Image, held), held)
                .ConfigureAwait(false);
            if (there is not null)
            {
                CheckFingerprint(job, there, about.Fingerprint);
                outcome = outcome with { ImageSha256 = there.Sha256 };
            }
        }

        WorkerDiagnostics.Seconds.Record(outcome.Record.Seconds, new KeyValuePair<string, object?>("level", job.Level));
        return await ending.EndAsync(job, outcome, held).ConfigureAwait(false);
    }

    private Task<bool> CreateAsync(LevelContext context, BlobAddress blob, ReadOnlyMemory<byte> bytes, string type) => retrying.RunAsync(
        $"writing {blob}",
        async () =>
        {
            await context.Ownership.Lease.EnsureAsync(context.Held).ConfigureAwait(false);
            return await store.TryCreateAsync(blob, bytes, new() { ContentType = type }, context.Held).ConfigureAwait(false);
        },
        context.Held);
}
