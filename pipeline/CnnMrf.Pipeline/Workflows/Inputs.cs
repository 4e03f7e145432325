using CnnMrf.Pipeline.Identity;

namespace CnnMrf.Pipeline.Workflows;

/// <summary>What a synthesis workflow is started with.</summary>
/// <param name="Id">The synthesis.</param>
/// <param name="Run">The run, 1….</param>
public sealed record RunInput(SynthesisId Id, int Run)
{
    /// <summary>The run's times: in its history from the start on, so that another configuration does not change what it decided.</summary>
    public WorkflowTiming Timing { get; init; } = new();
}

/// <summary>What a batch workflow is started with, and goes on with.</summary>
/// <param name="Name">The batch.</param>
/// <param name="ManifestHash">Of the manifest's bytes, hexadecimal.</param>
public sealed record BatchInput(string Name, string ManifestHash)
{
    /// <summary>The first item that is not started yet.</summary>
    public int Next { get; init; }

    /// <summary>The number of items; null before the manifest was read.</summary>
    public int? Items { get; init; }

    /// <summary>The batch's times.</summary>
    public WorkflowTiming Timing { get; init; } = new();
}

/// <summary>The times of workflows.</summary>
public sealed record WorkflowTiming
{
    /// <summary>How often a level is looked at that sends no event.</summary>
    public TimeSpan InspectEvery { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a level may take, waiting for a worker included.</summary>
    public TimeSpan LevelBudget { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How often a level is dispatched at most: once, and three times more when its worker is not heard of.</summary>
    public int MaxDispatches { get; init; } = 4;

    /// <summary>How often a batch looks at its syntheses.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromMinutes(1);
}
