using System.Globalization;
using CnnMrf.Core.Pictures;

namespace CnnMrf.Core.Labels;

/// <summary>A map with what messages call it.</summary>
internal sealed record NamedMap(string Field, string Name, Picture Picture);

/// <summary>Finds the classes in the colours of label maps.</summary>
/// <param name="Classes">Their colours.</param>
/// <param name="Maps">In the order given.</param>
internal sealed record LabelPalette(IReadOnlyList<LabelColor> Classes, IReadOnlyList<LabelMap> Maps)
{
    // Of colours that are painted: different programs' ideas of one colour.
    private const int Alike = 8;

    // Of colours that were compressed or smoothed.
    private const int Around = 48;

    // What is farther from every class was not painted with any of them: an edge, or a photograph.
    private const int Foreign = 24;

    private const double LeastShare = 0.01;
    private const double MostForeign = 0.25;
    private const int MostClusters = 256;

    public static LabelPalette Of(IReadOnlyList<NamedMap> maps)
    {
        var counts = maps.Select(m => Counts(m.Picture)).ToArray();
        return counts.All(c => c.Count <= LabelSet.MaxClasses) ? Painted(maps, counts) : Smoothed(maps, counts);
    }

    private static LabelPalette Painted(IReadOnlyList<NamedMap> maps, Dictionary<int, int>[] counts)
    {
        var classes = Clusters(counts, Alike);
        if (classes.Count > LabelSet.MaxClasses)
        {
            throw new LabelMapException(maps[0].Field, $"The label maps have {classes.Count} colours together; at most "
                + $"{LabelSet.MaxClasses} classes are told apart. Use the same colours in all of them.");
        }

        return new(classes, [.. maps.Select(m => Map(m.Picture, classes, [.. Enumerable.Range(0, classes.Count)]))]);
    }

    private static LabelPalette Smoothed(IReadOnlyList<NamedMap> maps, Dictionary<int, int>[] counts)
    {
        var clusters = Clusters(counts, Around);
        int[] all = [.. Enumerable.Range(0, clusters.Count)];
        var areas = counts.Select(c => Areas(c, clusters, all)).ToArray();
        var kept = all.Where(k => areas.Any(a => a[k] >= LeastShare)).ToArray();
        var classes = kept.Select(k => clusters[k]).ToArray();
        // Of too many classes the map with most colours is the cause.
        foreach (var i in Enumerable.Range(0, maps.Count).OrderByDescending(i => counts[i].Count))
        {
            var foreign = counts[i].Where(c => classes.All(k => k.Apart(LabelColor.Of(c.Key)) > Foreign)).Sum(c => (double)c.Value)
                / counts[i].Values.Sum(v => (double)v);
            if (classes.Length > LabelSet.MaxClasses || foreign > MostForeign)
            {
                throw new LabelMapException(maps[i].Field, string.Create(CultureInfo.InvariantCulture,
                    $"The {maps[i].Name} is no label map: it has {counts[i].Count} colours where each colour stands for a class, at most "
                    + $"{LabelSet.MaxClasses}. Paint it in flat colours without smoothing, and save it as PNG."));
            }
        }

        // A blend of two classes at an edge may look like a third one, of another map: it counts only where it covers an area.
        return new(classes, [.. maps.Select((m, i) =>
            Map(m.Picture, classes, [.. Enumerable.Range(0, classes.Length).Where(k => areas[i][kept[k]] >= LeastShare / 2)]))]);
    }

    // The most frequent colours first; what is near to one of them is it.
    private static List<LabelColor> Clusters(Dictionary<int, int>[] counts, int near)
    {
        var shares = new Dictionary<int, double>();
        foreach (var map in counts)
        {
            var pixels = map.Values.Sum(v => (double)v);
            foreach (var (color, count) in map)
            {
                shares[color] = shares.GetValueOrDefault(color) + (count / pixels);
            }
        }

        var clusters = new List<LabelColor>();
        foreach (var (packed, _) in shares.OrderByDescending(s => s.Value).ThenBy(s => s.Key))
        {
            var color = LabelColor.Of(packed);
            if (clusters.Count < MostClusters && !clusters.Exists(c => c.Apart(color) <= near))
            {
                clusters.Add(color);
            }
        }

        return clusters;
    }

    private static double[] Areas(Dictionary<int, int> counts, List<LabelColor> classes, int[] among)
    {
        var areas = new double[classes.Count];
        var pixels = counts.Values.Sum(v => (double)v);
        foreach (var (color, count) in counts)
        {
            areas[Nearest(LabelColor.Of(color), classes, among)] += count / pixels;
        }

        return areas;
    }

    private static LabelMap Map(Picture picture, IReadOnlyList<LabelColor> classes, int[] among)
    {
        var known = new Dictionary<int, byte>();
        var map = new byte[picture.Width * picture.Height];
        for (var p = 0; p < map.Length; p++)
        {
            var color = ColorAt(picture, p);
            if (!known.TryGetValue(color, out map[p]))
            {
                known[color] = map[p] = (byte)Nearest(LabelColor.Of(color), classes, among);
            }
        }

        return new(picture.Width, picture.Height, map);
    }

    private static int Nearest(LabelColor color, IReadOnlyList<LabelColor> classes, int[] among)
    {
        var (best, least) = (among[0], int.MaxValue);
        foreach (var k in among)
        {
            var distance = classes[k].SquaredDistance(color);
            if (distance < least)
            {
                (best, least) = (k, distance);
            }
        }

        return best;
    }

    private static Dictionary<int, int> Counts(Picture picture)
    {
        var counts = new Dictionary<int, int>();
        for (var p = 0; p < picture.Width * picture.Height; p++)
        {
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, ColorAt(picture, p), out _)++;
        }

        return counts;
    }

    private static int ColorAt(Picture picture, int pixel)
    {
        var rgb = picture.Rgb.AsSpan(3 * pixel, 3);
        return new LabelColor(Byte(rgb[0]), Byte(rgb[1]), Byte(rgb[2])).Packed;
    }

    private static byte Byte(float value) => (byte)Math.Round(255 * Math.Clamp(value, 0, 1));
}
