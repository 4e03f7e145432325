using System.Xml.Linq;
using CnnMrf.Core.Figures;

namespace CnnMrf.Core.Tests.Figures;

public sealed class TextWrappingTests
{
    [Fact]
    public void A_caption_is_wrapped_between_words()
    {
        var lines = Lines("the quick brown fox jumps over it", captionLines: 8);
        Assert.True(lines.Length > 2);
        Assert.Equal("the quick brown fox jumps over it", string.Join(' ', lines));
    }

    [Fact]
    public void A_caption_too_long_ends_in_an_ellipsis()
    {
        var lines = Lines("the quick brown fox jumps over the lazy dog and then over everything else that is in its way", captionLines: 2);
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("…", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_wider_than_its_cell_is_broken()
    {
        var word = new string('m', 40);
        var lines = Lines(word, captionLines: 8);
        Assert.True(lines.Length > 2);
        Assert.Equal(word, string.Concat(lines));
    }

    [Fact]
    public void Line_breaks_are_kept() => Assert.Equal(["a", "b"], Lines("a\r\nb", captionLines: 2));

    [Fact]
    public void Pairs_of_surrogates_are_not_torn()
    {
        var word = string.Concat(Enumerable.Repeat("𝔸", 40));
        Assert.All(Lines(word, captionLines: 8), line => Assert.True(char.IsHighSurrogate(line[0]) && char.IsLowSurrogate(line[^1])));
    }

    private static string[] Lines(string caption, int captionLines)
    {
        var picture = Pictures.TestPictures.Constant(100, 10, 0, 0, 0);
        var sheet = new Sheet { Rows = [[new(picture, caption)]], CellWidth = 100, CaptionLines = captionLines };
        XNamespace ns = "http://www.w3.org/2000/svg";
        var texts = XDocument.Parse(sheet.ToSvg()).Descendants(ns + "text").ToArray();
        Assert.All(texts, t => Assert.InRange((float)t.Attribute("textLength")!, 0, 100));
        return [.. texts.Select(t => t.Value)];
    }
}
