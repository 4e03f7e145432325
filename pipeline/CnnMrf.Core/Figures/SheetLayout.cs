using CnnMrf.Core.Pictures;
using SkiaSharp;

namespace CnnMrf.Core.Figures;

/// <summary>Places everything on a sheet once, for whatever surface.</summary>
internal sealed class SheetLayout
{
    private static readonly SKColor Paper = new(0xF6, 0xF5, 0xF2);
    private static readonly SKColor Panel = new(0xEB, 0xE9, 0xE4);
    private static readonly SKColor Hairline = new(0xCF, 0xCC, 0xC5);
    private static readonly SKColor Ink = new(0x25, 0x28, 0x2C);
    private static readonly SKColor QuietInk = new(0x63, 0x67, 0x6D);

    private readonly Sheet _sheet;
    private readonly List<Placed> _cells;
    private readonly int _columns;
    private readonly int _columnWidth;
    private readonly int[] _rowHeights;
    private readonly int[] _captionHeights;
    private readonly int[] _rowTops;
    private readonly int _gridLeft;
    private readonly int _margin;
    private readonly int _gap;
    private readonly TextLook _title;
    private readonly TextLook _subtitle;
    private readonly TextLook _header;
    private readonly TextLook _caption;
    private readonly IReadOnlyList<string> _titleLines;
    private readonly IReadOnlyList<string> _subtitleLines;
    private readonly IReadOnlyList<string> _noteLines;
    private readonly List<IReadOnlyList<string>> _columnHeaders;
    private readonly List<IReadOnlyList<string>> _rowHeaders;
    private readonly int _headerTop;
    private readonly int _noteTop;

    public SheetLayout(Sheet sheet)
    {
        _sheet = sheet;
        var rows = sheet.Rows.Count;
        _columns = rows == 0 ? 0 : sheet.Rows.Max(row => row.Count);
        SheetChecks.Check(sheet, _columns);

        var text = sheet.TextSize;
        _title = new TextLook(MathF.Round(text * 1.55f), true, Ink);
        _subtitle = new TextLook(text, false, QuietInk);
        _header = new TextLook(text, true, Ink);
        _caption = new TextLook(MathF.Round(text * 0.95f), false, QuietInk);
        _margin = (int)MathF.Round(text * 2);
        _gap = (int)MathF.Round(text * 1.2f);
        var pad = (int)MathF.Round(text * 0.5f);

        _cells = Place();
        foreach (var cell in _cells.Where(c => c.Cell.Columns == 1))
        {
            cell.Shown = Fit(cell.Cell, sheet.CellWidth);
        }

        // Captions want some width, even under thumbnails.
        var widest = _cells.Where(c => c.Shown is not null).Select(c => c.Shown!.Width).DefaultIfEmpty(sheet.CellWidth).Max();
        _columnWidth = Math.Max((int)(text * 6), widest);
        foreach (var cell in _cells.Where(c => c.Cell.Columns > 1))
        {
            cell.Shown = Fit(cell.Cell, SpanWidth(cell.Cell.Columns));
        }

        _rowHeights = [.. Enumerable.Range(0, rows).Select(RowHeight)];
        StretchSpannedRows(pad);

        foreach (var cell in _cells)
        {
            cell.Lines = TextWrapping.Wrap(cell.Cell.Caption, _caption, SpanWidth(cell.Cell.Columns), sheet.CaptionLines);
        }

        _captionHeights = [.. Enumerable.Range(0, rows).Select(row => _cells
            .Where(c => c.Row + c.Cell.Rows - 1 == row && c.Lines.Count > 0)
            .Select(c => pad + (int)(c.Lines.Count * _caption.LineHeight)).DefaultIfEmpty(0).Max())];

        var gutter = sheet.RowHeaders.Count == 0
            ? 0
            : (int)Math.Min(text * 11, MathF.Ceiling(sheet.RowHeaders.Max(h => SheetFont.Measure(h, _header))) + 1);
        _rowHeaders = [.. sheet.RowHeaders.Select(h => TextWrapping.Wrap(h, _header, gutter, 6))];
        _columnHeaders = [.. sheet.ColumnHeaders.Select(h => TextWrapping.Wrap(h, _header, _columnWidth, sheet.CaptionLines))];
        _gridLeft = _margin + (gutter > 0 ? gutter + _gap : 0);
        var gridWidth = SpanWidth(Math.Max(1, _columns));
        // A narrow grid does not make a narrow heading.
        var wanted = new[] { (sheet.Title, _title), (sheet.Subtitle, _subtitle), (sheet.Note, _caption) }
            .Max(t => SheetFont.Measure(t.Item1, t.Item2));
        var inner = Math.Max(_gridLeft - _margin + gridWidth, Math.Min((int)Math.Ceiling(wanted) + 1, (int)(text * 32)));
        Width = inner + (2 * _margin);

        _titleLines = TextWrapping.Wrap(sheet.Title, _title, inner, 3);
        _subtitleLines = TextWrapping.Wrap(sheet.Subtitle, _subtitle, inner, 4);
        _noteLines = TextWrapping.Wrap(sheet.Note, _caption, inner, 8);

        var y = _margin + (int)((_titleLines.Count * _title.LineHeight) + (_subtitleLines.Count * _subtitle.LineHeight));
        y += y > _margin ? _gap : 0;
        _headerTop = y;
        var headerLines = _columnHeaders.Select(h => h.Count).DefaultIfEmpty(0).Max();
        y += headerLines > 0 ? (int)(headerLines * _header.LineHeight) + pad : 0;
        _rowTops = new int[rows];
        for (var row = 0; row < rows; row++)
        {
            _rowTops[row] = y;
            y += _rowHeights[row] + _captionHeights[row] + (row < rows - 1 ? _gap : 0);
        }

        _noteTop = y + _gap;
        y += _noteLines.Count > 0 ? _gap + (int)(_noteLines.Count * _caption.LineHeight) : 0;
        Height = y + _margin;
    }

