using System.Globalization;
using CnnMrf.Core.Settings;

namespace CnnMrf.Core.Labels;

/// <summary>The label maps of a synthesis: a patch of the content's class is matched with patches of the style's same class only.</summary>
public sealed class LabelSet
{
    /// <summary>Most classes.</summary>
    public const int MaxClasses = 32;

    // Maps are often drawn over a scaled copy; rounding of its sides is nothing to complain about.
    private const double ShapeTolerance = 0.03;

    private LabelSet(IReadOnlyList<LabelColor> classes, LabelMap content, IReadOnlyList<LabelMap> styles) =>
        (Classes, Content, Styles) = (classes, content, styles);

    /// <summary>The colour of each class; a class is its place here.</summary>
    public IReadOnlyList<LabelColor> Classes { get; }

    /// <summary>The content's.</summary>
    public LabelMap Content { get; }

    /// <summary>One a style picture.</summary>
    public IReadOnlyList<LabelMap> Styles { get; }

    /// <summary>
    /// Reads maps, all with the same classes. Where no map has more than 32 colours each colour is a class, however small its area (colours
    /// within 8 of each other in every channel are one). Maps with more, as JPEG and smoothed edges make them, have the colours that cover
    /// at least 1 % of a map (colours within 48 of each other are one), and everything else belongs to the nearest of them.
    /// </summary>
    /// <param name="content">The content's map.</param>
    /// <param name="styles">One for each style picture, in their order.</param>
    /// <param name="styleWeights">Of the style pictures: those that are left out (weight 0) offer no class.</param>
    /// <exception cref="LabelMapException">A picture is no label map, has another shape than what it lies over, or the content's map has a
    /// class that no style's has.</exception>
    /// <exception cref="SettingsException">The style weights do not fit the number of styles.</exception>
    public static LabelSet Read(LabelSource content, IReadOnlyList<LabelSource> styles, Values<double> styleWeights)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(styles);
        ArgumentNullException.ThrowIfNull(styleWeights);
        SettingsValidator.FitsStyles("styleWeights", styleWeights, styles.Count);
        CheckShape(content, ContentField, "content map", "content");
        for (var i = 0; i < styles.Count; i++)
        {
            CheckShape(styles[i], StyleField, NameOf(i, styles.Count), "style");
        }

        var palette = LabelPalette.Of(
            [
                new(ContentField, "content map", content.Map),
                .. styles.Select((s, i) => new NamedMap(StyleField, NameOf(i, styles.Count), s.Map)),
            ]);
        LabelSet set = new(palette.Classes, palette.Maps[0], [.. palette.Maps.Skip(1)]);
        set.CheckOffered(styleWeights);
        return set;
    }

    private const string ContentField = "contentMap";
    private const string StyleField = "styleMap";

    private static string NameOf(int style, int count) =>
        count == 1 ? "style map" : string.Create(CultureInfo.InvariantCulture, $"style map {style + 1}");

    private static void CheckShape(LabelSource source, string field, string name, string over)
    {
        var (map, picture) = (source.Map.Size, source.Over);
        var ratio = (double)map.Width * picture.Height / ((double)map.Height * picture.Width);
        if (Math.Abs(Math.Log(ratio)) > ShapeTolerance)
        {
            throw new LabelMapException(field, $"The {name} is {map} px and the {over} picture {picture}: a map lies over its whole "
                + "picture, so it needs the same proportions. Save it in the picture's size.");
        }
    }

    private void CheckOffered(Values<double> styleWeights)
    {
        var offered = Styles.Where((_, i) => styleWeights.For(i) > 0).SelectMany(s => s.Classes.ToArray().Distinct()).ToHashSet();
        var wanted = Content.Classes.ToArray().CountBy(c => c).OrderBy(c => c.Key);
        foreach (var (missing, count) in wanted.Where(c => !offered.Contains(c.Key)))
        {
            var share = (100.0 * count / Content.Classes.Length).ToString("0.#", CultureInfo.InvariantCulture);
            throw new LabelMapException(ContentField, $"The content map has the colour {Classes[missing]} ({share} % of it), which "
                + $"{(Styles.Count == 1 ? "the style map lacks" : "no style map has")}: nothing could be matched there. Paint something "
                + "in that colour in the style map, or another colour over it in the content map.");
        }
    }
}
