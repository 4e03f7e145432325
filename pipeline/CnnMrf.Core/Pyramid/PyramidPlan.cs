using System.Globalization;
using CnnMrf.Core.Pictures;
using CnnMrf.Core.Settings;

namespace CnnMrf.Core.Pyramid;

/// <summary>One level of the pyramid.</summary>
/// <param name="Index">0 is the coarsest.</param>
/// <param name="Size">Size of the level's picture.</param>
/// <param name="Canvas">Size of the optimised canvas, ≥ <paramref name="Size"/>: see
/// <see cref="SynthesisSettings.CanvasMultiple"/>.</param>
/// <param name="Styles">Size of each style picture at this level.</param>
/// <param name="Iterations">L-BFGS iterations.</param>
/// <param name="ContentWeight">α1.</param>
/// <param name="PositionWeight">λ.</param>
/// <param name="Guidance">μ.</param>
public sealed record LevelPlan(
    int Index,
    PixelSize Size,
    PixelSize Canvas,
    IReadOnlyList<PixelSize> Styles,
    int Iterations,
    double ContentWeight,
    double PositionWeight,
    double Guidance = 0);

/// <summary>
/// Coarse to fine: the resolutions of a synthesis. Every level's style long side is the level's times <c>styleScale</c> (DESIGN §1).
/// </summary>
/// <param name="Levels">Coarsest first.</param>
/// <param name="Output">Size of the result.</param>
public sealed record PyramidPlan(IReadOnlyList<LevelPlan> Levels, PixelSize Output)
{
    /// <summary>Plans a guided synthesis, or a texture when there is no content.</summary>
    /// <param name="settings">Validated settings.</param>
    /// <param name="content">Size of the content picture; null for a texture.</param>
    /// <param name="styles">Sizes of the style pictures, at least one.</param>
    /// <exception cref="SettingsException">The pictures are too small or too oblong for the settings, or lists do not fit the number of
    /// levels or style pictures.</exception>
    public static PyramidPlan Create(SynthesisSettings settings, PixelSize? content, IReadOnlyList<PixelSize> styles)
    {
        if (styles.Count == 0)
        {
            throw new SettingsException("style", "at least one style picture is needed");
        }

        SettingsValidator.FitsStyles("styleWeights", settings.StyleWeights, styles.Count);
        SettingsValidator.FitsStyles("styleScale", settings.StyleScale, styles.Count);
        if (settings.Size.IsExact && content is not null)
        {
            throw new SettingsException(
                "size", $"is {settings.Size}; with a content picture give only the long side: the other follows its proportions");
        }

        if (settings.Tileable && content is not null)
        {
            throw new SettingsException("tileable", "is for textures; it cannot be used with a content picture");
        }

        if (settings.PreserveColor && content is null)
        {
            throw new SettingsException("preserveColor", "keeps the content's colours, and a texture has no content: leave it out");
        }

        if (settings.Initial == InitialPicture.Content && content is null)
        {
            throw new SettingsException("initial", "is content, but a texture has none; use shuffle or noise");
        }

        var shape = content ?? new PixelSize(settings.Size.Width, settings.Size.IsExact ? settings.Size.Height : settings.Size.Width);
        var output = shape.WithLongSide(settings.Size.LongSide, settings.SideRounding);
        var least = LeastSide(settings);

        var leastPicture = content is null ? least : LeastGuidedSide(settings);

        // A level's least long side: the shortest sides that come of it must still hold a patch.
        var smallest = styles.Index().Where(s => settings.TakesPart(s.Index))
            .Select(s => Math.Ceiling((least - 0.5) / (settings.StyleScale.For(s.Index) * s.Item.ShortSide / s.Item.LongSide)))
            .Append(Math.Ceiling((leastPicture - 0.5) / ((double)shape.ShortSide / shape.LongSide))).Max();
        var finest = settings.Tileable ? settings.Size.LongSide
            : Math.Max(settings.Size.LongSide / settings.FinishFactor, Math.Min(settings.Size.LongSide, smallest));
        var sides = Sides(settings, finest, Math.Max(settings.CoarsestSize, smallest));
        var preset = Presets.Get(settings.Preset);
        FitsLevels("contentWeight", settings.ContentWeight, preset.ContentWeight, sides.Count);
        FitsLevels("positionWeight", settings.PositionWeight, preset.PositionWeight, sides.Count);
        FitsLevels("guidance", settings.Guidance, preset.Guidance, sides.Count);

        if (settings.Tileable)
        {
            CheckTileable(settings, output, sides.Count);
        }

        // What would be less than a pixel is refused below, as whatever is too small.
        PixelSize Scaled(PixelSize size, double longSide) => size.WithLongSide(Math.Max(1, longSide), settings.SideRounding);
        var levels = sides.Select((side, i) => new LevelPlan(
            i,
            Scaled(shape, side),
            Canvas(Scaled(shape, side), settings.CanvasMultiple),
            [.. styles.Select((s, j) => Scaled(s, side * settings.StyleScale.For(j)))],
            AtLevel(settings.Iterations, i),
            AtLevel(settings.ContentWeight, i),
            AtLevel(settings.PositionWeight, i),
            AtLevel(settings.Guidance, i))).ToArray();

        foreach (var level in levels)
        {
            CheckPicture(settings, level, levels[^1], leastPicture, content is null);
            CheckStyles(settings, level, least);
        }

        CheckLargest(settings, output, [.. styles.Select((s, j) => Scaled(s, output.LongSide * settings.StyleScale.For(j)))]);

        return new(levels, output);
    }

