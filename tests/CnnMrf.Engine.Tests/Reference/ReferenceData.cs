using System.Text.Json.Nodes;
using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Weights;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Tests.Reference;

/// <summary>What tests/reference/reference.py computed: see the README there.</summary>
internal static class ReferenceData
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "reference");
    private static readonly Dictionary<string, SafetensorsFile> Files = Directory.GetFiles(Folder, "*.safetensors")
        .ToDictionary(f => Path.GetFileNameWithoutExtension(f), SafetensorsFile.Read);

    private static readonly JsonObject Index = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "index.json")))!.AsObject();

    public static TheoryData<string> Names(string kind) => new(Index[kind]!.AsArray().Select(c => (string)c!["name"]!));

    public static JsonObject Case(string kind, string name) =>
        Index[kind]!.AsArray().Single(c => (string)c!["name"]! == name)!.AsObject();

    public static Tensor Tensor(string file, string name, ScalarType type = ScalarType.Float64) =>
        tensor(Files[file].ReadDoubles(name), [.. Files[file][name].Shape]).to(type);

    public static double[] Doubles(string file, string name) => Files[file].ReadDoubles(name);

    public static int[] Indices(string file, string name)
    {
        var bytes = Files[file].Bytes(name).Span;
        var indices = new int[bytes.Length / 8];
        for (var i = 0; i < indices.Length; i++)
        {
            indices[i] = (int)BitConverter.ToInt64(bytes[(8 * i)..]);
        }

        return indices;
    }

    /// <summary>A picture as [1, 3, H, W], 0…1.</summary>
    public static Tensor Picture(string name, ScalarType type) => Tensor("pictures", name, type).unsqueeze(0);

    /// <summary>The weights of a file, in double.</summary>
    public static NetworkWeights Weights(string fileName)
    {
        var name = Path.GetFileNameWithoutExtension(fileName);
        var file = Files[name];
        int[] numbers = [0, 2, 5, 7, 10, 12, 14, 16, 19, 21];
        return new(
            name,
            file.Metadata["input"] == "caffe" ? PixelSpace.Caffe : PixelSpace.Torchvision,
            file.Metadata["pooling"] == "max",
            WeightsKind.Trained,
            [.. NetworkWeights.Layers.Zip(numbers, (layer, n) => new Convolution(
                layer, Tensor(name, $"features.{n}.weight"), Tensor(name, $"features.{n}.bias")))]);
    }
}
