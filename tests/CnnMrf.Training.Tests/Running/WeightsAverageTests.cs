using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Weights;
using CnnMrf.Training.Networks;
using CnnMrf.Training.Running;
using static TorchSharp.torch;

namespace CnnMrf.Training.Tests.Running;

public sealed class WeightsAverageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cnnmrf-average-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_scale_of_a_layer_does_not_count()
    {
        var one = Network(1);
        var mean = Average(Write("one", one), Write("scaled", [one[0] with { Weight = Times(one[0].Weight, 3), Bias = Times(one[0].Bias, 3) }, one[1]]));
        Assert.All(mean.Zip(one), c => Assert.InRange(Alike(c.First.Weight, c.Second.Weight), 0.9999, 1.0001));
    }

    [Fact]
    public void One_that_is_named_twice_counts_twice()
    {
        var (one, other) = (Write("one", Network(1)), Write("other", Network(2)));
        var mean = Average(one, other, other);
        var (first, second) = (Weights(one)[1].Weight, Weights(other)[1].Weight);
        Assert.InRange(Alike(mean[1].Weight, [.. first.Zip(second, (a, b) => a + (2 * b))]), 0.98, 1);
        Assert.True(Alike(mean[1].Weight, second) > 1.3 * Alike(mean[1].Weight, first));
        Assert.Equal(
            string.Join(", ", new[] { one, other, other }.Select(f => WeightsFile.Load(f).Sha256)),
            WeightsFile.Load(Path.Combine(_folder, "mean.safetensors")).Metadata["average"]);
    }

    [Fact]
    public void The_mean_says_what_made_its_files()
    {
        var (one, other) = (Write("one", Network(1), ("seed", "3"), ("generator", "7")), Write("other", Network(1), ("seed", "5"), ("generator", "7")));
        Average(one, other, other);
        var told = WeightsFile.Load(Path.Combine(_folder, "mean.safetensors")).Metadata;
        Assert.Equal(("3, 5", "7"), (told["seed"], told["generator"]));
        Assert.DoesNotContain("freeze", told.Keys);
    }

    [Fact]
    public void Files_of_other_widths_and_for_another_input_are_refused_by_name()
    {
        var one = Write("one", Network(1));
        var wide = Assert.Throws<TrainingException>(() => Average(one, Write("wide", Network(1, 6))));
        Assert.Contains("wide.safetensors' cannot be averaged with", wide.Message, StringComparison.Ordinal);
        var caffe = Path.Combine(_folder, "caffe.safetensors");
        WeightsWriter.Write(caffe, Network(1), InputConvention.Caffe, PoolingKind.Average);
        Assert.Contains("torchvision's input", Assert.Throws<TrainingException>(() => Average(one, caffe)).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<ConvolutionWeights> Network(ulong seed, int width = 4)
    {
        TorchRuntime.EnsureLoaded();
        using var scope = NewDisposeScope();
        using var network = new TrainedNetwork(new([4, width]), seed, ScalarType.Float32, CPU);
        return network.Fold(rand(1, 3, 32, 32));
    }

    private static float[] Times(float[] values, float factor) => [.. values.Select(v => v * factor)];

    // Cosine of the angle between them.
    private static double Alike(float[] one, float[] other) =>
        one.Zip(other).Sum(p => (double)p.First * p.Second)
        / Math.Sqrt(one.Sum(v => (double)v * v) * other.Sum(v => (double)v * v));

    private static IReadOnlyList<ConvolutionWeights> Weights(string file) => WeightsFile.Load(file).Convolutions;

    private IReadOnlyList<ConvolutionWeights> Average(params string[] files)
    {
        var output = Path.Combine(_folder, "mean.safetensors");
        WeightsAverage.Write(files, output);
        return Weights(output);
    }

    private string Write(string name, IReadOnlyList<ConvolutionWeights> convolutions, params (string Key, string Value)[] metadata)
    {
        var path = Path.Combine(_folder, $"{name}.safetensors");
        WeightsWriter.Write(
            path, convolutions, InputConvention.Torchvision, PoolingKind.Average,
            metadata.Append((Key: "padding", Value: "replicate")).ToDictionary(m => m.Key, m => m.Value), TensorType.F16);
        return path;
    }
}
