using CnnMrf.Core.Settings;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Features;

/// <summary>A network as feature spaces use it: for the image and for the style, fed from the space that pictures are held in.</summary>
/// <remarks>The networks stay their owner's.</remarks>
public sealed class SpaceNetwork
{
    private readonly FeatureNetwork _image;
    private readonly FeatureNetwork _style;
    private readonly PixelMap? _map;

    /// <summary>Joins them.</summary>
    /// <param name="image">Reads the image and the content.</param>
    /// <param name="style">Reads the style: the same weights, other padding where the image goes round its edges.</param>
    /// <param name="pictures">The space that pictures are held in.</param>
    public SpaceNetwork(FeatureNetwork image, FeatureNetwork style, PixelSpace pictures)
    {
        (_image, _style) = (image, style);
        _map = pictures.To(image.Input);
    }

    /// <inheritdoc cref="FeatureNetwork.Shape"/>
    internal string Shape => _image.Shape;

    /// <summary>The features at some layers.</summary>
    /// <param name="x">[1, 3, H, W] in the space that pictures are held in.</param>
    /// <param name="layers">The layers wanted.</param>
    /// <param name="style">Whether it is a style picture.</param>
    internal Dictionary<LayerName, Tensor> Forward(Tensor x, IReadOnlyCollection<LayerName> layers, bool style) =>
        (style ? _style : _image).Forward(_map is null ? x : _map.Apply(x), layers);
}
