using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Diagnostics;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Queues;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Workflows;
using Microsoft.Extensions.Logging;

namespace CnnMrf.Pipeline.Running;

/// <summary>
/// What comes back from the workers: notices that an outcome was written, and jobs that became dead letters. Handling what is unreadable,
/// or meant for an instance that is unknown or has ended, is logged and done: only storage and network faults throw.
/// </summary>
public sealed class LevelNotices(IBlobStore store, IWorkflowClient client, TimeProvider time, ILogger<LevelNotices> logger)
{
    /// <summary>Wakes the workflow that a notice is for.</summary>
    /// <param name="body">A <see cref="LevelNotice"/>.</param>
    /// <param name="ct">Cancels.</param>
    public async Task HandleNoticeAsync(ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        LevelNotice notice;
        try
        {
            notice = PipelineJson.Read<LevelNotice>(body.Span, "The notice");
        }
        catch (DocumentException e)
        {
            logger.Unreadable(QueueNames.LevelOutcomes, e.Message);
            return;
        }

        await WakeAsync(new(notice.Id, notice.Run, notice.Level), ct).ConfigureAwait(false);
    }

    /// <summary>Ends the level of a job that became a dead letter: keeps the letter, writes a failed outcome where there is none,
    /// wakes.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="ct">Cancels.</param>
    public async Task HandleDeadLetterAsync(LevelDeadLetter letter, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(letter);
        if (!DispatchKey.TryParse(letter.MessageId, out var dispatch))
        {
            logger.Unreadable(QueueNames.Levels, $"its id is none of a level ({letter.Reason})");
            return;
        }

        var (level, attempt, _) = dispatch;
        if (!await store.HoldsAsync(dispatch, ct).ConfigureAwait(false))
        {
            // Removed since, and perhaps started anew, or never ours: nothing must be written under its name.
            logger.Unheard(level.EventName, level.RunKey.InstanceId);
            return;
        }

        logger.DeadLettered(level, letter.DeliveryCount, letter.Reason);
        await store.WriteDocumentAsync(BlobLayout.Level(level).DeadLetter, letter, BlobCondition.None, ct).ConfigureAwait(false);
        var why = string.IsNullOrEmpty(letter.Description) ? letter.Reason : $"{letter.Reason}: {letter.Description}";
        await store.TryCreateDocumentAsync(BlobLayout.Level(level).Outcome, new LevelOutcome
        {
            Id = level.Id,
            Run = level.Run,
            Level = level.Level,
            Attempt = attempt,
            End = LevelEnd.Failed,
            EndedAt = time.GetUtcNow(),
            Problem = new(ProblemCodes.DeadLetter, $"No worker could compute level {level.Level} ({why}). Retry the synthesis."),
        }, ct).ConfigureAwait(false);
        await WakeAsync(level, ct).ConfigureAwait(false);
    }

    /// <summary>The same for a letter as queues deliver it.</summary>
    public Task HandleDeadLetterAsync(ReceivedMessage message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        return HandleDeadLetterAsync(new LevelDeadLetter
        {
            MessageId = message.Id,
            Body = System.Text.Encoding.UTF8.GetString(message.Body.Span),
            Reason = message.DeadLetterReason ?? "unknown",
            Description = message.DeadLetterDescription,
            DeliveryCount = message.DeliveryCount,
            EnqueuedAt = message.EnqueuedAt,
            RecordedAt = time.GetUtcNow(),
        }, ct);
    }

    private async Task WakeAsync(LevelKey level, CancellationToken ct)
    {
        if (!await client.RaiseAsync(level.RunKey.InstanceId, level.EventName, ct).ConfigureAwait(false))
        {
            logger.Unheard(level.EventName, level.RunKey.InstanceId);
        }
    }
}
