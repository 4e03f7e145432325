using CnnMrf.Engine.Patches;

namespace CnnMrf.Engine.Matching;

/// <summary>
/// The <see cref="FusedMatcher"/> for one level's optimisation, where the same style patches are asked for by a query that has moved a
/// little since: what earlier matches have proven (<see cref="MatchCertificates"/>) is not searched again. The fields are the same ones.
/// </summary>
public sealed class PrunedMatcher : IPatchMatcher
{
    // A level matches at few layers.
    private const int MostKept = 4;

    private readonly FusedMatcher matcher;
    private readonly List<MatchCertificates> kept = [];
    private readonly int blockPlaces;
    private readonly long leastWork;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">Threads, 1 or more.</param>
    public PrunedMatcher(int threads)
        : this(new FusedMatcher(threads), DefaultBlockPlaces, DefaultLeastWork)
    {
    }

    /// <summary>Takes over a matcher.</summary>
    internal PrunedMatcher(FusedMatcher matcher, int blockPlaces, long leastWork = 0) =>
        (this.matcher, this.blockPlaces, this.leastWork) = (matcher, blockPlaces, leastWork);

    /// <summary>Style patches of a block.</summary>
    internal const int DefaultBlockPlaces = 512;

    /// <summary>Pairs of patches from which on pruning is worth its keeping.</summary>
    internal const long DefaultLeastWork = 1 << 22;

    /// <summary>What is kept.</summary>
    internal IReadOnlyList<MatchCertificates> Certificates => kept;

    /// <inheritdoc/>
    public PatchField Match(
        FeatureMap query, PatchGrid queryGrid, StylePool pool, MatchOptions options, CancellationToken ct = default)
    {
        PatchMatchers.Check(query, queryGrid, pool, options);
        if (options.PositionWeight > 0 || (long)pool.PatchCount * queryGrid.Count < leastWork)
            return matcher.Match(query, queryGrid, pool, options, ct);
        var certificates = kept.Find(one => one.IsAbout(pool, queryGrid, options.Classes));
        if (certificates is null)
        {
            if (kept.Count == MostKept)
            {
                kept[0].Dispose();
                kept.RemoveAt(0);
            }

            certificates = new MatchCertificates(pool, queryGrid, options.Classes, blockPlaces);
            kept.Add(certificates);
        }

        return matcher.Match(query, queryGrid, pool, options, certificates, ct);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        kept.ForEach(one => one.Dispose());
        kept.Clear();
        matcher.Dispose();
    }
}
