namespace CnnMrf.Engine.Matching;

/// <summary>The k² cells of a patch, and which product of phases holds the correlations of each.</summary>
/// <param name="Pairs">For each product needed, one cell (y, x) that it holds: it names the phase on both sides.</param>
/// <param name="Cells">For each cell: its product, and how far it is from the patch's corner in lattice rows and columns.</param>
internal sealed record PatchOffsets((int Y, int X)[] Pairs, PatchOffsets.Cell[] Cells)
{
    /// <summary>One cell of a patch.</summary>
    /// <param name="Pair">The product that holds its correlations.</param>
    /// <param name="Row">Query lattice rows from the corner.</param>
    /// <param name="Column">Query lattice columns from the corner.</param>
    /// <param name="Shift">Places from the corner in the style's phase.</param>
    internal readonly record struct Cell(int Pair, int Row, int Column, int Shift);

    /// <summary>Strides may differ: then more products are needed, at worst one for each cell, which is direct correlation.</summary>
    internal static PatchOffsets Between(int size, PhaseMap query, PhaseMap style)
    {
        var pairs = new List<(int, int)>();
        var known = new Dictionary<(int, int, int, int), int>();
        var cells = new Cell[size * size];
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                var key = (y % query.Stride, x % query.Stride, y % style.Stride, x % style.Stride);
                if (!known.TryGetValue(key, out var pair))
                {
                    pair = pairs.Count;
                    known.Add(key, pair);
                    pairs.Add((y, x));
                }

                cells[(y * size) + x] = new Cell(pair, y / query.Stride, x / query.Stride, style.Shift(y, x));
            }
        }

        return new PatchOffsets([.. pairs], cells);
    }
}
