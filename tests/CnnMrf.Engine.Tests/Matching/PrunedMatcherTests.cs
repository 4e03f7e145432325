using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Matching;

/// <summary>A query that moves from match to match: every field must be the one that a matcher without a past finds.</summary>
public sealed class PrunedMatcherTests
{
    /// <summary>How a query becomes the next one.</summary>
    public enum Move
    {
        /// <summary>Not at all.</summary>
        Rest,

        /// <summary>By a thousandth.</summary>
        Creep,

        /// <summary>By a twentieth.</summary>
        Walk,

        /// <summary>To somewhere else.</summary>
        Jump,

        /// <summary>A corner of it becomes zero.</summary>
        Blacken,

        /// <summary>A part of it becomes a part of a style: a perfect match, and ties where copies are equal.</summary>
        Copy,

        /// <summary>All of it becomes one value.</summary>
        Flatten,
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Whatever_the_query_does_the_fields_are_those_of_a_matcher_without_a_past()
    {
        var cases =
            from seed in Gen.Choose(0, 1_000_000)
            from size in Gen.Choose(1, 3)
            from strides in Gen.Frequency(
                (3, Gen.Choose(1, 2).Select(s => (s, s))), (1, Gen.Choose(1, 3).Two().Select(s => (s.Item1, s.Item2))))
            from channels in Gen.Choose(1, 9)
            from side in Gen.Choose(size, size + 9).Two()
            from copies in Gen.Choose(1, 6)
            from rows in Gen.Choose(1, 4)
            from worthwhile in Gen.Elements(MatchCertificates.Worthwhile, double.PositiveInfinity)
            from integers in ArbMap.Default.GeneratorFor<bool>()
            from wraps in ArbMap.Default.GeneratorFor<bool>()
            from guide in Gen.Elements(0, 0, 0.5, 2)
            from position in Gen.Frequency((7, Gen.Constant(0.0)), (1, Gen.Constant(0.2)))
            from coherence in Gen.Elements(0, 0, 0.05)
            from classes in Gen.Elements(1, 1, 2)
            from preferences in Gen.Elements(0, 0.4, 1.0, 1.0).ArrayOf(6)
            from moves in Gen.Elements(
                Move.Rest, Move.Creep, Move.Creep, Move.Walk, Move.Jump, Move.Blacken, Move.Copy, Move.Flatten).ArrayOf(5)
            select new Case(
                seed, size, strides.Item1, strides.Item2, channels, side.Item1, side.Item2, copies, rows, worthwhile, integers, wraps,
                guide, position, coherence, classes, preferences, moves);
        Prop.ForAll(Arb.From(cases), Agrees).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(2, 2)]
    public void A_long_walk_outlives_the_moments_that_are_kept(int stride, int threads)
    {
        var moves = Enumerable.Repeat(Move.Walk, 3 * MatchCertificates.MostMoments).ToArray();
        Agrees(new(
            1, 3, stride, stride, 8, 14, 13, 5, 2, double.PositiveInfinity, false, false, 0, 0, 0, 1, [1, 1, 0.9, 1, 1], moves), threads);
    }

    [Fact]
    public void What_hardly_moves_is_hardly_searched()
    {
        using var pool = Pool(3, 4, 12, 1, 1);
        using var query = MatchingScene.Map(1, (16, 16), 12, integers: false, 1, ScalarType.Float32);
        var grid = query.Grid(3, 1);
        using var matcher = new PrunedMatcher(new FusedMatcher(1), blockRows: 4);
        matcher.Match(query, grid, pool, MatchOptions.Default, Token);
        var known = Assert.Single(matcher.Certificates);
        var first = known.Pairs;
        Assert.Equal(first.All, first.Searched);
        matcher.Match(query, grid, pool, MatchOptions.Default, Token);
        Assert.Equal(first.Searched, known.Pairs.Searched);
        using var near = new FeatureMap(query.Values.mul(1.01).add(rand_like(query.Values), alpha: 0.002));
        matcher.Match(near, grid, pool, MatchOptions.Default, Token);
        Assert.False(known.SearchesAll);
        Assert.InRange(known.Pairs.Searched - first.Searched, 0, first.All / 4);
        using var far = MatchingScene.Map(99, (16, 16), 12, integers: false, 1, ScalarType.Float32);
        matcher.Match(far, grid, pool, MatchOptions.Default, Token);
        Assert.True(known.SearchesAll);
    }

    [Fact]
    public void Small_pools_and_position_weights_are_left_to_the_matcher_within()
    {
        using var pool = Pool(3, 5, 4, 1, 1);
        using var query = MatchingScene.Map(1, (9, 9), 4, integers: false, 1, ScalarType.Float32);
        using var pruned = new PrunedMatcher(1);
        pruned.Match(query, query.Grid(3, 1), pool, MatchOptions.Default, Token);
        Assert.Empty(pruned.Certificates);
        using var all = new PrunedMatcher(new FusedMatcher(1), blockRows: 4);
        all.Match(query, query.Grid(3, 1), pool, new MatchOptions(0.1), Token);
        Assert.Empty(all.Certificates);
    }

