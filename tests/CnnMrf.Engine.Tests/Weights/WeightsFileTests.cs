using System.Security.Cryptography;
using CnnMrf.Core.Settings;
using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Weights;

namespace CnnMrf.Engine.Tests.Weights;

public sealed class WeightsFileTests : IDisposable
{
    private static readonly WeightsOptions Torchvision = new() { Input = InputConvention.Torchvision, Pooling = PoolingKind.Max };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_narrow_file_is_read_with_its_widths_and_metadata()
    {
        var bytes = NarrowVgg.Tensors().Bytes(("input", "caffe"), ("pooling", "average"), ("name", "narrow"));
        var weights = WeightsFile.Load(_folder.File("w.safetensors", bytes));

        Assert.Equal(("narrow", InputConvention.Caffe, PoolingKind.Average), (weights.Name, weights.Input, weights.Pooling));
        Assert.Equal(VggArchitecture.Convolutions.Select(NarrowVgg.Width), weights.Widths);
        Assert.Equal("relu5_4", weights.Deepest.Name);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), weights.Sha256);
        var conv21 = weights.Convolutions[2];
        Assert.Equal(("conv2_1", 4, 2), (conv21.Name, conv21.Outputs, conv21.Inputs));
        Assert.Equal(SafetensorsFile.Read(bytes).ReadSingles("features.5.weight"), conv21.Weight);
        Assert.Equal(SafetensorsFile.Read(bytes).ReadSingles("features.5.bias"), conv21.Bias);
    }

    [Fact]
    public void Nothing_deeper_than_wanted_is_read()
    {
        var tensors = NarrowVgg.Tensors().Without("features.34.weight", "features.34.bias", "features.30.bias");
        var path = _folder.File("w.safetensors", tensors.Bytes());
        var weights = WeightsFile.Load(path, Torchvision with { Deepest = VggArchitecture.Parse("relu4_2") });
        Assert.Equal(10, weights.Convolutions.Count);
        Assert.Equal("w", weights.Name);
        weights.Require(VggArchitecture.Parse("relu4_2"));
        var e = Assert.Throws<WeightsException>(() => weights.Require(VggArchitecture.Parse("relu5_1")));
        Assert.Contains("end at relu4_2, but relu5_1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_precision_files_are_read()
    {
        var narrow = WeightsFile.Load(_folder.File("w.safetensors", NarrowVgg.Tensors().Bytes()), Torchvision);
        WeightsWriter.Write(
            _folder["h.safetensors"], narrow.Convolutions, InputConvention.Torchvision, PoolingKind.Average, type: TensorType.F16);
        var half = WeightsFile.Load(_folder["h.safetensors"]);
        Assert.Equal(PoolingKind.Average, half.Pooling);
        foreach (var (whole, rounded) in narrow.Convolutions.Zip(half.Convolutions))
            Assert.Equal(whole.Weight.Select(value => (float)(Half)value), rounded.Weight);
    }

    [Fact]
    public void What_metadata_lacks_must_be_given_and_must_not_contradict()
    {
        var bare = _folder.File("bare.safetensors", NarrowVgg.Tensors().Bytes());
        Refused(bare, null, "--input torchvision|caffe");
        Refused(bare, new WeightsOptions { Input = InputConvention.Caffe }, "--pooling max|average");
        var caffe = _folder.File("caffe.safetensors", NarrowVgg.Tensors().Bytes(("input", "caffe"), ("pooling", "max")));
        Refused(caffe, Torchvision, "says input caffe, not torchvision");
        var odd = _folder.File("odd.safetensors", NarrowVgg.Tensors().Bytes(("input", "Caffe"), ("pooling", "max")));
        Refused(odd, null, "'Caffe'");
    }

    [Fact]
    public void Metadata_may_say_which_padding_they_learnt_with_and_on_what()
    {
        (string, string)[] least = [("input", "torchvision"), ("pooling", "average")];
        var silent = WeightsFile.Load(_folder.File("w.safetensors", NarrowVgg.Tensors().Bytes(least)));
        Assert.Equal((PaddingChoice.Zero, WeightsKind.Trained), (silent.Padding, silent.Kind));

        var path = _folder.File(
            "own.safetensors", NarrowVgg.Tensors().Bytes([.. least, ("padding", "replicate"), ("generator", "scenes 1"), ("seed", "3")]));
        var own = WeightsFile.Load(path);
        Assert.Equal((PaddingChoice.Replicate, WeightsKind.Own), (own.Padding, own.Kind));
        var description = WeightsStore.Describe(path);
        Assert.Equal(PaddingChoice.Replicate, description.Padding);
        Assert.Equal([new("generator", "scenes 1"), new("seed", "3")], description.Notes);
        var imported = WeightsImporter.Import(path, _folder["imported.safetensors"]);
        Assert.Equal((PaddingChoice.Replicate, WeightsKind.Own), (imported.Padding, imported.Kind));

        foreach (var word in (string[])["auto", "Replicate", "mirror"])
        {
            var odd = _folder.File("odd.safetensors", NarrowVgg.Tensors().Bytes([.. least, ("padding", word)]));
            Refused(odd, null, $"says padding '{word}', which is not one of zero|replicate|reflect|circular");
        }
    }

    [Fact]
    public void Content_that_is_not_vgg_19_is_refused_by_the_tensor_s_name()
    {
        Refused(NarrowVgg.Tensors().Without("features.10.weight", "features.10.bias"), "no tensor 'features.10.weight' (conv3_1), though");
        Refused(NarrowVgg.Tensors().Without("features.10.bias"), "no tensor 'features.10.bias'");
        Refused(NarrowVgg.Tensors().Without("features.10.weight"), "no tensor 'features.10.weight'");
        Refused([TensorData.FromSingles("conv1.weight", [1], [1])], "It holds conv1.weight");
        Refused(NarrowVgg.Tensors().With(TensorData.FromSingles("features.0.weight", [2, 1, 3, 3], new float[18])), "'features.0.weight'");
        Refused(NarrowVgg.Tensors().With(TensorData.FromSingles("features.0.weight", [3, 3, 3, 3], new float[81])), "'features.0.bias'");
        Refused(NarrowVgg.Tensors().With(TensorData.FromSingles("features.7.weight", [4, 3, 3, 3], new float[108])), "[1 to 4096, 4, 3");
        Refused(NarrowVgg.Tensors().With(new TensorData("features.0.bias", TensorType.I32, [2], new byte[8])), "is I32");
        Refused(
            NarrowVgg.Tensors().With(TensorData.FromDoubles("features.0.bias", [2], [0, 1e300])),
            "'features.0.bias' holds an infinite number at element 1");
        Refused(NarrowVgg.Tensors().With(TensorData.FromSingles("features.0.bias", [2], [float.NaN, 0])), "holds NaN at element 0");
    }

    [Fact]
    public void A_file_that_is_missing_empty_truncated_or_something_else_is_refused_by_its_path()
    {
        var whole = NarrowVgg.Tensors().Bytes();
        Refused(_folder["none.safetensors"], null, "no such file");
        Refused(_folder.File("empty", []), null, "empty");
        Refused(_folder.File("truncated", whole[..^4]), null, "truncated");
        Refused(_folder.File("picture", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]), null, "not a safetensors file");
    }

    [Fact]
    public void Import_keeps_the_convolutions_and_nothing_else()
    {
        var file = _folder.File("mine.safetensors", NarrowVgg.Tensors().Bytes());
        var target = _folder["cache/vgg19.safetensors"];
        var weights = WeightsImporter.Import(file, target, new WeightsOptions { Input = InputConvention.Caffe, Pooling = PoolingKind.Max });

        Assert.Equal(32, SafetensorsFile.Read(target).Names.Count);
        Assert.Equal(("mine", InputConvention.Caffe), (weights.Name, weights.Input));
        Assert.Equal("mine.safetensors", weights.Metadata["source"]);
        Assert.StartsWith("sha256:", weights.Metadata["revision"], StringComparison.Ordinal);

        var before = File.ReadAllBytes(target);
        Assert.Throws<WeightsException>(() => WeightsImporter.Import(file, target, new WeightsOptions()));
        Assert.Equal(before, File.ReadAllBytes(target));
        Assert.Equal(before.Length, WeightsImporter.Import(target, _folder["again"]).Size);
        Assert.Equal(before, File.ReadAllBytes(_folder["again"]));
    }

    [Fact]
    public void The_store_finds_and_describes_what_it_holds()
    {
        var store = new WeightsStore(_folder["store"]);
        Assert.Null(store.Find());
        WeightsImporter.Import(
            _folder.File("w.safetensors", NarrowVgg.Tensors().Bytes()),
            store.VggPath,
            Torchvision with { Deepest = VggArchitecture.Parse("relu3_1") });

        Assert.Equal(store.VggPath, store.Find());
        var description = WeightsStore.Describe(store.VggPath);
        Assert.Equal([2, 2, 4, 4, 8], description.Widths);
        Assert.Equal(("w", "relu3_1", "w.safetensors"), (description.Name, description.Deepest.Name, description.Source));
        Assert.Equal(new FileInfo(store.VggPath).Length, description.Size);
    }

    [Fact]
    public void The_user_s_store_lies_in_the_cache_folder()
    {
        var absolute = _folder["xdg"];
        Assert.Equal(Path.Combine(absolute, "cnnmrf", "weights"), WeightsStore.UserFolder(absolute, "system"));
        Assert.Equal(Path.Combine("system", "cnnmrf", "weights"), WeightsStore.UserFolder("relative", "system"));
        Assert.Equal(Path.Combine("system", "cnnmrf", "weights"), WeightsStore.UserFolder(null, "system"));
        Assert.Throws<WeightsException>(() => WeightsStore.UserFolder("", ""));
    }

    private static void Refused(string path, WeightsOptions? options, string reason)
    {
        var e = Assert.Throws<WeightsException>(() => WeightsFile.Load(path, options));
        Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    private void Refused(List<TensorData> tensors, string reason) =>
        Refused(_folder.File("w.safetensors", tensors.Bytes()), Torchvision, reason);
}
