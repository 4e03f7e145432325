using CnnMrf.Engine.Patches;

namespace CnnMrf.Engine.Labels;

/// <summary>
/// Says for which classes each style patch may be picked: that under its centre. A class so small at a level that it is under no patch's
/// centre is offered by the patches that reach over it, and failing those by the one whose centre is nearest: no class is left without.
/// </summary>
internal static class OfferedClasses
{
    // Samples of a cell along each axis, where patches that reach over a class are looked for.
    private const int Samples = 4;

    /// <summary>Marks the patches of a pool.</summary>
    /// <param name="pool">The patches.</param>
    /// <param name="labels">Of each map of the pool.</param>
    /// <param name="wanted">The classes that the content has.</param>
    /// <param name="scale">Pixels of a cell.</param>
    public static void Mark(StylePool pool, IReadOnlyList<StyleLabels> labels, IEnumerable<int> wanted, int scale)
    {
        foreach (var map in pool)
        {
            map.Classes = [.. Enumerable.Range(0, map.Grid.Count).Select(j => Bit(Centre(map, labels, j, scale).Class))];
        }

        StyleMap[] offered = [.. pool.Where(m => m.Preference > 0)];
        foreach (var label in wanted.Where(k => !offered.Any(m => Array.Exists(m.Classes!, c => (c & Bit(k)) != 0))))
        {
            if (!Reaching(offered, labels, label, scale))
            {
                Nearest(offered, labels, label, scale);
            }
        }
    }

    private static uint Bit(int label) => 1u << label;

    private static (double X, double Y, int Class) Centre(StyleMap map, IReadOnlyList<StyleLabels> labels, int patch, int scale)
    {
        var (row, column) = map.Grid.Corner(patch);
        var (x, y) = ((column + (map.Grid.Size / 2.0)) * scale, (row + (map.Grid.Size / 2.0)) * scale);
        return (x, y, labels[map.Position].At(x, y));
    }

    private static bool Reaching(StyleMap[] maps, IReadOnlyList<StyleLabels> labels, int label, int scale)
    {
        var any = false;
        foreach (var map in maps)
        {
            var steps = map.Grid.Size * Samples;
            for (var j = 0; j < map.Grid.Count; j++)
            {
                var (row, column) = map.Grid.Corner(j);
                for (var n = 0; n < steps * steps; n++)
                {
                    var x = (column + (((n % steps) + 0.5) / Samples)) * scale;
                    var y = (row + (((n / steps) + 0.5) / Samples)) * scale;
                    if (labels[map.Position].At(x, y) == label)
                    {
                        map.Classes![j] |= Bit(label);
                        any = true;
                        break;
                    }
                }
            }
        }

        return any;
    }

    private static void Nearest(StyleMap[] maps, IReadOnlyList<StyleLabels> labels, int label, int scale)
    {
        (StyleMap Map, int Patch, double Distance)? best = null;
        foreach (var map in maps)
        {
            var (here, size) = (labels[map.Position], labels[map.Position].Map);
            var at = size.Classes.IndexOf((byte)label);
            if (here.Transform != Styles.CopyTransform.Identity || at < 0)
            {
                continue;
            }

            var x = ((at % size.Width) + 0.5) * here.Size.Width / size.Width;
            var y = ((at / size.Width) + 0.5) * here.Size.Height / size.Height;
            for (var j = 0; j < map.Grid.Count; j++)
            {
                var centre = Centre(map, labels, j, scale);
                var distance = Math.Pow(centre.X - x, 2) + Math.Pow(centre.Y - y, 2);
                if (best is null || distance < best.Value.Distance)
                {
                    best = (map, j, distance);
                }
            }
        }

        // A class that no style has was refused when the maps were read.
        if (best is { } found)
        {
            found.Map.Classes![found.Patch] |= Bit(label);
        }
    }
}
