using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;
using CnnMrf.Engine.Places;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Matching;

/// <summary>A query and styles made from a seed, in float32 and, with the same values, in float64.</summary>
internal sealed record MatchingScene(
    int Seed, int Channels, int Size, int QueryStride, int StyleStride, (int Height, int Width) Query, (int Height, int Width)[] Styles)
{
    internal bool Wraps { get; init; }

    internal double PositionWeight { get; init; }

    /// <summary>Where matches are expected in each map, which are numbered as pictures of their own.</summary>
    internal PartPlaces? Places { get; init; }

    /// <summary>Where those places lie in the copies that the maps are of.</summary>
    internal Affine[]? Frames { get; init; }

    internal double[]? Preferences { get; init; }

    /// <summary>The class of each query patch; for each map and patch the classes that it is offered for, one bit each.</summary>
    internal (byte[] Queries, uint[][] Styles)? Classes { get; init; }

    /// <summary>Small integers instead of rectified noise: sums are exact, and ties are many.</summary>
    internal bool Integers { get; init; }

    /// <summary>Factor on the query's, and on the styles', features.</summary>
    internal float QueryScale { get; init; } = 1;

    internal float StyleScale { get; init; } = 1;

    internal PatchField Match(IPatchMatcher matcher, ScalarType type, CancellationToken? ct = null)
    {
        using var query = Map(Seed, Query, QueryScale, type);
        using var pool = new StylePool(Styles.Select((size, i) =>
        {
            var map = Map(Seed + 1 + i, size, StyleScale, type);
            return new StyleMap(map, map.Grid(Size, StyleStride), Preferences?[i] ?? 1) { Style = i, Frame = Frames?[i], Classes = Classes?.Styles[i] };
        }));
        var options = new MatchOptions(PositionWeight, Classes: Classes?.Queries, Places: Places);
        return matcher.Match(query, query.Grid(Size, QueryStride, Wraps), pool, options, ct ?? TestContext.Current.CancellationToken);
    }

    internal static FeatureMap Map(int seed, (int Height, int Width) size, int channels, bool integers, float scale, ScalarType type)
    {
        var random = new Random(seed);
        var values = new float[size.Height * size.Width * channels];
        for (var i = 0; i < values.Length; i++)
            values[i] = scale * (integers ? random.Next(0, 2) : MathF.Max(0, (random.NextSingle() * 2) - 0.8f));
        using var scope = NewDisposeScope();
        return new FeatureMap(tensor(values).view(size.Height, size.Width, channels).to(type));
    }

    /// <summary>
    /// The scores of all pairs in double, by the formula and nothing else: [queries][patches of the pool]; −∞ where the patch may not win.
    /// </summary>
    internal double[][] Scores()
    {
        using var query = Map(Seed, Query, QueryScale, ScalarType.Float64);
        var queryGrid = query.Grid(Size, QueryStride, Wraps);
        var scores = new double[queryGrid.Count][];
        var styles = Styles.Select((size, i) => Map(Seed + 1 + i, size, StyleScale, ScalarType.Float64)).ToArray();
        var queryPatches = Patches(query, queryGrid);
        var stylePatches = styles.Select(map => Patches(map, map.Grid(Size, StyleStride))).ToArray();
        for (var i = 0; i < scores.Length; i++)
        {
            var row = new List<double>();
            for (var m = 0; m < styles.Length; m++)
            {
                var grid = styles[m].Grid(Size, StyleStride);
                var preference = Preferences?[m] ?? 1;
                for (var j = 0; j < grid.Count; j++)
                {
                    var (norm, ownNorm) = (Norm(stylePatches[m][j]), Norm(queryPatches[i]));
                    var ncc = norm == 0 || ownNorm == 0 ? 0 : Dot(queryPatches[i], stylePatches[m][j]) / (norm * ownNorm);
                    var (ax, ay) = queryGrid.Centre(i);
                    (ax, ay) = Places?.Of(m, ax, ay) ?? (ax, ay);
                    (ax, ay) = Frames is null ? (ax, ay) : (Frames[m].About(ax, ay).U, Frames[m].About(ax, ay).V);
                    var (bx, by) = grid.Centre(j);
                    var score = (preference * ncc) - (PositionWeight * (Places?.Confidence(m) ?? 1) * (((ax - bx) * (ax - bx)) + ((ay - by) * (ay - by))));
                    var barred = Classes is { } c && (c.Styles[m][j] >> c.Queries[i] & 1) == 0;
                    row.Add(norm == 0 || preference == 0 || barred ? double.NegativeInfinity : score);
                }
            }

            scores[i] = [.. row];
        }

        foreach (var map in styles) map.Dispose();
        return scores;
    }

    private FeatureMap Map(int seed, (int Height, int Width) size, float scale, ScalarType type) =>
        Map(seed, size, Channels, Integers, scale, type);

    private static double[][] Patches(FeatureMap map, PatchGrid grid)
    {
        var values = map.Values.data<double>().ToArray();
        var patches = new double[grid.Count][];
        for (var i = 0; i < patches.Length; i++)
        {
            var (row, column) = grid.Corner(i);
            var patch = new List<double>();
            for (var y = 0; y < grid.Size; y++)
            {
                for (var x = 0; x < grid.Size; x++)
                {
                    var cell = ((row + y) % map.Height * map.Width) + ((column + x) % map.Width);
                    patch.AddRange(values.AsSpan(cell * map.Channels, map.Channels));
                }
            }

            patches[i] = [.. patch];
        }

        return patches;
    }

    private static double Norm(double[] a) => Math.Sqrt(Dot(a, a));

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
