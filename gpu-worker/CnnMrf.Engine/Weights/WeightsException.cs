namespace CnnMrf.Engine.Weights;

/// <summary>Weights that cannot be had or used. The message names the file, tensor or address, the reason, and what to do.</summary>
public sealed class WeightsException : Exception
{
    /// <summary>A refusal without a reason.</summary>
    public WeightsException()
    {
    }

    /// <summary>A refusal with its reason.</summary>
    public WeightsException(string message)
        : base(message)
    {
    }

    /// <summary>A refusal with its reason and what it was found by.</summary>
    public WeightsException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
