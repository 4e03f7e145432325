using CnnMrf.Pipeline.Blobs;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Levels;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Pipeline.Running;

/// <summary>The activity <c>Finish</c>: the worker has written the result; this assembles report and sheet and completes the
/// status.</summary>
public sealed class FinishRun(IBlobStore store, RunCloser closer, PictureTurn turn, TimeProvider time)
{
    /// <summary>Finishes a run whose levels are completed.</summary>
    public async Task<ConcludeResult> RunAsync(RunKey run, CancellationToken ct)
    {
        var layout = BlobLayout.Run(run);
        var request = await store.ReadDocumentAsync<SynthesisRequest>(BlobLayout.Request(run.Id), ct).ConfigureAwait(false);
        var plan = await store.ReadDocumentAsync<SynthesisPlan>(layout.Plan, ct).ConfigureAwait(false);
        var outcomes = new List<LevelOutcome>();
        for (var level = 1; level <= (plan?.Value.Pyramid.Levels.Count ?? 0); level++)
        {
            var outcome = await store.ReadDocumentAsync<LevelOutcome>(layout.Level(level).Outcome, ct).ConfigureAwait(false);
            if (outcome is { Value.Record: not null, Value.Engine: not null })
            {
                outcomes.Add(outcome.Value);
            }
        }

        var result = await store.FindAsync(layout.Result, ct).ConfigureAwait(false);
        if (request is null || plan is null || result is null || outcomes.Count != plan.Value.Pyramid.Levels.Count)
        {
            var missing = request is null
                ? "the request" : plan is null ? "the plan" : result is null ? "the picture" : "a level's numbers";
            return await closer.CleanUpAsync(
                new(run, new(ProblemCodes.Internal, $"All levels are done, but {missing} cannot be found. Retry the synthesis.")), ct)
                .ConfigureAwait(false);
        }

        var fit = await store.ReadDocumentAsync<FitReport>(layout.Fit, ct).ConfigureAwait(false);
        var report = RunReport.Of(request.Value, run.Run, outcomes, fit?.Value, time.GetUtcNow());
        await store.WriteDocumentAsync(layout.Report, report, BlobCondition.None, ct).ConfigureAwait(false);
        await new RunSheet(store, turn).WriteAsync(request.Value, plan.Value, report, ct).ConfigureAwait(false);
        return await closer.CloseAsync(run, old => old with
        {
            Status = SynthesisState.Completed,
            Level = outcomes.Count,
            Levels = [.. old.Levels.Zip(outcomes, (l, o) => l with { Seconds = o.Record!.Seconds })],
            Iteration = outcomes[^1].Record!.Iterations,
            Energy = outcomes[^1].Record!.Energy.Last,
            Percent = 100,
            Fit = fit?.Value,
            Warnings = [.. new[] { report.Matches?.Warning }.OfType<string>().Concat(outcomes.SelectMany(o => o.Notes)).Distinct()],
        }, ct).ConfigureAwait(false);
    }
}
