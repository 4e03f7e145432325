using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;
using CnnMrf.Engine.Tests.Matching;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Labels;

public sealed class ClassMatchTests : IDisposable
{
    private readonly FusedMatcher fused = new(2, memory: 40_000);
    private readonly PlainMatcher plain = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => fused.Dispose();

    [Fact]
    public void Each_query_gets_the_best_patch_of_its_class_by_the_formula_in_double()
    {
        var scenes =
            from seed in Gen.Choose(0, 1_000_000)
            from size in Gen.Elements(1, 2, 3)
            from queryStride in Gen.Choose(1, 3)
            from styleStride in Gen.Choose(1, 3)
            from channels in Gen.Choose(2, 12)
            from query in Gen.Choose(size, size + 8).Two()
            from style in Gen.Choose(size + 2, size + 9).Two()
            from weight in Gen.Elements(0, 0.2)
            from labels in Gen.Elements(1, 2, 5, 32)
            from wraps in ArbMap.Default.GeneratorFor<bool>()
            select Scene(new(
                seed, channels, size, queryStride, styleStride, (query.Item1, query.Item2),
                [(style.Item1, style.Item2), (size + 1, size + 3)])
            {
                PositionWeight = weight,
                Preferences = [0.8, 1],
                Wraps = wraps,
            }, labels);
        Prop.ForAll(Arb.From(scenes), AssertBestOfClass).Check(Config.QuickThrowOnFailure.WithMaxTest(100));
    }

    [Fact]
    public void One_class_for_all_changes_nothing()
    {
        var free = new MatchingScene(5, 9, 3, 1, 1, (14, 11), [(12, 15), (9, 9)]) { PositionWeight = 0.1 };
        var classed = Scene(free, 1);
        foreach (var matcher in new IPatchMatcher[] { fused, plain })
        {
            var (a, b) = (free.Match(matcher, ScalarType.Float32), classed.Match(matcher, ScalarType.Float32));
            Assert.Equal(a.Index, b.Index);
            Assert.Equal(a.Score, b.Score);
        }
    }

    [Fact]
    public void Coherence_never_leaves_the_class()
    {
        var scene = Scene(new(6, 6, 3, 1, 1, (16, 15), [(14, 14), (12, 17)]), 3);
        using var query = MatchingScene.Map(6, (16, 15), 6, integers: false, 1, float32);
        using var pool = Pool(scene, 6);
        var classes = scene.Classes!.Value.Queries;
        var held = new MatchOptions(Coherence: 0.5, Classes: classes);
        var field = fused.Match(query, query.Grid(3, 1), pool, held, Token);
        var bare = fused.Match(query, query.Grid(3, 1), pool, held with { Coherence = 0 }, Token);
        Assert.NotEqual(bare.Index, field.Index);
        Assert.All(Enumerable.Range(0, classes.Length), i =>
        {
            var map = pool.Locate(field.Index[i]).Map;
            Assert.True(map.Offers(field.Index[i] - map.FirstIndex, classes[i]));
        });
    }

    [Fact]
    public void Guided_patches_stay_in_their_class_too()
    {
        var scene = Scene(new(7, 5, 3, 2, 1, (15, 12), [(13, 13)]), 4);
        using var query = MatchingScene.Map(7, (15, 12), 5, integers: false, 1, float32);
        using var guide = new MatchGuide(MatchingScene.Map(70, (15, 12), 5, integers: false, 1, float32), 2);
        using var pool = Pool(scene, 5);
        var options = new MatchOptions(0, guide, Classes: scene.Classes!.Value.Queries);
        var one = fused.Match(query, query.Grid(3, 2), pool, options, Token);
        var other = plain.Match(query, query.Grid(3, 2), pool, options, Token);
        Assert.Equal(other.Index, one.Index);
        Assert.All(Enumerable.Range(0, one.Index.Length), i => Assert.True(pool[0].Offers(one.Index[i], options.Classes![i])));
    }

