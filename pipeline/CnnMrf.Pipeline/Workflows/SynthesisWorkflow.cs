using CnnMrf.Pipeline.Identity;

namespace CnnMrf.Pipeline.Workflows;

/// <summary>One run of a synthesis: plan, the levels in order, finish; or the end of it when it fails or is cancelled.</summary>
public static class SynthesisWorkflow
{
    /// <summary>The orchestration's name. A change that running instances could not be replayed with is a new name.</summary>
    public const string Name = "Synthesis_v1";

    /// <summary>Runs it.</summary>
    /// <param name="context">All that it may use.</param>
    /// <param name="input">The run.</param>
    /// <returns>How it ended; the status says the same.</returns>
    public static async Task<ConcludeResult> RunAsync(IWorkflowContext context, RunInput input)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(input);
        var run = new RunKey(input.Id, input.Run);
        Problem? problem;
        try
        {
            var plan = await context.CallAsync(SynthesisActivities.Plan, run);
            var reading = plan.Problem is { } unplanned
                ? new LevelReading(LevelStanding.Failed, unplanned)
                : await LevelsAsync(context, run, plan.Levels, input.Timing);
            if (reading.Standing == LevelStanding.Completed)
            {
                return await context.CallAsync(SynthesisActivities.Finish, run);
            }

            problem = reading.Standing == LevelStanding.Cancelled ? null : reading.Problem ?? Unexplained;
        }
        catch (ActivityFailedException e)
        {
            problem = new(ProblemCodes.Internal, $"The step {e.Activity} failed again and again: {e.Message} Retry the synthesis.");
        }

        return await context.CallAsync(SynthesisActivities.CleanUp, new(run, problem));
    }

    private static Problem Unexplained { get; } = new(ProblemCodes.Internal, "A level failed and did not say why. Retry the synthesis.");

    private static async Task<LevelReading> LevelsAsync(IWorkflowContext context, RunKey run, int levels, WorkflowTiming timing)
    {
        for (var level = 1; level <= levels; level++)
        {
            var reading = await LevelAsync(context, run.Level(level), timing);
            if (reading.Standing != LevelStanding.Completed)
            {
                return reading;
            }
        }

        return new(LevelStanding.Completed);
    }

    private static async Task<LevelReading> LevelAsync(IWorkflowContext context, LevelKey level, WorkflowTiming timing)
    {
        // One waiter for all attempts, opened before the first: whichever attempt ends the level wakes it.
        var ended = context.Event(level.EventName);
        var deadline = context.UtcNow + timing.LevelBudget;
        var attempt = 1;
        var reading = await context.CallAsync(SynthesisActivities.DispatchLevel, new(level, attempt, deadline));
        while (!reading.IsEnd)
        {
            if (context.UtcNow >= deadline)
            {
                return Late(level, timing);
            }

            var first = await FirstAsync(context, ended, context.UtcNow + timing.InspectEvery);
            if (first == context.Cancelled)
            {
                return new(LevelStanding.Cancelled);
            }

            // The event only wakes; what counts is what the blobs say.
            reading = await context.CallAsync(SynthesisActivities.InspectLevel, level);
            if (first == ended && !reading.IsEnd)
            {
                // An event without an outcome used the waiter up.
                ended = context.Event(level.EventName);
            }
            else if (reading.Standing == LevelStanding.Stale && attempt < timing.MaxDispatches && context.UtcNow < deadline)
            {
                reading = await context.CallAsync(SynthesisActivities.DispatchLevel, new(level, ++attempt, deadline));
            }
        }

        return reading;
    }

    private static async Task<Task> FirstAsync(IWorkflowContext context, Task ended, DateTimeOffset until)
    {
        using var unwanted = new CancellationTokenSource();
        var timer = context.TimerUntil(until, unwanted.Token);
        var first = await Task.WhenAny(ended, context.Cancelled, timer);
        if (first != timer)
        {
            unwanted.Cancel();
        }

        return first;
    }

    private static LevelReading Late(LevelKey level, WorkflowTiming timing) => new(LevelStanding.Failed, new(
        ProblemCodes.Timeout,
        $"Level {level.Level} was not done within {timing.LevelBudget.TotalHours:0.#} hours. See whether workers run, then retry."));
}
