using CnnMrf.Engine.Arithmetic;
using CnnMrf.Engine.Patches;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Matching;

/// <summary>
/// Matching whose cost grows with the picture instead of its square, beyond a number of pairs of patches; below it every pair is searched
/// (<see cref="IPatchMatcher"/>). Features are averaged two by two, smaller patches of these are matched, and the true patches are
/// searched for around those matches and around their neighbours' (<see cref="NearSearch"/>). A match may so be a little worse than the
/// best one: it is not the argmax of the paper, whose presets never use it. A field depends on the features alone, not on earlier ones.
/// </summary>
public sealed class NearMatcher : IPatchMatcher
{
    /// <summary>Pairs of patches from which on not all are searched: at relu3_1 with stride 2, about 1000 px.</summary>
    public const long DefaultLeastPairs = 1L << 27;

    // A level matches at few layers, each of which may be halved several times.
    private const int MostKept = 16;

    private readonly IPatchMatcher whole;
    private readonly long leastPairs;
    private readonly WorkerTeam team;
    private readonly Recent<HalvedPool> halves = new(MostKept);

    /// <summary>Takes over the matcher that searches everything.</summary>
    /// <param name="whole">For what is small, and for the coarsest features.</param>
    /// <param name="threads">Threads, 1 or more; the result does not depend on it.</param>
    /// <param name="leastPairs">Pairs of patches from which on not all are searched.</param>
    public NearMatcher(IPatchMatcher whole, int threads, long leastPairs = DefaultLeastPairs)
    {
        ArgumentNullException.ThrowIfNull(whole);
        (this.whole, this.leastPairs, team) = (whole, leastPairs, new WorkerTeam(threads));
    }

    /// <inheritdoc/>
    public PatchField Match(
        FeatureMap query, PatchGrid queryGrid, StylePool pool, MatchOptions options, CancellationToken ct = default)
    {
        PatchMatchers.Check(query, queryGrid, pool, options);
        if (!IsLarge(query, queryGrid, pool, options)) return whole.Match(query, queryGrid, pool, options, ct);
        using var quiet = no_grad();
        using var sought = new MatchQuery(query, queryGrid, options.Guide);
        using var half = Halved(sought.Map);
        var coarse = Half(pool);

        // What leads the search is matched as it is: the guide is in it, and only the true patches have to hold together.
        var first = Match(
            half, half.Grid(HalvedSize(queryGrid.Size), queryGrid.Stride), coarse,
            new(options.PositionWeight, Places: options.Places), ct);
        var field = new NearSearch(sought, queryGrid, pool, options).Run(first, coarse, team, ct);
        return PatchMatchers.Held(field, sought, pool, options, ct);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        halves.Dispose();
        team.Dispose();
        whole.Dispose();
    }

    // Half as many cells a side, and patches of nearly the same extent.
    private static int HalvedSize(int size) => (size + 1) / 2;

    private static FeatureMap Halved(FeatureMap map)
    {
        using var scope = NewDisposeScope();
        return FeatureMap.FromNchw(nn.functional.avg_pool2d(map.Values.permute(2, 0, 1).unsqueeze(0), 2, 2));
    }

    private bool IsLarge(FeatureMap query, PatchGrid grid, StylePool pool, MatchOptions options) =>
        (long)pool.PatchCount * grid.Count >= leastPairs
        && query.Values.dtype == ScalarType.Float32 && query.Values.device_type == DeviceType.CPU
        && !grid.Wraps && options.Classes is null
        && HasHalf(grid.MapHeight, grid.MapWidth, grid.Size) && pool.All(m => HasHalf(m.Features.Height, m.Features.Width, grid.Size));

    private static bool HasHalf(int height, int width, int size) => Math.Min(height, width) / 2 >= HalvedSize(size);

    private StylePool Half(StylePool pool) => halves.Get(h => ReferenceEquals(h.Whole, pool), () => new(pool, new(pool.Select(map =>
    {
        var features = Halved(map.Features);
        return new StyleMap(features, features.Grid(HalvedSize(map.Grid.Size), map.Grid.Stride), map.Preference)
        {
            Style = map.Style,
            Frame = map.Frame,
        };
    })))).Half;

    private sealed record HalvedPool(StylePool Whole, StylePool Half) : IDisposable
    {
        public void Dispose() => Half.Dispose();
    }
}
