using System.Globalization;
using CnnMrf.Core.Pictures;

namespace CnnMrf.Core.Figures;

/// <summary>The sheet of one synthesis: what was given in one row, every level and the result in the next, each with its caption.</summary>
public static class SynthesisSheet
{
    /// <summary>The greatest side of a picture on it, px.</summary>
    public const int Cell = 256;

    /// <summary>The sheet.</summary>
    /// <param name="title">What the synthesis is called.</param>
    /// <param name="given">Content, styles and whatever else went in (<see cref="Given"/>).</param>
    /// <param name="levels">Coarsest first (<see cref="Level"/>).</param>
    /// <param name="result">The result (<see cref="Result"/>).</param>
    /// <param name="subtitle">What should be known of it; empty for nothing (<see cref="Numbers"/>).</param>
    public static Sheet Of(
        string title, IReadOnlyList<SheetCell> given, IReadOnlyList<SheetCell> levels, SheetCell result, string subtitle = "") => new()
        {
            Rows = [given, [.. levels, result]],
            Title = title,
            Subtitle = subtitle,
            CellWidth = Cell,
            CellHeight = Cell,
        };

    /// <summary>Something that went in.</summary>
    /// <param name="picture">The picture, of any size; null where it is not at hand.</param>
    /// <param name="word">What it is: content, style, content map ….</param>
    /// <param name="size">Its size as it was given.</param>
    /// <param name="number">Which of several, 1…; null for the only one.</param>
    public static SheetCell Given(Picture? picture, string word, PixelSize size, int? number = null) =>
        new(Small(picture), Invariant($"{word}{(number is { } n ? Invariant($" {n}") : "")}: {size} px"));

    /// <summary>A level.</summary>
    /// <param name="picture">Its result.</param>
    /// <param name="number">1 is the coarsest.</param>
    /// <param name="size">Its size.</param>
    /// <param name="iterations">Its iterations, where known.</param>
    public static SheetCell Level(Picture? picture, int number, PixelSize size, int? iterations) =>
        new(Small(picture), Invariant($"level {number}: {size} px{(iterations is { } n ? Invariant($", {n} iterations") : "")}"));

    /// <summary>The result.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="size">Its size.</param>
    public static SheetCell Result(Picture? picture, PixelSize size) => new(Small(picture), $"result: {size} px");

    /// <summary>A line of numbers; what is null is left out.</summary>
    /// <param name="weights">Name of the weights.</param>
    /// <param name="fit">The fit of content and style.</param>
    /// <param name="copy">The share copied.</param>
    /// <param name="layout">The share of the layout kept.</param>
    public static string Numbers(string? weights, double? fit, double? copy, double? layout) => string.Join("; ", new[]
    {
        weights is null ? null : $"weights {weights}",
        Share("fit", fit),
        Share("copy", copy),
        Share("layout", layout),
    }.OfType<string>());

    private static string? Share(string name, double? value) => value is { } v ? Invariant($"{name} {v:0.00}") : null;

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // So that no two large pictures need be kept until the sheet is drawn.
    private static Picture? Small(Picture? picture) => picture?.Size.LongSide > Cell ? picture.ResizeLongSide(Cell) : picture;
}
