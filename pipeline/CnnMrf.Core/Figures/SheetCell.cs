using CnnMrf.Core.Pictures;

namespace CnnMrf.Core.Figures;

/// <summary>One cell of a <see cref="Sheet"/>.</summary>
/// <param name="Picture">What it shows; null shows an empty panel.</param>
/// <param name="Caption">The text beneath, wrapped, and cut with "…" where too long; line breaks are kept.</param>
/// <param name="Columns">Columns it spans, at least 1. The further positions must be null.</param>
/// <param name="Rows">Rows it spans, at least 1. The further positions must be null.</param>
public sealed record SheetCell(Picture? Picture, string Caption = "", int Columns = 1, int Rows = 1);
