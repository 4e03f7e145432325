using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;

namespace CnnMrf.Training.Evaluation.Correspondence;

/// <summary>Matches the patches of a picture against those of its warped self, and compares with the truth.</summary>
internal static class Matching
{
    /// <summary>Side of a patch, cells.</summary>
    public const int PatchSize = 3;

    /// <summary>
    /// Counts every patch whose true place is that of a whole patch of the warped picture: within half a cell of one's middle, at most.
    /// </summary>
    /// <param name="matcher">Finds the best match.</param>
    /// <param name="picture">Features of the picture.</param>
    /// <param name="warped">Features of the warped picture; same size.</param>
    /// <param name="warp">The truth.</param>
    /// <param name="scale">Pixels a cell.</param>
    /// <param name="ct">Stops the search.</param>
    public static Closeness Compare(
        IPatchMatcher matcher, FeatureMap picture, StylePool warped, KnownWarp warp, int scale, CancellationToken ct)
    {
        var grid = picture.Grid(PatchSize, 1);
        var field = matcher.Match(picture, grid, warped, MatchOptions.Default, ct);
        var closeness = new Closeness();
        var (lastRow, lastColumn) = (grid.Rows[^1], grid.Columns[^1]);
        for (var i = 0; i < grid.Count; i++)
        {
            var (row, column) = grid.Corner(i);
            var (x, y) = warp.Target((column + (PatchSize / 2.0)) * scale, (row + (PatchSize / 2.0)) * scale);
            var (trueColumn, trueRow) = ((x / scale) - (PatchSize / 2.0), (y / scale) - (PatchSize / 2.0));
            if (trueColumn < -0.5 || trueRow < -0.5 || trueColumn > lastColumn + 0.5 || trueRow > lastRow + 0.5)
            {
                continue;
            }

            var (foundRow, foundColumn) = grid.Corner(field.Index[i]);
            closeness.Add(Math.Max(Math.Abs(foundColumn - trueColumn), Math.Abs(foundRow - trueRow)));
        }

        return closeness;
    }

    /// <summary>All patches of a picture, or of some copies of it, to be searched.</summary>
    public static StylePool Pool(params FeatureMap[] features) => new(features.Select(f => new StyleMap(f, f.Grid(PatchSize, 1))));
}
