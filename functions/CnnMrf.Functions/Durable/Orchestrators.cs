using CnnMrf.Pipeline.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace CnnMrf.Functions.Durable;

/// <summary>The workflows as orchestrations. Their names carry their versions.</summary>
public static class Orchestrators
{
    /// <summary>A synthesis' run.</summary>
    [Function(SynthesisWorkflow.Name)]
    public static Task<ConcludeResult> SynthesisAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        SynthesisWorkflow.RunAsync(new DurableContext(context), InputOf<RunInput>(context));

    /// <summary>A batch.</summary>
    [Function(BatchWorkflow.Name)]
    public static Task BatchAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        BatchWorkflow.RunAsync(new DurableContext(context), InputOf<BatchInput>(context));

    private static T InputOf<T>(TaskOrchestrationContext context)
        where T : class =>
        context.GetInput<T>() ?? throw new InvalidOperationException($"{context.InstanceId} was started without its {typeof(T).Name}.");
}
