using CnnMrf.Core.Settings;

namespace CnnMrf.Core.Tests.Settings;

public sealed class PresetTests
{
    private static readonly LayerWeights BothLayers = new(new(new(3, 1), 1), new(new(4, 1), 1));

    [Fact]
    public void Paper_is_the_published_text()
    {
        var paper = SettingsJson.Parse("""{"preset": "paper"}""");

        Assert.Equal(BothLayers, paper.MrfLayers);
        Assert.Equal([3], paper.PatchSize);
        Assert.Equal([1], paper.Stride);
        Assert.Equal(1, paper.StyleStrideFor(0));
        Assert.Equal("relu4_2", paper.ContentLayer);
        Assert.Equal(ObjectiveKind.Sum, paper.Objective);
        Assert.Equal([1.0], paper.ContentWeight);
        Assert.Equal(1e-3, paper.SmoothnessWeight);
        Assert.Equal(VariableSpace.Weights, paper.Variable);
        Assert.Equal((2, 7.5), (paper.Rotations, paper.RotationStep));
        Assert.Equal((3, 0.05, ScaleSpacing.Linear), (paper.Scales, paper.ScaleStep, paper.ScaleSpacing));
        Assert.Equal((InitialPicture.Noise, NoiseKind.Uniform), (paper.Initial, paper.Noise));
        Assert.Equal((64, 2.0, null as int?), (paper.CoarsestSize, paper.LevelFactor, paper.Levels));
        Assert.Equal([200], paper.Iterations);
        Assert.Equal(25, paper.History);
    }

    [Fact]
    public void Authors_is_their_transfer_run()
    {
        var authors = SettingsJson.Parse("""{"preset": "authors"}""");

        Assert.Equal(BothLayers, authors.MrfLayers);
        Assert.Equal([2], authors.Stride);
        Assert.Equal(2, authors.StyleStrideFor(1));
        Assert.Equal(ObjectiveKind.Authors, authors.Objective);
        Assert.Equal([20.0], authors.ContentWeight);
        Assert.Equal((1e-4, 1e-3), (authors.StyleWeight, authors.SmoothnessWeight));
        Assert.Equal(VariableSpace.Caffe, authors.Variable);
        Assert.Equal((1, 7.5), (authors.Rotations, authors.RotationStep));
        Assert.Equal((1, 1.05, ScaleSpacing.Geometric), (authors.Scales, authors.ScaleStep, authors.ScaleSpacing));
        Assert.Equal((InitialPicture.Content, NoiseKind.Gaussian), (authors.Initial, authors.Noise));
        Assert.Equal((3, SideRounding.Up), (authors.Levels, authors.SideRounding));
        Assert.Equal([100], authors.Iterations);
    }

    [Fact]
    public void Authors_cli_differs_from_authors_in_content_layer_and_copies_only()
    {
        var expected = Presets.Authors with { Preset = Preset.AuthorsCli, ContentLayer = "relu4_1", Rotations = 0, Scales = 0 };

        Assert.Equal(expected, SettingsJson.Parse("""{"preset": "authors-cli"}"""));
    }

    [Theory]
    [InlineData(Preset.Paper)]
    [InlineData(Preset.Authors)]
    [InlineData(Preset.AuthorsCli)]
    public void Published_presets_pool_pad_and_hand_over_as_published(Preset preset)
    {
        var s = Presets.Get(preset);

        Assert.Equal((PoolingChoice.Max, PaddingChoice.Zero), (s.Pooling, s.Padding));
        Assert.Equal((Handover.Bilinear, Finish.None, 1.0), (s.Handover, s.Finish, s.FinishFactor));
        Assert.Equal(ColorMatch.Off, s.MatchColors);
        Assert.Equal(LayerWeights.None, s.InducedLayers);
        Assert.Equal([0.0], s.PositionWeight);
        Assert.Equal(MirroredCopies.Off, s.Mirrored);
        Assert.Equal(PositionReference.Place, s.PositionBy);
        Assert.Equal([0.0], s.Guidance);
        Assert.Equal((NetworkMix.Auto, NetworkMix.Auto), (s.MatchSpace, s.PullSpace));
        Assert.Equal(-1, s.ConfidenceThreshold);
        Assert.Equal((SearchChoice.Exact, 0.0), (s.Search, s.FirstStep));
        Assert.Equal([1], s.MatchEvery);
        Assert.Equal(384, s.Size.LongSide);
    }

    [Fact]
    public void Balanced_pools_and_pads_as_the_weights_prefer() => Assert.Equal(
        (PoolingChoice.Auto, PaddingChoice.Auto), (Presets.Balanced.Pooling, Presets.Balanced.Padding));

    [Fact]
    public void Balanced_expects_patches_where_the_style_shows_the_content_s_parts() => Assert.Equal(
        (PositionReference.Parts, 0.6, MirroredCopies.Auto),
        (Presets.Balanced.PositionBy, Presets.Balanced.PositionWeight[0], Presets.Balanced.Mirrored));

    [Fact]
    public void Balanced_is_the_default() => Assert.Equal(Presets.Balanced, SettingsJson.Parse("{}"));

    [Theory]
    [InlineData(Preset.Balanced)]
    [InlineData(Preset.Paper)]
    [InlineData(Preset.Authors)]
    [InlineData(Preset.AuthorsCli)]
    public void A_preset_is_valid_and_survives_json(Preset preset)
    {
        var settings = Presets.Get(preset);

        SettingsValidator.Validate(settings);
        Assert.Equal(settings, SettingsJson.Resolve(SettingsJson.ToNode(settings)));
    }
}
