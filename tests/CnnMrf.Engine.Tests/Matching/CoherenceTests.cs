using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Matching;

public sealed class CoherenceTests : IDisposable
{
    private readonly FusedMatcher fused = new(2);
    private readonly PlainMatcher plain = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => fused.Dispose();

    [Fact]
    public void Without_it_every_patch_is_matched_on_its_own()
    {
        using var query = Map(1, 14, 11, 6);
        using var pool = Pool(2, 1);
        var bare = fused.Match(query, query.Grid(3, 1), pool, new(), Token);
        var none = fused.Match(query, query.Grid(3, 1), pool, new(Coherence: 0), Token);
        Assert.Equal(bare.Index, none.Index);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    public void Energy_with_agreement_rises_and_pieces_grow(int stride, int styleStride)
    {
        using var query = Map(1, 18, 15, 6);
        using var pool = Pool(2, styleStride);
        var grid = query.Grid(3, stride);
        var (agreement, before) = (double.NegativeInfinity, double.NegativeInfinity);
        var bare = fused.Match(query, grid, pool, new(), Token);
        foreach (var kappa in new[] { 0.01, 0.05, 0.3 })
        {
            var field = fused.Match(query, grid, pool, new(Coherence: kappa), Token);
            Assert.True(Energy(field, pool, kappa) >= Energy(bare, pool, kappa) - 1e-4);
            Assert.True(Agreeing(field, pool) >= agreement);
            (agreement, before) = (Agreeing(field, pool), Energy(field, pool, kappa));
        }

        Assert.True(double.IsFinite(before));
        Assert.True(agreement > Agreeing(bare, pool));
    }

    [Fact]
    public void A_patch_torn_out_of_a_shifted_style_is_put_back()
    {
        // The query is the style, shifted; one cell is disturbed, so that the patches over it match elsewhere on their own.
        using var style = Map(3, 16, 16, 8);
        using var values = style.Values[2..14, 3..15].clone();
        values[5, 5] = style.Values[14, 14] * 2;
        using var query = new FeatureMap(values);
        using var pool = new StylePool([new StyleMap(new(style.Values.clone()), style.Grid(3, 1))]);
        var field = fused.Match(query, query.Grid(3, 1), pool, new(Coherence: 0.5), Token);
        for (var i = 0; i < field.Index.Length; i++)
        {
            var (row, column) = field.Grid.Corner(i);
            var (_, styleRow, styleColumn) = pool.Locate(field.Index[i]);
            Assert.Equal((row + 2, column + 3), (styleRow, styleColumn));
        }
    }

    [Fact]
    public void Both_matchers_give_the_same_field_whatever_the_threads()
    {
        using var query = Map(5, 13, 17, 7);
        using var content = Map(6, 13, 17, 7);
        using var pool = Pool(7, 1, 7);
        using var guide = new MatchGuide(new(content.Values.clone()), 1);
        using var single = new FusedMatcher(1);
        var options = new MatchOptions(0.1, guide, 0.04);
        var expected = plain.Match(query, query.Grid(3, 1), pool, options, Token);
        foreach (var matcher in new IPatchMatcher[] { fused, single })
        {
            var field = matcher.Match(query, query.Grid(3, 1), pool, options, Token);
            Assert.Equal(expected.Index, field.Index);
            Assert.All(expected.Score.Zip(field.Score), s => Assert.Equal(s.First, s.Second, 1e-4));
        }
    }

    [Fact]
    public void A_style_that_is_left_out_stays_out()
    {
        using var query = Map(1, 12, 12, 5);
        using var first = Map(2, 10, 10, 5);
        using var second = Map(3, 10, 10, 5);
        using var pool = new StylePool(
        [
            new StyleMap(new(first.Values.clone()), first.Grid(3, 1), 0),
            new StyleMap(new(second.Values.clone()), second.Grid(3, 1)),
        ]);
        var field = fused.Match(query, query.Grid(3, 1), pool, new(Coherence: 1), Token);
        Assert.All(field.Index, j => Assert.Equal(1, pool.Locate(j).Map.Position));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Nonsense_is_refused(double kappa)
    {
        using var query = Map(1, 8, 8, 3);
        using var pool = Pool(2, 1, 3);
        Assert.Throws<ArgumentException>(() => fused.Match(query, query.Grid(3, 1), pool, new(Coherence: kappa), Token));
    }

    private static double Energy(PatchField field, StylePool pool, double kappa) =>
        field.Score.Sum(s => (double)s) + (kappa * Agreeing(field, pool));

    // Neighbouring pairs with one displacement.
    private static double Agreeing(PatchField field, StylePool pool)
    {
        var columns = field.Grid.Columns.Length;
        var shifts = Enumerable.Range(0, field.Index.Length).Select(i =>
        {
            var (row, column) = field.Grid.Corner(i);
            var (map, styleRow, styleColumn) = pool.Locate(field.Index[i]);
            return (map.Position, styleRow - row, styleColumn - column);
        }).ToArray();
        return Enumerable.Range(0, shifts.Length).Sum(i =>
            ((i % columns) + 1 < columns && shifts[i] == shifts[i + 1] ? 1 : 0)
            + (i + columns < shifts.Length && shifts[i] == shifts[i + columns] ? 1 : 0));
    }

    private static FeatureMap Map(ulong seed, int height, int width, int channels)
    {
        using var generator = new Generator(seed, CPU);
        return new(rand([height, width, channels], float32, generator: generator));
    }

    private static StylePool Pool(ulong seed, int stride, int channels = 6)
    {
        var (one, other) = (Map(seed, 12, 14, channels), Map(seed + 10, 13, 9, channels));
        return new([new StyleMap(one, one.Grid(3, stride)), new StyleMap(other, other.Grid(3, stride))]);
    }
}
