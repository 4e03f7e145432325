using System.Text;
using System.Text.Json.Nodes;
using CnnMrf.Core.Settings;

namespace CnnMrf.Core.Tests.Settings;

public sealed class SettingsJsonTests
{
    [Theory]
    [InlineData("contentWeight")]
    [InlineData("content-weight")]
    [InlineData("--content-weight")]
    [InlineData("CONTENTWEIGHT")]
    public void A_name_is_known_in_every_spelling(string name) => Assert.Equal("contentWeight", SettingsJson.CanonicalName(name));

    [Theory]
    [InlineData("tv-weight", "smoothnessWeight")]
    [InlineData("init", "initial")]
    [InlineData("max-size", "size")]
    [InlineData("num-res", "levels")]
    [InlineData("num-iter", "iterations")]
    [InlineData("numIter", "iterations")]
    public void Names_of_other_implementations_are_aliases(string alias, string name) =>
        Assert.Equal(name, SettingsJson.CanonicalName(alias));

    [Fact]
    public void An_alias_sets_what_it_means() => Assert.Equal(0.25, SettingsJson.Parse("""{"tv-weight": 0.25}""").SmoothnessWeight);

    [Fact]
    public void Names_list_every_property_once()
    {
        Assert.Equal(typeof(SynthesisSettings).GetProperties().Length, SettingsJson.Names.Count);
        Assert.Equal(SettingsJson.Names.Count, SettingsJson.Names.Distinct().Count());
    }

    [Fact]
    public void One_value_and_a_list_are_both_read()
    {
        Assert.Equal([2.5], SettingsJson.Parse("""{"contentWeight": 2.5}""").ContentWeight);
        Assert.Equal([4.0, 2.0, 1.0], SettingsJson.Parse("""{"contentWeight": [4, 2, 1]}""").ContentWeight);
    }

    [Theory]
    [InlineData("\"relu3_1:1,relu4_1:.5\"")]
    [InlineData("{\"relu3_1\": 1, \"relu4_1\": 0.5}")]
    [InlineData("\"relu3_1, relu4_1:0.5\"")]
    public void Layers_are_read_as_text_and_as_object(string json) =>
        Assert.Equal(
            new LayerWeights(new(new(3, 1), 1), new(new(4, 1), 0.5)),
            SettingsJson.Parse($"{{\"mrfLayers\": {json}}}").MrfLayers);

    [Theory]
    [InlineData("256", 256, 0)]
    [InlineData("\"256\"", 256, 0)]
    [InlineData("\"512x256\"", 512, 256)]
    public void A_size_is_a_long_side_or_both(string json, int width, int height) =>
        Assert.Equal(new OutputSize(width, height), SettingsJson.Parse($"{{\"size\": {json}}}").Size);

    [Fact]
    public void A_list_of_iterations_sets_the_levels()
    {
        var settings = SettingsJson.Parse("""{"preset": "authors", "iterations": [40, 20]}""");

        Assert.Equal(2, settings.Levels);
        Assert.Equal([40, 20], settings.Iterations);
    }

    [Fact]
    public void One_number_of_iterations_leaves_the_levels_alone() =>
        Assert.Equal(3, SettingsJson.Parse("""{"preset": "authors", "iterations": 7}""").Levels);

