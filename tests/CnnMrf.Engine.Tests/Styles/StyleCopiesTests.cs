using CnnMrf.Core.Settings;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Styles;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Styles;

public sealed class StyleCopiesTests
{
    [Fact]
    public void Mirrored_copies_follow_the_others_in_the_same_order()
    {
        var settings = Presets.Authors with { Rotations = 1, Scales = 1 };
        var plain = StyleCopies.Transforms(settings, mirrored: false);
        var all = StyleCopies.Transforms(settings, mirrored: true);
        Assert.Equal(9, plain.Count);
        Assert.Equal(CopyTransform.Identity, plain[0]);
        Assert.Equal([.. plain, .. plain.Select(t => t with { Mirrored = true })], all);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 0.9)]
    [InlineData(-7.5, 1.05)]
    public void A_mirrored_copy_is_the_copy_of_the_mirror_image(double degrees, double scale)
    {
        TorchRuntime.EnsureLoaded();
        using var scope = NewDisposeScope();
        using var generator = new Generator(3, CPU);
        var picture = rand([1, 3, 30, 41], ScalarType.Float32, CPU, generator: generator);
        var mirrored = StyleCopies.Apply(picture, new(degrees, scale, Mirrored: true));
        Assert.True(mirrored.equal(StyleCopies.Apply(picture.flip(3), new(degrees, scale))).all().item<bool>());
        Assert.False(mirrored.equal(StyleCopies.Apply(picture, new(degrees, scale))).all().item<bool>());
    }
}
