namespace CnnMrf.Training.Evaluation;

/// <summary>Something to evaluate on that is missing or wrong. The message names the file and the remedy.</summary>
public sealed class EvaluationException : Exception
{
    /// <summary>An unspecified failure.</summary>
    public EvaluationException()
    {
    }

    /// <summary>A failure with its message.</summary>
    /// <param name="message">Names what is wrong, and what to do.</param>
    public EvaluationException(string message)
        : base(message)
    {
    }

    /// <summary>A failure caused by another.</summary>
    /// <param name="message">Names what is wrong, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public EvaluationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
