using CnnMrf.Engine.Features;

namespace CnnMrf.Engine.Weights;

/// <summary>One convolution's numbers, all finite.</summary>
/// <param name="Layer">Which convolution.</param>
/// <param name="Outputs">Output channels, ≥ 1.</param>
/// <param name="Inputs">Input channels, ≥ 1.</param>
/// <param name="Weight">Row-major [<paramref name="Outputs"/>, <paramref name="Inputs"/>, 3, 3].</param>
/// <param name="Bias">[<paramref name="Outputs"/>].</param>
public sealed record ConvolutionWeights(VggConvolution Layer, int Outputs, int Inputs, float[] Weight, float[] Bias)
{
    /// <summary>conv1_1 … conv5_4.</summary>
    public string Name => Layer.Name;

    /// <summary>[out, in, 3, 3].</summary>
    public IReadOnlyList<long> WeightShape => [Outputs, Inputs, 3, 3];
}
