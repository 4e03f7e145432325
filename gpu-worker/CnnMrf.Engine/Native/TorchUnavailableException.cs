namespace CnnMrf.Engine.Native;

/// <summary>
/// libtorch or TorchSharp's native library cannot be loaded on this system. The message says what is missing and what to install.
/// </summary>
public sealed class TorchUnavailableException : Exception
{
    /// <summary>Creates the exception with a general message.</summary>
    public TorchUnavailableException()
        : base("libtorch cannot be loaded on this system.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing, and what to install.</param>
    public TorchUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing, and what to install.</param>
    /// <param name="innerException">What the system said.</param>
    public TorchUnavailableException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
