namespace CnnMrf.Training.Running;

/// <summary>Training cannot start or go on; the message names the thing and the remedy.</summary>
public sealed class TrainingException : Exception
{
    /// <summary>Without a message.</summary>
    public TrainingException()
    {
    }

    /// <summary>With a message.</summary>
    public TrainingException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and what caused it.</summary>
    public TrainingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
