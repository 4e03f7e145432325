using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Diagnostics;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Workflows;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Pipeline.Running;

/// <summary>The activity <c>CleanUp</c>, and the last step of <c>Finish</c>: what only a running level needs goes, the status says the
/// end.</summary>
public sealed class RunCloser(IBlobStore store, StatusWriter status, TimeProvider time, ILogger<RunCloser> logger)
{
    /// <summary>Ends a run without a result.</summary>
    public async Task<ConcludeResult> CleanUpAsync(CleanUpInput input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(input);
        var fit = await store.ReadDocumentAsync<FitReport>(BlobLayout.Run(input.Run).Fit, ct).ConfigureAwait(false);
        return await CloseAsync(input.Run, old => old with
        {
            Status = input.Problem is null ? SynthesisState.Cancelled : SynthesisState.Failed,
            Problem = input.Problem,
            Fit = fit?.Value ?? old.Fit,
        }, ct).ConfigureAwait(false);
    }

    internal async Task<ConcludeResult> CloseAsync(RunKey run, Func<SynthesisStatus, SynthesisStatus> change, CancellationToken ct)
    {
        await DeleteCheckpointsAsync(run, ct).ConfigureAwait(false);
        var wrote = false;
        var ended = await status.UpdateAsync(run, old =>
        {
            wrote = true;
            return change(old) with { EndedAt = time.GetUtcNow(), EtaSeconds = null };
        }, ct).ConfigureAwait(false);
        if (wrote)
        {
            PipelineDiagnostics.Ended.Add(1, new KeyValuePair<string, object?>("status", ended.Status.ToString()));
            logger.Ended(run, ended.Status);
            if (ended.Problem is { } problem)
            {
                logger.Failed(run, problem.Code, problem.Message);
            }
        }

        return new(ended.Status, ended.Problem);
    }

    // An owner that still computes may write one more: it removes that when it sees that nobody wants the level.
    private async Task DeleteCheckpointsAsync(RunKey run, CancellationToken ct)
    {
        var plan = await store.ReadDocumentAsync<SynthesisPlan>(BlobLayout.Run(run).Plan, ct).ConfigureAwait(false);
        for (var level = 1; level <= (plan?.Value.Pyramid.Levels.Count ?? 0); level++)
        {
            await store.DeleteAsync(BlobLayout.Run(run).Level(level).Checkpoint, BlobCondition.None, null, ct).ConfigureAwait(false);
        }
    }
}
