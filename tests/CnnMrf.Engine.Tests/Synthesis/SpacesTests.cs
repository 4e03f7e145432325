using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Engine.Weights;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Synthesis;

public sealed class SpacesTests
{
    private static readonly SynthesisInput Pair = new(Narrow.Picture(48, 40, 1), [Narrow.Picture(52, 44, 2)]);

    [Fact]
    public void Auto_is_the_weights_alone()
    {
        var settings = Narrow.Settings(Preset.Balanced);
        var explicitly = settings with { MatchSpace = NetworkMix.Weights, PullSpace = NetworkMix.Parse("weights:3") };
        Assert.Equal(Run(settings).Picture.Rgb, Run(explicitly).Picture.Rgb);
        Assert.Equal(NetworkMix.Weights, Run(settings).Report.Settings.MatchSpace);
    }

    [Theory]
    [InlineData(WeightsKind.Own)]
    [InlineData(WeightsKind.Random)]
    [InlineData(WeightsKind.Trained)]
    public void Published_presets_match_and_pull_in_one_network_whatever_the_weights(WeightsKind weights)
    {
        foreach (var preset in new[] { Preset.Paper, Preset.Authors, Preset.AuthorsCli })
        {
            Assert.Equal((NetworkMix.Weights, NetworkMix.Weights), AutomaticSpaces.For(preset, weights));
        }
    }

    [Fact]
    public void A_network_takes_part_at_the_levels_where_it_has_a_weight()
    {
        var settings = Narrow.Settings(Preset.Balanced) with { Handover = Handover.Bilinear };
        var alone = Run(settings).Report.Levels;
        var joined = settings with
        {
            MatchSpace = NetworkMix.Parse("weights,narrow:0/1"),
            PullSpace = NetworkMix.Parse("weights,narrow:0/2"),
        };
        var late = Run(joined).Report.Levels;
        Assert.Equal(alone[0].Objective.Trace.Select(t => t.Objective), late[0].Objective.Trace.Select(t => t.Objective));
        Assert.NotEqual(alone[1].Objective.First, late[1].Objective.First);
        Assert.True(late[1].Objective.Last < late[1].Objective.First);
    }

    [Fact]
    public void Levels_have_the_networks_that_take_part_and_equal_spaces_are_one()
    {
        using var context = Narrow.Context(Narrow.Settings(Preset.Balanced));
        var settings = Narrow.Settings(Preset.Balanced) with
        {
            MatchSpace = NetworkMix.Parse("weights,narrow:0/1/2"),
            PullSpace = NetworkMix.Parse("weights:5/1,narrow:0/1/3"),
        };
        using var bank = new NetworkBank(context, settings);
        var (first, second, third) = (bank.At(0), bank.At(1), bank.At(2));
        Assert.Equal((1, 2, 2), (first.Match.Parts.Count, second.Match.Parts.Count, third.Pull.Parts.Count));
        Assert.Equal((true, true, false), (first.IsOne, second.IsOne, third.IsOne));
        Assert.Equal([1, 3], third.Pull.Parts.Select(p => p.Weight));
        Assert.Equal(third.Pull.Parts.Select(p => p.Network), third.Match.Parts.Select(p => p.Network));
        Assert.Equal(third.Match.Parts, bank.At(6).Match.Parts);
    }

    [Fact]
    public void A_network_needs_the_layers_that_are_asked_of_it_and_no_more()
    {
        using var shallow = NetworkWeights.Random(1, new(3, 1), [4, 6, 8, 10, 10]);
        var settings = Narrow.Settings(Preset.Balanced) with { MrfLayers = new(new LayerWeight(new(3, 1), 1)), Stride = [1] };
        using var context = new EngineContext(settings, shallow, ScalarType.Float32);
        NetworkBank Bank(string pull) =>
            new(context, settings with { MatchSpace = NetworkMix.Weights, PullSpace = NetworkMix.Parse(pull) });
        Bank("narrow").Dispose();
        var e = Assert.Throws<SettingsException>(() => Bank("narrow,weights"));
        Assert.Contains("end at relu3_1, but relu4_2 is needed", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_networks_prefer_different_pooling_each_has_its_own()
    {
        using var narrow = Narrow.Weights();
        PoolingChoice Pooling(string space, PoolingChoice asked)
        {
            var settings = Narrow.Settings(Preset.Balanced) with { PullSpace = NetworkMix.Parse(space), Pooling = asked };
            var max = new NetworkWeights("w", narrow.Input, true, WeightsKind.Trained, [.. narrow.Convolutions.Select(c =>
                c with { Weight = c.Weight.clone(), Bias = c.Bias.clone() })]);
            using var synthesizer = new Synthesizer(settings, new EngineContext(settings, max, ScalarType.Float32));
            return synthesizer.Settings.Pooling;
        }

        Assert.Equal(PoolingChoice.Max, Pooling("weights", PoolingChoice.Auto));
        Assert.Equal(PoolingChoice.Auto, Pooling("weights,narrow", PoolingChoice.Auto));
        Assert.Equal(PoolingChoice.Average, Pooling("weights,narrow", PoolingChoice.Average));
    }

    // In the space of the network the mean colour has no feature at all: no scale follows from it.
    [Fact]
    public void Pictures_without_any_structure_give_no_NaN()
    {
        var settings = Narrow.Settings(Preset.Balanced) with
        {
            Iterations = [2],
            Levels = 1,
            MatchSpace = NetworkMix.Parse("weights,narrow:0.5"),
            PullSpace = NetworkMix.Parse("narrow,weights:2"),
            Guidance = [1],
        };
        var flat = Narrow.Flat(48, 40, 0.485f, 0.456f, 0.406f);
        foreach (var (content, style) in new[] { (flat, flat), (Pair.Content!, flat), (flat, Pair.Styles[0]) })
        {
            var result = Run(settings, new(content, [style]));
            Assert.All(result.Picture.Rgb, v => Assert.True(v is >= 0 and <= 1, $"{v}"));
            Assert.All(result.Report.Levels, l => Assert.True(double.IsFinite(l.Objective.Last), $"{l.Objective.Last}"));
        }
    }

    [Fact]
    public void A_tileable_texture_goes_round_its_edges_in_every_network()
    {
        var settings = Narrow.Settings(Preset.Balanced, 64) with
        {
            Initial = InitialPicture.Shuffle,
            Tileable = true,
            Levels = 1,
            MatchSpace = NetworkMix.Parse("weights,narrow"),
        };
        var result = Run(settings, new(null, Pair.Styles));
        Assert.True(result.Report.Levels[0].Objective.Last < result.Report.Levels[0].Objective.First);
    }

    private static SynthesisResult Run(SynthesisSettings settings, SynthesisInput? input = null)
    {
        using var synthesizer = Narrow.Synthesizer(settings);
        return synthesizer.Run(input ?? Pair);
    }
}
