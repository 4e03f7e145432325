using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Features;
using CnnMrf.Engine.Labels;
using CnnMrf.Engine.Matching;
using CnnMrf.Engine.Native;
using CnnMrf.Engine.Patches;
using CnnMrf.Engine.Places;
using CnnMrf.Engine.Styles;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Engine.Weights;
using static CnnMrf.Engine.Features.OwnNetwork;
using static TorchSharp.torch;

namespace CnnMrf.Engine.Figures;

/// <summary>
/// Estimates, before anything is synthesised, whether a content can be re-assembled from its style's patches: by the best matches of its
/// own patches at relu4_1, at a coarse size, by features of our own whatever weights the synthesis uses, so that the number means the same
/// everywhere. The settings' style pictures, scales and copies take part, label maps too.
/// </summary>
/// <remarks>
/// The scale was set by pairs: flat colours and noise as a style have a mean NCC of 0.24…0.46 with any photograph, pictures of
/// unrelated things 0.32…0.54, pictures of one kind of thing 0.43…0.76. Nothing is kept between calls, and
/// nothing random is drawn.
/// </remarks>
public static class FitCheck
{
    /// <summary>Below it there is nothing of the content in the style.</summary>
    public const double Hopeless = 0.15;

    /// <summary>Below it parts of the content are missing in the style.</summary>
    public const double Poor = 0.35;

    /// <summary>From it on nearly everything is there.</summary>
    public const double Good = 0.7;

    private const int LongSide = 96;

    // NCC of a patch that nothing resembles, and of one that is found.
    private const double Unlike = 0.42;
    private const double Alike = 0.67;

    // NCC of a match that is more than chance.
    private const double GoodMatch = 0.47;
    private const int MapSide = 768;

    /// <summary>Estimates the fit.</summary>
    /// <param name="settings">Style weights, scales and copies.</param>
    /// <param name="input">The pictures.</param>
    /// <param name="ct">Looked at during matching.</param>
    /// <returns>Null without a content picture, and where the build carries no weights of its own.</returns>
    /// <exception cref="InsufficientMemoryException">There is not enough memory for it.</exception>
    public static FitEstimate? Of(SynthesisSettings settings, SynthesisInput input, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(input);
        if (input.Content is not { } content || !OwnWeights.AreEmbedded)
        {
            return null;
        }

        TorchRuntime.EnsureLoaded();
        return NativeMemory.Need(() => Estimate(settings, input, content, ct));
    }

