using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Running;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Pipeline.Starting;

/// <summary>What can be done with a synthesis that was started. Every operation can be repeated; null says that there is no such
/// synthesis.</summary>
public sealed class SynthesisControl(
    IBlobStore store,
    IWorkflowClient client,
    StatusWriter statuses,
    SynthesisReader reader,
    RunCloser closer,
    SynthesisRemoval removal,
    PipelineOptions options,
    TimeProvider time)
{
    /// <summary>Where a synthesis stands. One that has not been heard of for long is looked after: a workflow that was lost is started
    /// again, one that broke down ends the synthesis.</summary>
    public async Task<SynthesisStatus?> FindAsync(SynthesisId id, CancellationToken ct)
    {
        var status = await reader.FindAsync(id, ct).ConfigureAwait(false);
        if (status is null || status.Status.IsFinal() || time.GetUtcNow() - status.UpdatedAt < options.StatusOldAfter)
        {
            return status;
        }

        var run = new RunKey(id, status.Run);
        switch (await client.GetStateAsync(run.InstanceId, ct).ConfigureAwait(false))
        {
            case InstanceState.Unknown:
                await client.StartSynthesisAsync(Input(run), ct).ConfigureAwait(false);
                return status;
            case InstanceState.Ended:
                await closer.CleanUpAsync(
                    new(run, new(ProblemCodes.Internal, "The workflow broke down. Retry the synthesis.")), ct).ConfigureAwait(false);
                return await reader.FindAsync(id, ct).ConfigureAwait(false);
            default:
                return status;
        }
    }

    /// <summary>Starts another run of a synthesis that has ended. While one runs, that is the answer.</summary>
    /// <exception cref="ProblemException">The request itself was wrong: no run can mend that.</exception>
    public async Task<SynthesisStatus?> RetryAsync(SynthesisId id, CancellationToken ct)
    {
        var request = await store.ReadDocumentAsync<SynthesisRequest>(BlobLayout.Request(id), ct).ConfigureAwait(false);
        if (request is null)
        {
            return null;
        }

        if (request.Value.Problem is { } problem)
        {
            throw new ProblemException(new(
                ProblemCodes.Conflict, $"A retry cannot mend the request itself: {problem.Message}", problem.Field));
        }

        var status = await statuses.BeginNextRunAsync(id, ct).ConfigureAwait(false);

        // The run is begun: who asked may go.
        await client.StartSynthesisAsync(Input(new(id, status.Run)), CancellationToken.None).ConfigureAwait(false);
        return status;
    }

    /// <summary>Asks a synthesis to stop. It ends as cancelled soon, unless it ends otherwise before; one that has ended stays as it
    /// is.</summary>
    public async Task<SynthesisStatus?> CancelAsync(SynthesisId id, CancellationToken ct)
    {
        var status = await reader.FindAsync(id, ct).ConfigureAwait(false);
        if (status is null || status.Status.IsFinal())
        {
            return status;
        }

        var run = new RunKey(id, status.Run);
        await store.TryCreateDocumentAsync(
            BlobLayout.Run(run).Cancel, new CancelMarker { RequestedAt = time.GetUtcNow() }, ct).ConfigureAwait(false);
        if (!await client.RaiseAsync(run.InstanceId, WorkflowEvents.Cancel, ct).ConfigureAwait(false))
        {
            // No workflow will do it.
            await closer.CleanUpAsync(new(run, null), ct).ConfigureAwait(false);
        }

        return await reader.FindAsync(id, ct).ConfigureAwait(false);
    }

    /// <summary>Removes everything of a synthesis that has ended.</summary>
    /// <returns>False where there is none.</returns>
    /// <exception cref="ProblemException">It has not ended, or its workflow or a worker is still leaving it.</exception>
    public async Task<bool> PurgeAsync(SynthesisId id, CancellationToken ct)
    {
        var status = await store.ReadDocumentAsync<SynthesisStatus>(BlobLayout.Status(id), ct).ConfigureAwait(false);
        if (status is null)
        {
            return false;
        }

        if (!status.Value.Status.IsFinal())
        {
            throw new ProblemException(new(
                ProblemCodes.Conflict, "It has not ended yet. Cancel it first, and remove it when it has ended."));
        }

        // The status says the end before the workflow comes to its own. One that stayed would keep a new start of the same from running.
        if (await client.GetStateAsync(new RunKey(id, status.Value.Run).InstanceId, ct).ConfigureAwait(false) == InstanceState.Running)
        {
            throw new ProblemException(new(ProblemCodes.Conflict, "It has ended just now. Remove it in some seconds."));
        }

        // Somebody had it retried, or removed, in between.
        return await removal.RemoveAsync(status).ConfigureAwait(false) || await PurgeAsync(id, ct).ConfigureAwait(false);
    }

    private RunInput Input(RunKey run) => new(run.Id, run.Run) { Timing = options.Timing };
}
