using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Features;

namespace CnnMrf.Engine.Tests.Weights;

/// <summary>A file as the hub has it, but narrow: all sixteen convolutions in alphabetical order, then a classifier.</summary>
internal static class NarrowVgg
{
    public static int Width(VggConvolution convolution) => convolution.StandardWidth / 32;

    public static List<TensorData> Tensors(int seed = 1)
    {
        var random = new Random(seed);
        var inputs = 3;
        var tensors = new List<TensorData>();
        foreach (var convolution in VggArchitecture.Convolutions)
        {
            var width = Width(convolution);
            tensors.Add(Single(convolution.WeightName, width, inputs, 3, 3));
            tensors.Add(Single(convolution.BiasName, width));
            inputs = width;
        }

        tensors.Add(Single("head.fc.weight", 10, 2000));
        return [.. tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal)];

        TensorData Single(string name, params long[] shape)
        {
            var values = new float[shape.Aggregate(1L, (product, side) => product * side)];
            for (var i = 0; i < values.Length; i++) values[i] = random.NextSingle() - 0.5f;
            return TensorData.FromSingles(name, shape, values);
        }
    }

    public static List<TensorData> With(this List<TensorData> tensors, TensorData replacement)
    {
        tensors[tensors.FindIndex(tensor => tensor.Name == replacement.Name)] = replacement;
        return tensors;
    }

    public static List<TensorData> Without(this List<TensorData> tensors, params string[] names)
    {
        tensors.RemoveAll(tensor => names.Contains(tensor.Name));
        return tensors;
    }

    public static byte[] Bytes(this IReadOnlyList<TensorData> tensors, params (string Key, string Value)[] metadata)
    {
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, tensors, metadata.ToDictionary(entry => entry.Key, entry => entry.Value));
        return stream.ToArray();
    }
}
