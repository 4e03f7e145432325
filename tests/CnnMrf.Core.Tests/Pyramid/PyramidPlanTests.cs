using CnnMrf.Core.Pictures;
using CnnMrf.Core.Pyramid;
using CnnMrf.Core.Settings;
using FsCheck;
using FsCheck.Fluent;

namespace CnnMrf.Core.Tests.Pyramid;

public sealed class PyramidPlanTests
{
    private static readonly PixelSize Square = new(500, 500);

    [Fact]
    public void A_list_of_the_presets_length_is_cut_to_the_levels_as_the_presets_is() => Assert.Equal(
        [8, 4, 2], Plan("""{"contentWeight": [8, 4, 2, 0.8]}""", Square, Square).Levels.Select(l => l.ContentWeight));

    [Fact]
    public void Paper_doubles_from_at_least_64_up_to_384()
    {
        var plan = Plan("""{"preset": "paper"}""", new(800, 600), new PixelSize(640, 480));

        Assert.Equal([new(96, 72), new(192, 144), new(384, 288)], plan.Levels.Select(l => l.Size));
        Assert.Equal(new(384, 288), plan.Output);
        Assert.All(plan.Levels, l => Assert.Equal((200, 1.0), (l.Iterations, l.ContentWeight)));
        Assert.All(plan.Levels, l => Assert.Equal(l.Size, l.Canvas));
    }

    [Theory]
    [InlineData(64, 1)]
    [InlineData(127, 1)]
    [InlineData(128, 2)]
    [InlineData(256, 3)]
    [InlineData(512, 4)]
    public void Paper_has_as_many_levels_as_doubling_from_64_allows(int size, int levels) =>
        Assert.Equal(levels, Plan($$"""{"preset": "paper", "size": {{size}}}""", Square, Square).Levels.Count);

    [Fact]
    public void Authors_have_three_levels_and_round_sides_up()
    {
        var plan = Plan("""{"preset": "authors"}""", new(500, 333), new PixelSize(512, 387));

        // 384·333/500 = 255.74; half and a quarter of it: 127.87, 63.94.
        Assert.Equal([new(96, 64), new(192, 128), new(384, 256)], plan.Levels.Select(l => l.Size));
        Assert.Equal([new(96, 73), new(192, 146), new(384, 291)], plan.Levels.Select(l => l.Styles[0]));
    }

    [Fact]
    public void Rounding_up_does_not_grow_sides_that_are_whole()
    {
        var plan = Plan("""{"preset": "authors"}""", new(384, 384), new PixelSize(300, 200));

        Assert.Equal([96, 192, 384], plan.Levels.Select(l => l.Size.Width));
        Assert.Equal([64, 128, 256], plan.Levels.Select(l => l.Styles[0].Height));
    }

    [Fact]
    public void Balanced_starts_near_56_and_takes_moderate_steps_on_canvases_of_multiples_of_8()
    {
        var plan = Plan("{}", new(400, 300), new PixelSize(400, 400));

        Assert.InRange(plan.Levels[0].Size.LongSide, 50, 70);
        Assert.Equal(new(256, 192), plan.Levels[^1].Size);
        Assert.Equal(new(384, 288), plan.Output);
        Assert.All(plan.Levels.Zip(plan.Levels.Skip(1)), p =>
            Assert.InRange((double)p.Second.Size.LongSide / p.First.Size.LongSide, 1.25, 2.35));
        Assert.All(plan.Levels, l =>
        {
            Assert.Equal((0, 0), (l.Canvas.Width % 8, l.Canvas.Height % 8));
            Assert.InRange(l.Canvas.Width - l.Size.Width, 0, 7);
            Assert.InRange(l.Canvas.Height - l.Size.Height, 0, 7);
        });
    }

    [Fact]
    public void Balanced_small_results_have_one_level() => Assert.Single(Plan("""{"size": 64}""", Square, Square).Levels);

    [Fact]
    public void The_finish_leaves_every_level_a_whole_patch()
    {
        var plan = Plan("""{"size": 32}""", new PixelSize(320, 256), Square);

        Assert.Equal((30, 24), (plan.Levels[^1].Size.Width, plan.Levels[^1].Size.Height));
        Assert.Equal(32, plan.Output.LongSide);
    }

