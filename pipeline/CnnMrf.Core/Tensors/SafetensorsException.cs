namespace CnnMrf.Core.Tensors;

/// <summary>A safetensors file, or a tensor in it, that is refused. The message names the file or tensor and the reason.</summary>
public sealed class SafetensorsException : Exception
{
    /// <summary>A refusal without a reason.</summary>
    public SafetensorsException()
    {
    }

    /// <summary>A refusal with its reason.</summary>
    public SafetensorsException(string message)
        : base(message)
    {
    }

    /// <summary>A refusal with its reason and what it was found by.</summary>
    public SafetensorsException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
