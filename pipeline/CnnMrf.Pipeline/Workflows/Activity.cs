namespace CnnMrf.Pipeline.Workflows;

/// <summary>A step of a workflow that reads and writes, by name: the host finds what runs it.</summary>
/// <typeparam name="TInput">What it is given.</typeparam>
/// <typeparam name="TResult">What it returns.</typeparam>
/// <param name="Name">Its name; never changes.</param>
public sealed record Activity<TInput, TResult>(string Name);

/// <summary>An activity failed after all its retries. Hosts wrap their own exception in it.</summary>
public sealed class ActivityFailedException(string activity, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The activity's name.</summary>
    public string Activity { get; } = activity;
}
