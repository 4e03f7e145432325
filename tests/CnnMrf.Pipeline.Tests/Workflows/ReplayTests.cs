using System.Text.Json;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;
using CnnMrf.Pipeline.Syntheses;
using CnnMrf.Pipeline.Tests.Fakes;
using CnnMrf.Pipeline.Workflows;
using FsCheck;
using FsCheck.Fluent;
using Replay = CnnMrf.Pipeline.Tests.Fakes.Replay;

namespace CnnMrf.Pipeline.Tests.Workflows;

/// <summary>Workflows fed with histories made up of anything that can happen, in any order.</summary>
public sealed class ReplayTests
{
    private static readonly DateTimeOffset Begin = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SynthesisId Id = SynthesisId.Parse("cat-0123456789abcdef");

    private static readonly Workflow Synthesis = async c => await SynthesisWorkflow.RunAsync(c, new(Id, 1));

    private static readonly Workflow Batch = async c =>
    {
        await BatchWorkflow.RunAsync(c, new("nightly", new string('a', 64)));
        return null;
    };

    [Fact]
    public void A_synthesis_decides_the_same_at_every_replay_of_every_prefix() => Every(Synthesis, history =>
    {
        var whole = Replay.Run("i", Synthesis, history);
        for (var length = 1; length <= history.Count; length++)
        {
            Assert.Equal(whole.Decisions.Take(whole.After[length - 1]), Replay.Run("i", Synthesis, history.Take(length)).Decisions);
        }
    });

    [Fact]
    public void A_batch_decides_the_same_at_every_replay_of_every_prefix() => Every(Batch, history =>
    {
        var whole = Replay.Run("i", Batch, history);
        for (var length = 1; length <= history.Count; length++)
        {
            Assert.Equal(whole.Decisions.Take(whole.After[length - 1]), Replay.Run("i", Batch, history.Take(length)).Decisions);
        }
    });

    [Fact]
    public void Whatever_happens_no_timer_is_left_open_at_the_end() => Every(Synthesis, history =>
    {
        var decisions = Replay.Run("i", Synthesis, history).Decisions;
        if (decisions is [.., End])
        {
            var over = history.OfType<TimerFired>().Select(t => t.Id).Concat(decisions.OfType<StopTimer>().Select(t => t.Id)).ToHashSet();
            Assert.All(decisions.OfType<StartTimer>(), t => Assert.Contains(t.Id, over));
        }
    });

    [Fact]
    public void Whatever_happens_a_level_is_dispatched_at_most_four_times_and_after_the_one_before() => Every(Synthesis, history =>
    {
        var dispatched = Replay.Run("i", Synthesis, history).Decisions.OfType<CallActivity>().Where(c => c.Name == "DispatchLevel")
            .Select(c => JsonSerializer.Deserialize<DispatchInput>(c.Input, PipelineJson.Options)!).ToArray();
        Assert.Equal(dispatched.OrderBy(d => d.Level.Level).ThenBy(d => d.Attempt), dispatched);
        Assert.All(dispatched, d => Assert.InRange(d.Attempt, 1, 4));
        Assert.Equal(dispatched.Length, dispatched.DistinctBy(d => (d.Level, d.Attempt)).Count());
    });

    [Fact]
    public void Whatever_happens_an_instance_ends_by_finishing_or_cleaning_up_once() => Every(Synthesis, history =>
    {
        var calls = Replay.Run("i", Synthesis, history).Decisions.OfType<CallActivity>().Select(c => c.Name).ToArray();
        Assert.InRange(calls.Count(c => c == "Finish"), 0, 1);
        Assert.InRange(calls.Count(c => c == "CleanUp"), 0, 1);
        Assert.DoesNotContain("DispatchLevel", calls.SkipWhile(c => c is not ("Finish" or "CleanUp")));
    });

    // FsCheck gives numbers; each picks what happens next among what can.
    private static void Every(Workflow workflow, Action<IReadOnlyList<Happened>> check) => Prop.ForAll(
        Gen.Choose(0, 10_000).ListOf().Resize(60).ToArbitrary(),
        numbers => check(HistoryOf(workflow, [.. numbers]))).QuickCheckThrowOnFailure();

    private static List<Happened> HistoryOf(Workflow workflow, IReadOnlyList<int> numbers)
    {
        var now = Begin;
        var history = new List<Happened> { new Started(now) };
        foreach (var number in numbers)
        {
            var replay = Replay.Run("i", workflow, history);
            if (replay.Decisions is [.., End] || replay.Decisions.OfType<GoOn>().Any())
            {
                break;
            }

            now += TimeSpan.FromSeconds(number % 7);
            Happened?[] possible =
            [
                .. Open(replay, history).Select(d => (Happened?)Answer(d, number / 10, now)),
                new EventRaised($"level-{1 + (number % 4)}", now),
                number % 11 == 0 ? new EventRaised(WorkflowEvents.Cancel, now) : null,
            ];
            Happened[] can = [.. possible.OfType<Happened>()];
            var next = can[number % can.Length];
            now = next.Time > now ? next.Time : now;
            history.Add(next);
        }

        return history;
    }

    private static IEnumerable<Decision> Open(Replay replay, List<Happened> history)
    {
        var over = history.Select(h => h switch
        {
            ActivityDone d => d.Id,
            ActivityFaulted f => f.Id,
            TimerFired t => t.Id,
            _ => -1,
        }).Concat(replay.Decisions.OfType<StopTimer>().Select(t => t.Id)).ToHashSet();
        return replay.Decisions.Where(d => d is CallActivity c && !over.Contains(c.Id) || d is StartTimer t && !over.Contains(t.Id));
    }

    private static Happened Answer(Decision decision, int number, DateTimeOffset now)
    {
        if (decision is StartTimer timer)
        {
            return new TimerFired(timer.Id, timer.Until > now ? timer.Until : now);
        }

        var call = (CallActivity)decision;
        if (number % 13 == 0)
        {
            return new ActivityFaulted(call.Id, "no", now);
        }

        object result = call.Name switch
        {
            "Plan" => number % 9 == 0 ? new PlanResult(0, new(ProblemCodes.Picture, "broken")) : new PlanResult(1 + (number % 4)),
            "DispatchLevel" => new LevelReading(number % 5 == 0 ? LevelStanding.Completed : LevelStanding.NotStarted),
            "InspectLevel" => new LevelReading(Enum.GetValues<LevelStanding>()[number % 6], number % 2 == 0 ? new("c", "m") : null),
            "Finish" or "CleanUp" => new ConcludeResult(SynthesisState.Completed),
            "OpenBatch" => number % 130,
            "PollBatch" => number % 17 == 0,
            "CloseBatch" => true,
            _ => 1,
        };
        return new ActivityDone(call.Id, JsonSerializer.Serialize(result, result.GetType(), PipelineJson.Options), now);
    }
}
