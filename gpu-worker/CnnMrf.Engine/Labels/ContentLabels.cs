using CnnMrf.Core.Labels;
using CnnMrf.Core.Pictures;
using CnnMrf.Engine.Patches;

namespace CnnMrf.Engine.Labels;

/// <summary>The content's label map over a level: the class of a patch is the class under its centre.</summary>
/// <param name="Map">The map.</param>
/// <param name="Size">The level's picture, px; its canvas may be larger, where it reflects the picture.</param>
public sealed record ContentLabels(LabelMap Map, PixelSize Size)
{
    /// <summary>The class of each patch of a grid.</summary>
    /// <param name="grid">Patches of a map of the canvas.</param>
    /// <param name="scale">Pixels of a cell.</param>
    public byte[] Of(PatchGrid grid, int scale)
    {
        var classes = new byte[grid.Count];
        for (var i = 0; i < classes.Length; i++)
        {
            var (row, column) = grid.Corner(i);
            var half = grid.Size / 2.0;
            classes[i] = (byte)Map.At(Reflected((column + half) * scale / Size.Width), Reflected((row + half) * scale / Size.Height));
        }

        return classes;
    }

    /// <summary>The class of each pixel of the picture, or of a canvas of this size.</summary>
    public byte[] Of(PixelSize size) => Labelling.Of(size, (x, y) => Map.At(Reflected(x / Size.Width), Reflected(y / Size.Height)));

    private static double Reflected(double at) => at > 1 ? 2 - at : at;
}
