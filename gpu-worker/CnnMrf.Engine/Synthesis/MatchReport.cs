using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Patches;

namespace CnnMrf.Engine.Synthesis;

/// <summary>Statistics of a field of matches.</summary>
internal static class MatchReport
{
    /// <summary>Mean NCC, share of style patches used, and <c>copy</c>; <c>layout</c> is not a matter of the field.</summary>
    public static MatchStatistics Of(PatchField field, StylePool pool)
    {
        var copy = Copy(field, pool);
        return new(
            field.Score.Average(s => (double)s),
            field.Index.Distinct().Count() / (double)pool.PatchCount,
            copy,
            null,
            copy > 0.5
                ? $"{copy:P0} of the patches are one piece of the style, pasted as it is: the result copies the style's layout. "
                    + "Lower positionWeight, raise contentWeight, or choose a style picture with another layout."
                : null);
    }

    /// <summary>Share of patches in the largest 4-connected region whose matches are displaced identically.</summary>
    public static double Copy(PatchField field, StylePool pool)
    {
        var (rows, columns) = (field.Grid.Rows.Length, field.Grid.Columns.Length);
        var displacement = new (StyleMap Map, int Dy, int Dx)[field.Index.Length];
        for (var i = 0; i < displacement.Length; i++)
        {
            var (map, row, column) = pool.Locate(field.Index[i]);
            var (y, x) = field.Grid.Corner(i);
            displacement[i] = (map, row - y, column - x);
        }

        var seen = new bool[displacement.Length];
        var stack = new Stack<int>();
        var largest = 0;
        for (var start = 0; start < seen.Length; start++)
        {
            if (seen[start])
            {
                continue;
            }

            var size = 0;
            seen[start] = true;
            stack.Push(start);
            while (stack.TryPop(out var i))
            {
                size++;
                var (a, b) = (i / columns, i % columns);
                Visit(i, a > 0, i - columns);
                Visit(i, a + 1 < rows, i + columns);
                Visit(i, b > 0, i - 1);
                Visit(i, b + 1 < columns, i + 1);
            }

            largest = Math.Max(largest, size);
        }

        return (double)largest / displacement.Length;

        void Visit(int from, bool inside, int to)
        {
            if (inside && !seen[to] && displacement[from] == displacement[to])
            {
                seen[to] = true;
                stack.Push(to);
            }
        }
    }
}
