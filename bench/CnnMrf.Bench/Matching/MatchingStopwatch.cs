using System.Diagnostics;
using System.Globalization;
using CnnMrf.Engine.Matching;
using static TorchSharp.torch;

namespace CnnMrf.Bench.Matching;

/// <summary>
/// The same comparison in seconds instead of minutes: rounds of all candidates in turn, so that a busy machine slows all alike.
/// </summary>
public static class MatchingStopwatch
{
    public static void Run(int threads, int rounds)
    {
        set_num_threads(threads);
        using var fused = new FusedMatcher(threads);
        using var plain = new PlainMatcher();
        foreach (var size in MatchingCase.All)
        {
            using var query = size.Features(1);
            using var pool = size.Pool();
            using var filters = MatchingCase.Filters(pool[0]);
            var grid = query.Grid(MatchingCase.PatchSize, size.Stride);
            (string Name, Action Work)[] candidates =
            [
                ("products alone", () => size.Products(query, pool[0].Features)),
                ("fused", () => fused.Match(query, grid, pool, MatchOptions.Default)),
                ("plain", () => plain.Match(query, grid, pool, MatchOptions.Default)),
                ("convolution", () => MatchingCase.ByConvolution(query, filters, size.Stride).Dispose()),
            ];
            var times = candidates.Select(_ => new List<double>()).ToArray();
            for (var round = 0; round <= rounds; round++)
            {
                for (var i = 0; i < candidates.Length; i++)
                {
                    // The slow ones once are enough.
                    if (round > 1 && i > 1) continue;
                    var watch = Stopwatch.StartNew();
                    candidates[i].Work();
                    if (round > 0) times[i].Add(watch.Elapsed.TotalMilliseconds);
                }
            }

            foreach (var (candidate, list) in candidates.Zip(times))
            {
                list.Sort();
                var median = list[list.Count / 2].ToString("F1", CultureInfo.InvariantCulture);
                var least = list[0].ToString("F1", CultureInfo.InvariantCulture);
                Console.WriteLine($"{size,-24} {candidate.Name,-16} median {median,8} ms   least {least,8} ms");
            }
        }
    }
}
