namespace CnnMrf.Pipeline;

/// <summary>Why something did not work, in words for who asked for it.</summary>
/// <param name="Code">For programs: see <see cref="ProblemCodes"/>.</param>
/// <param name="Message">What is wrong and the remedy.</param>
/// <param name="Field">The setting, input or file it is about, where it is about one.</param>
public sealed record Problem(string Code, string Message, string? Field = null);

/// <summary>The codes of <see cref="Problem"/>.</summary>
public static class ProblemCodes
{
    /// <summary>A setting is unknown, of a wrong type, out of range, or does not fit the pictures.</summary>
    public const string Settings = "settings";

    /// <summary>A picture cannot be used, is missing, or given twice.</summary>
    public const string Picture = "picture";

    /// <summary>The weights are not there.</summary>
    public const string Weights = "weights";

    /// <summary>The request itself is wrong.</summary>
    public const string Request = "request";

    /// <summary>What is asked for does not go with how things stand.</summary>
    public const string Conflict = "conflict";

    /// <summary>The pictures do not go together well enough: the fit is below what the settings ask for.</summary>
    public const string PoorFit = "poor-fit";

    /// <summary>A level failed again and again.</summary>
    public const string Poison = "poison";

    /// <summary>The message of a level became a dead letter.</summary>
    public const string DeadLetter = "dead-letter";

    /// <summary>A level was not done in its time.</summary>
    public const string Timeout = "timeout";

    /// <summary>A level's image is there, but made of something else.</summary>
    public const string Fingerprint = "fingerprint";

    /// <summary>Anything else: a fault of the program or of what it runs on.</summary>
    public const string Internal = "internal";
}

/// <summary>Something asked for cannot be done.</summary>
public sealed class ProblemException(Problem problem, Exception? inner = null) : Exception(problem.Message, inner)
{
    /// <summary>Why.</summary>
    public Problem Problem { get; } = problem;
}
