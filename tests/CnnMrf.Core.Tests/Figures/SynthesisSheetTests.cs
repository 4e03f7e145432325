using CnnMrf.Core.Figures;
using CnnMrf.Core.Pictures;

namespace CnnMrf.Core.Tests.Figures;

public sealed class SynthesisSheetTests
{
    [Fact]
    public void What_was_given_stands_above_the_levels_and_the_result_each_with_its_caption()
    {
        var sheet = SynthesisSheet.Of(
            "meadow",
            [
                SynthesisSheet.Given(new Picture(600, 300), "content", new(600, 300)),
                SynthesisSheet.Given(new Picture(20, 20), "style", new(20, 20), 2),
            ],
            [SynthesisSheet.Level(new Picture(64, 32), 1, new(64, 32), 30), SynthesisSheet.Level(null, 2, new(128, 64), null)],
            SynthesisSheet.Result(new Picture(128, 64), new(128, 64)),
            SynthesisSheet.Numbers("own", 0.416, 0.2, null));
        Assert.Equal(["content: 600x300 px", "style 2: 20x20 px"], sheet.Rows[0].Select(c => c!.Caption));
        Assert.Equal(
            ["level 1: 64x32 px, 30 iterations", "level 2: 128x64 px", "result: 128x64 px"], sheet.Rows[1].Select(c => c!.Caption));
        Assert.Equal("weights own; fit 0.42; copy 0.20", sheet.Subtitle);
        Assert.Equal(new PixelSize(256, 128), sheet.Rows[0][0]!.Picture!.Size);
        Assert.Null(sheet.Rows[1][1]!.Picture);
        Assert.Contains("level 1: 64x32 px", sheet.ToSvg(), StringComparison.Ordinal);
        Assert.True(sheet.Render().Width > 3 * 200);
    }

    [Fact]
    public void Nothing_known_is_nothing_said() => Assert.Equal("", SynthesisSheet.Numbers(null, null, null, null));
}