    [Fact]
    public void Iterations_that_contradict_the_levels_are_refused() =>
        Assert.Contains(
            "2 values for 3 levels",
            Problem("""{"iterations": [40, 20], "levels": 3}""", "iterations").Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_preset_with_other_levels_survives_json()
    {
        var settings = SettingsJson.Parse("""{"levels": 2}""");

        Assert.Equal(Presets.Balanced.Iterations, settings.Iterations);
        Assert.Equal(settings, SettingsJson.Resolve(SettingsJson.ToNode(settings)));
    }

    [Theory]
    [InlineData("relu3_1", new[] { 2 })]
    [InlineData("relu4_2", new[] { 1 })]
    [InlineData("relu2_1,relu3_2,relu4_1", new[] { 2, 2, 1 })]
    public void Other_layers_take_the_strides_of_the_presets_nearest(string layers, int[] strides)
    {
        Assert.Equal([2, 1], Presets.Balanced.Stride);

        Assert.Equal(strides, SettingsJson.Parse($$"""{"mrfLayers": "{{layers}}", "inducedLayers": "none"}""").Stride);
    }

    [Fact]
    public void Null_takes_back_what_the_preset_fixes() =>
        Assert.Null(SettingsJson.Parse("""{"preset": "authors", "levels": null}""").Levels);

    [Theory]
    [InlineData("""{"contentWeigt": 1}""", "contentWeigt", "is no setting")]
    [InlineData("""{"weight": 1}""", "weight", "did you mean")]
    [InlineData("""{"size": 3.5}""", "size", "whole number of pixels")]
    [InlineData("""{"size": "3 by 5"}""", "size", "512x256")]
    [InlineData("""{"rotations": "many"}""", "rotations", "expects a whole number, not \"many\"")]
    [InlineData("""{"styleWeight": "heavy"}""", "styleWeight", "expects a number")]
    [InlineData("""{"styleWeight": null}""", "styleWeight", "needs a value")]
    [InlineData("""{"contentWeight": [1, "x"]}""", "contentWeight", "a number or a list of them")]
    [InlineData("""{"pooling": "median"}""", "pooling", "auto | max | average")]
    [InlineData("""{"pooling": 1}""", "pooling", "auto | max | average")]
    [InlineData("""{"padding": "none"}""", "padding", "auto | zero | replicate | reflect | circular")]
    [InlineData("""{"weights": " "}""", "weights", "auto, own, vgg19, random or a file")]
    [InlineData("""{"preset": "fast"}""", "preset", "balanced | paper | authors | authors-cli")]
    [InlineData("""{"tileable": "yes"}""", "tileable", "true or false")]
    [InlineData("""{"mrfLayers": "relu6_1"}""", "mrfLayers", "no layer of VGG-19")]
    [InlineData("""{"mrfLayers": "relu3_1:heavy"}""", "mrfLayers", "is no weight")]
    [InlineData("""{"mrfLayers": "none"}""", "mrfLayers", "at least one")]
    [InlineData("""{"mrfLayers": "relu3_1,relu3_1"}""", "mrfLayers", "twice")]
    [InlineData("""{"contentLayer": "conv4_2"}""", "contentLayer", "no layer of VGG-19")]
    [InlineData("""{"size": 8193}""", "size", "32 … 8192")]
    [InlineData("""{"levels": 9}""", "levels", "1 … 8")]
    [InlineData("""{"stride": [1, 2, 1]}""", "stride", "3 values for 2 MRF layers")]
    [InlineData("""{"patchSize": 0}""", "patchSize", "1 … 9")]
    [InlineData("""{"styleWeights": [0, 0]}""", "styleWeights", "all 0")]
    [InlineData("""{"rotations": 12, "rotationStep": 20}""", "rotationStep", "beyond 180")]
    [InlineData("""{"scales": 2, "scaleStep": 0.6}""", "scaleStep", "linear scales need")]
    [InlineData("""{"scales": 1, "scaleSpacing": "geometric"}""", "scaleStep", "geometric scales need")]
    [InlineData("""{"guidance": [1, 9]}""", "guidance", "0 … 8")]
    [InlineData("""{"minimumFit": 1.5}""", "minimumFit", "0 … 1")]
    [InlineData("""{"preserveColor": 1}""", "preserveColor", "true or false")]
    [InlineData("""{"inducedLayers": "relu4_2"}""", "inducedLayers", "deeper")]
    [InlineData("""{"matchSpace": "vgg"}""", "matchSpace", "'vgg' is no network: name weights, random, narrow")]
    [InlineData("""{"matchSpace": ""}""", "matchSpace", "names no network")]
    [InlineData("""{"matchSpace": "weights,auto"}""", "matchSpace", "'auto' is no network")]
    [InlineData("""{"pullSpace": "weights:much"}""", "pullSpace", "'much' is no weight: write weights:0.5")]
    [InlineData("""{"pullSpace": "random:0.3/"}""", "pullSpace", "'' is no weight")]
    [InlineData("""{"pullSpace": ["weights"]}""", "pullSpace", "weights,narrow:0.3/0.6/1")]
    [InlineData("""{"pullSpace": "narrow,weights,narrow:2"}""", "pullSpace", "names narrow twice")]
    [InlineData("""{"pullSpace": "narrow:-1"}""", "pullSpace", "0 … 1000000")]
    [InlineData("""{"pullSpace": "narrow:nan"}""", "pullSpace", "0 … 1000000")]
    [InlineData("""{"pullSpace": "weights:0/0/1,narrow:1/0"}""", "pullSpace", "leaves level 2 without a network")]
    [InlineData("""{"pullSpace": "weights:1/1/1/1/1/1/1/1/1"}""", "pullSpace", "9 weights of weights")]
    [InlineData("""{"finish": "none", "finishFactor": 2}""", "finishFactor", "set finish to vote")]
    [InlineData("""{"preset": "authors", "levelFactor": 1.5, "tileable": true}""", "levelFactor", "tileable")]
    [InlineData("""{"size": 256, "max-size": 300}""", "max-size", "given twice")]
    [InlineData("""{"weights": "\ud800"}""", "weights", "half a surrogate pair")]
    [InlineData("""{"iterations": ["\ud800"]}""", "iterations", "half a surrogate pair")]
    [InlineData("""{"\ud800": 1}""", "settings", "no valid JSON")]
    [InlineData("""{"mrfLayers": {"\ud800": 1}}""", "settings", "no valid JSON")]
    [InlineData("""[1]""", "settings", "JSON object")]
    [InlineData("""{"size": }""", "settings", "no valid JSON")]
    [InlineData("""{"size": 256, "size": 300}""", "settings", "no valid JSON")]
    public void What_cannot_be_used_is_named_with_a_remedy(string json, string field, string says) =>
        Assert.Contains(says, Problem(json, field).Message, StringComparison.Ordinal);

    [Fact]
    public void Weights_of_our_own_are_asked_for_by_name() => Assert.Equal("own", SettingsJson.Parse("""{"weights": "own"}""").Weights);

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        var e = Assert.Throws<SettingsException>(() => SettingsJson.Parse("""{"levels": 99, "history": 0, "threads": 0}"""));

        Assert.Equal(["levels", "history", "threads"], e.Problems.Select(p => p.Field));
    }

