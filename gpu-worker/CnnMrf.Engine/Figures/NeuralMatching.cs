using CnnMrf.Core.Figures;
using CnnMrf.Core.Settings;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Figures;

/// <summary>The best match of a query patch at one layer.</summary>
/// <param name="Layer"><c>pixels</c> or the layer's name.</param>
/// <param name="Patch">Where it is in the other picture.</param>
/// <param name="Score">NCC, −1…1.</param>
public sealed record FigureMatch(string Layer, FigurePatch Patch, double Score);

/// <summary>A query patch with its matches.</summary>
/// <param name="Patch">Where it is in the first picture.</param>
/// <param name="Matches">One a layer.</param>
public sealed record FigureQuery(FigurePatch Patch, IReadOnlyList<FigureMatch> Matches);

/// <summary>The neural matching figure.</summary>
/// <param name="Queries">The numbers.</param>
/// <param name="Sheet">The picture.</param>
public sealed record MatchingFigure(IReadOnlyList<FigureQuery> Queries, Sheet Sheet);

/// <summary>
/// Neural matching (Li and Wand 2016, figure 2): for patches of one picture the best match in another, by normalised cross-correlation of
/// pixels and of ever deeper features. The footprint is 32 px at every layer, so that what differs is only what is compared.
/// </summary>
public static class NeuralMatching
{
    /// <summary>Makes the figure.</summary>
    /// <param name="network">The features.</param>
    /// <param name="a">The picture with the queries.</param>
    /// <param name="b">The picture that is searched.</param>
    /// <param name="at">Places of queries in the first picture; the patch on the lattice of 16 px nearest to each is taken.</param>
    /// <param name="count">Queries to choose where no places are given.</param>
    /// <param name="labels">What the pictures are called.</param>
    /// <exception cref="SettingsException">A place is not in the picture.</exception>
    public static MatchingFigure Make(
        FigureNetwork network, FigurePicture a, FigurePicture b, IReadOnlyList<FigurePoint> at, int count, (string A, string B) labels)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        ArgumentNullException.ThrowIfNull(at);
        using var scope = NewDisposeScope();
        var (mapsA, mapsB) = (network.Maps(a.Shown), network.Maps(b.Shown));
        var deepest = network.Layers[^1];
        var corners = at.Count > 0
            ? at.Select(p => a.Snap(p, "--at")).Distinct().ToArray()
            : QueryChoice.Of(a, mapsA[deepest], deepest, count);
        var queries = new List<FigureQuery>();
        var found = new List<IReadOnlyList<(int X, int Y, double Score)>>();
        foreach (var (x, y) in corners)
        {
            var matches = network.Layers.Select(layer => Find(mapsA[layer], mapsB[layer], layer, x, y)).ToArray();
            found.Add(matches);
            queries.Add(new(
                a.Patch(x, y),
                [.. matches.Select((m, l) => new FigureMatch(network.Layers[l].Name, b.Patch(m.X, m.Y), m.Score))]));
        }

        return new(queries, MatchingSheet.Draw(network, a, b, [.. corners], found, labels));
    }

    private static (int X, int Y, double Score) Find(Tensor a, Tensor b, FigureLayer layer, int x, int y)
    {
        using var scope = NewDisposeScope();
        var (row, column, score) = PatchSearch.Best(PatchSearch.Scores(PatchSearch.Patch(a, layer, x, y), b));
        return (column * layer.Scale, row * layer.Scale, score);
    }
}
