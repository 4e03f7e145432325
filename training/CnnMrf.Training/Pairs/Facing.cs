using CnnMrf.Training.Drawing;

namespace CnnMrf.Training.Pairs;

/// <summary>Which way an individual faces, compared with another of its kind.</summary>
internal static class Facing
{
    // Fewer landmarks say nothing.
    private const int Least = 4;
    private const double Opposite = -0.3;

    /// <summary>
    /// Whether two face opposite ways: the columns of the landmarks that both show, those that are called left or right by the picture
    /// left out, are correlated negatively.
    /// </summary>
    /// <param name="one">Columns by landmark.</param>
    /// <param name="other">Columns by landmark, in any unit.</param>
    public static bool AreOpposite(IReadOnlyDictionary<string, double> one, IReadOnlyDictionary<string, double> other)
    {
        var shared = one.Keys.Where(n => other.ContainsKey(n) && !SaysNothing(n)).Select(n => (A: one[n], B: other[n])).ToArray();
        if (shared.Length < Least)
        {
            return false;
        }

        var (middleA, middleB) = (shared.Average(p => p.A), shared.Average(p => p.B));
        var both = shared.Sum(p => (p.A - middleA) * (p.B - middleB));
        var spread = Math.Sqrt(shared.Sum(p => Math.Pow(p.A - middleA, 2)) * shared.Sum(p => Math.Pow(p.B - middleB, 2)));
        return both < Opposite * spread;
    }

    private static bool SaysNothing(string name) => name.StartsWith(Landmark.BackgroundPrefix, StringComparison.Ordinal)
        || Landmark.Exchanged(name) != name;
}
