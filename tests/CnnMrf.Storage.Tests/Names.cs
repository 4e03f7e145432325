namespace CnnMrf.Storage.Tests;

/// <summary>Names that no other test uses.</summary>
internal static class Names
{
    private static int last;

    internal static string Fresh(string start) => $"{start}-{Interlocked.Increment(ref last)}";
}