    [Fact]
    public void Where_all_of_a_class_is_black_its_lowest_patch_is_taken()
    {
        using var query = MatchingScene.Map(8, (6, 6), 3, integers: false, 1, float32);
        using var values = zeros(8, 8, 3);
        values.narrow(0, 0, 4).fill_(1);
        using var style = new FeatureMap(values);
        using var pool = new StylePool([new StyleMap(style, style.Grid(3, 1))]);
        // Class 1 is offered in the last two rows, which are black.
        pool[0].Classes = [.. Enumerable.Range(0, 36).Select(j => j >= 24 ? 2u : 1u)];
        byte[] classes = [.. Enumerable.Range(0, 16).Select(i => (byte)(i % 2))];
        foreach (var matcher in new IPatchMatcher[] { fused, plain })
        {
            var field = matcher.Match(query, query.Grid(3, 1), pool, new(Classes: classes), Token);
            Assert.All(Enumerable.Range(0, 16).Where(i => i % 2 == 1), i => Assert.Equal((24, 0f), (field.Index[i], field.Score[i])));
        }
    }

    [Fact]
    public void A_class_that_nothing_is_offered_for_is_refused()
    {
        using var query = MatchingScene.Map(9, (6, 6), 3, integers: false, 1, float32);
        using var pool = Pool(Scene(new(9, 3, 3, 1, 1, (6, 6), [(8, 8)]), 1), 3);
        foreach (var matcher in new IPatchMatcher[] { fused, plain })
        {
            var none = Assert.Throws<ArgumentException>(() => matcher.Match(
                query, query.Grid(3, 1), pool, new(Classes: [.. Enumerable.Repeat((byte)7, 16)]), Token));
            Assert.Contains("class 7", none.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => matcher.Match(query, query.Grid(3, 1), pool, new(Classes: new byte[3]), Token));
        }
    }

    private static StylePool Pool(MatchingScene scene, int channels) => new(scene.Styles.Select((size, i) =>
    {
        var map = MatchingScene.Map(scene.Seed + 1 + i, size, channels, integers: false, 1, float32);
        return new StyleMap(map, map.Grid(scene.Size, scene.StyleStride)) { Classes = scene.Classes!.Value.Styles[i] };
    }));

    // Random classes; the first map offers each of them somewhere.
    private static MatchingScene Scene(MatchingScene scene, int labels)
    {
        var random = new Random(scene.Seed);
        var queries = PatchGrid.Create(scene.Query.Height, scene.Query.Width, scene.Size, scene.QueryStride, scene.Wraps).Count;
        uint[][] styles = [.. scene.Styles.Select(s =>
        {
            var offered = new uint[PatchGrid.Create(s.Height, s.Width, scene.Size, scene.StyleStride).Count];
            for (var j = 0; j < offered.Length; j++) offered[j] = 1u << random.Next(labels);
            return offered;
        })];
        for (var k = 0; k < labels; k++) styles[0][random.Next(styles[0].Length)] |= 1u << k;
        return scene with { Classes = ([.. Enumerable.Range(0, queries).Select(_ => (byte)random.Next(labels))], styles) };
    }

    private void AssertBestOfClass(MatchingScene scene)
    {
        var scores = scene.Scores();
        Check(scene.Match(fused, ScalarType.Float32), 1e-6);
        Check(scene.Match(plain, ScalarType.Float32), 1e-6);
        Check(scene.Match(plain, ScalarType.Float64), 1e-12);

        void Check(PatchField field, double tolerance)
        {
            for (var i = 0; i < scores.Length; i++)
            {
                var best = scores[i].Max();
                if (double.IsNegativeInfinity(best)) continue;
                Assert.InRange(scores[i][field.Index[i]], best - tolerance, best);
                if (scores[i].Count(score => score > best - tolerance) == 1) Assert.Equal(Array.IndexOf(scores[i], best), field.Index[i]);
            }
        }
    }
}
