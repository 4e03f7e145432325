using CnnMrf.Engine.Places;
using FsCheck;
using FsCheck.Fluent;

namespace CnnMrf.Engine.Tests.Places;

public sealed class SmoothMapTests
{
    [Fact]
    public void A_third_of_wrong_pairs_does_not_move_an_affine_map()
    {
        var cases =
            from seed in Gen.Choose(0, 1_000_000)
            from mirrored in ArbMap.Default.GeneratorFor<bool>()
            from stretch in Gen.Choose(80, 120).Two()
            from shift in Gen.Choose(-15, 15).Two()
            from skew in Gen.Choose(-10, 10).Two()
            select (seed, new Affine(
                0.5, 0.5, 0.5 + (shift.Item1 / 100.0), (mirrored ? -1 : 1) * stretch.Item1 / 100.0, skew.Item1 / 100.0,
                0.5 + (shift.Item2 / 100.0), skew.Item2 / 100.0, stretch.Item2 / 100.0));
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var (seed, truth) = one;
            var random = new Random(seed);
            var map = new SmoothMap([.. Pairs(random, truth.About, wrong: 1 / 3.0)]);
            Assert.InRange(map.Support, 0.6, 0.8);
            for (var n = 0; n < 20; n++)
            {
                var (x, y) = (0.05 + (0.9 * random.NextDouble()), 0.05 + (0.9 * random.NextDouble()));
                var there = truth.About(x, y);
                var (u, v) = map.At(x, y);
                Assert.True(Math.Abs(u - there.U) < 0.02 && Math.Abs(v - there.V) < 0.02, $"({u}, {v}) instead of ({there.U}, {there.V})");
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    [Fact]
    public void Parts_that_moved_differently_are_each_where_they_are()
    {
        // The upper half to the right, the lower one to the left.
        var map = new SmoothMap([.. Pairs(
            new Random(3), (x, y) => Affine.Identity.About(x, y) with { U = x + (y < 0.5 ? 0.1 : -0.1) }, wrong: 0.2)]);
        foreach (var x in new[] { 0.2, 0.5, 0.8 })
        {
            Assert.Equal(x + 0.1, map.At(x, 0.2).U, 0.02);
            Assert.Equal(x - 0.1, map.At(x, 0.8).U, 0.02);
        }
    }

    [Fact]
    public void What_nothing_was_found_of_follows_what_lies_around_it()
    {
        // A third of the picture, in its middle, matches anything.
        var random = new Random(4);
        PlacePair[] pairs = [.. Pairs(random, (x, y) => Affine.Identity.About(x, y) with { U = x + 0.1 }, wrong: 0)
            .Select(p => Math.Abs(p.X - 0.5) < 0.16 ? p with { U = random.NextDouble(), V = random.NextDouble(), Weight = 0.02 } : p)];
        var (u, v) = new SmoothMap(pairs).At(0.5, 0.5);
        Assert.Equal((0.6, 0.5), (Math.Round(u, 1), Math.Round(v, 1)));
    }

    [Fact]
    public void Pairs_that_have_nothing_to_do_with_each_other_do_not_agree()
    {
        var random = new Random(5);
        var map = new SmoothMap([.. Pairs(random, Affine.Identity.About, wrong: 1)]);
        Assert.InRange(map.Support, 0, 0.25);
        Assert.True(double.IsFinite(map.At(0.5, 0.5).U));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void Few_pairs_and_pairs_in_one_place_make_a_map(int count)
    {
        var map = new SmoothMap([.. Enumerable.Repeat(new PlacePair(0.4, 0.4, 0.6, 0.5, 1), count)]);
        var (u, v) = map.At(0.4, 0.4);
        Assert.Equal((0.6, 0.5), (Math.Round(u, 1), Math.Round(v, 1)));
        Assert.True(double.IsFinite(map.At(-1, 2).U));
    }

    [Fact]
    public void A_fit_leaves_residuals_that_no_affine_map_could_lessen()
    {
        var cases = from seed in Gen.Choose(0, 1_000_000) from count in Gen.Choose(3, 40) select (seed, count);
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var random = new Random(one.seed);
            var sums = new AffineSums();
            var points = Enumerable.Range(0, one.count).Select(_ => (
                X: random.NextDouble() - 0.5, Y: random.NextDouble() - 0.5, U: random.NextDouble(), V: random.NextDouble(),
                W: 0.1 + random.NextDouble())).ToArray();
            foreach (var p in points)
            {
                sums.Add(p.X, p.Y, p.U, p.V, p.W);
            }

            if (sums.Solve(0, 0, default, 0) is not { } map)
            {
                return;
            }

            foreach (var moment in new Func<double, double, double>[] { (_, _) => 1, (x, _) => x, (_, y) => y })
            {
                Assert.Equal(0, points.Sum(p => p.W * moment(p.X, p.Y) * (map.About(p.X, p.Y).U - p.U)), 1e-6);
                Assert.Equal(0, points.Sum(p => p.W * moment(p.X, p.Y) * (map.About(p.X, p.Y).V - p.V)), 1e-6);
            }
        }).Check(Config.QuickThrowOnFailure);
    }

    // Of a lattice of places as a search has them; some lead anywhere.
    private static IEnumerable<PlacePair> Pairs(Random random, Func<double, double, Affine> truth, double wrong)
    {
        for (var n = 0; n < 400; n++)
        {
            var (x, y) = ((n % 20 + 0.5) / 20, (n / 20 + 0.5) / 20);
            var there = truth(x, y);
            yield return random.NextDouble() < wrong
                ? new(x, y, random.NextDouble(), random.NextDouble(), 1)
                : new(x, y, there.U + (0.01 * (random.NextDouble() - 0.5)), there.V + (0.01 * (random.NextDouble() - 0.5)), 1);
        }
    }
}
