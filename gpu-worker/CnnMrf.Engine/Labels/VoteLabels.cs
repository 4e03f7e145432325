namespace CnnMrf.Engine.Labels;

/// <summary>Classes of what is voted for and of what votes.</summary>
/// <param name="Target">Of each pixel of the picture that is voted for.</param>
/// <param name="Sources">Of each pixel of each style copy.</param>
internal sealed record VoteLabels(byte[] Target, IReadOnlyList<byte[]> Sources)
{
    // A patch is of the class under its centre and reaches over others: these pixels only fill what no other patch knows.
    private const double OfAnotherClass = 1e-3;

    /// <summary>Factor on a vote.</summary>
    /// <param name="target">A pixel of the picture.</param>
    /// <param name="style">A style copy.</param>
    /// <param name="source">A pixel of it.</param>
    public double Weight(int target, int style, int source) => Target[target] == Sources[style][source] ? 1 : OfAnotherClass;
}
