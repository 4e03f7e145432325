using System.Diagnostics;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Worker.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CnnMrf.Worker.Levels;

/// <summary>Ends levels: outcome.json, once, and then the notice that wakes the workflow.</summary>
internal sealed class LevelEnding(
    IBlobStore store, IMessageQueues queues, Retrying retrying, IOptions<WorkerOptions> options, TimeProvider time,
    ILogger<LevelEnding> logger)
{
    /// <summary>Says that a level has ended, if it has.</summary>
    public async Task<bool> AdoptAsync(LevelJob job, CancellationToken ct)
    {
        if (await ReadAsync(job, ct).ConfigureAwait(false) is not { } outcome)
        {
            return false;
        }

        logger.Adopted(job.Key, outcome.End);
        await NotifyAsync(job, ct).ConfigureAwait(false);
        return true;
    }

    /// <summary>Ends a level without a result.</summary>
    public Task<LevelOutcome> EndAsync(LevelJob job, LevelEnd end, Problem? problem, CancellationToken ct)
    {
        if (problem is not null)
        {
            logger.CannotCompute(job.Key, problem.Code, problem.Message);
        }

        return EndAsync(
            job,
            new()
            {
                Id = job.Id,
                Run = job.Run,
                Level = job.Level,
                Attempt = job.Attempt,
                End = end,
                EndedAt = time.GetUtcNow(),
                Problem = problem,
                Worker = options.Value.Name,
            },
            ct);
    }

    /// <summary>Ends a level.</summary>
    /// <returns>The outcome that holds: this one, or the one that was there.</returns>
    public async Task<LevelOutcome> EndAsync(LevelJob job, LevelOutcome outcome, CancellationToken ct)
    {
        var blob = BlobLayout.Level(job.Key).Outcome;
        var first = await retrying.RunAsync(
            "writing the outcome", () => store.TryCreateDocumentAsync(blob, outcome, ct), ct).ConfigureAwait(false);
        var holds = first ? outcome : await ReadAsync(job, ct).ConfigureAwait(false) ?? outcome;
        WorkerDiagnostics.Ended.Add(1, new KeyValuePair<string, object?>("end", holds.End.ToString()));
        logger.Ended(job.Key, holds.End);
        await NotifyAsync(job, ct).ConfigureAwait(false);
        return holds;
    }

    private async Task<LevelOutcome?> ReadAsync(LevelJob job, CancellationToken ct) => (await retrying.RunAsync(
        "reading the outcome",
        () => store.ReadDocumentAsync<LevelOutcome>(BlobLayout.Level(job.Key).Outcome, ct),
        ct).ConfigureAwait(false))?.Value;

    private Task NotifyAsync(LevelJob job, CancellationToken ct)
    {
        var notice = new LevelNotice { Id = job.Id, Run = job.Run, Level = job.Level, Attempt = job.Attempt };
        var message = new QueueMessage(job.Dispatch.MessageId, PipelineJson.Write(notice)) { TraceParent = Activity.Current?.Id };
        return retrying.RunAsync("sending the notice", () => queues.Get(QueueNames.LevelOutcomes).SendAsync(message, ct), ct);
    }
}
