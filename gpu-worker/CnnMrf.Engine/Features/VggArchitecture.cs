using System.Diagnostics.CodeAnalysis;

namespace CnnMrf.Engine.Features;

/// <summary>What a layer of VGG-19 computes.</summary>
public enum VggOperation
{
    /// <summary>3×3 convolution with a bias, stride 1, padding 1.</summary>
    Convolution,

    /// <summary>max(x, 0).</summary>
    Rectifier,

    /// <summary>2×2 pooling, stride 2; an odd last row or column is dropped.</summary>
    Pool,
}

/// <summary>A layer of VGG-19.</summary>
/// <param name="Name">conv3_1, relu3_1, pool3.</param>
/// <param name="Operation">What it computes.</param>
/// <param name="Block">1 … 5.</param>
/// <param name="Number">Place among the block's convolutions, from 1; of a pool 0.</param>
/// <param name="Index">Position in the network, from 0: N in torchvision's <c>features.N</c>.</param>
/// <param name="Stride">Picture pixels from one position of the layer's output to the next: 1, 2, 4, 8, 16 or 32.</param>
public sealed record VggLayer(string Name, VggOperation Operation, int Block, int Number, int Index, int Stride)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A convolution of VGG-19 and the names of its tensors.</summary>
/// <param name="Name">conv3_1.</param>
/// <param name="Index">N in torchvision's <c>features.N</c>.</param>
/// <param name="StandardWidth">Output channels in VGG-19 as published; a file may have others.</param>
/// <param name="Stride">Picture pixels from one position to the next: 1, 2, 4, 8 or 16.</param>
public sealed record VggConvolution(string Name, int Index, int StandardWidth, int Stride)
{
    /// <summary>The rectifier that follows: relu3_1.</summary>
    public string Rectifier => "relu" + Name["conv".Length..];

    /// <summary>Torchvision's name of the weight, shape [out, in, 3, 3].</summary>
    public string WeightName => $"features.{Index}.weight";

    /// <summary>Torchvision's name of the bias, shape [out].</summary>
    public string BiasName => $"features.{Index}.bias";

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>The layers of VGG-19 without its classifier, in order. Widths aside, every network here has this shape.</summary>
public static class VggArchitecture
{
    private static readonly int[] ConvolutionsPerBlock = [2, 2, 4, 4, 4];
    private static readonly int[] StandardWidths = [64, 128, 256, 512, 512];

    private static readonly Dictionary<string, VggLayer> ByName;

    [SuppressMessage("Performance", "CA1810", Justification = "The three tables are one construction.")]
    static VggArchitecture()
    {
        Layers = [.. Build()];
        ByName = Layers.ToDictionary(layer => layer.Name, StringComparer.Ordinal);
        Convolutions =
        [
            .. Layers.Where(layer => layer.Operation == VggOperation.Convolution)
                .Select(layer => new VggConvolution(layer.Name, layer.Index, StandardWidths[layer.Block - 1], layer.Stride)),
        ];
    }

    /// <summary>All 37, each at its <see cref="VggLayer.Index"/>: conv1_1, relu1_1, conv1_2, relu1_2, pool1 … relu5_4, pool5.</summary>
    public static IReadOnlyList<VggLayer> Layers { get; }

    /// <summary>The sixteen convolutions: conv1_1 … conv5_4.</summary>
    public static IReadOnlyList<VggConvolution> Convolutions { get; }

    /// <summary>Finds a layer by its name.</summary>
    /// <param name="name">conv1_1 … conv5_4, relu1_1 … relu5_4, pool1 … pool5; case and white space around do not matter.</param>
    /// <exception cref="FormatException">There is no such layer; the message lists those there are.</exception>
    public static VggLayer Parse(string name) => TryParse(name, out var layer)
        ? layer
        : throw new FormatException(
            $"There is no layer '{name}' in VGG-19. Layers are {ValidNames()}; the same with conv; pool1 … pool5.");

    /// <summary>Finds a layer by its name; false where there is none.</summary>
    public static bool TryParse(string? name, [NotNullWhen(true)] out VggLayer? layer)
    {
        layer = null;
        return name is not null && ByName.TryGetValue(name.Trim().ToLowerInvariant(), out layer);
    }

    /// <summary>The convolutions that are needed to compute a layer, in order; never empty.</summary>
    public static IReadOnlyList<VggConvolution> ConvolutionsUpTo(VggLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return [.. Convolutions.TakeWhile(convolution => convolution.Index <= layer.Index)];
    }

    private static string ValidNames() =>
        string.Join(", ", Layers.Where(layer => layer.Operation == VggOperation.Rectifier).Select(layer => layer.Name));

    private static IEnumerable<VggLayer> Build()
    {
        var index = 0;
        for (var block = 1; block <= ConvolutionsPerBlock.Length; block++)
        {
            var stride = 1 << (block - 1);
            for (var number = 1; number <= ConvolutionsPerBlock[block - 1]; number++)
            {
                yield return new VggLayer($"conv{block}_{number}", VggOperation.Convolution, block, number, index++, stride);
                yield return new VggLayer($"relu{block}_{number}", VggOperation.Rectifier, block, number, index++, stride);
            }

            yield return new VggLayer($"pool{block}", VggOperation.Pool, block, 0, index++, 2 * stride);
        }
    }
}
