using System.Globalization;
using CnnMrf.Core.Figures;
using CnnMrf.Core.Pictures;

namespace CnnMrf.Engine.Figures;

/// <summary>Draws the neural blending figure.</summary>
internal static class BlendingSheet
{
    private const int Enlarged = 5;

    public static Sheet Draw(
        FigureNetwork network, Picture a, Picture b, IReadOnlyList<FigureBlend> blends, IReadOnlyList<Picture> pictures,
        (string A, string B) labels, int iterations) => new()
        {
            Rows =
            [
                [
                    new(Large(a), labels.A),
                    new(Large(b), labels.B),
                    .. blends.Select((blend, n) => new SheetCell(
                        Large(pictures[n]),
                        n == 0 ? "averaged" : blend.Error.ToString("'error' 0.0 %", CultureInfo.InvariantCulture))),
                ],
            ],
            Title = $"Neural blending: a patch of {labels.A} and one of {labels.B}, averaged",
            Subtitle = string.Create(
                CultureInfo.InvariantCulture,
                $"Features of {network.WeightsName}; each reconstructed from grey by {iterations} iterations of L-BFGS"),
            Note = "Both patches are 32×32 px. The error is what the reconstruction's features miss of the average, squared, over its "
                + "square." + FigureNotes.Missing(network),
            ColumnHeaders = ["patch A", "patch B", .. blends.Select(l => l.Layer)],
            CellWidth = Enlarged * FigureLayer.Footprint,
            CellHeight = Enlarged * FigureLayer.Footprint,
        };

    private static Picture Large(Picture patch) => patch.Resize(Enlarged * patch.Width, Enlarged * patch.Height);
}
