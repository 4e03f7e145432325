using CnnMrf.Core.Tensors;
using CnnMrf.Engine.Features;

namespace CnnMrf.Engine.Weights;

/// <summary>The checks that every weights file passes, wherever its bytes come from.</summary>
internal static class WeightsReader
{
    /// <summary>Far beyond any VGG; keeps a tensor's element count within an int.</summary>
    private const int MaxWidth = 4096;

    /// <summary>Which convolutions a file gives, by its header alone: names, gaps, types and shapes are checked.</summary>
    /// <exception cref="WeightsException">The header does not describe a network of VGG-19's shape as deep as wanted.</exception>
    public static IReadOnlyList<VggConvolution> Convolutions(SafetensorsHeader header, VggLayer? deepest)
    {
        var candidates = deepest is null ? VggArchitecture.Convolutions : VggArchitecture.ConvolutionsUpTo(deepest);
        var present = candidates.TakeWhile(convolution => Has(header, convolution)).ToArray();
        if (present.Length == 0)
        {
            throw new WeightsException(
                $"{header.Source}: there is no tensor 'features.0.weight': not weights of VGG-19 with torchvision's names. "
                + $"It holds {Names(header)}.");
        }

        if (present.Length < candidates.Count)
        {
            var missing = candidates[present.Length];
            var deeper = candidates.Skip(present.Length + 1).FirstOrDefault(convolution => Has(header, convolution));
            if (deeper is not null)
            {
                throw new WeightsException(
                    $"{header.Source}: there is no tensor '{missing.WeightName}' ({missing}), though '{deeper.WeightName}' is there: "
                    + "not weights of VGG-19 (of VGG-16 or a network with batch normalisation, perhaps).");
            }

            if (deepest is not null)
            {
                throw new WeightsException(
                    $"{header.Source}: it ends at {present[^1].Rectifier}, but {deepest} is wanted, and there is no tensor "
                    + $"'{missing.WeightName}'. Choose shallower layers or other weights, "
                    + $"for instance by: cnnmrf weights pull --deepest {deepest}");
            }
        }

        var inputs = 3L;
        foreach (var convolution in present) inputs = CheckShapes(header, convolution, inputs);
        return present;
    }

    /// <summary>Reads the convolutions' numbers and checks that they are finite.</summary>
    /// <param name="header">The file's header.</param>
    /// <param name="deepest">As for <see cref="Convolutions"/>.</param>
    /// <param name="bytes">Gives a tensor's bytes.</param>
    /// <param name="cancellation">Checked before each tensor.</param>
    public static IReadOnlyList<ConvolutionWeights> Read(
        SafetensorsHeader header, VggLayer? deepest, Func<TensorInfo, byte[]> bytes, CancellationToken cancellation = default)
    {
        var result = new List<ConvolutionWeights>();
        foreach (var convolution in Convolutions(header, deepest))
        {
            cancellation.ThrowIfCancellationRequested();
            var shape = header[convolution.WeightName].Shape;
            result.Add(new ConvolutionWeights(
                convolution, (int)shape[0], (int)shape[1], Values(convolution.WeightName), Values(convolution.BiasName)));
        }

        return result;

        float[] Values(string name)
        {
            var values = TensorValues.ToSingles(header[name], bytes(header[name]));
            var bad = Array.FindIndex(values, value => !float.IsFinite(value));
            return bad < 0
                ? values
                : throw new WeightsException(
                    $"{header.Source}: tensor '{name}' holds {(float.IsNaN(values[bad]) ? "NaN" : "an infinite number")} at element {bad}. "
                    + "The file is damaged or was badly converted: fetch it again or take another.");
        }
    }

    private static bool Has(SafetensorsHeader header, VggConvolution convolution) =>
        header.TryGet(convolution.WeightName, out _) || header.TryGet(convolution.BiasName, out _);

    private static long CheckShapes(SafetensorsHeader header, VggConvolution convolution, long inputs)
    {
        var weight = Tensor(convolution.WeightName);
        var bias = Tensor(convolution.BiasName);
        if (weight.Shape.Count != 4 || weight.Shape[0] is < 1 or > MaxWidth || weight.Shape[1] != inputs
            || weight.Shape[2] != 3 || weight.Shape[3] != 3)
        {
            throw Wrong(weight, $"[1 to {MaxWidth}, {inputs}, 3, 3]");
        }

        if (bias.Shape.Count != 1 || bias.Shape[0] != weight.Shape[0]) throw Wrong(bias, $"[{weight.Shape[0]}]");
        return weight.Shape[0];

        TensorInfo Tensor(string name)
        {
            if (!header.TryGet(name, out var info))
                throw new WeightsException($"{header.Source}: there is no tensor '{name}' ({convolution}). The file is incomplete.");
            if (info.Type is not (TensorType.F16 or TensorType.BF16 or TensorType.F32 or TensorType.F64))
                throw new WeightsException($"{header.Source}: tensor '{name}' is {info.Type}; F16, BF16, F32 or F64 is wanted.");
            return info;
        }

        WeightsException Wrong(TensorInfo info, string wanted) => new(
            $"{header.Source}: tensor '{info.Name}' ({convolution}) has shape [{string.Join(", ", info.Shape)}]; {wanted} is wanted. "
            + "Not weights of VGG-19's shape: take another file.");
    }

    private static string Names(SafetensorsHeader header) => header.Tensors.Count switch
    {
        0 => "no tensors",
        <= 4 => string.Join(", ", header.Tensors.Select(tensor => tensor.Name)),
        _ => string.Join(", ", header.Tensors.Take(4).Select(tensor => tensor.Name)) + $" and {header.Tensors.Count - 4} more",
    };
}
