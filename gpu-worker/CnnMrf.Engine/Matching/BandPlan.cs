namespace CnnMrf.Engine.Matching;

/// <summary>
/// How one style map's work is cut: query rows into runs and style rows into blocks, one unit for each pair of them; in a unit, bands of
/// query rows. A unit computes the halo of its neighbours again, so few and large ones are better, within the memory allowed.
/// </summary>
/// <param name="Runs">Runs of query rows.</param>
/// <param name="Blocks">Blocks of style rows.</param>
/// <param name="Band">Query rows of one matrix product.</param>
/// <param name="Bands">Bands kept at a time.</param>
internal readonly record struct BandPlan(int Runs, int Blocks, int Band, int Bands)
{
    // What packing and edges of a matrix product cost, in rows or columns of it.
    private const double Edge = 24;

    /// <summary>
    /// Chooses the cheapest plan whose bands fit into a thread's share of the memory (at the least, one band of one row).
    /// </summary>
    internal static BandPlan Choose(
        int queryRows, int queryWidth, int queryHalo, int styleRows, int styleWidth, int styleHalo,
        int pairs, int threads, long floats)
    {
        var best = default(BandPlan);
        var bestCost = double.PositiveInfinity;
        for (var blocks = 1; blocks <= styleRows; blocks++)
        {
            var block = Ceiling(styleRows, blocks);
            var columns = (long)(block + styleHalo) * styleWidth;
            var rowFloats = pairs * queryWidth * RowStride(columns);
            var capacity = (int)Math.Min(floats / threads / rowFloats, int.MaxValue / 2);
            var fits = capacity > queryHalo;
            if (!fits && blocks < styleRows) continue;
            var longestBand = fits ? LongestBand(capacity, queryHalo) : 1;
            for (var runs = 1; runs <= Math.Min(queryRows, 2 * threads); runs++)
            {
                var run = Ceiling(queryRows, runs);
                var band = Math.Min(longestBand, run + queryHalo);
                var units = runs * blocks;
                var cost = (double)Ceiling(units, threads) * threads / units
                    * (1 + ((double)queryHalo / run)) * (1 + ((double)styleHalo / block))
                    * (1 + (Edge / ((double)band * queryWidth)) + (Edge / columns));
                if (cost >= bestCost) continue;
                bestCost = cost;
                best = new BandPlan(runs, blocks, band, 1 + Ceiling(queryHalo, band));
            }
        }

        return best;
    }

    /// <summary>Floats from one row of correlations to the next: room for what the pass reads beyond the end, and an odd number of cache
    /// lines, so that the rows it adds up do not fall into the same few sets of the cache.</summary>
    internal static long RowStride(long columns) => (((columns + (2 * ScoreScan.Step) + 15) / 16) | 1) * 16;

    private static int LongestBand(int capacity, int halo)
    {
        var band = Math.Max(1, capacity / 2);
        while (band > 1 && (1 + Ceiling(halo, band)) * band > capacity) band--;
        return band;
    }

    private static int Ceiling(int value, int divisor) => (value + divisor - 1) / divisor;
}
