namespace CnnMrf.Core.Pictures;

/// <summary>A picture that cannot be read or written. The message names the file and the remedy.</summary>
public sealed class PictureException : Exception
{
    /// <summary>An unspecified failure.</summary>
    public PictureException()
    {
    }

    /// <summary>A failure with its message.</summary>
    /// <param name="message">Names the picture, what is wrong with it, and what to do.</param>
    public PictureException(string message)
        : base(message)
    {
    }

    /// <summary>A failure caused by another.</summary>
    /// <param name="message">Names the picture, what is wrong with it, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public PictureException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
