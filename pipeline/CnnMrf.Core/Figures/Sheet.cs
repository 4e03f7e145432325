using CnnMrf.Core.Pictures;

namespace CnnMrf.Core.Figures;

/// <summary>
/// A figure made of pictures in a labelled grid, rendered alike to pixels and to SVG on any system: its font travels with it.
/// </summary>
/// <remarks>
/// Pictures larger than a cell are scaled down to fit, keeping their aspect; smaller ones are shown as they are, or enlarged by whole
/// factors without smoothing (<see cref="EnlargeSmall"/>). Rows are as high as their highest picture, columns all as wide as the widest.
/// </remarks>
public sealed record Sheet
{
    /// <summary>The cells, row by row. Rows may differ in length; null leaves a position blank.</summary>
    public required IReadOnlyList<IReadOnlyList<SheetCell?>> Rows { get; init; }

    /// <summary>The heading; empty for none.</summary>
    public string Title { get; init; } = "";

    /// <summary>A quieter line or two below the heading; empty for none.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>A note at the foot; empty for none.</summary>
    public string Note { get; init; } = "";

    /// <summary>Labels above the columns, at most one a column.</summary>
    public IReadOnlyList<string> ColumnHeaders { get; init; } = [];

    /// <summary>Labels left of the rows, at most one a row.</summary>
    public IReadOnlyList<string> RowHeaders { get; init; } = [];

    /// <summary>The greatest width of a picture in a cell that spans nothing, in pixels, 16…4096.</summary>
    public int CellWidth { get; init; } = 256;

    /// <summary>The greatest height of a picture in a cell that spans nothing, in pixels, 16…4096.</summary>
    public int CellHeight { get; init; } = 256;

    /// <summary>Whether pictures less than half as large as a cell are enlarged by whole factors, each pixel a square.</summary>
    public bool EnlargeSmall { get; init; }

    /// <summary>Lines that a caption or a column's label may have, 1…8.</summary>
    public int CaptionLines { get; init; } = 2;

    /// <summary>The size of captions in pixels, 6…96; everything else follows.</summary>
    public float TextSize { get; init; } = 13;

    /// <summary>The sheet as a picture.</summary>
    /// <exception cref="ArgumentException">The cells contradict each other, or a size is out of range.</exception>
    public Picture Render()
    {
        var layout = new SheetLayout(this);
        using var surface = new BitmapSurface(layout.Width, layout.Height);
        layout.Draw(surface);
        return surface.ToPicture();
    }

    /// <summary>The sheet as an SVG document with the pictures inside it and text as text.</summary>
    /// <param name="pictures">How the pictures are encoded.</param>
    /// <exception cref="ArgumentException">The cells contradict each other, or a size is out of range.</exception>
    public string ToSvg(PictureFormat pictures = PictureFormat.Png)
    {
        var layout = new SheetLayout(this);
        var surface = new SvgSurface(layout.Width, layout.Height, Title, pictures);
        layout.Draw(surface);
        return surface.ToString();
    }

    /// <summary>Writes the sheet as the extension says: .svg, .png, .jpg, .jpeg or .webp.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <exception cref="ArgumentException">The cells contradict each other, or a size is out of range.</exception>
    /// <exception cref="PictureException">The extension is unknown, or the file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Path.GetExtension(path).Equals(".svg", StringComparison.OrdinalIgnoreCase))
        {
            PictureFile.Write(path, System.Text.Encoding.UTF8.GetBytes(ToSvg()));
        }
        else
        {
            PictureCodec.FormatOf(path);
            PictureCodec.Save(Render(), path);
        }
    }
}
