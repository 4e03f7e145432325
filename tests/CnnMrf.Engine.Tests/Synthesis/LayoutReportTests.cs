using CnnMrf.Core.Pictures;
using CnnMrf.Engine.Synthesis;

namespace CnnMrf.Engine.Tests.Synthesis;

public sealed class LayoutReportTests
{
    private static readonly Picture Wide = Narrow.Picture(192, 96, 1);

    [Fact]
    public void A_picture_keeps_the_whole_of_its_own_layout() =>
        Assert.Equal(1, LayoutReport.Of(Narrow.Picture(96, 80, 1), Narrow.Picture(96, 80, 1)));

    [Fact]
    public void The_size_does_not_matter()
    {
        var picture = Narrow.Picture(96, 80, 1);
        Assert.Equal(1, LayoutReport.Of(picture.Resize(288, 240), picture));
        Assert.Equal(1, LayoutReport.Of(picture, picture.Resize(288, 240)));
    }

    [Fact]
    public void Equal_patches_are_in_their_place() =>
        Assert.Equal(1, LayoutReport.Of(Narrow.Flat(96, 96, 0.8f, 0.4f, 0.1f), Narrow.Flat(96, 96, 0.8f, 0.4f, 0.1f)));

    [Fact]
    public void Without_a_content_picture_there_is_no_layout() => Assert.Null(LayoutReport.Of(Wide, null));

    // Six cells are 48 px: the left six columns of the result show the right six of the content.
    [Fact]
    public void A_picture_moved_by_six_cells_is_out_of_place_where_the_two_overlap()
    {
        var kept = LayoutReport.Kept(Wide.Crop(48, 0, 96, 96), Wide.Crop(0, 0, 96, 96));
        Assert.Equal((10, 10), (kept.GetLength(0), kept.GetLength(1)));
        var overlap = (from row in Enumerable.Range(0, 10) from column in Enumerable.Range(0, 4) select kept[row, column]).ToArray();
        Assert.InRange(overlap.Count(k => k) / (double)overlap.Length, 0, 0.35);
    }

    // One of the ten columns has left the content.
    [Fact]
    public void A_picture_moved_by_one_cell_is_in_its_place() =>
        Assert.InRange(LayoutReport.Of(Wide.Crop(8, 0, 96, 96), Wide.Crop(0, 0, 96, 96))!.Value, 0.75, 1);

    [Fact]
    public void A_picture_cut_in_halves_and_put_together_the_other_way_round_lost_its_layout()
    {
        var content = Narrow.Picture(96, 96, 3);
        var swapped = new Picture(96, 96);
        for (var y = 0; y < 96; y++)
        {
            for (var x = 0; x < 96; x++)
            {
                for (var c = 0; c < 3; c++)
                {
                    swapped[x, y, c] = content[(x + 48) % 96, y, c];
                }
            }
        }

        Assert.InRange(LayoutReport.Of(swapped, content)!.Value, 0, 0.35);
    }

    [Theory]
    [InlineData(8, 8)]
    [InlineData(200, 20)]
    [InlineData(9, 120)]
    public void Small_and_oblong_pictures_have_a_layout_too(int width, int height) =>
        Assert.Equal(1, LayoutReport.Of(Narrow.Picture(width, height, 2), Narrow.Picture(width, height, 2)));
}
