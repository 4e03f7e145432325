using System.Globalization;
using CnnMrf.Core.Figures;
using CnnMrf.Core.Pictures;

namespace CnnMrf.Engine.Figures;

/// <summary>Draws the neural matching figure: the pictures with the patches framed, and under them the patches.</summary>
internal static class MatchingSheet
{
    private const int Enlarged = 4;
    private const int Cell = 256;

    public static Sheet Draw(
        FigureNetwork network, FigurePicture a, FigurePicture b, IReadOnlyList<(int X, int Y)> corners,
        IReadOnlyList<IReadOnlyList<(int X, int Y, double Score)>> found, (string A, string B) labels)
    {
        var layers = network.Layers;
        var top = new List<SheetCell?> { new(Framed(a.Shown, corners.Select(c => (c.X, c.Y))), labels.A) };
        for (var l = 0; l < layers.Count; l++)
        {
            top.Add(new(Framed(b.Shown, found.Select(f => (f[l].X, f[l].Y))), labels.B));
        }

        var rows = new List<IReadOnlyList<SheetCell?>> { top };
        for (var q = 0; q < corners.Count; q++)
        {
            rows.Add(
            [
                new(Patch(a, corners[q].X, corners[q].Y, q), "query"),
                .. found[q].Select(m => new SheetCell(
                    Patch(b, m.X, m.Y, q), m.Score.ToString("'NCC' 0.00", CultureInfo.InvariantCulture))),
            ]);
        }

        return new()
        {
            Rows = rows,
            Title = $"Neural matching: patches of {labels.A}, found in {labels.B}",
            Subtitle = $"The best match by normalised cross-correlation, at pixels and in features of {network.WeightsName}",
            Note = FigureNotes.Footprint + FigureNotes.Missing(network),
            ColumnHeaders = ["query", .. layers.Select(l => $"{l.Name} (k = {l.Cells})")],
            CellWidth = Cell,
            CellHeight = Cell,
        };
    }

    private static Picture Framed(Picture picture, IEnumerable<(int X, int Y)> corners)
    {
        var framed = picture.Clone();
        foreach (var ((x, y), n) in corners.Select((c, n) => (c, n)))
        {
            Frames.Draw(framed, x, y, FigureLayer.Footprint, 2, n);
        }

        return framed;
    }

    private static Picture Patch(FigurePicture picture, int x, int y, int number)
    {
        var patch = picture.Crop(x, y);
        var large = patch.Resize(Enlarged * patch.Width, Enlarged * patch.Height);
        Frames.Draw(large, 0, 0, large.Width, 4, number);
        return large;
    }
}
