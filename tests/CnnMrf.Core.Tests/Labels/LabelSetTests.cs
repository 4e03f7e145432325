using CnnMrf.Core.Labels;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using FsCheck;
using FsCheck.Fluent;

namespace CnnMrf.Core.Tests.Labels;

public sealed class LabelSetTests
{
    private static readonly LabelColor Red = new(255, 0, 0);
    private static readonly LabelColor Green = new(0, 255, 0);
    private static readonly LabelColor Blue = new(0, 0, 255);

    [Fact]
    public void Flat_colours_are_read_back_place_by_place_whatever_they_are()
    {
        var maps = from count in Gen.Choose(1, 32) from seed in Gen.Choose(0, 100_000) select (count, seed);
        Prop.ForAll(maps.ToArbitrary(), m =>
        {
            // Colours at least 16 apart.
            var random = new Random(m.seed);
            var colors = Enumerable.Range(0, 4096).OrderBy(_ => random.Next()).Take(m.count)
                .Select(n => new LabelColor((byte)(16 * (n & 15)), (byte)(16 * (n >> 4 & 15)), (byte)(16 * (n >> 8)))).ToArray();
            var cells = Enumerable.Range(0, 20 * 10).Select(i => colors[i < colors.Length ? i : random.Next(colors.Length)]).ToArray();
            var picture = Drawn(20, 10, (x, y) => cells[(y * 20) + x]);
            var set = LabelSet.Read(new(picture, new(40, 20)), [new(picture, new(200, 100))], [1.0]);
            return set.Classes.Count == m.count && Enumerable.Range(0, 200).All(i =>
                set.Classes[set.Content.Classes[i]] == cells[i]
                && set.Classes[set.Styles[0].At(((i % 20) + 0.5) / 20, ((i / 20) + 0.5) / 10)] == cells[i]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Fact]
    public void A_class_of_one_pixel_is_a_class_and_hues_of_other_programs_are_the_same()
    {
        var content = Drawn(100, 100, (x, y) => x == 50 && y == 50 ? Red : Blue);
        var style = Drawn(100, 100, (x, y) => x < 50 ? new(254, 2, 1) : new(3, 0, 250));
        var set = Read(content, style);
        Assert.Equal(2, set.Classes.Count);
        Assert.Equal(set.Styles[0].At(0.1, 0.5), set.Content.At(0.505, 0.505));
        Assert.Equal(set.Styles[0].At(0.9, 0.5), set.Content.At(0.1, 0.1));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(90)]
    public void Jpeg_and_smoothed_edges_are_read_as_what_was_painted(int quality)
    {
        LabelColor At(int x, int y) => y > 60 ? Green : x < 60 ? Red : Blue;
        var sharp = Drawn(120, 96, At);
        var jpeg = PictureCodec.Decode(PictureCodec.Encode(sharp.Resize(240, 192), PictureFormat.Jpeg, quality));
        var set = Read(jpeg, sharp);
        Assert.Equal(3, set.Classes.Count);
        var wrong = 0;
        for (var y = 0; y < 96; y++)
        {
            for (var x = 0; x < 120; x++)
            {
                wrong += set.Content.At((x + 0.5) / 120, (y + 0.5) / 96) == set.Styles[0].At((x + 0.5) / 120, (y + 0.5) / 96) ? 0 : 1;
            }
        }

        Assert.InRange(wrong, 0, 400);
    }

    [Fact]
    public void Beyond_the_edges_the_edge_counts()
    {
        var map = new LabelMap(2, 1, [3, 5]);
        Assert.Equal([3, 3, 5, 5], new[] { -1.0, 0.49, 0.5, 7 }.Select(x => map.At(x, 2)));
    }

    [Fact]
    public void A_class_that_the_style_lacks_is_named_with_its_share_and_the_remedy()
    {
        var e = Refused(Drawn(20, 20, (x, _) => x < 5 ? Green : Blue), Drawn(20, 20, (_, _) => Blue));
        Assert.Equal("contentMap", e.Field);
        Assert.Contains("#00ff00 (25 % of it)", e.Message, StringComparison.Ordinal);
        Assert.Contains("the style map lacks", e.Message, StringComparison.Ordinal);
        Assert.Contains("Paint", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_style_that_is_left_out_offers_no_class()
    {
        var (content, blue) = (Drawn(20, 20, (x, _) => x < 5 ? Green : Blue), Drawn(20, 20, (_, _) => Blue));
        LabelSource[] styles = [new(blue, blue.Size), new(content, content.Size)];
        Assert.Equal(2, LabelSet.Read(new(content, content.Size), styles, [1.0]).Classes.Count);
        var e = Assert.Throws<LabelMapException>(() => LabelSet.Read(new(content, content.Size), styles, [1.0, 0]));
        Assert.Contains("no style map has", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_number_of_style_weights_is_refused()
    {
        var map = Drawn(20, 20, (_, _) => Blue);
        LabelSource source = new(map, map.Size);
        var e = Assert.Throws<SettingsException>(() => LabelSet.Read(source, [source, source, source], [1.0, 0]));
        Assert.Equal("styleWeights", e.Problems[0].Field);
    }

    [Fact]
    public void A_photograph_is_no_label_map()
    {
        var random = new Random(1);
        var photo = Drawn(120, 90, (x, y) => new((byte)(x * 2), (byte)(y * 2), (byte)random.Next(256)));
        var e = Refused(Drawn(120, 90, (_, _) => Red), photo);
        Assert.Equal("styleMap", e.Field);
        Assert.Contains("style map is no label map", e.Message, StringComparison.Ordinal);
        Assert.Contains("at most 32", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_32_classes_together_are_refused()
    {
        var (reds, greens) = (
            Drawn(40, 10, (x, _) => new((byte)(9 * (x % 28)), 0, 200)), Drawn(40, 10, (x, _) => new(0, (byte)(9 * (x % 28)), 100)));
        Assert.Contains("at most 32 classes", Refused(reds, greens).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40, 30, 40, 40, false)]
    [InlineData(40, 30, 400, 300, true)]
    [InlineData(41, 30, 400, 300, true)]
    public void A_map_has_its_picture_s_proportions(int width, int height, int overWidth, int overHeight, bool fits)
    {
        var map = Drawn(width, height, (_, _) => Red);
        var read = () => LabelSet.Read(new(map, new(overWidth, overHeight)), [new(map, map.Size)], [1.0]);
        if (fits)
        {
            Assert.Single(read().Classes);
            return;
        }

        var e = Assert.Throws<LabelMapException>(read);
        Assert.Equal("contentMap", e.Field);
        Assert.Contains("content map is 40x30 px and the content picture 40x40", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_that_cannot_be_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new LabelMap(2, 2, [0, 1, 2]));
        Assert.Throws<ArgumentException>(() => new LabelMap(1, 1, [32]));
    }

    private static LabelMapException Refused(Picture content, Picture style) =>
        Assert.Throws<LabelMapException>(() => Read(content, style));

    private static LabelSet Read(Picture content, Picture style) =>
        LabelSet.Read(new(content, content.Size), [new(style, style.Size)], [1.0]);

    private static Picture Drawn(int width, int height, Func<int, int, LabelColor> at)
    {
        var picture = new Picture(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var color = at(x, y);
                (picture[x, y, 0], picture[x, y, 1], picture[x, y, 2]) = (color.Red / 255f, color.Green / 255f, color.Blue / 255f);
            }
        }

        return picture;
    }
}
