using CnnMrf.Engine.Synthesis;
using CnnMrf.Local.Display;

namespace CnnMrf.Local.Tests.Display;

public sealed class TextsTests
{
    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(9.94, "9.9 s")]
    [InlineData(9.96, "10 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.6, "1 min 00 s")]
    [InlineData(190, "3 min 10 s")]
    [InlineData(3900, "1 h 05 min")]
    [InlineData(double.NaN, "?")]
    [InlineData(double.PositiveInfinity, "?")]
    public void Durations_are_readable(double seconds, string text) => Assert.Equal(text, Texts.Duration(seconds));

    [Fact]
    public void A_result_s_matches_are_told_in_two_numbers_or_one()
    {
        var matches = new MatchStatistics(0.9, 0.1, 0.216, 0.834, null);
        Assert.Equal("copy 0.22, layout 0.83", Texts.Matches(matches));
        Assert.Equal("copy 0.22", Texts.Matches(matches with { Layout = null }));
        Assert.Equal("copy 0.22, layout 0.83, style 1 also mirrored", Texts.Matches(matches with { MirroredStyles = [1] }));
        Assert.Equal("copy 0.22, styles 1, 3 also mirrored", Texts.Matches(matches with { Layout = null, MirroredStyles = [1, 3] }));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1234567, "1.235e6")]
    [InlineData(1234.4, "1234")]
    [InlineData(0.0123456, "0.01235")]
    [InlineData(0.0001234, "1.234e-4")]
    public void Energies_have_four_digits(double value, string text) => Assert.Equal(text, Texts.Energy(value));
}
