namespace CnnMrf.Pipeline.Workflows;

/// <summary>A batch: starts its syntheses, then looks at them until all have ended. They do not depend on it.</summary>
public static class BatchWorkflow
{
    /// <summary>The orchestration's name. A change that running instances could not be replayed with is a new name.</summary>
    public const string Name = "Batch_v1";

    /// <summary>Items started, or looks taken, in one execution; then the history is thrown away.</summary>
    public const int StepsPerExecution = 50;

    /// <summary>Items that one activity starts.</summary>
    public const int ItemsPerActivity = 10;

    /// <summary>Runs it, or a part of it.</summary>
    /// <param name="context">All that it may use.</param>
    /// <param name="input">The batch, and how far it is.</param>
    public static async Task RunAsync(IWorkflowContext context, BatchInput input)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(input);
        try
        {
            if (input.Items is null)
            {
                input = input with { Items = await context.CallAsync(BatchActivities.Open, input) };
            }

            if (await StartAsync(context, input))
            {
                await WatchAsync(context, input);
            }
        }
        catch (ActivityFailedException e)
        {
            var problem = new Problem(
                ProblemCodes.Internal,
                    $"The step {e.Activity} failed again and again: {e.Message} Delete the report to run the batch anew.");
            await context.CallAsync(BatchActivities.Close, new(input.Name, input.ManifestHash, problem));
        }
    }

    // True when all are started; false when another execution goes on.
    private static async Task<bool> StartAsync(IWorkflowContext context, BatchInput input)
    {
        var end = Math.Min(input.Items!.Value, input.Next + StepsPerExecution);
        for (var next = input.Next; next < end; next += ItemsPerActivity)
        {
            await context.CallAsync(BatchActivities.Start,
                new(input.Name, input.ManifestHash, next, Math.Min(ItemsPerActivity, end - next)));
        }

        if (end == input.Items)
        {
            return true;
        }

        context.ContinueAsNew(input with { Next = end });
        return false;
    }

    private static async Task WatchAsync(IWorkflowContext context, BatchInput input)
    {
        for (var look = 0; look < StepsPerExecution; look++)
        {
            if (await context.CallAsync(BatchActivities.Poll, input))
            {
                return;
            }

            await context.TimerUntil(context.UtcNow + input.Timing.PollEvery, CancellationToken.None);
        }

        context.ContinueAsNew(input with { Next = input.Items!.Value });
    }
}
