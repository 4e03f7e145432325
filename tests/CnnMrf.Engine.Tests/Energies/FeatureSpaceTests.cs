using System.Globalization;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Energies;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Styles;
using CnnMrf.Engine.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Energies;

public sealed class FeatureSpaceTests : IDisposable
{
    private const double Guidance = 1.3;

    private static readonly LayerName Relu21 = new(2, 1);

    private static readonly SynthesisSettings Plain = Presets.Paper with
    {
        Rotations = 0,
        Scales = 0,
        ContentWeight = [3.0],
        SmoothnessWeight = 0.1,
        StyleWeights = [1, 0, 1],
        InducedLayers = new(new LayerWeight(Relu21, 0.5)),
        Device = DeviceChoice.Cpu,
        Threads = 1,
    };

    // Three networks of other widths; the second reads 0…255 in BGR and pools by the maximum.
    private readonly FeatureNetwork[] _networks =
    [
        Network([4, 6, 8, 10, 10], PixelSpace.Torchvision, 1), Network([3, 5, 6, 7, 7], PixelSpace.Caffe, 2),
        Network([5, 4, 7, 6, 6], PixelSpace.Torchvision, 3),
    ];

    private readonly PlainMatcher _matcher = new();

    public static TheoryData<string, string> Pairs => new()
    {
        // Network:weight
        { "0:1 1:0.5", "2:3 0:1" },
        { "0:1 2:0.7", "0:1 2:0.7" },
        { "1:2 2:1", "1:1" },
        { "0:1", "1:1" },
        { "1:1", "0:1 1:2 2:3" },
    };

