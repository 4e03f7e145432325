using System.Collections;

namespace CnnMrf.Engine.Patches;

/// <summary>
/// Every copy of every style picture at one layer; their patches are numbered through, in the order given, row by row in each.
/// </summary>
public sealed class StylePool : IReadOnlyList<StyleMap>, IDisposable
{
    private readonly StyleMap[] maps;

    /// <summary>Takes over the maps and numbers their patches; they are disposed with the pool.</summary>
    /// <exception cref="ArgumentException">There is no map, or they differ in channels, patch size or element type.</exception>
    public StylePool(IEnumerable<StyleMap> maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        this.maps = [.. maps];
        if (this.maps.Length == 0) throw new ArgumentException("A pool of style patches needs at least one style map.", nameof(maps));
        var first = this.maps[0];
        var position = 0;
        foreach (var map in this.maps)
        {
            if (map.Features.Channels != first.Features.Channels || map.Grid.Size != first.Grid.Size ||
                map.Features.Values.dtype != first.Features.Values.dtype)
            {
                throw new ArgumentException(
                    $"Style maps of one pool share channels, patch size and type: {map.Features.Channels} channels, patches of " +
                    $"{map.Grid.Size}, {map.Features.Values.dtype} beside {first.Features.Channels}, {first.Grid.Size}, " +
                    $"{first.Features.Values.dtype}.", nameof(maps));
            }

            map.FirstIndex = PatchCount;
            map.Position = position++;
            PatchCount = checked(PatchCount + map.Grid.Count);
        }
    }

    /// <summary>Number of maps.</summary>
    public int Count => maps.Length;

    /// <summary>Number of patches in all maps together.</summary>
    public int PatchCount { get; }

    /// <inheritdoc/>
    public StyleMap this[int index] => maps[index];

    /// <summary>The map that patch <paramref name="j"/> is in, and its corner there.</summary>
    public (StyleMap Map, int Row, int Column) Locate(int j)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(j);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(j, PatchCount);
        var (low, high) = (0, maps.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (maps[middle].FirstIndex <= j) low = middle;
            else high = middle - 1;
        }

        var map = maps[low];
        var (row, column) = map.Grid.Corner(j - map.FirstIndex);
        return (map, row, column);
    }

    /// <inheritdoc/>
    public IEnumerator<StyleMap> GetEnumerator() => ((IEnumerable<StyleMap>)maps).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var map in maps) map.Dispose();
    }
}
