using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Synthesis;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Reference;

public sealed class ScorerReferenceTests
{
    private static readonly SynthesisSettings Paper =
        Presets.Paper with { Rotations = 0, Scales = 0, Device = DeviceChoice.Cpu, Threads = 2 };

    // Pictures are float32, so even in double a score is off by their rounding.
    [Theory]
    [InlineData(ScalarType.Float64, 1e-6)]
    [InlineData(ScalarType.Float32, 1e-5)]
    public void The_score_of_the_paper_s_preset_is_the_design_s_raw_sums(ScalarType type, double tolerance)
    {
        using var context = new EngineContext(Paper, ReferenceData.Weights("weights.safetensors"), type);
        var terms = Scorer.Score(Paper, context, new(Of("content48"), [Of("style52")]), Of("image48"), weighted: false);
        var expected = ReferenceData.Case("energies", "both-s1")["expected"]!;
        Values.AssertRelative((double)expected["mrf.relu3_1"]!, terms.Style["relu3_1"], tolerance, "relu3_1");
        Values.AssertRelative((double)expected["mrf.relu4_1"]!, terms.Style["relu4_1"], tolerance, "relu4_1");
        Values.AssertRelative((double)expected["content"]!, terms.Content, tolerance, "content");
        Values.AssertRelative((double)expected["smoothness"]!, terms.Smoothness, tolerance, "smoothness");
        Values.AssertRelative((double)expected["total"]!, terms.Total, tolerance, "total");
    }

    [Fact]
    public void Weights_that_were_asked_for_enter_the_total_alone()
    {
        var settings = Paper with
        {
            MrfLayers = new(new LayerWeight(new(3, 1), 0.5), new LayerWeight(new(4, 1), 2)),
            StyleWeight = 3,
            ContentWeight = [7],
            SmoothnessWeight = 0.01,
        };
        using var context = new EngineContext(settings, ReferenceData.Weights("weights.safetensors"), ScalarType.Float64);
        var input = new SynthesisInput(Of("content48"), [Of("style52")]);
        var raw = Scorer.Score(settings, context, input, Of("image48"), weighted: false);
        var weighted = Scorer.Score(settings, context, input, Of("image48"), weighted: true);
        Assert.Equal(raw.Style, weighted.Style);
        Assert.Equal((raw.Content, raw.Smoothness), (weighted.Content, weighted.Smoothness));
        Values.AssertRelative(raw.Style.Values.Sum() + raw.Content + (1e-3 * raw.Smoothness), raw.Total, 1e-12);
        Values.AssertRelative(
            (3 * ((0.5 * raw.Style["relu3_1"]) + (2 * raw.Style["relu4_1"]))) + (7 * raw.Content) + (0.01 * raw.Smoothness),
            weighted.Total,
            1e-12);
    }

    [Theory]
    [InlineData(Preset.Authors)]
    [InlineData(Preset.Balanced)]
    public void What_a_preset_minimises_does_not_change_its_score(Preset preset)
    {
        var settings = Paper with { Stride = [2] };
        var other = Presets.Get(preset) with
        {
            Rotations = 0,
            Scales = 0,
            Stride = [2],
            Padding = PaddingChoice.Zero,
            Pooling = PoolingChoice.Max,
            Device = DeviceChoice.Cpu,
            Threads = 2,
        };
        using var context = new EngineContext(settings, ReferenceData.Weights("weights.safetensors"), ScalarType.Float64);
        var input = new SynthesisInput(Of("content48"), [Of("style52")]);
        var a = Scorer.Score(settings, context, input, Of("image48"), false);
        var b = Scorer.Score(other, context, input, Of("image48"), false);
        Assert.Equal(a.Style, b.Style);
        Assert.Equal(a with { Style = b.Style }, b);
    }

    [Fact]
    public void Pictures_of_unequal_size_are_refused()
    {
        using var context = new EngineContext(Paper, ReferenceData.Weights("weights.safetensors"), ScalarType.Float32);
        var e = Assert.Throws<SettingsException>(() =>
            Scorer.Score(Paper, context, new(Of("content57"), [Of("style52")]), Of("image48"), weighted: false));
        Assert.Contains("48x40", e.Message);
        Assert.Contains("57x43", e.Message);
    }

    [Fact]
    public void A_style_smaller_than_a_patch_is_refused()
    {
        using var context = new EngineContext(Paper, ReferenceData.Weights("weights.safetensors"), ScalarType.Float32);
        var e = Assert.Throws<SettingsException>(() =>
            Scorer.Score(Paper, context, new(Of("content48"), [new Picture(23, 60)]), Of("image48"), weighted: false));
        Assert.Contains("smaller than one patch", e.Message);
        Assert.Contains("23x60", e.Message);
    }

    [Fact]
    public void A_wrong_number_of_style_weights_is_refused()
    {
        var settings = Paper with { StyleWeights = [0, 1] };
        using var context = new EngineContext(settings, ReferenceData.Weights("weights.safetensors"), ScalarType.Float32);
        var e = Assert.Throws<SettingsException>(() =>
            Scorer.Score(settings, context, new(Of("content48"), [Of("style52")]), Of("image48"), weighted: false));
        Assert.Equal("styleWeights", e.Problems[0].Field);
        Assert.Contains("2 values for 1 style pictures: give one value, or one a picture", e.Message);
    }

    [Fact]
    public void A_style_of_weight_zero_changes_no_score_and_may_be_of_any_size()
    {
        using var context = new EngineContext(Paper, ReferenceData.Weights("weights.safetensors"), ScalarType.Float32);
        EnergyTerms Score(SynthesisSettings settings, params Picture[] styles) =>
            Scorer.Score(settings, context, new(Of("content48"), styles), Of("image48"), weighted: false);
        var (alone, beside) = (
            Score(Paper, Of("style52")), Score(Paper with { StyleWeights = [0, 1] }, new Picture(23, 4), Of("style52")));
        Assert.Equal(alone.Style, beside.Style);
        Assert.Equal(alone with { Style = beside.Style }, beside);
    }

    [Fact]
    public void An_image_without_a_cell_of_the_content_layer_is_refused()
    {
        var settings = Paper with { MrfLayers = new(new LayerWeight(new(1, 1), 1)) };
        using var context = new EngineContext(settings, ReferenceData.Weights("weights.safetensors"), ScalarType.Float32);
        var e = Assert.Throws<SettingsException>(() =>
            Scorer.Score(settings, context, new(new Picture(30, 7), [Of("style52")]), new Picture(30, 7), weighted: false));
        Assert.Contains("30x7", e.Message);
        Assert.Contains("relu4_2", e.Message);
    }

    private static Picture Of(string name) => PixelSpace.Pixels.ToPicture(ReferenceData.Picture(name, ScalarType.Float64));
}
