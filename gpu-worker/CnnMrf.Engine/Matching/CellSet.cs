namespace CnnMrf.Engine.Matching;

/// <summary>Cells of a lattice, numbered in the order in which they came.</summary>
internal sealed class CellSet
{
    private int[] numbers = [];
    private int[] marks = [];
    private int[] cells = [];
    private int mark;

    /// <summary>How many there are.</summary>
    internal int Count { get; private set; }

    /// <summary>The cells, by number.</summary>
    internal ReadOnlySpan<int> Cells => cells.AsSpan(0, Count);

    /// <summary>The number of a cell that is in the set.</summary>
    internal int this[int cell] => numbers[cell];

    /// <summary>Empties the set, for cells 0 … <paramref name="most"/> − 1.</summary>
    internal void Clear(int most)
    {
        if (most > marks.Length || mark == int.MaxValue)
        {
            (numbers, marks, cells, mark) = (new int[most], new int[most], new int[most], 0);
        }

        Count = 0;
        mark++;
    }

    /// <summary>Adds the square of cells from a patch's corner on, <paramref name="halo"/> rows and columns beyond it.</summary>
    internal void Add(int row, int column, int halo, int columns)
    {
        for (var y = row; y <= row + halo; y++)
        {
            for (var cell = (y * columns) + column; cell <= (y * columns) + column + halo; cell++)
            {
                if (marks[cell] == mark) continue;
                marks[cell] = mark;
                numbers[cell] = Count;
                cells[Count++] = cell;
            }
        }
    }
}
