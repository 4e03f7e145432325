using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Matching;

public sealed class NearMatcherTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void It_picks_a_patch_that_may_win_says_its_true_correlation_and_does_not_depend_on_threads_or_earlier_matches()
    {
        var scenes =
            from seed in Gen.Choose(0, 1_000_000)
            from size in Gen.Choose(1, 3)
            from strides in Gen.Choose(1, 3).Two()
            from channels in Gen.Choose(1, 9)
            from side in Gen.Choose(2 * size, 14).Two()
            from styleSide in Gen.Choose(2 * size, 14).Two()
            from position in Gen.Elements(0, 0.2)
            from preferences in Gen.Elements(0, 0.4, 1.0).ArrayOf(3)
            from integers in ArbMap.Default.GeneratorFor<bool>()
            select new MatchingScene(seed, channels, size, strides.Item1, strides.Item2, side, [styleSide, side, styleSide])
            {
                PositionWeight = position,
                Preferences = preferences,
                Integers = integers,
            };
        Prop.ForAll(Arb.From(scenes), scene =>
        {
            using var near = Near(1);
            using var nearOfFour = Near(4);
            var field = scene.Match(near, ScalarType.Float32);
            var other = scene.Match(nearOfFour, ScalarType.Float32);
            Assert.Equal(field.Index, other.Index);
            Assert.Equal(field.Score, other.Score);
            Assert.Equal(field.Index, scene.Match(near, ScalarType.Float32).Index);
            var scores = scene.Scores();
            var preference = scene.Styles.SelectMany((s, m) => Enumerable.Repeat(
                scene.Preferences![m], PatchGrid.Create(s.Height, s.Width, scene.Size, scene.StyleStride).Count)).ToArray();
            for (var i = 0; i < scores.Length; i++)
            {
                var (j, score) = (field.Index[i], field.Score[i]);
                if (double.IsNegativeInfinity(scores[i][j]))
                {
                    // Nothing near could win: the lowest stands for that, as with every matcher.
                    Assert.Equal((0, 0f), (j, score));
                }
                else if (scene.PositionWeight == 0)
                {
                    Assert.Equal(scores[i][j], score * preference[j], 1e-5);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(2, 1)]
    public void A_piece_of_the_style_is_found_where_it_is(int stride, int styleStride)
    {
        using var style = Smooth(1, 60, 72, 8);
        using var query = new FeatureMap(style.Values.narrow(0, 12, 40).narrow(1, 24, 36).contiguous());
        using var pool = new StylePool([Map(Smooth(2, 50, 40, 8), styleStride), Map(new(style.Values.clone()), styleStride)]);
        using var near = Near(2);
        var field = near.Match(query, query.Grid(3, stride), pool, MatchOptions.Default, Token);
        for (var i = 0; i < field.Index.Length; i++)
        {
            var (row, column) = field.Grid.Corner(i);
            var (map, styleRow, styleColumn) = pool.Locate(field.Index[i]);
            if (row % styleStride == 0 && column % styleStride == 0)
                Assert.Equal((1, row + 12, column + 24), (map.Position, styleRow, styleColumn));
        }
    }

    [Theory]
    [InlineData(1, 1, 0, 0)]
    [InlineData(2, 2, 0, 0)]
    [InlineData(2, 2, 1, 0)]
    [InlineData(1, 2, 0, 0.2)]
    [InlineData(3, 3, 0.5, 0)]
    public void On_features_that_are_smooth_it_is_nearly_as_good_as_searching_everything(
        int stride, int styleStride, double guidance, double position)
    {
        using var style = Smooth(2, 64, 80, 6);
        using var noise = Smooth(1, 61, 50, 6);
        using var query = new FeatureMap(style.Values.narrow(0, 2, 61).narrow(1, 25, 50) + (noise.Values * 0.5));
        using var guide = guidance == 0 ? null : new MatchGuide(Smooth(5, 61, 50, 6), guidance);
        using var pool = new StylePool([Map(Smooth(3, 45, 45, 6), styleStride), Map(new(style.Values.clone()), styleStride)]);
        var grid = query.Grid(3, stride);

        // Halved once.
        using var near = new NearMatcher(new FusedMatcher(2), 2, (long)grid.Count * pool.PatchCount);
        using var whole = new FusedMatcher(2);
        var options = new MatchOptions(position, guide);
        var best = whole.Match(query, grid, pool, options, Token);
        var found = near.Match(query, grid, pool, options, Token);
        Assert.InRange(best.Score.Average() - found.Score.Average(), position > 0 ? -0.01 : -1e-6, 0.03);
        var same = best.Index.Zip(found.Index).Count(p => p.First == p.Second) / (double)best.Index.Length;
        Assert.True(same > 0.3, $"{same:P0} are the best");
    }

    [Fact]
    public void A_small_problem_is_searched_whole()
    {
        var scene = new MatchingScene(3, 5, 3, 1, 1, (12, 13), [(14, 11)]);
        using var near = new NearMatcher(new FusedMatcher(1), 1);
        using var whole = new FusedMatcher(1);
        Assert.Equal(scene.Match(whole, ScalarType.Float32).Index, scene.Match(near, ScalarType.Float32).Index);
    }

    [Fact]
    public void What_goes_round_its_edges_has_classes_or_is_float64_is_searched_whole()
    {
        var scene = new MatchingScene(3, 4, 3, 1, 1, (12, 12), [(12, 14)]);
        var count = PatchGrid.Create(12, 12, 3, 1).Count;
        var classes = (Enumerable.Range(0, count).Select(i => (byte)(i % 2)).ToArray(),
            new[] { Enumerable.Range(0, 120).Select(j => 1u << (j % 2)).ToArray() });
        using var near = Near(1);
        using var exact = new NearMatcher(new PlainMatcher(), 1, 1);
        using var whole = new FusedMatcher(1);
        foreach (var one in new[] { scene with { Wraps = true }, scene with { Classes = classes } })
            Assert.Equal(one.Match(whole, ScalarType.Float32).Index, one.Match(near, ScalarType.Float32).Index);
        Assert.Equal(scene.Match(whole, ScalarType.Float32).Index, scene.Match(exact, ScalarType.Float64).Index);
    }

    [Fact]
    public void Coherence_is_asked_of_the_patches_themselves()
    {
        using var query = Smooth(1, 40, 40, 6);
        using var pool = new StylePool([Map(Smooth(2, 44, 48, 6), 1)]);
        using var near = Near(2);
        var grid = query.Grid(3, 1);
        var free = near.Match(query, grid, pool, MatchOptions.Default, Token);
        var held = near.Match(query, grid, pool, new(Coherence: 0.2), Token);
        Assert.True(Joints(held) > Joints(free), $"{Joints(held)} {Joints(free)}");

        int Joints(PatchField field) => Enumerable.Range(0, field.Index.Length - 1).Count(i =>
            (i + 1) % grid.Columns.Length != 0 && field.Index[i + 1] == field.Index[i] + 1);
    }

    [Fact]
    public void It_can_be_cancelled()
    {
        using var near = Near(1);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var scene = new MatchingScene(3, 4, 3, 1, 1, (12, 12), [(12, 14)]);
        Assert.ThrowsAny<OperationCanceledException>(() => scene.Match(near, ScalarType.Float32, cancelled.Token));
    }

    // Nothing is small for it but what one halving leaves.
    private static NearMatcher Near(int threads) => new(new FusedMatcher(threads), threads, 1);

    private static StyleMap Map(FeatureMap map, int stride) => new(map, map.Grid(3, stride));

    // Rectified noise that hangs together over some cells, as features do.
    private static FeatureMap Smooth(int seed, int height, int width, int channels)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed, CPU);
        var coarse = randn([1, channels, (height / 4) + 1, (width / 4) + 1], float32, CPU, generator: generator);
        return FeatureMap.FromNchw(nn.functional.interpolate(
            coarse, [height, width], mode: InterpolationMode.Bilinear, align_corners: false).relu());
    }
}
