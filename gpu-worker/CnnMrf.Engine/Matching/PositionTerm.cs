using CnnMrf.Engine.Patches;

namespace CnnMrf.Engine.Matching;

/// <summary>λ·Δ² (DESIGN §1): what it costs that a style patch lies elsewhere than where a query's match is expected.</summary>
internal readonly struct PositionTerm(PatchGrid queries, MatchOptions options)
{
    /// <summary>λ for the patches of a map; 0: they may lie anywhere.</summary>
    public double Weight(StyleMap map) => options.PositionWeight * (options.Places?.Confidence(map.Style) ?? 1);

    /// <summary>The centre, in extents of a map, that the match of a query patch is expected at: the same, or that of the like part.</summary>
    public (double X, double Y) Expected(int row, int column, StyleMap map)
    {
        var (x, y) = (queries.CentreX(column), queries.CentreY(row));
        if (options.Places is not { } places)
        {
            return (x, y);
        }

        (x, y) = places.Of(map.Style, x, y);
        return map.Frame?.About(x, y) is { } there ? (there.U, there.V) : (x, y);
    }

    /// <summary>λ·Δ² of the patches at two corners.</summary>
    public double Of(int row, int column, StyleMap map, int styleRow, int styleColumn)
    {
        var weight = Weight(map);
        if (weight == 0)
        {
            return 0;
        }

        var (x, y) = Expected(row, column, map);
        var (right, down) = (x - map.Grid.CentreX(styleColumn), y - map.Grid.CentreY(styleRow));
        return weight * ((right * right) + (down * down));
    }
}
