using CnnMrf.Core.Pictures;
using CnnMrf.Engine.Native;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Figures;

/// <summary>Chooses patches worth looking for: with contrast, unlike the rest of the picture and one another to the network, and not on top
/// of one another.</summary>
internal static class QueryChoice
{
    /// <summary>Corners on the lattice, the best first.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="map">Its deepest features.</param>
    /// <param name="layer">Their layer.</param>
    /// <param name="count">How many; fewer where there is no room.</param>
    public static IReadOnlyList<(int X, int Y)> Of(FigurePicture picture, Tensor map, FigureLayer layer, int count)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var shown = picture.Shown;
        var corners = (
            from y in Lattice(FigurePicture.LastCorner(shown.Height))
            from x in Lattice(FigurePicture.LastCorner(shown.Width))
            select (X: x, Y: y)).ToArray();
        var vectors = stack([.. corners.Select(c => PatchSearch.Patch(map, layer, c.X, c.Y).flatten().to(ScalarType.Float64).cpu())]);
        var unit = vectors / vectors.norm(1, keepdim: true).clamp_min(Scalars.Of(1e-12));
        var alike = unit.mm(unit.t()).data<double>().ToArray();
        // What there is only once, an eye and not an edge of a wall, says most about matching.
        var worth = corners.Select((c, i) =>
            Math.Sqrt(Contrast(shown, c.X, c.Y)) * (1 - Enumerable.Range(0, corners.Length).Average(j => alike[(i * corners.Length) + j])))
            .ToArray();
        var chosen = new List<int>();
        while (chosen.Count < count)
        {
            var free = Enumerable.Range(0, corners.Length)
                .Where(i => chosen.TrueForAll(j => Apart(corners[i], corners[j]) >= FigureLayer.Footprint)).ToArray();
            if (free.Length == 0)
            {
                break;
            }

            chosen.Add(free.MaxBy(i => worth[i] * chosen.Select(j => 1 - alike[(i * corners.Length) + j]).DefaultIfEmpty(1).Min()));
        }

        return [.. chosen.Select(i => corners[i])];
    }

    private static IEnumerable<int> Lattice(int last)
    {
        for (var at = 0; at <= last; at += FigureLayer.Lattice)
        {
            yield return at;
        }
    }

    private static int Apart((int X, int Y) a, (int X, int Y) b) => Math.Max(Math.Abs(a.X - b.X), Math.Abs(a.Y - b.Y));

    // Standard deviation of the patch's values, and a little, so that flat pictures have queries too.
    private static double Contrast(Picture picture, int x, int y)
    {
        double sum = 0, squares = 0, count = 0;
        for (var row = y; row < y + FigureLayer.Footprint; row++)
        {
            foreach (var value in picture.Row(row).Slice(3 * x, 3 * FigureLayer.Footprint))
            {
                (sum, squares, count) = (sum + value, squares + (value * value), count + 1);
            }
        }

        return 1e-3 + Math.Sqrt(Math.Max(0, (squares / count) - (sum / count * (sum / count))));
    }
}
