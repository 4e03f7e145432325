using CnnMrf.Engine.Patches;
using CnnMrf.Engine.Synthesis;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Synthesis;

public sealed class MatchReportTests
{
    [Fact]
    public void The_style_in_its_place_is_a_whole_copy() => Assert.Equal(1, Copy(6, 5, (_, _) => (0, 0)));

    [Fact]
    public void The_style_shifted_is_a_whole_copy() => Assert.Equal(1, Copy(6, 5, (_, _) => (2, 3)));

    [Fact]
    public void Of_two_pieces_the_larger_counts() =>
        Assert.Equal(20.0 / 30, Copy(6, 5, (row, _) => row < 4 ? (0, 0) : (1, 1)));

    [Fact]
    public void Pieces_that_touch_at_corners_only_are_apart() =>
        Assert.Equal(1.0 / 30, Copy(6, 5, (row, column) => (row + column) % 2 == 0 ? (0, 0) : (1, 1)));

    [Fact]
    public void Equally_displaced_pieces_are_apart_when_another_divides_them() =>
        Assert.Equal(10.0 / 30, Copy(6, 5, (row, _) => row is 2 or 3 ? (1, 0) : (0, 2)));

    [Fact]
    public void The_same_displacement_in_another_style_is_another_piece()
    {
        using var scope = NewDisposeScope();
        using var pool = new StylePool([Map(8, 8), Map(8, 8)]);
        var grid = PatchGrid.Create(6, 6, 3, 1);
        var index = Enumerable.Range(0, 16).Select(i => ((i / 4) * 6) + (i % 4) + (i % 4 < 1 ? 36 : 0)).ToArray();
        Assert.Equal(12.0 / 16, MatchReport.Copy(new(grid, index, new float[16]), pool));
    }

    [Fact]
    public void A_single_patch_is_its_own_copy() => Assert.Equal(1, Copy(1, 1, (_, _) => (0, 0)));

    [Fact]
    public void A_copy_is_warned_of_and_the_rest_is_counted()
    {
        using var scope = NewDisposeScope();
        using var pool = new StylePool([Map(7, 6)]);
        var grid = PatchGrid.Create(7, 6, 3, 1);
        var whole = MatchReport.Of(new(grid, [.. Enumerable.Range(0, 20)], [.. Enumerable.Repeat(0.5f, 20)]), pool);
        Assert.Equal((0.5, 1, 1), (whole.MeanNcc, whole.StylePatchesUsed, whole.Copy));
        Assert.Contains("copies the style's layout", whole.Warning);
        var torn = MatchReport.Of(new(grid, [.. Enumerable.Repeat(7, 20)], new float[20]), pool);
        Assert.Equal((0, 1.0 / 20, 1.0 / 20), (torn.MeanNcc, torn.StylePatchesUsed, torn.Copy));
        Assert.Null(torn.Warning);
    }

    // rows × columns patches, each displaced as told, over a style large enough.
    private static double Copy(int rows, int columns, Func<int, int, (int Dy, int Dx)> displacement)
    {
        using var scope = NewDisposeScope();
        using var pool = new StylePool([Map(rows + 7, columns + 7)]);
        var grid = PatchGrid.Create(rows + 2, columns + 2, 3, 1);
        var style = pool[0].Grid.Columns.Length;
        var index = new int[rows * columns];
        for (var i = 0; i < index.Length; i++)
        {
            var (dy, dx) = displacement(i / columns, i % columns);
            index[i] = (((i / columns) + dy) * style) + (i % columns) + dx;
        }

        return MatchReport.Copy(new(grid, index, new float[index.Length]), pool);
    }

    private static StyleMap Map(int height, int width)
    {
        var map = new FeatureMap(ones(height, width, 2));
        return new(map, map.Grid(3, 1));
    }
}
