namespace CnnMrf.Training.Kinds.Faces;

/// <summary>The picture's two sides.</summary>
internal static class Sides
{
    /// <summary>−1 and 1 with their words in landmarks' names.</summary>
    public static IReadOnlyList<(int Side, string Word)> Both { get; } = [(-1, "left"), (1, "right")];
}