    [Fact]
    public void A_list_of_iterations_makes_as_many_levels()
    {
        var plan = Plan("""{"iterations": [40, 20]}""", Square, Square);

        Assert.Equal([40, 20], plan.Levels.Select(l => l.Iterations));
    }

    [Theory]
    [InlineData(2, new[] { 28, 12 })]
    [InlineData(4, new[] { 28, 12, 6, 3 })]
    [InlineData(5, new[] { 28, 12, 6, 3, 3 })]
    public void A_presets_iterations_follow_the_pyramid_from_its_coarse_end(int levels, int[] iterations) =>
        Assert.Equal(iterations, Plan($$"""{"levels": {{levels}}}""", Square, Square).Levels.Select(l => l.Iterations));

    [Fact]
    public void Weights_of_levels_go_to_their_levels()
    {
        var plan = Plan(
            """{"preset": "paper", "contentWeight": [4, 2, 1], "positionWeight": [0.3, 0.1, 0], "guidance": [2, 1, 0]}""", Square, Square);

        Assert.Equal([4.0, 2.0, 1.0], plan.Levels.Select(l => l.ContentWeight));
        Assert.Equal([0.3, 0.1, 0.0], plan.Levels.Select(l => l.PositionWeight));
        Assert.Equal([2.0, 1.0, 0.0], plan.Levels.Select(l => l.Guidance));
    }

    [Fact]
    public void A_style_follows_the_level_times_its_scale()
    {
        var plan = Plan("""{"preset": "paper", "styleScale": [1, 1.5]}""", Square, new PixelSize(200, 100), new PixelSize(100, 200));

        Assert.Equal([new(384, 192), new(288, 576)], plan.Levels[^1].Styles);
        Assert.Equal([new(96, 48), new(72, 144)], plan.Levels[0].Styles);
    }

    [Fact]
    public void The_finish_factor_is_left_to_the_finish()
    {
        var plan = Plan("""{"size": 768, "finishFactor": 2}""", Square, Square);

        Assert.Equal((768, 384), (plan.Output.LongSide, plan.Levels[^1].Size.LongSide));
    }

