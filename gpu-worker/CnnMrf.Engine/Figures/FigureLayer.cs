using CnnMrf.Core.Settings;

namespace CnnMrf.Engine.Figures;

/// <summary>A layer at which the figures look at patches, all of one footprint: 32×32 pixels.</summary>
/// <param name="Layer">The layer; null: the pixels themselves.</param>
public readonly record struct FigureLayer(LayerName? Layer)
{
    /// <summary>Side of a patch, px, at every layer.</summary>
    public const int Footprint = 32;

    /// <summary>Where patches of two pictures are laid so that every layer sees the same pixels, px: a cell of the deepest layer.</summary>
    public const int Lattice = 16;

    /// <summary>Pixels, relu2_1, relu3_1, relu4_1, relu5_1.</summary>
    public static IReadOnlyList<FigureLayer> All { get; } =
        [new(null), new(new LayerName(2, 1)), new(new LayerName(3, 1)), new(new LayerName(4, 1)), new(new LayerName(5, 1))];

    /// <summary><c>pixels</c>, or the layer's name.</summary>
    public string Name => Layer?.ToString() ?? "pixels";

    /// <summary>Pixels of a cell.</summary>
    public int Scale => Layer?.Scale ?? 1;

    /// <summary>Side of a patch, in cells: 32, 16, 8, 4, 2.</summary>
    public int Cells => Footprint / Scale;
}
