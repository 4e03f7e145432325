using CnnMrf.Core.Settings;

namespace CnnMrf.Core.Tests.Settings;

public sealed class SettingsDifferenceTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"preset":"paper"}""")]
    [InlineData("""{"preset":"authors-cli","seed":7,"size":"512x256"}""")]
    [InlineData("""{"iterations":[60,30]}""")]
    [InlineData("""{"levels":null,"iterations":[60,30]}""")]
    [InlineData("""{"levels":3}""")]
    [InlineData("""{"mrfLayers":"relu2_1"}""")]
    [InlineData("""{"mrfLayers":"relu2_1:0.5,relu3_1:1,relu4_1:2","stride":[1,2,3],"styleStride":2}""")]
    [InlineData("""{"inducedLayers":"none","levelFactor":null,"threads":2,"matchSpace":"weights,narrow:0.3/0.6/1"}""")]
    public void Settings_are_made_again_of_what_departs_from_the_preset(string overrides)
    {
        var settings = SettingsJson.Parse(overrides);

        Assert.Equal(
            SettingsJson.ToCanonicalUtf8(settings), SettingsJson.ToCanonicalUtf8(SettingsJson.Resolve(SettingsDifference.Of(settings))));
    }

    [Fact]
    public void What_the_preset_says_is_left_out() => Assert.Equal(
        """{"preset":"balanced","size":256,"contentWeight":2}""",
        SettingsDifference.Of(SettingsJson.Parse("""{"contentWeight":2,"size":256,"coherence":0.01}""")).ToJsonString());
}