    public void Dispose()
    {
        foreach (var network in _networks)
        {
            network.Dispose();
        }

        _matcher.Dispose();
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Value_and_gradient_are_those_of_plain_patches_of_features_side_by_side(string match, string pull)
    {
        using var scope = NewDisposeScope();
        var styles = Enumerable.Range(0, 3).Select(i => EnergyProblem.Picture(34 + (3 * i), 37 - (2 * i), i)).ToArray();
        var (content, image) = (EnergyProblem.Picture(40, 33, 5), EnergyProblem.Picture(40, 33, 6));
        using var problem = new Problem(Pair(match, pull), Plain, [styles[0], null, styles[2]], content, _matcher, Guidance);
        var (value, gradient) = problem.Energy.Evaluate(image);

        var x = image.clone().requires_grad_();
        var expected = Definition(x, content, styles, match, pull, problem.Energy);
        var slope = autograd.grad([expected], [x])[0];
        Values.AssertRelative(expected.ToDouble(), value, 1e-10);
        Assert.InRange(gradient.RelativeNorm(slope), 0, 1e-10);
    }

    public static TheoryData<string> Kinds => new(Variants.Keys);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_gradient_is_that_of_finite_differences(string kind)
    {
        using var scope = NewDisposeScope();
        var settings = Variants[kind];
        var content = settings.Tileable ? null : EnergyProblem.Picture(48, 32, 3);
        Tensor[] styles = [EnergyProblem.Picture(34, 29, 1), EnergyProblem.Picture(40, 40, 4), EnergyProblem.Picture(27, 40, 2)];
        using var problem = new Problem(Pair("0:1 1:0.5", "2:3 1:1"), settings, styles, content, _matcher, Guidance);
        var energy = problem.Energy;
        var v = energy.Space.From(EnergyProblem.Picture(48, 32, 6), PixelSpace.Torchvision);
        var evaluation = energy.Evaluate(v);
        foreach (var (layer, field) in energy.Fields.ToArray())
        {
            energy.Inject(layer, field);
        }

        using var generator = new Generator(5, CPU);
        var size = settings.Variable == VariableSpace.Caffe ? 1e-4 : 1e-6;
        var along = randn(v.shape, ScalarType.Float64, CPU, generator: generator);
        var difference = (energy.Evaluate(v + (along * size)).Value - energy.Evaluate(v - (along * size)).Value) / (2 * size);
        Values.AssertRelative(difference, (evaluation.Gradient * along).sum().item<double>(), 1e-4);
    }

    [Fact]
    public void A_network_alone_is_taken_as_it_is_whatever_its_weight()
    {
        using var scope = NewDisposeScope();
        Tensor[] styles = [EnergyProblem.Picture(34, 29, 1)];
        var (content, image) = (EnergyProblem.Picture(40, 33, 5), EnergyProblem.Picture(40, 33, 6));
        var settings = Plain with { StyleWeights = [1.0] };
        using var bare = new Problem(SpacePair.Of(_networks[0]), settings, styles, content, _matcher, 0);
        using var weighted = new Problem(Pair("0:7", "0:0.1"), settings, styles, content, _matcher, 0);
        var (a, b) = (bare.Energy.Evaluate(image), weighted.Energy.Evaluate(image));
        Assert.Equal(a.Value, b.Value);
        Assert.Equal(a.Gradient.Doubles(), b.Gradient.Doubles());
    }

    [Fact]
    public void The_networks_weights_in_the_matching_space_decide_who_picks()
    {
        using var scope = NewDisposeScope();
        Tensor[] styles = [EnergyProblem.Picture(48, 48, 1)];
        var image = EnergyProblem.Picture(48, 48, 2);
        int[] Picked(string match)
        {
            using var problem = new Problem(Pair(match, "0:1"), Plain with { StyleWeights = [1.0] }, styles, null, _matcher, 0);
            problem.Energy.Evaluate(image);
            return problem.Energy.Fields[new(3, 1)].Index;
        }

        var (first, second) = (Picked("0:1"), Picked("2:1"));
        Assert.NotEqual(first, second);
        Assert.Equal(first, Picked("0:1 2:1e-6"));
        Assert.Equal(second, Picked("0:1e-6 2:1"));
        var between = Picked("0:1 2:1");
        Assert.True(between.Zip(first).Any(p => p.First != p.Second) && between.Zip(second).Any(p => p.First != p.Second));
    }

    [Theory]
    [InlineData("0:1 1:0.5", "2:1")]
    [InlineData("0:1", "2:1 1:1")]
    public void Networks_are_not_measured_on_a_style_without_a_cell_of_the_content_layer(string match, string pull)
    {
        using var scope = NewDisposeScope();
        var settings = Plain with { MrfLayers = new(new LayerWeight(new(1, 1), 1)), InducedLayers = LayerWeights.None };
        Tensor[] styles = [EnergyProblem.Picture(40, 30, 1), EnergyProblem.Picture(40, 7, 1), EnergyProblem.Picture(7, 40, 1)];
        var e = Assert.Throws<SettingsException>(() => new Problem(Pair(match, pull), settings, styles, null, _matcher, 0));
        Assert.Equal("style", e.Problems[0].Field);
        Assert.Contains("picture 3 is 7x40 px", e.Message);
    }

    [Fact]
    public void Only_what_is_pulled_can_be_traced_back_and_nothing_is_run_that_nobody_needs()
    {
        using var scope = NewDisposeScope();
        var pair = Pair("0:1 1:0.5", "2:3 0:1");
        var x = EnergyProblem.Picture(32, 32, 1).requires_grad_();
        var features = pair.Forward(x, [new(3, 1)], [Relu21]);
        Assert.Contains(new LayerName(3, 1), features.Trace(pair.Match.Parts[0].Network).Features.Keys);
        Assert.Throws<KeyNotFoundException>(() => features.Trace(pair.Match.Parts[1].Network));
        Assert.Contains(Relu21, features.Trace(pair.Pull.Parts[0].Network).Features.Keys);
        Assert.Throws<KeyNotFoundException>(() => features[pair.Pull.Parts[0].Network, new(3, 1)]);
        Assert.Throws<KeyNotFoundException>(() => features[pair.Match.Parts[1].Network, Relu21]);
        Assert.Throws<KeyNotFoundException>(() => pair.Forward(x, [], [Relu21])[pair.Match.Parts[1].Network, Relu21]);
    }

    private static Dictionary<string, SynthesisSettings> Variants { get; } = new()
    {
        ["normalized"] = Plain with { Objective = ObjectiveKind.Normalized, Stride = [2, 1] },
        ["authors"] = Plain with
        {
            Objective = ObjectiveKind.Authors,
            Variable = VariableSpace.Caffe,
            Stride = [2],
            StyleWeight = 10,
            ContentWeight = [20],
        },
        ["the content at a matched layer"] = Plain with { ContentLayer = "relu4_1", Rotations = 1 },
        ["tileable"] = Plain with { Tileable = true },
    };

    private static FeatureNetwork Network(int[] widths, PixelSpace input, int seed)
    {
        using var random = NetworkWeights.Random(seed, new(4, 2), widths);
        using var weights = new NetworkWeights(
            "narrow", input, input == PixelSpace.Caffe, WeightsKind.Random,
            [.. random.Convolutions.Select(c => c with { Weight = c.Weight.clone(), Bias = c.Bias.clone() })]);
        return new(weights, new(4, 2), PoolingChoice.Auto, PaddingChoice.Replicate, ScalarType.Float64, CPU);
    }

    private static IEnumerable<(int Network, double Weight)> Parts(string text) => text.Split(' ').Select(part =>
        (int.Parse(part.Split(':')[0], CultureInfo.InvariantCulture), double.Parse(part.Split(':')[1], CultureInfo.InvariantCulture)));

    private SpacePair Pair(string match, string pull)
    {
        var networks = _networks.Select(n => new SpaceNetwork(n, n, PixelSpace.Torchvision)).ToArray();
        FeatureSpace Space(string text) => new(Parts(text).Select(p => new SpacePart(networks[p.Network], p.Weight)));
        var pulling = Space(pull);
        return new(match == pull ? pulling : Space(match), pulling, PixelSpace.Torchvision);
    }

    // The sums of the paper, over patches that are cut out, differentiated by torch itself; only the smoothness term is taken as it is.
    private Tensor Definition(Tensor x, Tensor content, Tensor[] styles, string match, string pull, LevelEnergy energy)
    {
        Tensor[] counting = [styles[0], styles[2]];
        var total = (Joint(x, pull, new(4, 2)) - Joint(content, pull, new(4, 2))).square().sum() * 3;
        foreach (var layer in new LayerName[] { new(3, 1), new(4, 1) })
        {
            var query = cat([Patches(Joint(x.detach(), match, layer)), Patches(Joint(content, match, layer)) * Guidance], 1);
            var offered = cat([.. counting.Select(s => Patches(Joint(s, match, layer)))], 0);
            var ncc = Unit(query).mm(Unit(cat([offered, offered * Guidance], 1)).t());
            var nearest = ncc.argmax(1);
            var targets = cat([.. counting.Select(s => Patches(Joint(s, pull, layer)))], 0);
            var sum = (Patches(Joint(x, pull, layer)) - targets.index_select(0, nearest)).square().sum();
            Values.AssertRelative(sum.ToDouble(), energy.Terms.Style[layer.ToString()], 1e-10, $"{layer}");
            var best = ncc.max(1).values.Doubles();
            Assert.All(best.Zip(energy.Fields[layer].Score), s => Assert.Equal(s.First, s.Second, 1e-6));
            total += sum;
            if (layer == new LayerName(3, 1))
            {
                // A cell of relu3_1 is two of relu2_1.
                var under = cat([.. counting.Select(s => Patches(Joint(s, pull, Relu21), 2, Cells(s)))], 0);
                total += (Patches(Joint(x, pull, Relu21), 2, Cells(x)) - under.index_select(0, nearest)).square().sum() * 0.5;
            }
        }

        var (right, down) = (x.diff(1, 3), x.diff(1, 2));
        return total + ((right.square().sum() + down.square().sum()) * 0.1);

        Tensor Joint(Tensor picture, string text, LayerName layer)
        {
            var parts = Parts(text).ToArray();
            return cat([.. parts.Select(p =>
            {
                Tensor Features(Tensor y) => _networks[p.Network].Forward(
                    _networks[p.Network].Input.From(y, PixelSpace.Torchvision), [layer])[layer];
                if (parts.Length == 1)
                {
                    return Features(picture);
                }

                var norms = cat([.. counting.Select(s => Features(s).norm(1).flatten())]);
                return Features(picture) * (p.Weight / norms.mean().ToDouble());
            })], 1);
        }

        static (long, long) Cells(Tensor picture) => (picture.shape[2] / 4, picture.shape[3] / 4);
        static Tensor Unit(Tensor patches) => patches / patches.norm(1, keepdim: true).clamp_min(1e-300);
    }

    // [patches, values]: 3×3 cells of the grid's layer at every cell.
    private static Tensor Patches(Tensor features, int zoom = 1, (long Height, long Width)? cells = null)
    {
        var windows = features.unfold(2, 3 * zoom, zoom).unfold(3, 3 * zoom, zoom);
        if (cells is { } c)
        {
            windows = windows.narrow(2, 0, c.Height - 2).narrow(3, 0, c.Width - 2);
        }

        return windows.permute(0, 2, 3, 1, 4, 5).reshape(windows.shape[2] * windows.shape[3], -1);
    }

    private sealed class Problem : IDisposable
    {
        private readonly StyleFeatures _styles;

        public Problem(
            SpacePair pair, SynthesisSettings settings, Tensor?[] styles, Tensor? content, IPatchMatcher matcher, double guidance)
        {
            _styles = new(pair, settings, styles, MatchLayer.Of(settings));
            Energy = new(settings, _styles, content, settings.ContentWeight[0], 0, matcher, 1, guidance);
        }

        public LevelEnergy Energy { get; }

        public void Dispose()
        {
            Energy.Dispose();
            _styles.Dispose();
        }
    }
}
