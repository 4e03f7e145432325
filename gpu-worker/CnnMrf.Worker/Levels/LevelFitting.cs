using CnnMrf.Core.Pictures;
using CnnMrf.Engine.Figures;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Diagnostics;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Worker.Computing;

namespace CnnMrf.Worker.Levels;

/// <summary>
/// The first thing in the coarsest level's job: fit.json and fit.jpg, once a run; and the run's end where the fit is below what the
/// settings ask for. Whoever takes the level over finds what was written: the same decision, whatever the worker.
/// </summary>
internal sealed class LevelFitting(IBlobStore store, LevelEnding ending, Retrying retrying)
{
    private const int MapQuality = 85;

    /// <summary>Estimates the fit, unless it is known or the level is not the coarsest.</summary>
    /// <returns>The outcome of a level that is not worth computing; null: go on.</returns>
    public async Task<LevelOutcome?> EndIfPoorAsync(LevelContext context, ComputeThread thread, ILevelComputation computation)
    {
        var job = context.Job;
        if (job.Level != 1)
        {
            return null;
        }

        using var trace = PipelineDiagnostics.Source.StartActivity("level.fit");
        var layout = BlobLayout.Run(job.Key.RunKey);
        var fit = (await retrying.RunAsync(
            "looking for the fit", () => store.ReadDocumentAsync<FitReport>(layout.Fit, context.Work), context.Work)
            .ConfigureAwait(false))?.Value ?? await EstimateAsync(context, thread, computation, layout).ConfigureAwait(false);
        trace?.SetTag("cnnmrf.fit", fit?.Fit);
        return fit is null || fit.Fit >= job.Settings.MinimumFit ? null
            : await ending.EndAsync(job, LevelEnd.PoorFit, Poor(fit, job.Settings.MinimumFit), context.Held).ConfigureAwait(false);
    }

    private async Task<FitReport?> EstimateAsync(
        LevelContext context, ComputeThread thread, ILevelComputation computation, RunLayout layout)
    {
        context.Work.ThrowIfCancellationRequested();
        context.Reporter.Enter(LevelPhase.Fitting);
        var estimate = await thread.RunAsync(() => computation.Fit(context.Work)).ConfigureAwait(false);
        context.Reporter.Enter(LevelPhase.Preparing);
        if (estimate is not { } found)
        {
            return null;
        }

        // The map first: where the numbers are it is too.
        var map = PictureCodec.Encode(found.Map, PictureFormat.Jpeg, MapQuality);
        await CreateAsync(context, layout.FitMap, map, "image/jpeg").ConfigureAwait(false);
        await CreateAsync(context, layout.Fit, PipelineJson.Write(found.Report), "application/json").ConfigureAwait(false);
        return found.Report;
    }

    private Task<bool> CreateAsync(LevelContext context, BlobAddress blob, byte[] bytes, string type) => retrying.RunAsync(
        $"writing {blob}",
        async () =>
        {
            await context.Ownership.Lease.EnsureAsync(context.Held).ConfigureAwait(false);
            return await store.TryCreateAsync(blob, bytes, new() { ContentType = type }, context.Held).ConfigureAwait(false);
        },
        context.Held);

    private static Problem Poor(FitReport fit, double minimum) => new(
        ProblemCodes.PoorFit,
        PoorFitException.MessageOf(new(fit.Fit, fit.MeanNcc, fit.Coverage, fit.Copy, fit.Advice), minimum),
        "minimumFit");
}