    [Theory]
    [InlineData(4000, 80, 500, 500, "size", "less oblong content")]
    [InlineData(500, 500, 4000, 80, "style", "picture 1")]
    public void Too_oblong_pictures_are_refused(int width, int height, int styleWidth, int styleHeight, string field, string says)
    {
        var e = Refused("""{"preset": "authors"}""", new PixelSize(width, height), new PixelSize(styleWidth, styleHeight));

        Assert.Equal(field, e.Problems[0].Field);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.Contains("24 px", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"levels": 8, "levelFactor": 4}""")]
    [InlineData("""{"preset": "paper", "levels": 8, "levelFactor": 3.7}""")]
    [InlineData("""{"preset": "paper", "iterations": [1, 1, 1, 1, 1, 1, 1, 1]}""")]
    [InlineData("""{"preset": "paper", "levels": 2, "levelFactor": 4, "size": 32, "mrfLayers": "relu3_1", "patchSize": 1}""")]
    public void Levels_that_would_be_smaller_than_a_patch_are_refused_with_what_makes_them_larger(string json)
    {
        var e = Refused(json, new(300, 150), Square);

        Assert.Equal("levels", e.Problems[0].Field);
        Assert.Contains("take fewer levels, a smaller levelFactor or a larger size", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 5000, 500, 500, "size")]
    [InlineData(5000, 1, 500, 500, "size")]
    [InlineData(1, 1, 1, 5000, "style")]
    [InlineData(500, 500, 5000, 1, "style")]
    public void Pictures_of_hardly_any_width_are_refused(int width, int height, int styleWidth, int styleHeight, string field)
    {
        foreach (var json in new[] { "{}", """{"levels": 8, "levelFactor": null}""", """{"preset": "paper", "levelFactor": 1.2}""" })
        {
            Assert.Equal(field, Refused(json, new(width, height), new PixelSize(styleWidth, styleHeight)).Problems[0].Field);
        }
    }

    [Fact]
    public void A_style_too_small_beside_the_coarsest_level_is_refused()
    {
        var e = Refused("""{"preset": "paper", "levels": 4, "levelFactor": 4, "size": 512, "mrfLayers": "relu1_1", "styleScale": 0.1}""", Square, Square);

        Assert.Equal("style", e.Problems[0].Field);
        Assert.Contains("a larger styleScale", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_level_has_a_cell_of_the_content_layer()
    {
        const string Shallow = """{"preset": "paper", "mrfLayers": "relu1_1", "contentLayer": "relu4_2", "size": 384""";

        Assert.Contains("8 px", Refused(Shallow + "}", new(512, 8), Square).Message, StringComparison.Ordinal);
        Assert.Equal(8, Plan(Shallow + "}", new(384, 8), Square).Levels[0].Size.Height);
    }

    [Theory]
    [InlineData("""{"size": 8192, "styleScale": [1, 4]}""", "picture 2 32768x32768")]
    [InlineData("""{"size": 8192, "scales": 2, "scaleStep": 2, "scaleSpacing": "geometric"}""", "picture 1 32768x32768")]
    [InlineData("""{"size": 8192, "scales": 10, "scaleStep": 0.09, "styleScale": 2}""", "picture 1 31130x31130")]
    public void Styles_larger_than_any_picture_are_refused(string json, string says)
    {
        var e = Refused(json, new(500, 400), Square, Square);

        Assert.Equal("styleScale", e.Problems[0].Field);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.Contains("at most 715,827,863 px", e.Message, StringComparison.Ordinal);
        Assert.Equal(8192, Plan("""{"size": 8192, "styleScale": [3.2, 8], "styleWeights": [1, 0]}""", Square, Square, Square).Output.Width);
    }

    [Theory]
    [InlineData("{\"preset\": \"authors\"")]
    [InlineData("{\"preset\": \"paper\", \"size\": 128")]
    [InlineData("{\"size\": 48")]
    public void A_style_that_is_left_out_may_be_as_small_as_it_likes_and_changes_no_level(string json)
    {
        var alone = Plan(json + "}", new(400, 300), Square);
        var beside = Plan(json + ", \"styleWeights\": [0, 1]}", new(400, 300), new(4000, 8), Square);

        Assert.Equal(alone.Levels.Select(l => l with { Styles = [] }), beside.Levels.Select(l => l with { Styles = [] }));
        Assert.Equal(alone.Levels.Select(l => l.Styles[0]), beside.Levels.Select(l => l.Styles[1]));
    }

    [Fact]
    public void The_least_side_is_one_patch_of_the_deepest_layer()
    {
        Assert.Equal(24, PyramidPlan.LeastSide(Presets.Paper));
        Assert.Equal(20, PyramidPlan.LeastSide(SettingsJson.Parse("""{"mrfLayers": "relu3_1", "patchSize": 5}""")));
    }

    [Theory]
    [InlineData("""{"size": "300x200"}""", "size", "only the long side")]
    [InlineData("""{"tileable": true}""", "tileable", "for textures")]
    [InlineData("""{"styleWeights": [1, 2]}""", "styleWeights", "2 values for 1 style pictures")]
    [InlineData("""{"preset": "paper", "contentWeight": [4, 1]}""", "contentWeight", "2 values for 3 levels")]
    public void What_does_not_fit_the_pictures_is_refused(string json, string field, string says)
    {
        var e = Refused(json, Square, Square);

        Assert.Equal(field, e.Problems[0].Field);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_synthesis_without_style_is_refused() => Assert.Equal("style", Refused("{}", Square).Problems[0].Field);

    [Fact]
    public void A_texture_cannot_start_from_a_content_that_it_lacks() =>
        Assert.Contains("shuffle or noise", Refused("""{"initial": "content"}""", null, Square).Message, StringComparison.Ordinal);

    [Fact]
    public void A_texture_has_any_size_and_is_square_unless_told()
    {
        Assert.Equal(new(256, 256), Plan("""{"size": 256, "initial": "shuffle"}""", null, new PixelSize(300, 200)).Output);
        Assert.Equal(new(512, 128), Plan("""{"size": "512x128", "initial": "noise"}""", null, new PixelSize(300, 200)).Output);
    }

    [Fact]
    public void Tileable_levels_halve_exactly()
    {
        var plan = Plan("""{"size": "384x192", "tileable": true, "initial": "shuffle", "levels": 3}""", null, Square);

        Assert.Equal([new(96, 48), new(192, 96), new(384, 192)], plan.Levels.Select(l => l.Size));
        Assert.All(plan.Levels, l => Assert.Equal(l.Size, l.Canvas));
    }

    [Fact]
    public void Tileable_sides_that_do_not_divide_are_refused_with_the_next_that_do()
    {
        // 8 · stride 2 · 2^(3−1) = 64.
        var e = Refused("""{"size": "300x200", "tileable": true, "initial": "shuffle", "levels": 3, "stride": 2}""", null, Square);

        Assert.Contains("64 px", e.Message, StringComparison.Ordinal);
        Assert.Contains("320x256", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 8, "416x192")]
    [InlineData(1, 16, "448x192")]
    [InlineData(2, 16, "448x192")]
    [InlineData(3, 16, "576x192")]
    public void No_canvas_of_a_tileable_texture_is_larger_than_its_level(int stride, int multiple, string next)
    {
        string Json(string size) => $$"""
            {"preset": "paper", "size": "{{size}}", "tileable": true, "levels": 3, "stride": {{stride}}, "canvasMultiple": {{multiple}}}
            """;

        Assert.Contains($"try {next}", Refused(Json("408x176"), null, Square).Message, StringComparison.Ordinal);
        Assert.All(Plan(Json(next), null, Square).Levels, l => Assert.Equal(l.Size, l.Canvas));
    }

    [Theory]
    [InlineData(8100, 5, 4, "try 8000x8000")]
    [InlineData(8000, 9, 8, "take fewer levels")]
    public void The_tileable_size_to_try_is_one_that_may_be_asked_for(int size, int stride, int levels, string remedy) => Assert.Contains(
        remedy,
        Refused($$"""{"preset": "paper", "size": {{size}}, "tileable": true, "levels": {{levels}}, "stride": {{stride}}}""", null, Square)
            .Message,
        StringComparison.Ordinal);

    [Fact]
    public void The_deepest_maps_of_a_tileable_texture_cover_it_whole()
    {
        var e = Refused("""{"preset": "paper", "size": 72, "tileable": true, "levels": 1, "mrfLayers": "relu5_1"}""", null, Square);

        Assert.Contains("multiples of 16 px: try 80x80", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_grow_and_end_at_the_asked_size() =>
        Prop.ForAll(
            Arb.From(
                from preset in Gen.Elements("paper", "authors", "balanced")
                from size in Gen.Choose(320, 1200)
                from width in Gen.Choose(300, 900)
                from height in Gen.Choose(300, 900)
                select (preset, size, width, height)),
            c =>
            {
                var plan = Plan($$"""{"preset": "{{c.preset}}", "size": {{c.size}}, "finishFactor": 1}""", new(c.width, c.height), Square);
                var sides = plan.Levels.Select(l => l.Size.LongSide).ToArray();
                return sides[^1] == c.size
                    && plan.Output == plan.Levels[^1].Size
                    && sides.Zip(sides.Skip(1)).All(p => p.First < p.Second)
                    && plan.Levels.All(l => Math.Abs(((double)l.Size.Width / l.Size.Height * c.height / c.width) - 1) < 0.05);
            }).QuickCheckThrowOnFailure();

    private static PyramidPlan Plan(string json, PixelSize? content, params PixelSize[] styles) =>
        PyramidPlan.Create(SettingsJson.Parse(json), content, styles);

    private static SettingsException Refused(string json, PixelSize? content, params PixelSize[] styles) =>
        Assert.Throws<SettingsException>(() => Plan(json, content, styles));
}