    [Fact]
    public void A_match_that_is_broken_off_leaves_nothing_behind()
    {
        using var pool = Pool(3, 5, 24, 1, 1, side: 40);
        using var query = MatchingScene.Map(1, (40, 40), 24, integers: false, 1, ScalarType.Float32);
        var grid = query.Grid(3, 1);
        using var matcher = new PrunedMatcher(new FusedMatcher(1), 4, worthwhile: double.PositiveInfinity);
        using var fresh = new FusedMatcher(1);
        matcher.Match(query, grid, pool, MatchOptions.Default, Token);
        foreach (var milliseconds in new[] { 1, 3, 9 })
        {
            using var moved = new FeatureMap(query.Values.add(rand_like(query.Values), alpha: 0.1 * milliseconds));
            using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(milliseconds));
            try
            {
                matcher.Match(moved, grid, pool, MatchOptions.Default, source.Token);
            }
            catch (OperationCanceledException)
            {
                // Or it was faster: either way the next match is whole.
            }

            var field = matcher.Match(moved, grid, pool, MatchOptions.Default, Token);
            Assert.Equal(fresh.Match(moved, grid, pool, MatchOptions.Default, Token).Index, field.Index);
        }
    }

    private static void Agrees(Case c) => Agrees(c, 2);

    private static void Agrees(Case c, int threads)
    {
        using var scope = NewDisposeScope();
        var random = new Random(c.Seed);
        var least = c.Size;
        using var pool = new StylePool(Enumerable.Range(0, c.Copies).Select(n =>
        {
            // The third copy equals the first: whatever wins, ties.
            var side = n == 2 ? (least + 5, least + 4) : (least + random.Next(0, 9), least + random.Next(0, 9));
            if (n == 0) side = (least + 5, least + 4);
            var map = MatchingScene.Map(n == 2 ? c.Seed : c.Seed + n, side, c.Channels, c.Integers, 1, ScalarType.Float32);
            var grid = map.Grid(c.Size, c.StyleStride);
            return new StyleMap(map, grid, n == 0 ? 1 : c.Preferences[n])
            {
                // The first copy offers all, so that every class has something.
                Classes = c.Classes == 1 || n == 0 ? null : [.. Enumerable.Range(0, grid.Count).Select(_ => (uint)random.Next(0, 4))],
            };
        }));
        var values = Map(c, c.Seed + 100);
        var queryGrid = PatchGrid.Create(c.Height, c.Width, c.Size, c.QueryStride, c.Wraps);
        using var guide = c.Guide == 0 ? null : new MatchGuide(new(Map(c, c.Seed + 200)), c.Guide);
        var classes = c.Classes == 1 ? null : Enumerable.Range(0, queryGrid.Count).Select(_ => (byte)random.Next(0, 2)).ToArray();
        var options = new MatchOptions(c.Position, guide, c.Coherence, classes);
        using var pruned = new PrunedMatcher(new FusedMatcher(threads, memory: 40_000), c.Rows, worthwhile: c.Worthwhile);
        using var fresh = new FusedMatcher(1);
        foreach (var move in c.Moves.Prepend(Move.Rest))
        {
            values = Next(c, move, values, pool[0].Features.Values, random);
            using var query = new FeatureMap(values.clone());
            var expected = fresh.Match(query, queryGrid, pool, options, Token);
            var field = pruned.Match(query, queryGrid, pool, options, Token);
            Assert.Equal(expected.Index, field.Index);
            Assert.Equal(expected.Score, field.Score);
        }
    }

    private static Tensor Map(Case c, int seed)
    {
        using var map = MatchingScene.Map(seed, (c.Height, c.Width), c.Channels, c.Integers, 1, ScalarType.Float32);
        return map.Values.clone();
    }

    private static Tensor Next(Case c, Move move, Tensor values, Tensor style, Random random)
    {
        Tensor Elsewhere() => Map(c, random.Next());
        switch (move)
        {
            case Move.Creep: return values.add(Elsewhere(), alpha: 0.001);
            case Move.Walk: return values.add(Elsewhere(), alpha: 0.05);
            case Move.Jump: return Elsewhere();
            case Move.Flatten: return full_like(values, 0.5f);
            case Move.Blacken:
                var black = values.clone();
                black.slice(0, 0, Math.Min(c.Height, c.Size + 1), 1).slice(1, 0, Math.Min(c.Width, c.Size + 1), 1).zero_();
                return black;
            case Move.Copy:
                var copied = values.clone();
                var (h, w) = (Math.Min(c.Height, style.shape[0]), Math.Min(c.Width, style.shape[1]));
                copied.slice(0, 0, h, 1).slice(1, 0, w, 1).copy_(style.slice(0, 0, h, 1).slice(1, 0, w, 1));
                return copied;
            default: return values;
        }
    }

    private static StylePool Pool(int seed, int copies, int channels, int stride, double preference, int side = 18) =>
        new(Enumerable.Range(0, copies).Select(n =>
        {
            var map = MatchingScene.Map(seed + n, (side, side - n), channels, integers: false, 1, ScalarType.Float32);
            return new StyleMap(map, map.Grid(3, stride), preference);
        }));

    private sealed record Case(
        int Seed, int Size, int QueryStride, int StyleStride, int Channels, int Height, int Width, int Copies, int Rows, double Worthwhile,
        bool Integers, bool Wraps, double Guide, double Position, double Coherence, int Classes, double[] Preferences, Move[] Moves);
}
