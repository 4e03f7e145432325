using CnnMrf.Functions.Durable;
using CnnMrf.Pipeline;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Functions.Tests.Durable;

/// <summary>What goes into a history comes out of it as it was.</summary>
public sealed class WorkflowJsonTests
{
    private static readonly RunKey Run = new(SynthesisId.Create("cat", "0123456789abcdef"), 2);
    private static readonly Problem Problem = new(ProblemCodes.Internal, "It failed.", "style");

    public static TheoryData<object> Values =>
    [
        Run, Run.Level(3), new RunInput(Run.Id, 2) { Timing = new() { InspectEvery = TimeSpan.FromSeconds(7) } },
        new BatchInput("night", "ab") { Next = 50, Items = 60 }, new PlanResult(3, Problem),
        new DispatchInput(Run.Level(1), 2, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)),
        new LevelReading(LevelStanding.Stale, Problem), new CleanUpInput(Run, Problem), new ConcludeResult(SynthesisState.Cancelled),
        new BatchItems("night", "ab", 10, 5), new BatchClosing("night", "ab", Problem), 7, true,
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_read_as_it_was_written(object value)
    {
        var written = WorkflowJson.Serializer.Serialize(value, value.GetType(), default);

        Assert.Equal(value, WorkflowJson.Serializer.Deserialize(written.ToStream(), value.GetType(), default));
    }
}
