namespace CnnMrf.Core.Figures;

internal static class SheetChecks
{
    public static void Check(Sheet sheet, int columns)
    {
        InRange(nameof(Sheet.CellWidth), sheet.CellWidth, 16, 4096);
        InRange(nameof(Sheet.CellHeight), sheet.CellHeight, 16, 4096);
        InRange(nameof(Sheet.CaptionLines), sheet.CaptionLines, 1, 8);
        InRange(nameof(Sheet.TextSize), sheet.TextSize, 6, 96);
        if (columns == 0)
        {
            throw new ArgumentException("A sheet needs at least one cell.", nameof(sheet));
        }

        if (sheet.ColumnHeaders.Count > columns || sheet.RowHeaders.Count > sheet.Rows.Count)
        {
            throw new ArgumentException(
                $"The sheet has {columns} columns and {sheet.Rows.Count} rows, but {sheet.ColumnHeaders.Count} column headers and "
                + $"{sheet.RowHeaders.Count} row headers. Leave out those too many.",
                nameof(sheet));
        }

        var owner = new bool[sheet.Rows.Count, columns];
        for (var row = 0; row < sheet.Rows.Count; row++)
        {
            for (var column = 0; column < sheet.Rows[row].Count; column++)
            {
                if (sheet.Rows[row][column] is { } cell)
                {
                    Occupy(owner, cell, row, column);
                }
            }
        }
    }

    private static void Occupy(bool[,] owner, SheetCell cell, int row, int column)
    {
        if (cell.Rows < 1 || cell.Columns < 1 || row + cell.Rows > owner.GetLength(0) || column + cell.Columns > owner.GetLength(1))
        {
            throw new ArgumentException(
                $"The cell in row {row + 1}, column {column + 1} spans {cell.Rows} rows and {cell.Columns} columns, which is not inside "
                + $"the sheet's {owner.GetLength(0)} rows and {owner.GetLength(1)} columns.");
        }

        for (var r = row; r < row + cell.Rows; r++)
        {
            for (var c = column; c < column + cell.Columns; c++)
            {
                if (owner[r, c])
                {
                    throw new ArgumentException(
                        $"Two cells overlap in row {r + 1}, column {c + 1}. Put null where a spanning cell continues.");
                }

                owner[r, c] = true;
            }
        }
    }

    private static void InRange(string name, float value, float low, float high)
    {
        if (!(value >= low && value <= high))
        {
            throw new ArgumentException($"{name} is {value}; it must be within {low}…{high}.");
        }
    }
}
