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

/// <summary>The activity <c>DispatchLevel</c>: sends a level's job to the workers, unless it needs no more work.</summary>
public sealed class LevelDispatcher(
    IBlobStore store, IMessageQueues queues, LevelReader reader, StatusWriter status, TimeProvider time, ILogger<LevelDispatcher> logger)
{
    /// <summary>Dispatches a level. The status says that it is the one.</summary>
    public async Task<LevelReading> DispatchAsync(DispatchInput input, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(input);
        var level = input.Level;
        await ShowAsync(level, ct).ConfigureAwait(false);
        if (await reader.ReadEndAsync(level, ct).ConfigureAwait(false) is { } end)
        {
            return end;
        }

        var stored = await store.ReadDocumentAsync<SynthesisPlan>(BlobLayout.Run(level.RunKey).Plan, ct).ConfigureAwait(false);
        if (stored is null)
        {
            return new(LevelStanding.Failed, new(ProblemCodes.Internal, "The plan is gone. Retry the synthesis."));
        }

        var now = time.GetUtcNow();
        var left = input.Deadline - now;
        using var trace = PipelineDiagnostics.Source.StartActivity("level.dispatch", System.Diagnostics.ActivityKind.Producer);
        trace?.SetTag("cnnmrf.synthesis", level.Id.Value).SetTag("cnnmrf.level", level.Level);
        var job = Job(stored.Value, input, now);
        var message = new QueueMessage(job.Dispatch.MessageId, PipelineJson.Write(job))
        {
            TimeToLive = left > TimeSpan.FromMinutes(1) ? left : TimeSpan.FromMinutes(1),
            TraceParent = (trace ?? System.Diagnostics.Activity.Current)?.Id,
        };
        await queues.Get(QueueNames.Levels).SendAsync(message, ct).ConfigureAwait(false);
        PipelineDiagnostics.Dispatched.Add(1, new KeyValuePair<string, object?>("attempt", input.Attempt));
        logger.Dispatched(level, input.Attempt);
        return new(LevelStanding.NotStarted);
    }

    private static LevelJob Job(SynthesisPlan plan, DispatchInput input, DateTimeOffset now) => new()
    {
        Id = plan.Id,
        Run = plan.Run,
        Level = input.Level.Level,
        Levels = plan.Pyramid.Levels.Count,
        Attempt = input.Attempt,
        Settings = plan.Settings,
        Weights = plan.Weights,
        Inputs = plan.Inputs,
        Plan = plan.Pyramid.Levels[input.Level.Level - 1],
        Output = plan.Pyramid.Output,
        PlannedAt = plan.PlannedAt,
        DispatchedAt = now,
        Deadline = input.Deadline,
    };

    // What the level before came to is known by now, and stays in the status.
    private async Task ShowAsync(LevelKey level, CancellationToken ct)
    {
        var before = level.Level == 1 ? null : await store
            .ReadDocumentAsync<LevelOutcome>(BlobLayout.Level(level with { Level = level.Level - 1 }).Outcome, ct).ConfigureAwait(false);
        var fit = level.Level == 1 ? null
            : await store.ReadDocumentAsync<FitReport>(BlobLayout.Run(level.RunKey).Fit, ct).ConfigureAwait(false);
        await status.UpdateAsync(level.RunKey, old => old.Level > level.Level || old.Levels.Count < level.Level ? old : StatusView.Merge(
            old with
            {
                Level = level.Level,
                Levels = Finished(old.Levels, level.Level - 1, before?.Value.Record?.Seconds),
                Iteration = old.Level == level.Level ? old.Iteration : 0,
                Energy = before?.Value.Record?.Energy.Last ?? old.Energy,
                Fit = fit?.Value ?? old.Fit,
            },
            progress: null), ct).ConfigureAwait(false);
    }

    private static IReadOnlyList<LevelStatus> Finished(IReadOnlyList<LevelStatus> levels, int level, double? seconds) =>
        seconds is null ? levels : [.. levels.Select((l, i) => i == level - 1 ? l with { Seconds = seconds } : l)];
}
