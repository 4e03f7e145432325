using System.Xml.Linq;
using CnnMrf.Core.Figures;
using CnnMrf.Core.Pictures;

namespace CnnMrf.Core.Tests.Figures;

public sealed class SheetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cnnmrf-sheet-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_picture_is_on_the_sheet_unchanged_where_it_fits()
    {
        var red = Constant(40, 30, 1, 0, 0);
        var blue = Constant(40, 30, 0, 0, 1);
        var sheet = new Sheet { Rows = [[new(red), new(blue)]], CellWidth = 100, CellHeight = 100 }.Render();
        Assert.Equal(1200, Count(sheet, 1, 0, 0));
        Assert.Equal(1200, Count(sheet, 0, 0, 1));
    }

    [Fact]
    public void A_large_picture_is_scaled_into_its_cell_with_its_aspect_kept()
    {
        var sheet = new Sheet { Rows = [[new(Constant(400, 200, 1, 0, 0))]], CellWidth = 100, CellHeight = 100 }.Render();
        Assert.Equal(100 * 50, Count(sheet, 1, 0, 0));
    }

    [Theory]
    [InlineData(true, 90 * 90)]
    [InlineData(false, 9)]
    public void A_small_picture_is_enlarged_by_whole_factors_only_where_asked(bool enlarge, int expected)
    {
        var sheet = new Sheet { Rows = [[new(Constant(3, 3, 0, 1, 0))]], CellWidth = 90, CellHeight = 95, EnlargeSmall = enlarge }.Render();
        Assert.Equal(expected, Count(sheet, 0, 1, 0));
    }

    [Fact]
    public void Words_are_drawn_without_any_font_of_the_system()
    {
        var plain = new Sheet { Rows = [[new(Constant(80, 80, 1, 1, 1), " ")]] };
        var labelled = plain with { Rows = [[new(Constant(80, 80, 1, 1, 1), "α₁ = 0.5 → Ψ±×…")]] };
        Assert.Equal(0, plain.Render().Rgb.Count(v => v < 0.6f));
        Assert.True(labelled.Render().Rgb.Count(v => v < 0.6f) > 200);
        // Every glyph asked for is in the font: none is the box that stands for a missing one.
        Assert.DoesNotContain((ushort)0, SheetGlyphs("α₁ = 0.5 → Ψ±×…−·–—é"));
    }

    [Fact]
    public void The_same_sheet_gives_the_same_bytes()
    {
        Assert.Equal(Example().Render().Rgb, Example().Render().Rgb);
        Assert.Equal(Example().ToSvg(), Example().ToSvg());
    }

    [Fact]
    public void A_spanning_cell_may_be_larger_than_its_neighbours()
    {
        var wide = Constant(500, 100, 1, 0, 0);
        var sheet = new Sheet
        {
            Rows = [[new(wide, "wide", Columns: 2), null], [new(Constant(100, 60, 0, 0, 1)), new(Constant(100, 60, 0, 0, 1))]],
            CellWidth = 100,
            CellHeight = 100,
        }.Render();
        Assert.InRange(Count(sheet, 1, 0, 0), 200 * 40, 240 * 48);
        Assert.Equal(2 * 6000, Count(sheet, 0, 0, 1));
    }

    [Fact]
    public void A_spanning_picture_does_not_reach_beyond_its_columns()
    {
        // The columns are as narrow as their thumbnails, whatever the cell's greatest width.
        var thumbnail = new SheetCell(Constant(100, 60, 0, 0, 1));
        var sheet = new Sheet
        {
            Rows = [[new(Constant(900, 100, 1, 0, 0), Columns: 2), null, thumbnail], [thumbnail, thumbnail, thumbnail]],
            CellWidth = 400,
        }.Render();
        Assert.Equal(4 * 6000, Count(sheet, 0, 0, 1));
    }

    [Fact]
    public void Overlapping_cells_and_headers_without_a_column_are_refused()
    {
        var cell = new SheetCell(Constant(20, 20, 0, 0, 0));
        Assert.Contains(
            "row 1, column 2",
            Assert.Throws<ArgumentException>(() => new Sheet { Rows = [[cell with { Columns = 2 }, cell]] }.Render()).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Sheet { Rows = [[cell with { Rows = 2 }]] }.Render());
        Assert.Throws<ArgumentException>(() => new Sheet { Rows = [[cell]], ColumnHeaders = ["a", "b"] }.Render());
        Assert.Throws<ArgumentException>(() => new Sheet { Rows = [] }.Render());
        Assert.Throws<ArgumentException>(() => new Sheet { Rows = [[cell]], CellWidth = 0 }.ToSvg());
    }

    [Fact]
    public void The_svg_holds_text_as_text_and_pictures_as_data()
    {
        var svg = XDocument.Parse(Example().ToSvg());
        XNamespace ns = "http://www.w3.org/2000/svg";
        var texts = svg.Descendants(ns + "text").Select(t => t.Value).ToArray();
        Assert.Contains("Strength <of> the \"content\" & more", texts);
        Assert.Contains("α₁ = 0.5", texts);
        var images = svg.Descendants(ns + "image").ToArray();
        Assert.Equal(2, images.Length);
        var data = Convert.FromBase64String(images[0].Attribute("href")!.Value["data:image/png;base64,".Length..]);
        Assert.Equal(new PixelSize(60, 40), PictureCodec.Decode(data).Size);
        Assert.All(images, i => Assert.True((int)i.Attribute("x")! + 60 <= (int)svg.Root!.Attribute("width")!));
    }

    [Theory]
    [InlineData("a.svg", "<svg")]
    [InlineData("a.PNG", "PNG")]
    public void The_extension_chooses_between_pixels_and_svg(string name, string start)
    {
        var path = Path.Combine(_folder, name);
        Example().Save(path);
        Assert.Contains(start, File.ReadAllText(path)[..10], StringComparison.Ordinal);
    }

    [Fact]
    public void Pixels_and_svg_have_the_same_size()
    {
        var picture = Example().Render();
        var svg = XDocument.Parse(Example().ToSvg()).Root!;
        Assert.Equal((picture.Width, picture.Height), ((int)svg.Attribute("width")!, (int)svg.Attribute("height")!));
    }

    private static Sheet Example() => new()
    {
        Title = "Strength <of> the \"content\" & more",
        Subtitle = "What it does",
        ColumnHeaders = ["α₁ = 0.5", "α₁ = 2"],
        RowHeaders = ["bridge"],
        Rows = [[new(Constant(60, 40, 1, 0, 0), "first"), new(Constant(60, 40, 0, 0, 1), "second"), new(null, "nothing yet")]],
        Note = "A note.",
        CellWidth = 120,
    };

    private static ushort[] SheetGlyphs(string text)
    {
        using var stream = typeof(Sheet).Assembly.GetManifestResourceStream("CnnMrf.Core.Figures.Fonts.DejaVuSans-subset.ttf")!;
        using var typeface = SkiaSharp.SKTypeface.FromStream(stream);
        return typeface.GetGlyphs(text);
    }

    private static Picture Constant(int width, int height, float red, float green, float blue) =>
        Pictures.TestPictures.Constant(width, height, red, green, blue);

    private static int Count(Picture picture, float red, float green, float blue)
    {
        var count = 0;
        for (var i = 0; i < picture.Rgb.Length; i += 3)
        {
            count += (picture.Rgb[i], picture.Rgb[i + 1], picture.Rgb[i + 2]) == (red, green, blue) ? 1 : 0;
        }

        return count;
    }
}
