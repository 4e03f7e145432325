using CnnMrf.Core.Pictures;
using CnnMrf.Engine.Native;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Features;

/// <summary>
/// A space in which pictures are computed with: channel c holds Scale[c]·p + Offset[c] of the pixel value p (0…1, sRGB-encoded).
/// Tensors are [1, 3, H, W].
/// </summary>
public sealed class PixelSpace
{
    private static readonly double[] CaffeMean = [103.939, 116.779, 123.68];
    private readonly double[] _scale;
    private readonly double[] _offset;
    private readonly bool _bgr;

    private PixelSpace(bool bgr, double[] scale, double[] offset) => (_bgr, _scale, _offset) = (bgr, scale, offset);

    /// <summary>RGB, (p − mean)/std: torchvision's weights.</summary>
    public static PixelSpace Torchvision { get; } = new(
        false,
        [1 / 0.229, 1 / 0.224, 1 / 0.225],
        [-0.485 / 0.229, -0.456 / 0.224, -0.406 / 0.225]);

    /// <summary>BGR, 255·p − mean: the Caffe weights.</summary>
    public static PixelSpace Caffe { get; } = new(true, [255, 255, 255], [.. CaffeMean.Select(m => -m)]);

    /// <summary>BGR, 256·p − mean: the variable of the authors' code.</summary>
    public static PixelSpace AuthorsVariable { get; } = new(true, [256, 256, 256], [.. CaffeMean.Select(m => -m)]);

    /// <summary>RGB pixel values themselves.</summary>
    public static PixelSpace Pixels { get; } = new(false, [1, 1, 1], [0, 0, 0]);

    /// <summary>How much a value changes, on average over the channels, when a pixel's changes by one.</summary>
    internal double Contrast => _scale.Average();

    /// <summary>The affine map from this space to another; null when they are the same.</summary>
    internal PixelMap? To(PixelSpace other)
    {
        if (ReferenceEquals(this, other))
        {
            return null;
        }

        var order = Enumerable.Range(0, 3).Select(c => _bgr == other._bgr ? c : 2 - c).ToArray();
        var scale = Enumerable.Range(0, 3).Select(c => other._scale[c] / _scale[order[c]]).ToArray();
        var offset = Enumerable.Range(0, 3).Select(c => other._offset[c] - (scale[c] * _offset[order[c]])).ToArray();
        return new(order[0] != 0, scale, offset);
    }

    /// <summary>Takes a tensor from another space into this one.</summary>
    /// <param name="x">[1, 3, H, W] in <paramref name="space"/>.</param>
    /// <param name="space">Where the tensor is.</param>
    public Tensor From(Tensor x, PixelSpace space) => space.To(this) is { } map ? map.Apply(x) : x.alias();

    /// <summary>A picture as a tensor [1, 3, H, W] of this space.</summary>
    public Tensor FromPicture(Picture picture, ScalarType type, Device device)
    {
        using var scope = NewDisposeScope();
        var pixels = tensor(picture.Rgb, [1, picture.Height, picture.Width, 3]).permute(0, 3, 1, 2).to(type, device).contiguous();
        return From(pixels, Pixels).MoveToOuterDisposeScope();
    }

    /// <summary>A tensor [1, 3, H, W] of this space as a picture, values clamped to 0…1.</summary>
    public Picture ToPicture(Tensor x)
    {
        using var scope = NewDisposeScope();
        var pixels = Pixels.From(x.detach(), this).clamp(Scalars.Of(0), Scalars.Of(1)).to(ScalarType.Float32)
            .cpu().permute(0, 2, 3, 1).contiguous();
        return new((int)x.shape[3], (int)x.shape[2], pixels.data<float>().ToArray());
    }
}

/// <summary>y[c] = Scale[c]·x[c or 2 − c] + Offset[c].</summary>
internal sealed record PixelMap(bool Reversed, double[] Scale, double[] Offset)
{
    /// <summary>Applies the map.</summary>
    public Tensor Apply(Tensor x)
    {
        using var scope = NewDisposeScope();
        var ordered = Reversed ? x.flip(1) : x;
        return (ordered * Channel(Scale, x)).Plus(Channel(Offset, x)).MoveToOuterDisposeScope();
    }

    /// <summary>The gradient by x of a function whose gradient by y is given.</summary>
    public Tensor Pull(Tensor gradient)
    {
        using var scope = NewDisposeScope();
        var scaled = gradient * Channel(Scale, gradient);
        return (Reversed ? scaled.flip(1) : scaled).MoveToOuterDisposeScope();
    }

    private static Tensor Channel(double[] values, Tensor like) =>
        tensor(values, [1, 3, 1, 1]).to(like.dtype, like.device);
}