    /// <summary>The least side in px on which every MRF layer still has one whole patch.</summary>
    public static int LeastSide(SynthesisSettings settings) =>
        settings.MrfLayers.Select((l, i) => l.Layer.Scale * settings.PatchSize.For(i)).Max();

    /// <summary>The least side in px of a picture that is synthesised beside a content: the content layer has a cell there, too.</summary>
    public static int LeastGuidedSide(SynthesisSettings settings) =>
        Math.Max(LeastSide(settings), LayerName.Parse(settings.ContentLayer, "contentLayer").Scale);

    private static IReadOnlyList<double> Sides(SynthesisSettings settings, double finest, double smallest)
    {
        var asked = settings.Levels;
        int count;
        double factor;
        if (settings.LevelFactor is { } fixedFactor)
        {
            factor = fixedFactor;
            count = asked ?? 1 + (int)Math.Floor(Math.Log(Math.Max(1, finest / smallest)) / Math.Log(factor) + 1e-9);
        }
        else
        {
            var ratio = finest / smallest;
            count = asked ?? (ratio < 1.27 ? 1 : 1 + (int)Math.Ceiling(Math.Log(ratio) / Math.Log(2.3) - 1e-9));
            factor = count > 1 ? Math.Max(1, Math.Pow(ratio, 1.0 / (count - 1))) : 1;
        }

        if (settings.Tileable)
        {
            factor = 2;
        }

        count = Math.Min(count, SettingsValidator.MaxLevels);
        return [.. Enumerable.Range(0, count).Select(i => finest / Math.Pow(factor, count - 1 - i))];
    }

    private static PixelSize Canvas(PixelSize size, int multiple) =>
        new((size.Width + multiple - 1) / multiple * multiple, (size.Height + multiple - 1) / multiple * multiple);

    private static void CheckPicture(SynthesisSettings settings, LevelPlan level, LevelPlan finest, int least, bool texture)
    {
        if (level.Canvas.ShortSide >= least)
        {
            return;
        }

        var need = $"level {level.Index + 1} {level.Size} px, but " + (least == LeastSide(settings)
            ? $"the deepest MRF layer needs sides of at least {least} px for one patch"
            : $"the content layer {settings.ContentLayer} needs sides of at least {least} px");
        throw finest.Canvas.ShortSide >= least
            ? new SettingsException("levels", $"make {need}: take fewer levels, a smaller levelFactor or a larger size")
            : new SettingsException("size", $"makes {need}: take a larger size or "
                + (texture ? "a less oblong one" : "a less oblong content picture"));
    }

    private static void CheckStyles(SynthesisSettings settings, LevelPlan level, int least)
    {
        for (var j = 0; j < level.Styles.Count; j++)
        {
            if (level.Styles[j].ShortSide < least && settings.TakesPart(j))
            {
                throw new SettingsException("style", $"picture {j + 1} is {level.Styles[j]} px at level {level.Index + 1}, smaller than "
                    + $"one patch ({least} px): take a less oblong picture, a larger size, a larger styleScale, or fewer levels");
            }
        }
    }

    // What is finished is the result's size, whatever the last level's.
    private static void CheckLargest(SynthesisSettings settings, PixelSize output, PixelSize[] styles)
    {
        var copy = settings.ScaleSpacing == ScaleSpacing.Linear
            ? 1 + (settings.Scales * settings.ScaleStep) : Math.Pow(settings.ScaleStep, settings.Scales);
        foreach (var (j, style) in styles.Index().Where(s => settings.TakesPart(s.Index)))
        {
            var largest = style.WithLongSide(style.LongSide * copy);
            if ((long)largest.Width * largest.Height > Picture.MostPixels)
            {
                throw new SettingsException("styleScale", string.Create(
                    CultureInfo.InvariantCulture,
                    $"makes style picture {j + 1} {largest} px{(settings.Scales > 0 ? ", at the largest of its scales," : "")} beside a "
                    + $"result of {output}, and a picture has at most {Picture.MostPixels:N0} px: take a smaller styleScale or size"
                    + $"{(settings.Scales > 0 ? ", or fewer scales" : "")}"));
            }
        }
    }

    // Whole strides of whole cells, and no canvas larger than its picture: else the canvas's edges would meet and the picture's would not.
    private static void CheckTileable(SynthesisSettings settings, PixelSize output, int levels)
    {
        var stride = settings.Stride.Max();
        var coarsest = Math.Max(8, settings.MrfLayers.Layers.Max(l => l.Scale)) * stride;
        while (coarsest % settings.CanvasMultiple != 0)
        {
            coarsest *= 2;
        }

        var multiple = coarsest << (levels - 1);
        if (output.Width % multiple != 0 || output.Height % multiple != 0)
        {
            throw new SettingsException("size", $"is {output}; a tileable texture with {levels} levels, stride {stride} and canvasMultiple "
                + $"{settings.CanvasMultiple} needs sides that are multiples of {multiple} px: "
                + (multiple > SettingsValidator.MaxSize ? "take fewer levels"
                    : $"try {Near(output.Width)}x{Near(output.Height)}, or fewer levels"));
        }

        int Near(int side) => Math.Min(side + multiple - 1, SettingsValidator.MaxSize) / multiple * multiple;
    }

    // A preset's own list says how a value falls from coarse to fine, whatever the number of levels; so does one of its length, such as
    // the same list doubled.
    private static void FitsLevels(string field, Values<double> values, Values<double> presets, int count)
    {
        if (!values.Fits(count) && !(presets.Count > 1 && values.Count == presets.Count))
        {
            throw new SettingsException(field, $"has {values.Count} values for {count} levels: give one value, or one a level");
        }
    }

    private static T AtLevel<T>(Values<T> values, int level)
        where T : struct => values[Math.Min(level, values.Count - 1)];
}
