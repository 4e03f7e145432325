using CnnMrf.Pipeline;

namespace CnnMrf.Worker.Levels;

/// <summary>A level that no worker can compute: trying again would change nothing.</summary>
internal sealed class LevelFailedException(Problem problem, Exception? inner = null) : Exception(problem.Message, inner)
{
    /// <summary>Why.</summary>
    public Problem Problem { get; } = problem;
}
