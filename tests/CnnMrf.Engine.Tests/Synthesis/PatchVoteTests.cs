using CnnMrf.Core.Pictures;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;
using CnnMrf.Engine.Synthesis;
using FsCheck;
using FsCheck.Fluent;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Synthesis;

public sealed class PatchVoteTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    public void Matches_in_their_own_places_give_the_style_back(int stride, int factor)
    {
        var sides = from rows in Gen.Choose(3, 9) from columns in Gen.Choose(3, 9) select (rows, columns);
        Prop.ForAll(sides.ToArbitrary(), side =>
        {
            using var scope = NewDisposeScope();
            using var pool = Pool(side.rows, side.columns, stride);
            var grid = PatchGrid.Create(side.rows, side.columns, 3, stride);
            var field = new PatchField(grid, [.. Enumerable.Range(0, grid.Count)], new float[grid.Count]);
            var (height, width) = (side.rows * 4 * factor, side.columns * 4 * factor);
            var style = rand([1, 3, height, width], ScalarType.Float64);
            var coarse = new PixelSize(side.columns * 4, side.rows * 4);
            return PatchVote.Cast(field, pool, 4, [style], [coarse], height, width, coarse).RelativeMaximum(style) < 1e-12;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20).WithQuietOnSuccess(true));
    }

    // Maps are floor(side/scale) cells wide; what lies beyond their last cell is not voted for.
    [Theory]
    [InlineData(45, 39, 1)]
    [InlineData(47, 43, 1)]
    [InlineData(47, 43, 2)]
    [InlineData(42, 51, 3)]
    public void Sides_that_cells_do_not_fill_displace_nothing(int width, int height, int factor)
    {
        using var scope = NewDisposeScope();
        using var pool = Pool(height / 4, width / 4, 1);
        var grid = PatchGrid.Create(height / 4, width / 4, 3, 1);
        var field = new PatchField(grid, [.. Enumerable.Range(0, grid.Count)], new float[grid.Count]);
        var style = rand([1, 3, height * factor, width * factor], ScalarType.Float64);
        var picture = PatchVote.Cast(field, pool, 4, [style], [new(width, height)], height * factor, width * factor, new(width, height));
        var (rows, columns) = (height / 4 * 4 * factor, width / 4 * 4 * factor);
        var covered = picture.narrow(2, 0, rows).narrow(3, 0, columns);
        var error = covered.RelativeMaximum(style.narrow(2, 0, rows).narrow(3, 0, columns));
        Assert.True(error < 1e-12, $"{error}");
    }

    [Fact]
    public void A_field_that_wraps_votes_across_the_edges()
    {
        using var scope = NewDisposeScope();
        using var pool = Pool(6, 6, 1);
        var grid = PatchGrid.Create(4, 4, 3, 1, wraps: true);
        var style = full([1, 3, 24, 24], 0.25, ScalarType.Float64);
        var picture = PatchVote.Cast(new(grid, new int[16], new float[16]), pool, 4, [style], [new(24, 24)], 16, 16, new(16, 16));
        Assert.All(picture.Doubles(), v => Assert.Equal(0.25, v, 1e-12));
    }

    [Fact]
    public void A_picture_is_made_of_the_style_s_values_only()
    {
        var cases = from rows in Gen.Choose(3, 7)
                    from columns in Gen.Choose(3, 7)
                    from height in Gen.Choose(10, 60)
                    from width in Gen.Choose(10, 60)
                    from seed in Gen.Choose(0, 1000)
                    select (rows, columns, height, width, seed);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            using var scope = NewDisposeScope();
            using var pool = Pool(5, 6, 1);
            var grid = PatchGrid.Create(c.rows, c.columns, 3, 1);
            var random = new Random(c.seed);
            var index = Enumerable.Range(0, grid.Count).Select(_ => random.Next(pool.PatchCount)).ToArray();
            var style = rand([1, 3, 31, 37], ScalarType.Float64) * 0.5 + 0.25;
            var coarse = new PixelSize((c.columns * 4) + (c.seed % 4), (c.rows * 4) + (c.seed % 3));
            var picture = PatchVote.Cast(
                new(grid, index, new float[index.Length]), pool, 4, [style], [new(24, 20)], c.height, c.width, coarse);
            Assert.Equal([1, 3, c.height, c.width], picture.shape);
            Assert.All(picture.Doubles(), v => Assert.InRange(v, 0.25, 0.75));
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true));
    }

    [Fact]
    public void Each_patch_is_taken_from_the_copy_that_it_was_matched_in()
    {
        using var scope = NewDisposeScope();
        using var pool = new StylePool([Map(4, 4, 1), Map(4, 4, 1)]);
        var grid = PatchGrid.Create(6, 6, 3, 3);
        Tensor[] styles = [zeros([1, 3, 16, 16], ScalarType.Float64), ones([1, 3, 16, 16], ScalarType.Float64)];
        var picture = PatchVote.Cast(
            new(grid, [0, 4, 4, 0], new float[4]), pool, 4, styles, [new(16, 16), new(16, 16)], 24, 24, new(24, 24));
        // Within a cell of the seams they fade into each other.
        Assert.Equal(0, picture.narrow(2, 0, 8).narrow(3, 0, 8).max().item<double>());
        Assert.Equal(1, picture.narrow(2, 0, 8).narrow(3, 16, 8).min().item<double>());
        Assert.Equal(1, picture.narrow(2, 16, 8).narrow(3, 0, 8).min().item<double>());
        Assert.Equal(0, picture.narrow(2, 16, 8).narrow(3, 16, 8).max().item<double>());
        Assert.InRange(picture[0, 0, 4, 12].item<double>(), 0.3, 0.7);
    }

    private static StylePool Pool(int height, int width, int stride) => new([Map(height, width, stride)]);

    private static StyleMap Map(int height, int width, int stride)
    {
        var map = new FeatureMap(ones(height, width, 2));
        return new(map, map.Grid(3, stride));
    }
}
