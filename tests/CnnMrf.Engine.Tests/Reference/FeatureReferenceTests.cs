using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Styles;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Reference;

public sealed class FeatureReferenceTests
{
    public static TheoryData<string> Features => ReferenceData.Names("features");

    public static TheoryData<string> Copies => ReferenceData.Names("copies");

    [Theory]
    [MemberData(nameof(Features))]
    public void Features_agree_with_the_reference(string name)
    {
        using var scope = NewDisposeScope();
        var c = ReferenceData.Case("features", name);
        foreach (var (type, tolerance) in new[] { (ScalarType.Float64, 1e-10), (ScalarType.Float32, 1e-5) })
        {
            using var weights = ReferenceData.Weights((string)c["weights"]!);
            var pooling = (string)c["pooling"]! == "max" ? PoolingChoice.Max : PoolingChoice.Average;
            using var network = new FeatureNetwork(weights, new(4, 2), pooling, PaddingChoice.Zero, type, CPU);
            var x = network.Input.From(ReferenceData.Picture((string)c["picture"]!, ScalarType.Float64), PixelSpace.Pixels).to(type);
            LayerName[] layers = [new(2, 1), new(3, 1), new(4, 1), new(4, 2)];
            var features = network.Forward(x, layers);
            foreach (var layer in layers)
            {
                var error = features[layer].squeeze(0).RelativeMaximum(ReferenceData.Tensor("features", $"{name}/{layer}"));
                Assert.True(error <= tolerance, $"{layer} in {type}: {error:E1}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Copies))]
    public void Copies_of_a_style_agree_with_the_reference(string name)
    {
        using var scope = NewDisposeScope();
        var c = ReferenceData.Case("copies", name);
        var transform = new CopyTransform((double)c["degrees"]!, (double)c["scale"]!);
        var expected = ReferenceData.Tensor("copies", $"{name}/copy");
        var picture = ReferenceData.Picture((string)c["picture"]!, ScalarType.Float64);
        Assert.Equal(
            ((int)c["expected"]!["width"]!, (int)c["expected"]!["height"]!),
            StyleCopies.Size((int)picture.shape[3], (int)picture.shape[2], transform));
        Assert.True(StyleCopies.Apply(picture, transform).squeeze(0).RelativeMaximum(expected) <= 1e-10);
        Assert.True(StyleCopies.Apply(picture.to(ScalarType.Float32), transform).squeeze(0).RelativeMaximum(expected) <= 1e-6);
    }
}