    private static FitEstimate Estimate(SynthesisSettings settings, SynthesisInput input, Picture content, CancellationToken ct)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        using var own = new OwnNetwork();
        var spaces = SpacePair.Of(own.Features);
        var alone = settings with
        {
            MrfLayers = new(new LayerWeight(Layer, 1)),
            InducedLayers = LayerWeights.None,
            ContentLayer = Layer.ToString(),
        };
        var size = SizeOf(content.Size, LongSide);
        var shown = spaces.Input.FromPicture(content.Resize(size), ScalarType.Float32, CPU);
        var styles = input.Styles.Select((s, i) => !settings.TakesPart(i) ? null : spaces.Input.FromPicture(
            s.Resize(SizeOf(s.Size, LongSide * settings.StyleScale.For(i))), ScalarType.Float32, CPU)).ToArray();
        var mirrored = input.Mirrored ?? (MirroredStyles.AreSought(settings, input)
            ? MirroredStyles.Of(
                input.Styles.Count, PartPlaces.Find(content, settings.TakingPart(input.Styles), mirrored: true, get_num_threads(), ct))
            : null);
        using var features = new StyleFeatures(
            spaces, alone, styles, [new(Layer, 1, PatchSide, 1, 1, 1)], input.Labels, mirrored: mirrored);
        var pool = features.Pool(Layer);
        using var query = features.Match.Join(spaces.Forward(shown, [Layer], []), Layer);
        var grid = query.Grid(PatchSide, 1);
        var classes = input.Labels is { } labels ? new ContentLabels(labels.Content, size).Of(grid, Layer.Scale) : null;
        using var matcher = new PlainMatcher();
        var field = matcher.Match(query, grid, pool, new(Classes: classes), ct);
        return new(Numbers(field, pool, input.Labels is not null), Draw(content, field, size));
    }

    // Of the map: from matches that will do to chance.
    private static double LackOf(double ncc) => Math.Clamp((0.52 - ncc) / (0.52 - 0.37), 0, 1);

    private static double FitOf(double ncc) => Math.Clamp((ncc - Unlike) / (Alike - Unlike), 0, 1);

    private static FitStatistics Numbers(PatchField field, StylePool pool, bool labelled)
    {
        var fit = field.Score.Average(s => FitOf(s));
        var coverage = field.Score.Count(s => s >= GoodMatch) / (double)field.Score.Length;
        var copy = MatchReport.Copy(field, pool);
        return new(fit, field.Score.Average(s => (double)s), coverage, copy, FitAdvice.For(fit, coverage, copy, labelled));
    }

    private static Picture Draw(Picture content, PatchField field, PixelSize size)
    {
        var shown = content.Size.LongSide > MapSide ? content.ResizeLongSide(MapSide) : content;
        var map = new Picture(shown.Width, shown.Height);
        var lack = LackByCell(field);
        for (var y = 0; y < map.Height; y++)
        {
            for (var x = 0; x < map.Width; x++)
            {
                var amount = Sample(
                    lack,
                    ((x + 0.5) * size.Width / map.Width / Layer.Scale) - 0.5,
                    ((y + 0.5) * size.Height / map.Height / Layer.Scale) - 0.5);
                var grey = (0.2126f * shown[x, y, 0]) + (0.7152f * shown[x, y, 1]) + (0.0722f * shown[x, y, 2]);
                Span<float> heat = [0.95f, 0.1f, 0.05f];
                for (var c = 0; c < 3; c++)
                {
                    map[x, y, c] = (float)((grey * (1 - (0.75 * amount))) + (0.75 * amount * heat[c] * (0.35 + (0.65 * grey))));
                }
            }
        }

        return map;
    }

    // What a cell lacks is the mean over the patches that cover it.
    private static double[,] LackByCell(PatchField field)
    {
        var grid = field.Grid;
        var lack = new double[grid.MapHeight, grid.MapWidth];
        var count = new int[grid.MapHeight, grid.MapWidth];
        for (var i = 0; i < grid.Count; i++)
        {
            var (row, column) = grid.Corner(i);
            for (var n = 0; n < grid.Size * grid.Size; n++)
            {
                lack[row + (n / grid.Size), column + (n % grid.Size)] += LackOf(field.Score[i]);
                count[row + (n / grid.Size), column + (n % grid.Size)]++;
            }
        }

        for (var n = 0; n < lack.Length; n++)
        {
            lack[n / grid.MapWidth, n % grid.MapWidth] /= count[n / grid.MapWidth, n % grid.MapWidth];
        }

        return lack;
    }

    private static double Sample(double[,] map, double x, double y)
    {
        var (height, width) = (map.GetLength(0), map.GetLength(1));
        x = Math.Clamp(x, 0, width - 1);
        y = Math.Clamp(y, 0, height - 1);
        var (x0, y0) = (Math.Min((int)x, Math.Max(0, width - 2)), Math.Min((int)y, Math.Max(0, height - 2)));
        var (x1, y1) = (Math.Min(x0 + 1, width - 1), Math.Min(y0 + 1, height - 1));
        var (fx, fy) = (x - x0, y - y0);
        var top = (map[y0, x0] * (1 - fx)) + (map[y0, x1] * fx);
        var bottom = (map[y1, x0] * (1 - fx)) + (map[y1, x1] * fx);
        return (top * (1 - fy)) + (bottom * fy);
    }
}
