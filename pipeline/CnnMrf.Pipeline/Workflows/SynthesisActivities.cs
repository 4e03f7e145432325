using System.Text.Json.Serialization;
using CnnMrf.Pipeline.Identity;
using CnnMrf.Pipeline.Json;

namespace CnnMrf.Pipeline.Workflows;

/// <summary>The activities of a synthesis.</summary>
public static class SynthesisActivities
{
    /// <summary>Prepares inputs, computes the pyramid, writes plan.json and the status.</summary>
    public static Activity<RunKey, PlanResult> Plan { get; } = new("Plan");

    /// <summary>Sends a level's job unless its outcome is there; the status says that it runs.</summary>
    public static Activity<DispatchInput, LevelReading> DispatchLevel { get; } = new("DispatchLevel");

    /// <summary>Reads how a level stands.</summary>
    public static Activity<LevelKey, LevelReading> InspectLevel { get; } = new("InspectLevel");

    /// <summary>Assembles report and sheet, and completes the status.</summary>
    public static Activity<RunKey, ConcludeResult> Finish { get; } = new("Finish");

    /// <summary>Writes the status of a run that failed or was cancelled, and removes what only a running level needs.</summary>
    public static Activity<CleanUpInput, ConcludeResult> CleanUp { get; } = new("CleanUp");
}

/// <summary>What planning came to.</summary>
/// <param name="Levels">Number of levels; 0 with a problem.</param>
/// <param name="Problem">Why nothing can be planned.</param>
public sealed record PlanResult(int Levels, Problem? Problem = null);

/// <summary>A level to dispatch.</summary>
/// <param name="Level">The level.</param>
/// <param name="Attempt">The dispatch, 1….</param>
/// <param name="Deadline">When the level fails if it is not done, UTC.</param>
public sealed record DispatchInput(LevelKey Level, int Attempt, DateTimeOffset Deadline);

/// <summary>How a level stands.</summary>
[JsonConverter(typeof(WordConverter<LevelStanding>))]
public enum LevelStanding
{
    /// <summary>No worker has begun.</summary>
    NotStarted,

    /// <summary>A worker was heard of lately.</summary>
    Alive,

    /// <summary>A worker began, and has not been heard of.</summary>
    Stale,

    /// <summary>The image is there.</summary>
    Completed,

    /// <summary>It failed, or was not worth computing.</summary>
    Failed,

    /// <summary>The run shall stop.</summary>
    Cancelled,
}

/// <summary>How a level stands, read from the blobs.</summary>
/// <param name="Standing">How.</param>
/// <param name="Problem">Why it failed.</param>
public sealed record LevelReading(LevelStanding Standing, Problem? Problem = null)
{
    /// <summary>True when the level needs no more waiting.</summary>
    [JsonIgnore]
    public bool IsEnd => Standing is LevelStanding.Completed or LevelStanding.Failed or LevelStanding.Cancelled;
}

/// <summary>A run that ends without a result.</summary>
/// <param name="Run">The run.</param>
/// <param name="Problem">Why it failed; null: it was cancelled.</param>
public sealed record CleanUpInput(RunKey Run, Problem? Problem = null);

/// <summary>How a run ended.</summary>
/// <param name="Status">completed, failed or cancelled.</param>
/// <param name="Problem">Why it failed.</param>
public sealed record ConcludeResult(Syntheses.SynthesisState Status, Problem? Problem = null);
