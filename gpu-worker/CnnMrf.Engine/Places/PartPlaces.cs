using CnnMrf.Core.Pictures;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Weights;

namespace CnnMrf.Engine.Places;

/// <summary>
/// Where in each style picture the parts lie that the content shows at a place: an eye where the style's eye is, and the cheek below it
/// where its cheek is, though one cheek looks like any other and like a wall. Found by features of our own whatever weights the synthesis
/// uses, and made smooth, so that what is like everything else follows what is not. Not in the paper.
/// </summary>
public sealed class PartPlaces
{
    // Support, in NCC: unrelated things have 0.01 … 0.06, one in five above 0.035; faces 0.12 … 0.26, things of one kind 0.02 … 0.18.
    private const double Chance = 0.035;
    private const double Sure = 0.1;

    // How much more support a map through matches in a mirror image has if the parts do lie the other way round, and how sure it is.
    private const double Clearly = 1.25;
    private const double SureEnough = 0.35;

    private readonly (SmoothMap? Map, bool Mirrored)[] _maps;

    // Extents of the content to an extent of what is asked about.
    private readonly double _across = 1;
    private readonly double _down = 1;

    /// <summary>One map a style picture; null where nothing was looked for.</summary>
    internal PartPlaces(params (SmoothMap? Map, bool Mirrored)[] maps) => _maps = maps;

    private PartPlaces((SmoothMap? Map, bool Mirrored)[] maps, double across, double down) => (_maps, _across, _down) = (maps, across, down);

    /// <summary>Looks for the parts.</summary>
    /// <param name="content">What shows them.</param>
    /// <param name="styles">Where they are looked for, each by itself; null: nowhere.</param>
    /// <param name="mirrored">Whether copies of a style may be mirrored, so that its parts may be found the other way round.</param>
    /// <param name="threads">Threads of the matching, 1 or more.</param>
    /// <param name="ct">Looked at during matching.</param>
    /// <returns>Null where they have no part in common, and where the build carries no weights of its own.</returns>
    public static PartPlaces? Find(
        Picture content, IReadOnlyList<Picture?> styles, bool mirrored, int threads, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(styles);
        if (!OwnWeights.AreEmbedded)
        {
            return null;
        }

        TorchRuntime.EnsureLoaded();
        using var search = new PartSearch(threads);
        var places = new PartPlaces([.. search.Find(content, styles, mirrored, ct).Select(found => found is { } pairs ? Best(pairs) : (null, false))]);
        return Enumerable.Range(0, styles.Count).Any(s => places.Confidence(s) > 0) ? places : null;
    }

    /// <summary>How sure the places in a style are: 0, there is nothing in common, … 1.</summary>
    public double Confidence(int style) => _maps[style].Map is { } map ? ConfidenceOf(map) : 0;

    /// <summary>Whether a style shows the parts the other way round: its mirror image has them where the content has them.</summary>
    /// <param name="style">Number of the style picture.</param>
    public bool AreMirrored(int style) => _maps[style].Mirrored;

    /// <summary>Where in a style that was looked at a place's part lies, both in extents of their pictures; it may be a little
    /// outside.</summary>
    /// <param name="style">Number of the style picture.</param>
    /// <param name="x">Horizontal, 0 at the content's left edge, 1 at its right one.</param>
    /// <param name="y">Vertical, from above.</param>
    public (double X, double Y) Of(int style, double x, double y) => _maps[style].Map!.At(x * _across, y * _down);

    /// <summary>The same for a canvas that reaches beyond the content's right and lower edge: what lies there is expected where these
    /// are.</summary>
    /// <param name="content">The content's size on it.</param>
    /// <param name="canvas">The canvas's.</param>
    internal PartPlaces On(PixelSize content, PixelSize canvas) =>
        new(_maps, (double)canvas.Width / content.Width, (double)canvas.Height / content.Height);

    private static double ConfidenceOf(SmoothMap map) => Math.Clamp((map.Support - Chance) / (Sure - Chance), 0, 1);

    private static (SmoothMap? Map, bool Mirrored) Best((IReadOnlyList<PlacePair> Upright, IReadOnlyList<PlacePair>? Mirrored) found)
    {
        var upright = new SmoothMap(found.Upright);
        return found.Mirrored is { } pairs && new SmoothMap(pairs) is { Reverses: true } mirrored
            && mirrored.Support > Clearly * upright.Support && ConfidenceOf(mirrored) >= SureEnough
            ? (mirrored, true)
            : (upright, false);
    }
}
