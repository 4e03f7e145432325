using CnnMrf.Core.Tensors;

namespace CnnMrf.Engine.Weights;

/// <summary>Writes weights files, the same bytes for the same content.</summary>
public static class WeightsWriter
{
    /// <summary>Writes convolutions with torchvision's names, atomically, for <see cref="WeightsFile"/> to load.</summary>
    /// <param name="path">The file; its folder is created where it is missing.</param>
    /// <param name="convolutions">In order from conv1_1, without a gap.</param>
    /// <param name="input">What the first convolution expects.</param>
    /// <param name="pooling">The pooling that belongs to the weights.</param>
    /// <param name="metadata">More metadata, such as name, source and revision; <c>padding</c> (zero, replicate, reflect or circular) where
    /// the weights were trained with another than zero; <c>generator</c> where they were trained on drawn scenes.</param>
    /// <param name="type">F32, or F16 for half the size.</param>
    /// <exception cref="ArgumentException">No convolutions, or another type.</exception>
    /// <exception cref="SafetensorsException">A number does not fit into F16.</exception>
    /// <exception cref="IOException">The folder cannot be written or the disk is full.</exception>
    public static void Write(
        string path,
        IReadOnlyList<ConvolutionWeights> convolutions,
        InputConvention input,
        PoolingKind pooling,
        IReadOnlyDictionary<string, string>? metadata = null,
        TensorType type = TensorType.F32)
    {
        ArgumentNullException.ThrowIfNull(convolutions);
        if (convolutions.Count == 0) throw new ArgumentException("There are no convolutions to write.", nameof(convolutions));
        if (type is not (TensorType.F32 or TensorType.F16)) throw new ArgumentException("Weights are written as F32 or F16.", nameof(type));
        var all = new Dictionary<string, string>(metadata ?? new Dictionary<string, string>())
        {
            [WeightsMetadata.Input] = WeightsMetadata.Word(input),
            [WeightsMetadata.Pooling] = WeightsMetadata.Word(pooling),
            [WeightsMetadata.Deepest] = convolutions[^1].Layer.Rectifier,
        };
        SafetensorsWriter.WriteFile(path, [.. convolutions.SelectMany(Tensors)], all);

        IEnumerable<TensorData> Tensors(ConvolutionWeights convolution) =>
        [
            Tensor(convolution.Layer.WeightName, convolution.WeightShape, convolution.Weight),
            Tensor(convolution.Layer.BiasName, [convolution.Outputs], convolution.Bias),
        ];

        TensorData Tensor(string name, IReadOnlyList<long> shape, float[] values) => type == TensorType.F32
            ? TensorData.FromSingles(name, shape, values)
            : TensorData.FromSinglesAsHalves(name, shape, values);
    }
}
