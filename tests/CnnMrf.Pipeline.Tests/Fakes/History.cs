using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Pipeline.Tests.Fakes;

/// <summary>What happened to an instance.</summary>
internal abstract record Happened(DateTimeOffset Time);

internal sealed record Started(DateTimeOffset Time) : Happened(Time);

internal sealed record ActivityDone(int Id, string Result, DateTimeOffset Time) : Happened(Time);

internal sealed record ActivityFaulted(int Id, string Message, DateTimeOffset Time) : Happened(Time);

internal sealed record TimerFired(int Id, DateTimeOffset Time) : Happened(Time);

internal sealed record EventRaised(string Name, DateTimeOffset Time) : Happened(Time);

/// <summary>What a workflow decided.</summary>
internal abstract record Decision;

internal sealed record CallActivity(int Id, string Name, string Input) : Decision;

internal sealed record StartTimer(int Id, DateTimeOffset Until) : Decision;

internal sealed record StopTimer(int Id) : Decision;

internal sealed record OpenWaiter(string Name) : Decision;

internal sealed record GoOn(string Input) : Decision;

internal sealed record End(string Result) : Decision;

/// <summary>A workflow with its input: run from the start over a history.</summary>
internal delegate Task<object?> Workflow(IWorkflowContext context);