    [Fact]
    public void Comments_and_trailing_commas_are_welcome() =>
        Assert.Equal(7, SettingsJson.Parse("{ // mine\n \"seed\": 7, }").Seed);

    [Fact]
    public void Canonical_bytes_do_not_depend_on_order_or_spelling()
    {
        var one = SettingsJson.ToCanonicalUtf8(SettingsJson.Parse("""{"seed": 3, "tv-weight": 0.5}"""));
        var other = SettingsJson.ToCanonicalUtf8(SettingsJson.Parse("""{"smoothnessWeight": 5e-1, "seed": 3}"""));

        Assert.Equal(Encoding.UTF8.GetString(one), Encoding.UTF8.GetString(other));
    }

    [Fact]
    public void Every_property_reaches_the_canonical_form()
    {
        var node = JsonNode.Parse(SettingsJson.ToCanonicalUtf8(Presets.Balanced))!.AsObject();

        Assert.Equal(SettingsJson.Names, node.Select(p => p.Key));
    }

    private static SettingsProblem Problem(string json, string field)
    {
        var e = Assert.Throws<SettingsException>(() => SettingsJson.Parse(json));
        Assert.Contains($"{field}: ", e.Message, StringComparison.Ordinal);
        return Assert.Single(e.Problems, p => p.Field == field);
    }
}
