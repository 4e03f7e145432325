using CnnMrf.Core.Settings;

namespace CnnMrf.Core.Tests.Settings;

public sealed class NetworkMixTests
{
    [Theory]
    [InlineData("auto", "auto")]
    [InlineData("weights", "weights")]
    [InlineData("weights:1", "weights")]
    [InlineData("random, narrow:2", "random,narrow:2")]
    [InlineData("weights,narrow:0.3/.6/1/2", "weights,narrow:0.3/0.6/1/2")]
    [InlineData("narrow:1e-1/0", "narrow:0.1/0")]
    public void A_text_is_read_and_written_in_one_way(string text, string canonical)
    {
        var mix = NetworkMix.Parse(text);

        Assert.Equal(canonical, mix.ToString());
        Assert.Equal(mix, NetworkMix.Parse(canonical));
        Assert.Equal(mix.GetHashCode(), NetworkMix.Parse(canonical).GetHashCode());
    }

    [Fact]
    public void Order_and_weights_tell_mixes_apart()
    {
        string[] texts = ["auto", "weights", "weights:2", "random", "weights,random", "random,weights", "weights,random:1/2"];

        Assert.Equal(texts.Length, texts.Select(t => NetworkMix.Parse(t)).Distinct().Count());
    }

    [Fact]
    public void Weights_go_from_coarse_to_fine_and_the_last_is_repeated()
    {
        var mix = NetworkMix.Parse("weights:0/1,narrow:0.3/0.6/0");

        Assert.Equal([(NetworkKind.Narrow, 0.3)], mix.At(0));
        Assert.Equal([(NetworkKind.Weights, 1.0), (NetworkKind.Narrow, 0.6)], mix.At(1));
        Assert.Equal([(NetworkKind.Weights, 1.0)], mix.At(2));
        Assert.Equal(mix.At(2), mix.At(7));
        Assert.Equal([NetworkKind.Weights], NetworkMix.Parse("weights,narrow:0/0").Networks);
    }

    [Theory]
    [InlineData("\"weights,narrow:0.5\"")]
    [InlineData("\"auto\"")]
    public void Json_has_the_text(string json)
    {
        var settings = SettingsJson.Parse($"{{\"pullSpace\": {json}}}");

        Assert.Equal(json, SettingsJson.ToNode(settings)["pullSpace"]!.ToJsonString());
        Assert.Equal(settings, SettingsJson.Resolve(SettingsJson.ToNode(settings)));
    }
}
