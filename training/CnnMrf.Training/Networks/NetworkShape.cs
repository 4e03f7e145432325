using CnnMrf.Engine.Features;

namespace CnnMrf.Training.Networks;

/// <summary>Widths of the trained network: output channels of each convolution of VGG-19 from conv1_1 on.</summary>
/// <param name="Widths">conv1_1, conv1_2, conv2_1, conv2_2, conv3_1 … conv3_4, conv4_1, conv4_2.</param>
public sealed record NetworkShape(IReadOnlyList<int> Widths)
{
    /// <summary>What the committed features have: 2.5 M weights. relu3_1 is wide, because matching at large sizes hangs on it.</summary>
    public static NetworkShape Own { get; } = new([32, 48, 96, 128, 256, 160, 160, 160, 288, 288]);

    /// <summary>The convolutions, shallowest first.</summary>
    public IReadOnlyList<VggConvolution> Convolutions { get; } = [.. VggArchitecture.Convolutions.Take(Widths.Count)];

    /// <summary>The number of the convolution whose rectified layer has a name.</summary>
    /// <param name="layer">E.g. <c>relu3_1</c>.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public int IndexOf(string layer)
    {
        for (var i = 0; i < Convolutions.Count; i++)
        {
            if (Convolutions[i].Rectifier == layer)
            {
                return i;
            }
        }

        throw new ArgumentException($"The network has no layer '{layer}'.", nameof(layer));
    }
}
