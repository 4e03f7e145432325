namespace CnnMrf.Pipeline;

/// <summary>What a request may be, said once.</summary>
public static class RequestLimits
{
    /// <summary>The largest body of a request, and of all pictures of one synthesis together, bytes: 50 MB.</summary>
    public const long BodyBytes = 50_000_000;

    /// <summary>The largest <c>settings.json</c>, settings part or batch manifest, bytes.</summary>
    public const int JsonBytes = 1_000_000;

    /// <summary>Most style pictures of one synthesis.</summary>
    public const int Styles = 16;

    /// <summary>Most pixels of all label maps of one synthesis together: they are looked at side by side.</summary>
    public const long MapPixels = 64_000_000;

    /// <summary>Most syntheses of one batch.</summary>
    public const int BatchItems = 1_000;
}
