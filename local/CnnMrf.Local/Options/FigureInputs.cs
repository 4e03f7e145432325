using CnnMrf.Engine.Figures;

namespace CnnMrf.Local.Options;

/// <summary>What a figure of two pictures is made from, read and checked.</summary>
/// <param name="Network">The network that looks at the pictures.</param>
/// <param name="A">The first picture, at the figure's size.</param>
/// <param name="B">The second picture, at the figure's size.</param>
/// <param name="PathA">The first picture's file.</param>
/// <param name="PathB">The second picture's file.</param>
/// <param name="Outputs">Where the figure and its numbers go.</param>
internal sealed record FigureInputs(
    FigureNetwork Network, FigurePicture A, FigurePicture B, string PathA, string PathB, (IReadOnlyList<string> Sheets, string Json) Outputs)
    : IDisposable
{
    /// <summary>What the pictures are called on the figure.</summary>
    internal (string A, string B) Titles => (Path.GetFileName(PathA), Path.GetFileName(PathB));

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();
}
