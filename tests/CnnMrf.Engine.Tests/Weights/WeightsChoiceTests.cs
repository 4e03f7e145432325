using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Weights;

namespace CnnMrf.Engine.Tests.Weights;

public sealed class WeightsChoiceTests : IDisposable
{
    private static readonly (string, string)[] Metadata = [("input", "torchvision"), ("pooling", "max"), ("name", "vgg19")];

    private readonly TemporaryFolder _folder = new();
    private readonly WeightsStore _store;

    public WeightsChoiceTests() => _store = new(_folder["."]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Auto_is_own_until_vgg_19_is_pulled()
    {
        var before = Choose("auto");
        Assert.Equal(("own", WeightsKind.Own, null as string), (before.File!.Name, before.File.Kind, before.Path));
        Assert.Equal("auto: VGG-19 has not been pulled", before.Why);
        Assert.Equal(Choose("own").File!.Sha256, before.File.Sha256);

        Pull(NarrowVgg.Tensors().Bytes(Metadata));
        var after = Choose("auto");
        Assert.Equal(("vgg19", WeightsKind.Trained, _store.VggPath), (after.File!.Name, after.File.Kind, after.Path));
        Assert.Equal("auto: it was pulled", after.Why);
    }

    [Fact]
    public void What_is_named_is_taken_whatever_was_pulled()
    {
        Pull([1, 2, 3]);
        Assert.Equal(("own", "asked for"), (Choose("own").File!.Name, Choose("own").Why));
        Assert.Equal(WeightsChoice.Random, Choose("random"));
        var file = _folder.File("mine.safetensors", NarrowVgg.Tensors().Bytes(("input", "caffe"), ("pooling", "max")));
        Assert.Equal(("mine", file, "asked for"), (Choose(file).File!.Name, Choose(file).Path, Choose(file).Why));
    }

    [Fact]
    public void Weights_are_read_as_deep_as_the_layers_need()
    {
        Pull(NarrowVgg.Tensors().Bytes(Metadata));
        Assert.All(["auto", "own"], name =>
            Assert.Equal("relu4_1", Choose(name, "relu4_1").File!.Deepest.Name));
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("vgg19")]
    public void A_broken_file_in_the_store_is_named_with_the_ways_out(string name)
    {
        Pull(NarrowVgg.Tensors().Bytes(Metadata)[..^4]);
        var e = Assert.Throws<WeightsException>(() => Choose(name));
        Assert.StartsWith(_store.VggPath, e.Message, StringComparison.Ordinal);
        Assert.Contains("truncated", e.Message, StringComparison.Ordinal);
        Assert.Contains("cnnmrf weights pull --refresh", e.Message, StringComparison.Ordinal);
        Assert.Contains("--weights own", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pulled_file_that_ends_too_early_is_not_called_broken()
    {
        Pull(NarrowVgg.Tensors().Where(t => VggArchitecture.ConvolutionsUpTo(VggArchitecture.Parse("relu4_2"))
            .Any(c => c.WeightName == t.Name || c.BiasName == t.Name)).ToList().Bytes(Metadata));
        var e = Assert.Throws<WeightsException>(() => Choose("auto", "relu5_1"));
        Assert.Contains("ends at relu4_2, but relu5_1 is wanted", e.Message, StringComparison.Ordinal);
        Assert.Contains("--deepest relu5_1", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("--refresh", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("own")]
    public void Layers_deeper_than_own_goes_are_refused(string name)
    {
        var e = Assert.Throws<WeightsException>(() => Choose(name, "relu5_1"));
        Assert.Contains("'own' end at relu4_2, but relu5_1 is wanted", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_refused_with_what_there_is()
    {
        Assert.Contains(
            "run: cnnmrf weights pull", Assert.Throws<SettingsException>(() => Choose("vgg19")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "'nowhere.safetensors' is neither auto, own, vgg19 or random nor an existing file",
            Assert.Throws<SettingsException>(() => Choose("nowhere.safetensors")).Message,
            StringComparison.Ordinal);
    }

    private WeightsChoice Choose(string weights, string contentLayer = "relu4_2") =>
        WeightsChoice.For(Presets.Balanced with { Weights = weights, ContentLayer = contentLayer }, _store);

    private void Pull(byte[] bytes) => File.WriteAllBytes(_store.VggPath, bytes);
}
