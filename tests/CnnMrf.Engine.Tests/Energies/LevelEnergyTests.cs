using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;
using FsCheck;
using FsCheck.Fluent;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Energies;

public sealed class LevelEnergyTests
{
    private static readonly LayerName Relu21 = new(2, 1);
    private static readonly LayerName Relu31 = new(3, 1);

    private static readonly SynthesisSettings Plain = Presets.Paper with
    {
        Rotations = 0,
        Scales = 0,
        Pooling = PoolingChoice.Average,
        Device = DeviceChoice.Cpu,
        Threads = 1,
    };

    [Theory]
    [InlineData(ScalarType.Float64, 1)]
    [InlineData(ScalarType.Float64, 2)]
    [InlineData(ScalarType.Float32, 1)]
    [InlineData(ScalarType.Float32, 2)]
    public void The_MRF_energy_of_the_style_itself_is_zero(ScalarType type, int stride)
    {
        var sides = from w in Gen.Choose(24, 50)
                    from h in Gen.Choose(24, 50)
                    from seed in Gen.Choose(0, 10_000)
                    select (w, h, seed);
        Prop.ForAll(sides.ToArbitrary(), side =>
        {
            using var scope = NewDisposeScope();
            var style = EnergyProblem.Picture(side.w, side.h, side.seed, type);
            using var problem = new EnergyProblem(Plain with { Stride = [stride] }, [style], type: type);
            problem.Energy.Evaluate(style);
            Assert.All(problem.Energy.Fields.Values, f => Assert.Equal(Enumerable.Range(0, f.Grid.Count), f.Index));
            Assert.All(problem.Energy.Terms.Style.Values, e => Assert.Equal(0, e));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10).WithQuietOnSuccess(true));
    }

    public static TheoryData<string> Kinds => new(Variants.Keys);

    // The gradient along a random direction against the objective's own differences, matches held.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_gradient_is_that_of_finite_differences(string kind)
    {
        using var scope = NewDisposeScope();
        var (settings, width, height) = Variants[kind];
        var styles = new[] { EnergyProblem.Picture(34, 29, 1), EnergyProblem.Picture(27, 40, 2) };
        var content = settings.Tileable ? null : EnergyProblem.Picture(width, height, 3);
        using var problem = new EnergyProblem(settings, styles, content, guidance: settings.Guidance[0]);
        var x = problem.Energy.Space.From(EnergyProblem.Picture(width, height, 4), PixelSpace.Torchvision);
        var evaluation = problem.Energy.Evaluate(x);
        foreach (var (layer, field) in problem.Energy.Fields.ToArray())
        {
            problem.Energy.Inject(layer, field);
        }

        using var generator = new Generator(5, CPU);
        var size = settings.Variable == VariableSpace.Caffe ? 1e-4 : 1e-6;
        for (var n = 0; n < 3; n++)
        {
            var along = randn(x.shape, ScalarType.Float64, CPU, generator: generator);
            var slope = (evaluation.Gradient * along).sum().item<double>();
            var difference = (problem.Energy.Evaluate(x + (along * size)).Value - problem.Energy.Evaluate(x - (along * size)).Value)
                / (2 * size);
            Values.AssertRelative(difference, slope, 1e-4, $"direction {n}");
        }
    }

    [Fact]
    public void Matches_are_found_anew_as_often_as_the_settings_say()
    {
        using var scope = NewDisposeScope();
        using var problem = new EnergyProblem(Plain with { MatchEvery = [3, 1] }, [EnergyProblem.Picture(40, 40, 1)]);
        var fields = new List<IReadOnlyDictionary<LayerName, PatchField>>();
        for (var n = 0; n < 5; n++)
        {
            problem.Energy.Evaluate(EnergyProblem.Picture(40, 40, 10 + n));
            fields.Add(problem.Energy.Fields);
            Assert.Equal(n % 3 == 2 ? [] : [Relu31], problem.Energy.Kept.Keys);
        }

        Assert.Same(fields[0][Relu31], fields[1][Relu31]);
        Assert.Same(fields[0][Relu31], fields[2][Relu31]);
        Assert.NotEqual(fields[2][Relu31].Index, fields[3][Relu31].Index);
        Assert.Same(fields[3][Relu31], fields[4][Relu31]);
        Assert.NotEqual(fields[0][new(4, 1)].Index, fields[1][new(4, 1)].Index);
        using var always = new EnergyProblem(Plain, [EnergyProblem.Picture(40, 40, 1)]);
        always.Energy.Evaluate(EnergyProblem.Picture(40, 40, 13));
        Assert.Equal(always.Energy.Fields[Relu31].Index, fields[3][Relu31].Index);
    }

