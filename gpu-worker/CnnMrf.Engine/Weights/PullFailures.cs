namespace CnnMrf.Engine.Weights;

/// <summary>A failure that may pass: try again after a while.</summary>
internal sealed class TransientFailure(string message, Exception? inner = null, TimeSpan? retryAfter = null) : Exception(message, inner)
{
    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>The source no longer has the bytes that were asked for: it is another file than before.</summary>
internal sealed class SourceChanged(string message) : Exception(message);
