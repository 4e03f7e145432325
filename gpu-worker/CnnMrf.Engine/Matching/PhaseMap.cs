using CnnMrf.Engine.Arithmetic;
using CnnMrf.Engine.Patches;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Matching;

/// <summary>
/// A feature map, split by the stride s of its patches. Phase (a, b) has the cells (u·s + a, v·s + b) as rows of C channels, in lattices
/// of one common width; cell (y, x) of the patch at lattice place (I, J) is cell (I + y/s, J + x/s) of phase (y mod s, x mod s). So the
/// cells that a row of patches has at one offset are consecutive rows: a product of matrices needs no gathering. The few patches off the
/// lattice, where the stride misses the border, are copied out cell by cell (the strip).
/// </summary>
internal sealed unsafe class PhaseMap : IDisposable
{
    private readonly FloatBuffer cells = new();
    private readonly FloatBuffer stripCells = new();
    private Tensor? whole;
    private float* wholeCells;
    private PatchGrid grid = null!;
    private int channels;
    private int side;

    /// <summary>Patches on the lattice: rows, columns.</summary>
    internal int PatchRows { get; private set; }

    internal int PatchColumns { get; private set; }

    /// <summary>How many lattice rows, or columns, a patch reaches beyond its own.</summary>
    internal int Halo { get; private set; }

    /// <summary>Rows and columns of each phase.</summary>
    internal int Rows => PatchRows + Halo;

    internal int Columns => PatchColumns + Halo;

    internal int Stride => grid.Stride;

    /// <summary>Numbers, in the grid, of the patches off the lattice, ascending.</summary>
    internal int[] Strip { get; private set; } = [];

    internal void Load(FeatureMap map, PatchGrid patches, WorkerTeam team)
    {
        grid = patches;
        channels = map.Channels;
        side = Math.Min(grid.Stride, grid.Size);
        PatchRows = grid.LatticeRows;
        PatchColumns = grid.LatticeColumns;
        Halo = (grid.Size - 1) / grid.Stride;
        Strip = OffLattice();
        whole?.Dispose();
        whole = null;
        var source = FloatBuffer.PointerTo(map.Values);
        if (grid.Stride == 1 && !grid.Wraps)
        {
            whole = map.Values.view(-1, channels).DetachFromDisposeScope();
            wholeCells = source;
        }
        else
        {
            var target = cells.Ensure((long)side * side * Rows * Columns * channels);
            team.Run(side * side * Rows, (_, unit) => CopyRow(source, target, unit));
        }

        if (Strip.Length > 0) CopyStrip(source);
    }

    /// <summary>Rows <paramref name="from"/> … + <paramref name="count"/> of the phase that holds cell (y, x) of lattice patches.</summary>
    internal Tensor Phase(int y, int x, int from, int count)
    {
        if (whole is not null) return whole.narrow(0, from, count);
        var phase = ((y % grid.Stride) * side) + (x % grid.Stride);
        return cells.View((((long)phase * Rows * Columns) + from) * channels, count, channels, channels);
    }

    /// <summary>Copies some cells of the phase that holds cell (y, x) of lattice patches, one after the other.</summary>
    internal void Gather(int y, int x, ReadOnlySpan<int> which, float* target)
    {
        var from = Cells(y, x, 0);
        foreach (var cell in which)
        {
            new ReadOnlySpan<float>(from + ((long)cell * channels), channels).CopyTo(new Span<float>(target, channels));
            target += channels;
        }
    }

    /// <summary>The first of the rows of <see cref="Phase"/>.</summary>
    internal float* Cells(int y, int x, int from) => whole is not null ? wholeCells + ((long)from * channels)
        : cells.Pointer + ((((long)(((y % grid.Stride) * side) + (x % grid.Stride)) * Rows * Columns) + from) * channels);

    /// <summary>How many rows further, in its phase, cell (y, x) of a patch is than its corner in phase (0, 0).</summary>
    internal int Shift(int y, int x) => ((y / grid.Stride) * Columns) + (x / grid.Stride);

    /// <summary>Cell (y, x) of strip patches <paramref name="from"/> … + <paramref name="count"/>, as rows.</summary>
    internal Tensor StripPhase(int y, int x, int from, int count) =>
        stripCells.View(((((long)y * grid.Size) + x) * Strip.Length + from) * channels, count, channels, channels);

    /// <summary>Number, in the grid, of the patch at a lattice place.</summary>
    internal int Patch(int row, int column) => (row * grid.Columns.Length) + column;

    /// <summary>Lets go of the map; the memory stays for the next one.</summary>
    internal void Unload()
    {
        whole?.Dispose();
        whole = null;
    }

    public void Dispose()
    {
        Unload();
        cells.Dispose();
        stripCells.Dispose();
    }

    private int[] OffLattice()
    {
        var (rows, columns) = (grid.Rows.Length, grid.Columns.Length);
        var strip = new int[grid.Count - (PatchRows * PatchColumns)];
        var n = 0;
        for (var row = 0; row < rows && n < strip.Length; row++)
        {
            for (var column = row < PatchRows ? PatchColumns : 0; column < columns; column++) strip[n++] = (row * columns) + column;
        }

        return strip;
    }

    private void CopyRow(float* source, float* target, int unit)
    {
        var (phase, u) = Math.DivRem(unit, Rows);
        var (a, b) = Math.DivRem(phase, side);
        var y = (u * grid.Stride) + a;
        if (grid.Wraps) y %= grid.MapHeight;
        var to = target + ((long)unit * Columns * channels);
        for (var v = 0; v < Columns; v++, to += channels)
        {
            var x = (v * grid.Stride) + b;
            if (grid.Wraps) x %= grid.MapWidth;
            var cell = new Span<float>(to, channels);

            // Cells beyond the border belong to no patch; they only must not be infinite.
            if (y >= grid.MapHeight || x >= grid.MapWidth) cell.Clear();
            else new ReadOnlySpan<float>(source + ((((long)y * grid.MapWidth) + x) * channels), channels).CopyTo(cell);
        }
    }

    private void CopyStrip(float* source)
    {
        var to = stripCells.Ensure((long)grid.Size * grid.Size * Strip.Length * channels);
        for (var y = 0; y < grid.Size; y++)
        {
            for (var x = 0; x < grid.Size; x++)
            {
                foreach (var patch in Strip)
                {
                    var (row, column) = grid.Corner(patch);
                    var from = source + ((((long)(row + y) * grid.MapWidth) + column + x) * channels);
                    new ReadOnlySpan<float>(from, channels).CopyTo(new Span<float>(to, channels));
                    to += channels;
                }
            }
        }
    }
}
