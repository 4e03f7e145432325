namespace CnnMrf.Engine.Patches;

/// <summary>
/// Where the patches of a feature map stand. Along each axis their corners are 0, s, 2s, … ≤ length − k, and length − k itself where
/// the stride misses it, so that every cell near the border is covered; a wrapped grid has 0, s, … &lt; length instead, and its patches
/// run over the edge to the other side.
/// </summary>
public sealed class PatchGrid
{
    private readonly int[] rows;
    private readonly int[] columns;

    private PatchGrid(int height, int width, int size, int stride, bool wraps)
    {
        MapHeight = height;
        MapWidth = width;
        Size = size;
        Stride = stride;
        Wraps = wraps;
        rows = Corners(height, size, stride, wraps);
        columns = Corners(width, size, stride, wraps);
    }

    /// <summary>Height of the map, in cells.</summary>
    public int MapHeight { get; }

    /// <summary>Width of the map, in cells.</summary>
    public int MapWidth { get; }

    /// <summary>Side of a patch, k, in cells; 1 or more.</summary>
    public int Size { get; }

    /// <summary>Distance of neighbouring corners, s, in cells; 1 or more.</summary>
    public int Stride { get; }

    /// <summary>Whether patches run over the right and lower edge to the other side.</summary>
    public bool Wraps { get; }

    /// <summary>Corner rows, ascending.</summary>
    public ReadOnlySpan<int> Rows => rows;

    /// <summary>Corner columns, ascending.</summary>
    public ReadOnlySpan<int> Columns => columns;

    /// <summary>Number of patches.</summary>
    public int Count => rows.Length * columns.Length;

    /// <summary>How many of <see cref="Rows"/> lie on the lattice 0, s, 2s, …; at most the last one does not.</summary>
    internal int LatticeRows => OnLattice(rows, Stride);

    /// <summary>How many of <see cref="Columns"/> lie on the lattice 0, s, 2s, …; at most the last one does not.</summary>
    internal int LatticeColumns => OnLattice(columns, Stride);

    /// <summary>Lays a grid over a map.</summary>
    /// <param name="height">Height of the map, in cells.</param>
    /// <param name="width">Width of the map, in cells.</param>
    /// <param name="size">Side of a patch, 1 or more.</param>
    /// <param name="stride">Distance of neighbouring corners, 1 or more.</param>
    /// <param name="wraps">Whether patches run over the right and lower edge to the other side.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size or the stride is below 1.</exception>
    /// <exception cref="ArgumentException">The map is smaller than one patch.</exception>
    public static PatchGrid Create(int height, int width, int size, int stride, bool wraps = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        if (height < size || width < size)
        {
            throw new ArgumentException(
                $"A feature map of {width}×{height} cells is smaller than one patch of {size}×{size}: " +
                "use a larger picture, fewer levels, a smaller patch size or a shallower layer.");
        }

        return new PatchGrid(height, width, size, stride, wraps);
    }

    /// <summary>The upper left cell of patch <paramref name="i"/>; patches are numbered row by row.</summary>
    public (int Row, int Column) Corner(int i)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(i);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(i, Count);
        return (rows[i / columns.Length], columns[i % columns.Length]);
    }

    /// <summary>
    /// The centre of patch <paramref name="i"/> in extents of the map: 0 is its left or upper edge, 1 its right or lower one.
    /// </summary>
    public (double X, double Y) Centre(int i)
    {
        var (row, column) = Corner(i);
        return (CentreX(column), CentreY(row));
    }

    /// <summary>The horizontal centre, in map widths, of a patch whose corner is in this column.</summary>
    internal double CentreX(int column) => (column + (Size / 2.0)) / MapWidth;

    /// <summary>The vertical centre, in map heights, of a patch whose corner is in this row.</summary>
    internal double CentreY(int row) => (row + (Size / 2.0)) / MapHeight;

    private static int OnLattice(int[] corners, int stride) => corners[^1] % stride == 0 ? corners.Length : corners.Length - 1;

    private static int[] Corners(int length, int size, int stride, bool wraps)
    {
        var last = wraps ? length - 1 : length - size;
        var count = (last / stride) + 1;
        var corners = new int[wraps || last % stride == 0 ? count : count + 1];
        for (var i = 0; i < count; i++) corners[i] = i * stride;
        if (corners.Length > count) corners[count] = last;
        return corners;
    }
}
