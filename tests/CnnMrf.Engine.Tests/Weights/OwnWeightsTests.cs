using System.Security.Cryptography;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Weights;

namespace CnnMrf.Engine.Tests.Weights;

public sealed class OwnWeightsTests
{
    [Fact]
    public void They_are_embedded_and_say_what_they_are()
    {
        Assert.True(OwnWeights.AreEmbedded);
        var own = OwnWeights.Load();
        Assert.Equal(("own", WeightsKind.Own), (own.Name, own.Kind));
        Assert.Equal((InputConvention.Torchvision, PoolingKind.Average), (own.Input, own.Pooling));
        Assert.NotEqual(PaddingChoice.Auto, own.Padding);
        Assert.Equal("relu4_2", own.Deepest.Name);
        Assert.InRange(own.Size, 1, 6_000_000);
        Assert.All(["generator", "trainer", "seed", "steps", "minutes", "evaluation"], key => Assert.Contains(key, own.Metadata.Keys));
    }

    [Fact]
    public void Their_hash_is_that_of_the_embedded_file()
    {
        using var stream = typeof(OwnWeights).Assembly.GetManifestResourceStream("CnnMrf.Engine.Weights.own.safetensors")!;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(stream)), OwnWeights.Load().Sha256);
    }

    [Fact]
    public void No_more_is_given_than_wanted()
    {
        var whole = OwnWeights.Load();
        var cut = OwnWeights.Load(VggArchitecture.Parse("relu3_1"));
        Assert.Equal(("relu3_1", whole.Sha256, whole.Name), (cut.Deepest.Name, cut.Sha256, cut.Name));
        Assert.Equal(whole.Convolutions.Take(5), cut.Convolutions);
        Assert.Equal(10, OwnWeights.Load(VggArchitecture.Parse("relu4_2")).Convolutions.Count);
    }

    [Fact]
    public void Layers_deeper_than_they_go_are_refused_with_the_ways_out()
    {
        var e = Assert.Throws<WeightsException>(() => OwnWeights.Load(VggArchitecture.Parse("relu5_1")));
        Assert.Contains("'own' end at relu4_2, but relu5_1 is wanted", e.Message, StringComparison.Ordinal);
        Assert.Contains("--weights random", e.Message, StringComparison.Ordinal);
        Assert.Contains("weights pull --deepest relu5_1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_of_them_knows_where_they_come_from()
    {
        using var weights = NetworkWeights.FromFile(OwnWeights.Load());
        Assert.Equal(
            (WeightsKind.Own, OwnWeights.Load().Sha256, OwnWeights.Load().Padding),
            (weights.Kind, weights.Sha256, weights.PreferredPadding));
    }
}