    [Fact]
    public void Matches_of_an_evaluation_that_was_cancelled_or_not_finite_are_not_used_again()
    {
        using var scope = NewDisposeScope();
        using var problem = new EnergyProblem(Plain with { MatchEvery = [2] }, [EnergyProblem.Picture(40, 40, 1)]);
        problem.Energy.Evaluate(EnergyProblem.Picture(40, 40, 10));
        var before = problem.Energy.Kept;
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            problem.Energy.Begin();
            problem.Energy.Evaluate(EnergyProblem.Picture(40, 40, 10));
            problem.Energy.Evaluate(EnergyProblem.Picture(40, 40, 11));
            problem.Energy.Evaluate(EnergyProblem.Picture(40, 40, 12), new CancellationToken(canceled: true));
        });
        Assert.Empty(problem.Energy.Kept);
        Assert.Equal(before[Relu31].Index, problem.Energy.Fields[Relu31].Index);
        problem.Energy.Evaluate(EnergyProblem.Picture(40, 40, 12) * double.NaN);
        Assert.Empty(problem.Energy.Fields);
    }

    [Fact]
    public void A_picture_smaller_than_a_patch_is_refused_with_the_remedy()
    {
        using var scope = NewDisposeScope();
        using var problem = new EnergyProblem(Plain, [EnergyProblem.Picture(30, 30, 1)]);
        var e = Assert.Throws<ArgumentException>(() => problem.Energy.Evaluate(EnergyProblem.Picture(40, 23, 2)));
        Assert.Contains("smaller than one patch", e.Message);
        Assert.Contains("larger picture", e.Message);
    }

    [Fact]
    public void A_style_smaller_than_a_patch_is_refused_with_the_remedy()
    {
        using var scope = NewDisposeScope();
        var e = Assert.Throws<SettingsException>(() =>
            new EnergyProblem(Plain, [EnergyProblem.Picture(30, 30, 1), EnergyProblem.Picture(30, 23, 1)]));
        Assert.Contains("picture 2 is 30x23 px", e.Message);
        Assert.Contains("smaller than one patch of 24 px", e.Message);
    }

    [Fact]
    public void A_shrunk_copy_without_a_whole_patch_is_left_out()
    {
        using var scope = NewDisposeScope();
        using var problem = new EnergyProblem(Plain with { Scales = 2, ScaleStep = 0.1 }, [EnergyProblem.Picture(26, 30, 1)]);
        Assert.Equal([1, 1.1, 1.2], problem.Styles.Copies.Select(c => Math.Round(c.Transform.Scale, 6)));
        problem.Energy.Evaluate(EnergyProblem.Picture(40, 30, 2));
        Assert.True(problem.Energy.Terms.Total > 0);
    }

    [Fact]
    public void Patches_of_a_style_of_weight_zero_are_never_picked()
    {
        using var scope = NewDisposeScope();
        Tensor[] styles = [EnergyProblem.Picture(40, 30, 1), EnergyProblem.Picture(33, 36, 2)];

        // The image is the first style: without the weights it would win everywhere.
        using var both = new EnergyProblem(Plain, styles);
        using var second = new EnergyProblem(Plain with { StyleWeights = [0, 1] }, [null, styles[1]]);
        using var alone = new EnergyProblem(Plain, [styles[1]]);
        both.Energy.Evaluate(styles[0]);
        second.Energy.Evaluate(styles[0]);
        alone.Energy.Evaluate(styles[0]);
        Assert.All(both.Energy.Terms.Style.Values, e => Assert.Equal(0, e));
        foreach (var (layer, field) in second.Energy.Fields)
        {
            Assert.Equal(1, Assert.Single(second.Styles.Pool(layer)).Style);
            Assert.Equal(alone.Energy.Fields[layer].Index, field.Index);
        }

        Assert.Equal(alone.Energy.Terms.Style, second.Energy.Terms.Style);
    }

    [Fact]
    public void A_preferred_style_is_picked_more_often()
    {
        using var scope = NewDisposeScope();
        Tensor[] styles = [EnergyProblem.Picture(40, 30, 1), EnergyProblem.Picture(33, 36, 2)];
        var image = EnergyProblem.Picture(40, 40, 3);
        var shares = new List<double>();
        foreach (var weight in new[] { 0.01, 0.9, 0.97, 1 })
        {
            using var problem = new EnergyProblem(Plain with { StyleWeights = [1, weight] }, styles);
            problem.Energy.Evaluate(image);
            var field = problem.Energy.Fields[Relu31];
            var second = problem.Styles.Pool(Relu31)[1].FirstIndex;
            shares.Add(field.Index.Count(j => j >= second) / (double)field.Index.Length);
        }

        Assert.Equal(0, shares[0]);
        Assert.Equal(shares.Order(), shares);
        Assert.True(shares[3] > shares[1]);
    }

    [Theory]
    [InlineData(ObjectiveKind.Normalized)]
    [InlineData(ObjectiveKind.Sum)]
    [InlineData(ObjectiveKind.Authors)]
    public void A_style_of_weight_zero_changes_nothing_of_the_objective(ObjectiveKind objective)
    {
        using var scope = NewDisposeScope();
        Tensor[] styles = [EnergyProblem.Picture(40, 30, 1), EnergyProblem.Picture(33, 36, 2)];
        var settings = Plain with { Objective = objective, InducedLayers = new(new LayerWeight(Relu21, 0.5)) };
        using var second = new EnergyProblem(settings with { StyleWeights = [0, 1] }, styles);
        using var alone = new EnergyProblem(settings, [styles[1]]);
        var image = EnergyProblem.Picture(40, 40, 3);
        Values.AssertRelative(alone.Energy.Evaluate(image).Value, second.Energy.Evaluate(image).Value, 1e-12);
    }

    [Fact]
    public void Patches_below_the_confidence_threshold_pull_nothing()
    {
        using var scope = NewDisposeScope();
        var style = EnergyProblem.Picture(40, 30, 1);
        var image = EnergyProblem.Picture(32, 40, 2);
        using var all = new EnergyProblem(Plain, [style]);
        all.Energy.Evaluate(image);
        var scores = all.Energy.Fields[Relu31].Score.Order().ToArray();
        var threshold = (double)scores[scores.Length / 2];
        var settings = Plain with { ConfidenceThreshold = threshold, MrfLayers = new(new LayerWeight(Relu31, 1)) };
        using var some = new EnergyProblem(settings, [style]);
        some.Energy.Evaluate(image);
        Values.AssertRelative(ByDefinition(some, image, Relu31, threshold), some.Energy.Terms.Style["relu3_1"], 1e-10);
        Assert.True(some.Energy.Terms.Style["relu3_1"] < all.Energy.Terms.Style["relu3_1"]);

        using var none = new EnergyProblem(settings with { ConfidenceThreshold = 1, SmoothnessWeight = 0 }, [style]);
        var evaluation = none.Energy.Evaluate(image);
        Assert.Equal(0, evaluation.Value);
        Assert.Equal(0, evaluation.Gradient.abs().max().item<double>());
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(2, 2)]
    public void An_induced_layer_is_pulled_to_the_style_under_the_shallowest_layer_s_matches(int stride, int patch)
    {
        using var scope = NewDisposeScope();
        var style = EnergyProblem.Picture(45, 31, 1);
        var image = EnergyProblem.Picture(37, 42, 2);
        var settings = Plain with { Stride = [stride], PatchSize = [patch], SmoothnessWeight = 0, StyleWeight = 2 };
        using var without = new EnergyProblem(settings, [style]);
        using var with = new EnergyProblem(settings with { InducedLayers = new(new LayerWeight(Relu21, 0.5)) }, [style]);
        var induced = with.Energy.Evaluate(image).Value - without.Energy.Evaluate(image).Value;
        Values.AssertRelative(2 * 0.5 * ByDefinition(with, image, Relu21, -1), induced, 1e-9);
        Assert.Equal(without.Energy.Terms.Style, with.Energy.Terms.Style);
    }

    [Fact]
    public void A_position_weight_brings_matches_nearer()
    {
        using var scope = NewDisposeScope();
        var style = EnergyProblem.Picture(48, 48, 1);
        var image = EnergyProblem.Picture(48, 48, 2);
        var displacements = new[] { 0, 0.3, 3, 1000 }.Select(weight =>
        {
            using var problem = new EnergyProblem(Plain, [style], positionWeight: weight);
            problem.Energy.Evaluate(image);
            var field = problem.Energy.Fields[Relu31];
            var grid = problem.Styles.Pool(Relu31)[0].Grid;
            return field.Index.Select((j, i) =>
            {
                var (a, b) = (field.Grid.Centre(i), grid.Centre(j));
                return Math.Pow(a.X - b.X, 2) + Math.Pow(a.Y - b.Y, 2);
            }).Average();
        }).ToArray();
        Assert.Equal(displacements.OrderDescending(), displacements);
        Assert.True(displacements[2] < 0.5 * displacements[0]);
        Assert.Equal(0, displacements[3]);
    }

    [Fact]
    public void Guided_matches_are_those_of_features_lengthened_by_the_content_s()
    {
        using var scope = NewDisposeScope();
        var (content, style) = (EnergyProblem.Picture(41, 34, 1), EnergyProblem.Picture(38, 45, 2));
        var image = EnergyProblem.Picture(41, 34, 3);
        var settings = Plain with { Stride = [2] };
        using var problem = new EnergyProblem(settings, [style], content, guidance: 1.5);
        problem.Energy.Evaluate(image);
        using var matcher = new PlainMatcher();
        foreach (var (layer, field) in problem.Energy.Fields)
        {
            Tensor Long(Tensor first, Tensor second) => cat(
                [FeatureMap.FromNchw(problem.Network.Forward(first, [layer])[layer]).Values,
                 FeatureMap.FromNchw(problem.Network.Forward(second, [layer])[layer]).Values * 1.5], 2);
            using var query = new FeatureMap(Long(image, content));
            var styles = new FeatureMap(Long(style, style));
            using var pool = new StylePool([new StyleMap(styles, styles.Grid(3, 2))]);
            var expected = matcher.Match(query, query.Grid(3, 2), pool, MatchOptions.Default, TestContext.Current.CancellationToken);
            Assert.Equal(expected.Index, field.Index);
            Assert.All(expected.Score.Zip(field.Score), s => Assert.Equal(s.First, s.Second, 1e-6f));
        }

        using var free = new EnergyProblem(settings, [style], content);
        free.Energy.Evaluate(image);
        Assert.NotEqual(free.Energy.Fields[Relu31].Index, problem.Energy.Fields[Relu31].Index);
    }

    [Fact]
    public void A_content_picture_s_own_content_energy_is_zero()
    {
        using var scope = NewDisposeScope();
        var content = EnergyProblem.Picture(40, 30, 1);
        using var problem = new EnergyProblem(Plain, [EnergyProblem.Picture(30, 30, 2)], content);
        problem.Energy.Evaluate(content);
        Assert.Equal(0, problem.Energy.Terms.Content);
        problem.Energy.Evaluate(content + 0.1);
        Assert.True(problem.Energy.Terms.Content > 0);
    }

    [Fact]
    public void Whole_numbers_of_threads_give_the_same_field_and_nearly_the_same_value()
    {
        using var scope = NewDisposeScope();
        Tensor[] styles = [EnergyProblem.Picture(40, 30, 1)];
        using var problem = new EnergyProblem(Plain, styles);
        using var matcher = PatchMatchers.For(ScalarType.Float64, CPU, 3);
        using var three = new Engine.Energies.LevelEnergy(Plain, problem.Styles, null, 1, 0, matcher, 3);
        var image = EnergyProblem.Picture(40, 40, 3);
        Values.AssertRelative(problem.Energy.Evaluate(image).Value, three.Evaluate(image).Value, 1e-12);
        Assert.All(three.Fields, f => Assert.Equal(problem.Energy.Fields[f.Key].Index, f.Value.Index));
    }

    private static Dictionary<string, (SynthesisSettings Settings, int Width, int Height)> Variants { get; } = new()
    {
        ["paper"] = (Plain, 40, 33),
        ["paper, stride 2"] = (Plain with { Stride = [2] }, 41, 34),
        ["authors"] = (Plain with
        {
            Objective = ObjectiveKind.Authors,
            Variable = VariableSpace.Caffe,
            Stride = [2],
            StyleWeight = 10,
            ContentWeight = [20],
        }, 40, 33),
        ["normalized"] = (Plain with
        {
            Objective = ObjectiveKind.Normalized,
            Padding = PaddingChoice.Replicate,
            InducedLayers = new(new LayerWeight(new(2, 1), 0.5)),
            Stride = [2, 1],
            SmoothnessWeight = 0.01,
        }, 40, 32),
        ["induced at a matched and at the content's layer"] = (Plain with
        {
            InducedLayers = new(new LayerWeight(new(3, 1), 0.5), new LayerWeight(new(2, 2), 2)),
            ContentLayer = "relu4_1",
        }, 40, 33),
        ["one patch wide"] = (Plain, 24, 57),
        ["one patch high"] = (Plain with { Stride = [2], InducedLayers = new(new LayerWeight(new(2, 1), 1)) }, 57, 24),
        ["one patch"] = (Plain, 27, 25),
        ["tileable"] = (Plain with { Tileable = true, InducedLayers = new(new LayerWeight(new(2, 1), 0.5)) }, 48, 32),
        ["tileable, authors"] = (Plain with
        {
            Tileable = true,
            Objective = ObjectiveKind.Authors,
            Variable = VariableSpace.Caffe,
            Stride = [2],
        }, 48, 32),
        ["guided"] = (Plain with { Guidance = [1], InducedLayers = new(new LayerWeight(new(2, 1), 0.5)) }, 40, 33),
        ["Caffe's variable, sums"] = (Plain with { Variable = VariableSpace.Caffe }, 40, 33),
        ["copies, two styles preferred unequally"] = (Plain with
        {
            Rotations = 1,
            Scales = 1,
            StyleWeights = [0.9, 1],
            ConfidenceThreshold = 0.5,
        }, 40, 33),
    };

    // Σ_i ‖Ψ_i(Φ(X)) − Ψ_NN(i)(Φ(Xs))‖² over cut-out patches, under relu3_1's matches.
    private static double ByDefinition(EnergyProblem problem, Tensor image, LayerName layer, double threshold)
    {
        using var scope = NewDisposeScope();
        var field = problem.Energy.Fields[Relu31];
        var pool = problem.Styles.Pool(Relu31);
        var query = FeatureMap.FromNchw(problem.Network.Forward(image, [layer])[layer]).Values;
        var style = problem.Styles.Maps(layer)[0].Values;
        var zoom = Relu31.Scale / layer.Scale;
        var size = field.Grid.Size * zoom;
        var sum = 0.0;
        for (var i = 0; i < field.Index.Length; i++)
        {
            if (field.Score[i] < threshold)
            {
                continue;
            }

            var (row, column) = field.Grid.Corner(i);
            var (_, styleRow, styleColumn) = pool.Locate(field.Index[i]);
            var a = query.narrow(0, row * zoom, size).narrow(1, column * zoom, size);
            var b = style.narrow(0, styleRow * zoom, size).narrow(1, styleColumn * zoom, size);
            sum += (a - b).square().sum().ToDouble();
        }

        return sum;
    }
}
