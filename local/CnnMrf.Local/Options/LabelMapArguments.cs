using System.CommandLine;
using CnnMrf.Core.Labels;
using CnnMrf.Core.Settings;
using CnnMrf.Engine.Synthesis;
using CnnMrf.Local.Running;

namespace CnnMrf.Local.Options;

/// <summary>The options about label maps.</summary>
internal sealed class LabelMapArguments
{
    private readonly Option<string> _content = new("--content-map")
    {
        HelpName = "FILE",
        Description = "Classes of the content: a picture of its shape in flat colours, each a class (at most 32). A patch is matched "
            + "within its class only. Needs --style-map.",
    };

    private readonly Option<string[]> _styles = new("--style-map")
    {
        HelpName = "FILE",
        Description = "Classes of the style, in the same colours; with several styles one map each, in their order.",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Adds the options to a command.</summary>
    internal LabelMapArguments(Command command)
    {
        command.Options.Add(_content);
        command.Options.Add(_styles);
    }

    /// <summary>The maps' paths, so that nothing written replaces them.</summary>
    internal IReadOnlyList<string> Paths(ParseResult parsed) =>
        [.. parsed.GetValue(_content) is { } content ? [content] : Array.Empty<string>(), .. parsed.GetValue(_styles) ?? []];

    /// <summary>Reads the maps and lays them over the pictures.</summary>
    /// <exception cref="UsageException">One is missing, unreadable or no label map.</exception>
    internal SynthesisInput Read(ParseResult parsed, SynthesisInput pictures, SynthesisSettings settings) =>
        Read(parsed, pictures, [settings])[0];

    /// <summary>The same for each of several settings: which style pictures are left out decides what their maps offer.</summary>
    /// <inheritdoc cref="Read(ParseResult, SynthesisInput, SynthesisSettings)"/>
    internal IReadOnlyList<SynthesisInput> Read(ParseResult parsed, SynthesisInput pictures, IReadOnlyList<SynthesisSettings> variants)
    {
        var (content, styles) = (parsed.GetValue(_content), parsed.GetValue(_styles) ?? []);
        if (content is null && styles.Length == 0)
        {
            return [.. variants.Select(_ => pictures)];
        }

        if (content is null || styles.Length == 0)
        {
            throw new UsageException($"{(content is null ? "--style-map" : "--content-map")} is given without "
                + $"{(content is null ? "--content-map" : "--style-map")}: label maps guide together, give both");
        }

        if (styles.Length != pictures.Styles.Count)
        {
            throw new UsageException($"there are {styles.Length} style maps for {pictures.Styles.Count} style pictures: give --style-map "
                + "once for each, in their order");
        }

        var styleMaps = styles.Select((s, i) => new LabelSource(InputFiles.Read(s, "style map"), pictures.Styles[i].Size)).ToArray();
        LabelSource contentMap = new(InputFiles.Read(content, "content map"), pictures.Content!.Size);
        var weights = variants.Select(v => v.StyleWeights).Distinct().ToArray();
        var labels = weights.ToDictionary(
            w => w, w => Lay(contentMap, styleMaps, w, weights.Length == 1 ? "" : $" (with --style-weights {w})"));
        return [.. variants.Select(v => pictures with { Labels = labels[v.StyleWeights] })];
    }

    private static LabelSet Lay(LabelSource content, IReadOnlyList<LabelSource> styles, Values<double> styleWeights, string when)
    {
        try
        {
            return LabelSet.Read(content, styles, styleWeights);
        }
        catch (LabelMapException e)
        {
            throw new UsageException($"{(e.Field == "contentMap" ? "--content-map" : "--style-map")}{when}: {e.Message}", e);
        }
    }
}
