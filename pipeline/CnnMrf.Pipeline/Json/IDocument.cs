namespace CnnMrf.Pipeline.Json;

/// <summary>A JSON document that outlives the program that wrote it: it says its version, and readers refuse versions unknown to
/// them.</summary>
public interface IDocument
{
    /// <summary>What people call it, e.g. <c>level job</c>.</summary>
    static abstract string Kind { get; }

    /// <summary>The version that this program writes and reads.</summary>
    static abstract int CurrentVersion { get; }

    /// <summary>The version that it was written in.</summary>
    int Version { get; }
}
