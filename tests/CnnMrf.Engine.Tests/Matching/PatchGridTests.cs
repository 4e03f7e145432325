using CnnMrf.Engine.Patches;

namespace CnnMrf.Engine.Tests.Matching;

public sealed class PatchGridTests
{
    [Theory]
    [InlineData(6, 3, 1, new[] { 0, 1, 2, 3 })]
    [InlineData(7, 3, 2, new[] { 0, 2, 4 })]
    [InlineData(8, 3, 2, new[] { 0, 2, 4, 5 })]
    [InlineData(3, 3, 2, new[] { 0 })]
    [InlineData(4, 3, 5, new[] { 0, 1 })]
    [InlineData(9, 1, 4, new[] { 0, 4, 8 })]
    [InlineData(10, 1, 4, new[] { 0, 4, 8, 9 })]
    public void Corners_follow_the_stride_and_end_at_the_border(int length, int size, int stride, int[] expected)
    {
        Assert.Equal(expected, PatchGrid.Create(length, 12, size, stride).Rows.ToArray());
        Assert.Equal(expected, PatchGrid.Create(12, length, size, stride).Columns.ToArray());
    }

    [Theory]
    [InlineData(6, 3, 2, new[] { 0, 2, 4 })]
    [InlineData(5, 3, 2, new[] { 0, 2, 4 })]
    [InlineData(4, 4, 1, new[] { 0, 1, 2, 3 })]
    public void Corners_of_a_wrapped_grid_go_all_the_way_round(int length, int size, int stride, int[] expected) =>
        Assert.Equal(expected, PatchGrid.Create(length, length, size, stride, wraps: true).Rows.ToArray());

    [Fact]
    public void Patches_are_numbered_row_by_row_and_centred_in_extents_of_the_map()
    {
        var grid = PatchGrid.Create(4, 8, 2, 2);
        Assert.Equal(8, grid.Count);
        Assert.Equal((2, 4), grid.Corner(6));
        Assert.Equal((5 / 8.0, 3 / 4.0), grid.Centre(6));
    }

    [Theory]
    [InlineData(2, 9)]
    [InlineData(9, 2)]
    public void A_map_smaller_than_a_patch_is_refused_and_the_remedy_named(int height, int width)
    {
        var e = Assert.Throws<ArgumentException>(() => PatchGrid.Create(height, width, 3, 1));
        Assert.Contains($"{width}×{height}", e.Message, StringComparison.Ordinal);
        Assert.Contains("3×3", e.Message, StringComparison.Ordinal);
        Assert.Contains("larger picture", e.Message, StringComparison.Ordinal);
    }
}
