using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;
using CnnMrf.Engine.Places;
using CnnMrf.Engine.Styles;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Matching;

public sealed class MatcherTests : IDisposable
{
    // So little memory that even small maps are cut into bands, runs and blocks.
    private readonly FusedMatcher fused = new(2, memory: 40_000);
    private readonly PlainMatcher plain = new();

    public static TheoryData<int, int, int, int, int, int, int, int> Shapes => new()
    {
        // size, query stride, style stride, query height, width, style height, width, channels
        { 3, 1, 1, 9, 12, 11, 8, 5 },
        { 3, 2, 2, 10, 12, 12, 14, 7 },
        { 3, 2, 2, 9, 11, 13, 9, 3 },
        { 3, 2, 2, 10, 9, 9, 12, 16 },
        { 3, 3, 3, 10, 13, 14, 11, 4 },
        { 2, 1, 1, 7, 7, 8, 6, 3 },
        { 2, 2, 2, 7, 8, 9, 8, 3 },
        { 2, 3, 3, 11, 9, 10, 12, 3 },
        { 1, 1, 1, 6, 9, 8, 8, 6 },
        { 1, 2, 2, 6, 9, 8, 7, 6 },
        { 1, 3, 3, 9, 8, 10, 7, 6 },
        { 5, 1, 1, 9, 8, 10, 9, 3 },
        { 5, 2, 2, 10, 11, 12, 10, 3 },
        { 5, 3, 3, 13, 10, 12, 15, 2 },
        { 9, 1, 1, 12, 11, 13, 10, 2 },
        { 3, 1, 2, 9, 10, 12, 10, 4 },
        { 3, 2, 1, 10, 10, 9, 8, 4 },
        { 3, 2, 3, 12, 10, 12, 13, 4 },
        { 4, 3, 2, 12, 10, 11, 13, 4 },
        { 3, 1, 1, 3, 3, 3, 3, 8 },
        { 3, 2, 2, 3, 12, 12, 3, 8 },
        { 3, 1, 1, 3, 9, 40, 3, 8 },
        { 3, 2, 2, 4, 4, 4, 4, 2 },
        { 3, 1, 1, 20, 24, 24, 18, 12 },
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        fused.Dispose();
        plain.Dispose();
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Both_matchers_find_the_best_patch(int size, int queryStride, int styleStride, int qh, int qw, int sh, int sw, int channels)
    {
        var scene = new MatchingScene(1, channels, size, queryStride, styleStride, (qh, qw), [(sh, sw)]);
        AssertBest(scene);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Where_parts_lie_in_each_style_counts_alike_as_far_as_it_is_sure(
        int size, int queryStride, int styleStride, int qh, int qw, int sh, int sw, int channels)
    {
        var scene = new MatchingScene(3, channels, size, queryStride, styleStride, (qh, qw), [(sh, sw), (sw + 1, sh + 2), (size, size)])
        {
            PositionWeight = 0.4,
            Places = new((Shifted(0.3, sure: true), false), (Shifted(-0.2, sure: true), true), (Shifted(0, sure: false), false)),
            Frames = [Affine.Identity, StyleCopies.Frame(40, 30, new(15, 0.9, Mirrored: true)), Affine.Mirror],
        };
        Assert.Equal((1, 0), (scene.Places.Confidence(0), scene.Places.Confidence(2)));
        AssertBest(scene);

        static SmoothMap Shifted(double by, bool sure)
        {
            var random = new Random(7);
            return new([.. Enumerable.Range(0, 100).Select(_ => (X: random.NextDouble(), Y: random.NextDouble())).Select(p => sure
                ? new PlacePair(p.X, p.Y, p.X + by, 1 - p.Y, 1)
                : new PlacePair(p.X, p.Y, random.NextDouble(), random.NextDouble(), 0.05))]);
        }
    }

    [Fact]
    public void What_the_plain_matcher_keeps_of_a_level_serves_its_next_queries()
    {
        using var pool = new StylePool(Enumerable.Range(0, 2).Select(i =>
        {
            var map = MatchingScene.Map(90 + i, (9, 8), 4, integers: false, 1, ScalarType.Float64);
            return new StyleMap(map, map.Grid(3, 1));
        }));
        PatchGrid[] grids = [.. Enumerable.Range(7, 6).Select(side => PatchGrid.Create(side, 7, 3, 1))];
        using var matcher = new PlainMatcher();
        for (var n = 0; n < 18; n++)
        {
            var grid = grids[n % 7 % grids.Length];
            using var query = MatchingScene.Map(n, (grid.MapHeight, grid.MapWidth), 4, integers: false, 1, ScalarType.Float64);
            using var fresh = new PlainMatcher();
            var (expected, found) = (fresh.Match(query, grid, pool, new(), Token), matcher.Match(query, grid, pool, new(), Token));
            Assert.Equal(expected.Index, found.Index);
            Assert.Equal(expected.Score, found.Score);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_position_weight_and_several_maps_are_matched_alike(
        int size, int queryStride, int styleStride, int qh, int qw, int sh, int sw, int channels)
    {
        var scene = new MatchingScene(2, channels, size, queryStride, styleStride, (qh, qw), [(sh, sw), (sw + 1, sh + 2), (size, size)])
        {
            PositionWeight = 0.3,
            Preferences = [0.9, 1, 0.5],
        };
        AssertBest(scene);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_wrapped_query_is_matched_across_its_edges(
        int size, int queryStride, int styleStride, int qh, int qw, int sh, int sw, int channels)
    {
        var scene = new MatchingScene(3, channels, size, queryStride, styleStride, (qh, qw), [(sh, sw)]) { Wraps = true };
        AssertBest(scene);
    }

    [Fact]
    public void Any_scene_is_matched_to_the_best()
    {
        var scenes =
            from seed in Gen.Choose(0, 1_000_000)
            from size in Gen.Elements(1, 2, 3, 5)
            from queryStride in Gen.Choose(1, 4)
            from styleStride in Gen.Frequency((3, Gen.Constant(queryStride)), (1, Gen.Choose(1, 4)))
            from channels in Gen.Choose(1, 20)
            from query in Side(size).Two()
            from styles in Side(size).Two().NonEmptyListOf()
            from wraps in ArbMap.Default.GeneratorFor<bool>()
            from integers in ArbMap.Default.GeneratorFor<bool>()
            from weight in Gen.Elements(0, 0.1, 2)
            from preferences in Gen.Elements(0.0, 0.3, 0.99, 1.0).ArrayOf(3)
            select new MatchingScene(
                seed, channels, size, queryStride, styleStride, (query.Item1, query.Item2),
                [.. styles.Take(3).Select(side => (side.Item1, side.Item2))])
            {
                Wraps = wraps,
                Integers = integers,
                PositionWeight = weight,
                Preferences = preferences,
            };
        Prop.ForAll(Arb.From(scenes), AssertBest).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

        static Gen<int> Side(int size) => Gen.Choose(size, size + 9);
    }

    [Theory]
    [InlineData(3, 1, 1)]
    [InlineData(3, 2, 2)]
    [InlineData(2, 3, 3)]
    [InlineData(3, 2, 1)]
    [InlineData(1, 2, 2)]
    public void Ties_go_to_the_lowest_number_on_and_off_the_lattice_and_across_maps(int size, int queryStride, int styleStride)
    {
        // One channel of zeros and ones in few, equal maps: every score occurs many times, exactly.
        var scene = new MatchingScene(4, 1, size, queryStride, styleStride, (12, 10), [(10, 12)]) { Integers = true };
        using var style = MatchingScene.Map(5, (10, 12), 1, integers: true, 1, ScalarType.Float32);
        using var again = new FeatureMap(style.Values.clone());
        using var query = MatchingScene.Map(4, (12, 10), 1, integers: true, 1, ScalarType.Float32);
        using var pool = new StylePool([
            new StyleMap(style, style.Grid(size, styleStride)), new StyleMap(again, again.Grid(size, styleStride))]);
        var single = scene.Scores();
        var field = fused.Match(query, query.Grid(size, queryStride), pool, MatchOptions.Default, Token);
        var ties = 0;
        for (var i = 0; i < single.Length; i++)
        {
            // Scores equal to rounding are equal here: unequal ones of so small integers are far apart.
            var best = single[i].Max();
            var equals = single[i].Select((score, j) => (score, j)).Where(p => p.score > best - 1e-12).Select(p => p.j).ToArray();
            Assert.Equal(equals[0], field.Index[i]);
            if (equals.Length > 1) ties++;
        }

        Assert.True(ties > 0, "the scene has no ties to decide");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_constant_style_is_one_tie_and_its_first_patch_wins(int stride)
    {
        using var style = new FeatureMap(ones(12, 10, 4));
        using var query = MatchingScene.Map(1, (10, 12), 4, integers: false, 1, ScalarType.Float32);
        using var pool = new StylePool([new StyleMap(style, style.Grid(3, stride))]);
        foreach (var matcher in Matchers())
            Assert.All(matcher.Match(query, query.Grid(3, stride), pool, MatchOptions.Default, Token).Index, j => Assert.Equal(0, j));
    }

    [Theory]
    [InlineData(1024f, 1f)]
    [InlineData(1f, 1 / 4096f)]
    [InlineData(1 / 64f, 256f)]
    public void Scaling_by_a_power_of_two_changes_nothing(float queryScale, float styleScale)
    {
        var scene = new MatchingScene(6, 9, 3, 2, 2, (14, 12), [(12, 14), (9, 9)]) { PositionWeight = 0.2 };
        var scaled = scene with { QueryScale = queryScale, StyleScale = styleScale };
        foreach (var matcher in Matchers())
        {
            var (a, b) = (scene.Match(matcher, ScalarType.Float32), scaled.Match(matcher, ScalarType.Float32));
            Assert.Equal(a.Index, b.Index);
            Assert.Equal(a.Score, b.Score);
        }
    }

    [Fact]
    public void A_patch_finds_itself()
    {
        using var features = MatchingScene.Map(7, (13, 11), 6, integers: false, 1, ScalarType.Float32);
        using var style = new FeatureMap(features.Values.clone());
        using var pool = new StylePool([new StyleMap(style, style.Grid(3, 2))]);
        foreach (var matcher in Matchers())
        {
            var field = matcher.Match(features, features.Grid(3, 2), pool, MatchOptions.Default, Token);
            Assert.Equal(Enumerable.Range(0, field.Grid.Count), field.Index);
            Assert.All(field.Score, score => Assert.Equal(1, score, 1e-6));
        }
    }

    [Fact]
    public void A_patch_of_norm_zero_never_wins_not_even_against_negative_scores()
    {
        // Patch 0 of the style is black; the others point away from every query.
        using var values = full([5, 5, 2], -1f);
        using var black = zeros(3, 3, 2);
        values.slice(0, 0, 3, 1).slice(1, 0, 3, 1).copy_(black);
        using var style = new FeatureMap(values.clone());
        using var query = new FeatureMap(ones(6, 6, 2));
        using var pool = new StylePool([new StyleMap(style, style.Grid(3, 1))]);
        foreach (var matcher in Matchers())
        {
            var field = matcher.Match(query, query.Grid(3, 1), pool, MatchOptions.Default, Token);
            Assert.All(field.Index, j => Assert.NotEqual(0, j));
            Assert.All(field.Score, score => Assert.InRange(score, -1, -0.1f));
        }
    }

    [Fact]
    public void Where_nothing_can_win_the_first_patch_is_given_without_a_score()
    {
        using var style = new FeatureMap(zeros(5, 5, 2));
        using var hidden = new FeatureMap(ones(5, 5, 2));
        using var query = new FeatureMap(ones(6, 6, 2));
        using var pool = new StylePool([new StyleMap(style, style.Grid(3, 2)), new StyleMap(hidden, hidden.Grid(3, 2), preference: 0)]);
        foreach (var matcher in Matchers())
        {
            var field = matcher.Match(query, query.Grid(3, 2), pool, new MatchOptions(0.5), Token);
            Assert.All(field.Index, j => Assert.Equal(0, j));
            Assert.All(field.Score, score => Assert.Equal(0, score));
        }
    }

    [Fact]
    public void A_black_query_ties_with_all_patches_but_black_ones()
    {
        using var values = MatchingScene.Map(8, (8, 8), 3, integers: false, 1, ScalarType.Float32);
        using var black = zeros(3, 3, 3);
        values.Values.slice(0, 0, 3, 1).slice(1, 0, 3, 1).copy_(black);
        using var query = new FeatureMap(zeros(6, 7, 3));
        using var pool = new StylePool([new StyleMap(values, values.Grid(3, 2))]);
        foreach (var matcher in Matchers())
        {
            var field = matcher.Match(query, query.Grid(3, 2), pool, MatchOptions.Default, Token);
            Assert.All(field.Index, j => Assert.Equal(1, j));
            Assert.All(field.Score, score => Assert.Equal(0, score));
        }
    }

    [Fact]
    public void The_number_of_threads_and_the_memory_change_nothing()
    {
        foreach (var stride in new[] { 1, 2 })
        {
            var scene = new MatchingScene(9, 24, 3, stride, stride, (24, 27), [(26, 22), (18, 20)]) { PositionWeight = 0.1 };
            using var reference = new FusedMatcher(1);
            var expected = scene.Match(reference, ScalarType.Float32);
            foreach (var (threads, memory) in new[] { (2, FusedMatcher.DefaultMemory), (3, 100_000L), (7, 200_000L), (2, 1L) })
            {
                using var other = new FusedMatcher(threads, memory);
                var field = scene.Match(other, ScalarType.Float32);
                Assert.Equal(expected.Index, field.Index);
                Assert.Equal(expected.Score, field.Score);
            }
        }
    }

    [Fact]
    public void A_matcher_used_again_with_other_sizes_forgets_the_ones_before()
    {
        foreach (var side in new[] { 14, 9, 17, 9 })
            AssertBest(new MatchingScene(side, 5, 3, 2, 2, (side, side + 1), [(side + 2, side), (side, side)]));
    }

    [Fact]
    public void A_cancelled_token_stops_the_work_before_it_begins()
    {
        var scene = new MatchingScene(10, 3, 3, 1, 1, (8, 8), [(8, 8)]);
        foreach (var matcher in Matchers())
            Assert.ThrowsAny<OperationCanceledException>(() => scene.Match(matcher, ScalarType.Float32, new CancellationToken(true)));
    }

    [Fact]
    public void A_token_cancelled_during_the_work_stops_it_between_bands()
    {
        // One map in some hundred bands, tenths of a second for one thread: without a look between bands it would end uncancelled.
        using var query = MatchingScene.Map(11, (120, 120), 32, integers: false, 1, ScalarType.Float32);
        using var pool = new StylePool([new StyleMap(query, query.Grid(3, 1))]);
        using var source = new CancellationTokenSource();
        using var matcher = new FusedMatcher(1, memory: 2 << 20);
        var grid = query.Grid(3, 1);
        source.CancelAfter(TimeSpan.FromMilliseconds(30));
        Assert.ThrowsAny<OperationCanceledException>(() => matcher.Match(query, grid, pool, MatchOptions.Default, source.Token));

        // And the matcher still works.
        var field = matcher.Match(query, query.Grid(3, 40), pool, MatchOptions.Default, Token);
        Assert.All(field.Score, score => Assert.Equal(1, score, 1e-6));
    }

    [Fact]
    public void Inputs_that_do_not_fit_together_are_refused()
    {
        using var query = new FeatureMap(ones(6, 6, 3));
        using var style = new FeatureMap(ones(6, 6, 2));
        using var pool = new StylePool([new StyleMap(style, style.Grid(3, 1))]);
        using var wide = new FeatureMap(ones(6, 6, 2, float64));
        foreach (var matcher in Matchers())
        {
            Refused("channels", () => matcher.Match(query, query.Grid(3, 1), pool, MatchOptions.Default, Token));
            Refused("patches of 2", () => matcher.Match(style, style.Grid(2, 1), pool, MatchOptions.Default, Token));
            Refused("does not fit", () => matcher.Match(style, PatchGrid.Create(7, 6, 3, 1), pool, MatchOptions.Default, Token));
            Refused("Float64", () => matcher.Match(wide, wide.Grid(3, 1), pool, MatchOptions.Default, Token));
            Refused("position weight", () => matcher.Match(style, style.Grid(3, 1), pool, new MatchOptions(-1), Token));
        }

        static void Refused(string words, Action match) =>
            Assert.Contains(words, Assert.ThrowsAny<ArgumentException>(match).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_factory_takes_the_fused_matcher_where_it_works()
    {
        using var single = PatchMatchers.For(ScalarType.Float32, CPU, 1);
        using var wide = PatchMatchers.For(ScalarType.Float64, CPU, 1);
        Assert.IsType<FusedMatcher>(single);
        Assert.IsType<PlainMatcher>(wide);
    }

    [Theory]
    [InlineData(1, 512)]
    [InlineData(3, 256)]
    [Trait("Category", "Slow")]
    public void Real_widths_stay_within_a_millionth_of_the_best(int size, int channels)
    {
        // The plain matcher in float64 judges: it has been compared with the formula above.
        using var truth = new FusedMatcher(2);
        var scene = new MatchingScene(12, channels, size, 1, 1, (40, 40), [(44, 40)]);
        var field = scene.Match(truth, ScalarType.Float32);
        var exact = scene.Match(plain, ScalarType.Float64);
        using var query = MatchingScene.Map(12, (40, 40), channels, integers: false, 1, ScalarType.Float64);
        using var style = MatchingScene.Map(13, (44, 40), channels, integers: false, 1, ScalarType.Float64);
        for (var i = 0; i < field.Index.Length; i++)
        {
            if (field.Index[i] == exact.Index[i]) continue;
            Assert.InRange(Ncc(i, exact.Index[i]) - Ncc(i, field.Index[i]), 0, 1e-6);
        }

        double Ncc(int i, int j)
        {
            using var scope = NewDisposeScope();
            var (a, b) = (Patch(query, i), Patch(style, j));
            return ((a * b).sum() / (a.norm() * b.norm())).item<double>();
        }

        Tensor Patch(FeatureMap map, int i)
        {
            var (row, column) = map.Grid(size, 1).Corner(i);
            return map.Values.slice(0, row, row + size, 1).slice(1, column, column + size, 1);
        }
    }

    private IEnumerable<IPatchMatcher> Matchers() => [fused, plain];

    private void AssertBest(MatchingScene scene)
    {
        var scores = scene.Scores();
        AssertBest(scores, scene.Match(fused, ScalarType.Float32), 1e-6);
        AssertBest(scores, scene.Match(plain, ScalarType.Float32), 1e-6);
        AssertBest(scores, scene.Match(plain, ScalarType.Float64), 1e-12);

        void AssertBest(double[][] scores, PatchField field, double tolerance)
        {
            Assert.Equal(scores.Length, field.Index.Length);
            for (var i = 0; i < scores.Length; i++)
            {
                var best = scores[i].Max();
                var j = field.Index[i];
                if (double.IsNegativeInfinity(best))
                {
                    Assert.Equal((0, 0f), (j, field.Score[i]));
                    continue;
                }

                Assert.InRange(scores[i][j], best - tolerance, best);
                if (scores[i].Count(score => score > best - tolerance) == 1) Assert.Equal(Array.IndexOf(scores[i], best), j);
            }
        }
    }
}
