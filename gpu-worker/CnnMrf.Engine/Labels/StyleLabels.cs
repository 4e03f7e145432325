using CnnMrf.Core.Labels;
using CnnMrf.Core.Pictures;
using CnnMrf.Engine.Styles;

namespace CnnMrf.Engine.Labels;

/// <summary>A style's label map over a copy of it: mirrored, rotated and scaled with the copy, the nearest place counts.</summary>
/// <param name="Map">The map.</param>
/// <param name="Upright">Size of the style picture at the level, px.</param>
/// <param name="Transform">What the copy is.</param>
internal sealed record StyleLabels(LabelMap Map, PixelSize Upright, CopyTransform Transform)
{
    /// <summary>Size of the copy, px.</summary>
    public PixelSize Size { get; } = SizeOf(Upright, Transform);

    /// <summary>The class at a place of the copy; (0, 0) is its upper left corner.</summary>
    public int At(double x, double y)
    {
        var (sourceX, sourceY) = StyleCopies.Source(Upright.Width, Upright.Height, Transform, x, y);
        return Map.At(sourceX / Upright.Width, sourceY / Upright.Height);
    }

    /// <summary>The class of each pixel of the copy.</summary>
    public byte[] Pixels() => Labelling.Of(Size, At);

    private static PixelSize SizeOf(PixelSize upright, CopyTransform transform)
    {
        var (width, height) = StyleCopies.Size(upright.Width, upright.Height, transform);
        return new(width, height);
    }
}
