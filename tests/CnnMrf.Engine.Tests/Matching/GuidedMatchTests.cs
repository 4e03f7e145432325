using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Matching;

public sealed class GuidedMatchTests : IDisposable
{
    private readonly FusedMatcher fused = new(2, memory: 40_000);
    private readonly PlainMatcher plain = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => fused.Dispose();

    [Fact]
    public void It_is_the_match_of_patches_lengthened_by_the_content_s_and_the_style_s_own()
    {
        var cases =
            from seed in Gen.Choose(0, 1_000_000)
            from size in Gen.Choose(2, 3)
            from stride in Gen.Choose(1, 3)
            from channels in Gen.Choose(4, 12)
            from side in Gen.Choose(size, size + 10).Two()
            from weight in Gen.Elements(0.3, 1, 2, 8)
            from position in Gen.Elements(0, 0.2)
            select new Case(seed, size, stride, channels, side.Item1, side.Item2, weight, position);
        Prop.ForAll(Arb.From(cases), Agrees).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void A_weight_of_zero_changes_nothing()
    {
        using var query = Map(1, 11, 9, 5, float32);
        using var guide = new MatchGuide(Map(2, 11, 9, 5, float32), 0);
        using var pool = Pool(3, 12, 10, 5, float32, 3, 2);
        foreach (var matcher in new IPatchMatcher[] { fused, plain })
        {
            var bare = matcher.Match(query, query.Grid(3, 2), pool, new(0.1), Token);
            var guided = matcher.Match(query, query.Grid(3, 2), pool, new(0.1, guide), Token);
            Assert.Equal(bare.Index, guided.Index);
            Assert.Equal(bare.Score, guided.Score);
        }
    }

    [Fact]
    public void Where_the_content_is_the_style_a_heavy_guide_leaves_every_patch_in_its_place()
    {
        using var query = Map(1, 12, 12, 4, float32);
        using var style = Map(2, 12, 12, 4, float32);
        using var guide = new MatchGuide(new(style.Values.clone()), 8);
        using var pool = new StylePool([new StyleMap(new(style.Values.clone()), style.Grid(3, 1))]);
        var free = fused.Match(query, query.Grid(3, 1), pool, MatchOptions.Default, Token);
        var led = fused.Match(query, query.Grid(3, 1), pool, new(0, guide), Token);
        Assert.Equal(Enumerable.Range(0, led.Grid.Count), led.Index);
        Assert.NotEqual(led.Index, free.Index);
    }

    [Fact]
    public void Black_patches_guided_by_black_ones_tie_and_have_no_score()
    {
        using var query = new FeatureMap(zeros(6, 6, 3));
        using var guide = new MatchGuide(new(zeros(6, 6, 3)), 1);
        using var pool = Pool(3, 8, 8, 3, float32, 3, 1);
        foreach (var matcher in new IPatchMatcher[] { fused, plain })
        {
            var field = matcher.Match(query, query.Grid(3, 1), pool, new(0, guide), Token);
            Assert.All(field.Index.Zip(field.Score), match => Assert.Equal((0, 0f), match));
        }
    }

    [Fact]
    public void A_guide_of_another_size_or_weight_is_refused()
    {
        using var query = Map(1, 8, 8, 3, float32);
        using var pool = Pool(3, 8, 8, 3, float32, 3, 1);
        using var wide = new MatchGuide(Map(2, 8, 9, 3, float32), 1);
        foreach (var matcher in new IPatchMatcher[] { fused, plain })
        {
            var e = Assert.Throws<ArgumentException>(() => matcher.Match(query, query.Grid(3, 1), pool, new(0, wide), Token));
            Assert.Contains("cannot guide", e.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new MatchGuide(query, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MatchGuide(query, double.NaN));
    }

    private void Agrees(Case c)
    {
        using var scope = NewDisposeScope();
        using var query = Map(c.Seed, c.Height, c.Width, c.Channels, float64);
        using var content = Map(c.Seed + 1, c.Height, c.Width, c.Channels, float64);
        using var style = Map(c.Seed + 2, c.Height + 2, c.Width + 1, c.Channels, float64);
        using var longQuery = new FeatureMap(cat([query.Values, content.Values * c.Weight], 2));
        using var longPool = Pool(cat([style.Values, style.Values * c.Weight], 2), c.Size, c.Stride);
        var grid = query.Grid(c.Size, c.Stride);
        var expected = plain.Match(longQuery, grid, longPool, new(c.Position), Token);

        using var guide = new MatchGuide(new(content.Values.clone()), c.Weight);
        using var pool = Pool(style.Values.clone(), c.Size, c.Stride);
        var exact = plain.Match(query, grid, pool, new(c.Position, guide), Token);
        Assert.Equal(expected.Index, exact.Index);
        Assert.All(expected.Score.Zip(exact.Score), s => Assert.Equal(s.First, s.Second, 1e-6f));

        using var single = new FeatureMap(query.Values.to(float32));
        using var singleGuide = new MatchGuide(new(content.Values.to(float32)), c.Weight);
        using var singlePool = Pool(style.Values.to(float32), c.Size, c.Stride);
        var fast = fused.Match(single, grid, singlePool, new(c.Position, singleGuide), Token);
        for (var i = 0; i < grid.Count; i++)
        {
            // Single precision may decide otherwise between patches of nearly equal scores, and only there.
            if (expected.Index[i] == fast.Index[i]) Assert.Equal(expected.Score[i], fast.Score[i], 1e-6f);
            else if (c.Position == 0) Assert.Equal(expected.Score[i], fast.Score[i], 1e-5f);
        }

        Assert.True(expected.Index.Zip(fast.Index).Count(p => p.First != p.Second) <= grid.Count / 20);
    }

    private static FeatureMap Map(int seed, int height, int width, int channels, ScalarType type) =>
        MatchingScene.Map(seed, (height, width), channels, integers: false, 1, type);

    private static StylePool Pool(Tensor values, int size, int stride)
    {
        var map = new FeatureMap(values);
        return new([new StyleMap(map, map.Grid(size, stride))]);
    }

    private static StylePool Pool(int seed, int height, int width, int channels, ScalarType type, int size, int stride)
    {
        var map = Map(seed, height, width, channels, type);
        return new([new StyleMap(map, map.Grid(size, stride))]);
    }

    private sealed record Case(int Seed, int Size, int Stride, int Channels, int Height, int Width, double Weight, double Position);
}
