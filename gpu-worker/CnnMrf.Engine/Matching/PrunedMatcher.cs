using CnnMrf.Engine.Patches;

namespace CnnMrf.Engine.Matching;

/// <summary>
/// The <see cref="FusedMatcher"/> for one level's optimisation, where the same style patches are asked for by a query that has moved a
/// little since: what earlier matches have proven (<see cref="MatchCertificates"/>) is not searched again. The fields are the same ones.
/// </summary>
public sealed class PrunedMatcher : IPatchMatcher
{
    /// <summary>Rows of style patches in a block: fewer bound more tightly, but are searched with a larger halo.</summary>
    internal const int DefaultBlockRows = 4;

    /// <summary>Pairs of patches from which on pruning is worth what it takes.</summary>
    internal const long DefaultLeastPairs = 16L << 20;

    // Style maps from which on it is worth it.
    private const int LeastMaps = 4;

    // A level matches at few layers.
    private const int MostKept = 4;

    private readonly FusedMatcher matcher;
    private readonly Recent<MatchCertificates> kept = new(MostKept);
    private readonly int blockRows;
    private readonly long leastPairs;
    private readonly double worthwhile;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">Threads, 1 or more; the result does not depend on it.</param>
    public PrunedMatcher(int threads)
        : this(new FusedMatcher(threads), DefaultBlockRows, DefaultLeastPairs)
    {
    }

    /// <summary>Takes over a matcher.</summary>
    internal PrunedMatcher(FusedMatcher matcher, int blockRows, long leastPairs = 0, double worthwhile = MatchCertificates.Worthwhile) =>
        (this.matcher, this.blockRows, this.leastPairs, this.worthwhile) = (matcher, blockRows, leastPairs, worthwhile);

    /// <summary>What is kept.</summary>
    internal IReadOnlyList<MatchCertificates> Certificates => kept.Kept;

    /// <inheritdoc/>
    public PatchField Match(
        FeatureMap query, PatchGrid queryGrid, StylePool pool, MatchOptions options, CancellationToken ct = default)
    {
        PatchMatchers.Check(query, queryGrid, pool, options);
        if (options.PositionWeight > 0 || !IsLarge(queryGrid, pool))
            return matcher.Match(query, queryGrid, pool, options, ct);
        var certificates = kept.Get(
            one => one.IsAbout(pool, queryGrid, options.Classes),
            () => new(pool, queryGrid, options.Classes, blockRows, worthwhile));
        return matcher.Match(query, queryGrid, pool, options, certificates, ct);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        kept.Dispose();
        matcher.Dispose();
    }

    private bool IsLarge(PatchGrid grid, StylePool pool) =>
        leastPairs == 0 || (pool.Count >= LeastMaps && (long)pool.PatchCount * grid.Count >= leastPairs);
}
