using CnnMrf.Engine.Features;

namespace CnnMrf.Training.Networks;

/// <summary>Widths of the trained network: output channels of each convolution of VGG-19 from conv1_1 on.</summary>
/// <param name="Widths">conv1_1, conv1_2, conv2_1, conv2_2, conv3_1 … conv3_4, conv4_1, conv4_2.</param>
public sealed record NetworkShape(IReadOnlyList<int> Widths)
{
    /// <summary>What the committed features have: 1.6 M weights. relu3_1 is wide, because matching at large sizes hangs on it.</summary>
    public static NetworkShape Own { get; } = new([32, 32, 64, 96, 192, 128, 128, 128, 256, 256]);

    /// <summary>The convolutions, shallowest first.</summary>
    public IReadOnlyList<VggConvolution> Convolutions { get; } = [.. VggArchitecture.Convolutions.Take(Widths.Count)];
}
