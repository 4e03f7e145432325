namespace CnnMrf.Pipeline.Workflows;

/// <summary>The activities of a batch.</summary>
public static class BatchActivities
{
    /// <summary>Reads the manifest and writes the first report; returns the number of items, 0 where the manifest cannot be used.</summary>
    public static Activity<BatchInput, int> Open { get; } = new("OpenBatch");

    /// <summary>Starts some items and writes the report; returns how many of them could be started.</summary>
    public static Activity<BatchItems, int> Start { get; } = new("StartBatchItems");

    /// <summary>Reads the items' statuses and writes the report; returns whether all have ended.</summary>
    public static Activity<BatchInput, bool> Poll { get; } = new("PollBatch");

    /// <summary>Writes into the report why the batch cannot go on.</summary>
    public static Activity<BatchClosing, bool> Close { get; } = new("CloseBatch");
}

/// <summary>Items to start.</summary>
/// <param name="Name">The batch.</param>
/// <param name="ManifestHash">Of the manifest's bytes, hexadecimal.</param>
/// <param name="First">The first, 0….</param>
/// <param name="Count">How many.</param>
public sealed record BatchItems(string Name, string ManifestHash, int First, int Count);

/// <summary>A batch that cannot go on.</summary>
/// <param name="Name">The batch.</param>
/// <param name="ManifestHash">Of the manifest's bytes, hexadecimal.</param>
/// <param name="Problem">Why.</param>
public sealed record BatchClosing(string Name, string ManifestHash, Problem Problem);
