using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;
using CnnMrf.Training.Evaluation.Correspondence;
using static TorchSharp.torch;

namespace CnnMrf.Training.Evaluation.Landmarks;

/// <summary>Looks for the landmarks of one picture in another.</summary>
internal static class LandmarkSearch
{
    /// <summary>Greatest distance of a landmark found from the right one, in long sides of the picture.</summary>
    public const double Tolerance = 0.1;

    /// <summary>
    /// Where the landmarks are found that the first of the others has too: at the middle of the best match of the patch around each,
    /// moved by what the landmark lies off the middle of its patch.
    /// </summary>
    /// <param name="matcher">Finds the best match.</param>
    /// <param name="one">Where landmarks come from.</param>
    /// <param name="oneFeatures">Its features.</param>
    /// <param name="others">Where they are looked for; copies of one picture, each of them marked.</param>
    /// <param name="pool">Their patches, a map each.</param>
    /// <param name="scale">Pixels a cell.</param>
    /// <param name="ct">Stops the search.</param>
    /// <returns>Names, and whether each was found in the right place.</returns>
    public static IReadOnlyList<(string Name, bool Right)> Find(
        IPatchMatcher matcher, Marked one, FeatureMap oneFeatures, IReadOnlyList<Marked> others, StylePool pool, int scale,
        CancellationToken ct)
    {
        var names = one.Points.Keys.Where(others[0].Points.ContainsKey).Order(StringComparer.Ordinal).ToArray();
        if (names.Length == 0)
        {
            return [];
        }

        // The patches stand one below the other in a map of their own, so that only they are searched for.
        const int size = Matching.PatchSize;
        var corners = names.Select(n => one.Points[n]).Select(p => (
            Row: Corner(p.Y * one.Picture.Height / scale, oneFeatures.Height),
            Column: Corner(p.X * one.Picture.Width / scale, oneFeatures.Width))).ToArray();
        using var scope = NewDisposeScope();
        var patches = cat([.. corners.Select(c => oneFeatures.Values.narrow(0, c.Row, size).narrow(1, c.Column, size))], 0);
        using var queries = new FeatureMap(patches.contiguous());
        var field = matcher.Match(queries, queries.Grid(size, size), pool, MatchOptions.Default, ct);
        var found = new List<(string, bool)>();
        for (var i = 0; i < names.Length; i++)
        {
            var (map, row, column) = pool.Locate(field.Index[i]);
            var other = others[map.Position];
            if (!other.Points.TryGetValue(names[i], out var to))
            {
                found.Add((names[i], false));
                continue;
            }

            var from = one.Points[names[i]];
            var x = ((column - corners[i].Column) * scale) + (from.X * one.Picture.Width);
            var y = ((row - corners[i].Row) * scale) + (from.Y * one.Picture.Height);
            var (awayX, awayY) = (x - (to.X * other.Picture.Width), y - (to.Y * other.Picture.Height));
            var away = Math.Sqrt((awayX * awayX) + (awayY * awayY));
            found.Add((names[i], away <= Tolerance * other.Picture.Size.LongSide));
        }

        return found;
    }

    // Of the patch whose middle cell the place lies in, or the nearest whole one.
    private static int Corner(double cells, int length) => Math.Clamp((int)Math.Floor(cells) - 1, 0, length - Matching.PatchSize);
}