    public int Width { get; }

    public int Height { get; }

    public void Draw(ISheetSurface surface)
    {
        surface.Fill(new SKRectI(0, 0, Width, Height), Paper);
        DrawLines(surface, _titleLines, _margin, _margin, TextAnchor.Start, _title);
        DrawLines(surface, _subtitleLines, _margin, _margin + (int)(_titleLines.Count * _title.LineHeight), TextAnchor.Start, _subtitle);
        DrawLines(surface, _noteLines, _margin, _noteTop, TextAnchor.Start, _caption);

        var headerLines = _columnHeaders.Select(h => h.Count).DefaultIfEmpty(0).Max();
        for (var column = 0; column < _columnHeaders.Count; column++)
        {
            // Labels of unequal length stand on one line, next to what they label.
            var top = _headerTop + (int)((headerLines - _columnHeaders[column].Count) * _header.LineHeight);
            DrawLines(surface, _columnHeaders[column], Left(column) + (_columnWidth / 2f), top, TextAnchor.Middle, _header);
        }

        for (var row = 0; row < _rowHeaders.Count; row++)
        {
            var top = _rowTops[row] + (int)((_rowHeights[row] - (_rowHeaders[row].Count * _header.LineHeight)) / 2);
            DrawLines(surface, _rowHeaders[row], _gridLeft - _gap, top, TextAnchor.End, _header);
        }

        foreach (var cell in _cells)
        {
            DrawCell(surface, cell);
        }
    }

    private void DrawCell(ISheetSurface surface, Placed cell)
    {
        var last = cell.Row + cell.Cell.Rows - 1;
        var (left, top) = (Left(cell.Column), _rowTops[cell.Row]);
        var (width, bottom) = (SpanWidth(cell.Cell.Columns), _rowTops[last] + _rowHeights[last]);
        if (cell.Shown is { } picture)
        {
            var (x, y) = (left + ((width - picture.Width) / 2), top + ((bottom - top - picture.Height) / 2));
            surface.Draw(picture, x, y);
        }
        else
        {
            surface.Fill(new SKRectI(left, top, left + width, bottom), Panel);
            surface.Frame(new SKRectI(left, top, left + width, bottom), Hairline);
        }

        var captionTop = bottom + (int)MathF.Round(_sheet.TextSize * 0.35f);
        DrawLines(surface, cell.Lines, left + (width / 2f), captionTop, TextAnchor.Middle, _caption);
    }

    private static void DrawLines(ISheetSurface surface, IReadOnlyList<string> lines, float x, int top, TextAnchor anchor, TextLook look)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            surface.Draw(lines[i], x, top + (i * look.LineHeight) + look.Ascent, anchor, look);
        }
    }

    private List<Placed> Place()
    {
        var cells = new List<Placed>();
        for (var row = 0; row < _sheet.Rows.Count; row++)
        {
            for (var column = 0; column < _sheet.Rows[row].Count; column++)
            {
                if (_sheet.Rows[row][column] is { } cell)
                {
                    cells.Add(new Placed(cell, row, column));
                }
            }
        }

        return cells;
    }

    private Picture? Fit(SheetCell cell, int width)
    {
        if (cell.Picture is not { } picture)
        {
            return null;
        }

        var height = (cell.Rows * _sheet.CellHeight) + ((cell.Rows - 1) * _gap);
        var scale = Math.Min((double)width / picture.Width, (double)height / picture.Height);
        if (scale < 1)
        {
            return picture.Resize(
                Math.Max(1, (int)Math.Round(picture.Width * scale)), Math.Max(1, (int)Math.Round(picture.Height * scale)));
        }

        return _sheet.EnlargeSmall && scale >= 2 ? PictureEnlarging.Enlarge(picture, (int)scale) : picture;
    }

    private int RowHeight(int row)
    {
        var heights = _cells.Where(c => c.Row == row && c.Cell.Rows == 1 && c.Shown is not null).Select(c => c.Shown!.Height).ToArray();
        // A row of panels only, or one that others span into, has no picture to go by.
        return heights.Length > 0 ? heights.Max() : _cells.Any(c => c.Row == row && c.Cell.Rows == 1) ? _sheet.CellHeight / 2 : 1;
    }

    // What spans several rows and is higher than they are makes the last of them higher.
    private void StretchSpannedRows(int pad)
    {
        foreach (var cell in _cells.Where(c => c.Cell.Rows > 1 && c.Shown is not null))
        {
            var last = cell.Row + cell.Cell.Rows - 1;
            var present = Enumerable.Range(cell.Row, cell.Cell.Rows).Sum(r => _rowHeights[r]) + ((cell.Cell.Rows - 1) * (_gap + pad));
            _rowHeights[last] += Math.Max(0, cell.Shown!.Height - present);
        }
    }

    private int Left(int column) => _gridLeft + (column * (_columnWidth + _gap));

    private int SpanWidth(int columns) => (columns * _columnWidth) + ((columns - 1) * _gap);

    private sealed class Placed(SheetCell cell, int row, int column)
    {
        public SheetCell Cell => cell;

        public int Row => row;

        public int Column => column;

        /// <summary>The picture at the size that it is shown in.</summary>
        public Picture? Shown { get; set; }

        public IReadOnlyList<string> Lines { get; set; } = [];
    }
}
