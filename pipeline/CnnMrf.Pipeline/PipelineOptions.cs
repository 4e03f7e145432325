using CnnMrf.Pipeline.Workflows;

namespace CnnMrf.Pipeline;

/// <summary>What an installation may choose.</summary>
public sealed record PipelineOptions
{
    /// <summary>Times of workflows started from now on.</summary>
    public WorkflowTiming Timing { get; init; } = new();

    /// <summary>The age of a heartbeat from which on a worker is taken for gone.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The age of a status from which on the workflow engine is asked whether it still runs.</summary>
    public TimeSpan StatusOldAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a file of the uploads must be unchanged before it counts; zero where files appear whole.</summary>
    public TimeSpan UploadSettles { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Checks the values.</summary>
    /// <exception cref="ArgumentException">One is out of range; the message names it.</exception>
    public void Validate()
    {
        Positive(Timing.InspectEvery, "InspectEvery");
        Positive(Timing.LevelBudget, "LevelBudget");
        Positive(Timing.PollEvery, "PollEvery");
        Positive(StaleAfter, nameof(StaleAfter));
        Positive(StatusOldAfter, nameof(StatusOldAfter));
        if (Timing.MaxDispatches is < 1 or > 100)
        {
            throw new ArgumentException($"MaxDispatches is {Timing.MaxDispatches}; expects 1 … 100.");
        }

        if (UploadSettles < TimeSpan.Zero)
        {
            throw new ArgumentException($"{nameof(UploadSettles)} is {UploadSettles}; expects no negative time.");
        }
    }

    private static void Positive(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero)
        {
            throw new ArgumentException($"{name} is {value}; expects more than no time.");
        }
    }
}
