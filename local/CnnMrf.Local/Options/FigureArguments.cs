using System.CommandLine;
using System.Globalization;
using CnnMrf.Engine.Figures;
using CnnMrf.Local.Running;

namespace CnnMrf.Local.Options;

/// <summary>The options that the figures share.</summary>
internal sealed class FigureArguments
{
    private const int DefaultSize = 256;
    private const int LeastSize = 64;
    private const int MostSize = 1024;

    private readonly Option<string[]> _output = new("--output", "-o")
    {
        HelpName = "FILE",
        Description = "The figure: .svg, .png, .jpg or .webp; may be repeated. Default: out/A-B-NAME.png and .svg.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _json = new("--json")
    {
        HelpName = "FILE",
        Description = "Positions and scores as JSON; - prints them. Default: beside the figure.",
    };

    private readonly Option<string> _size = new("--size")
    {
        HelpName = "N",
        Description = $"Long side that both pictures are brought to, {LeastSize}…{MostSize} px, default {DefaultSize}: what a patch of "
            + "32 px shows.",
    };

    private readonly string _name;

    /// <summary>Adds the options to a command.</summary>
    internal FigureArguments(Command command)
    {
        _name = command.Name;
        command.Options.Add(_size);
        command.Options.Add(_output);
        command.Options.Add(_json);
    }

    /// <summary>The size that the figure works at.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    internal int Size(ParseResult parsed) => Whole(parsed.GetValue(_size), "--size", LeastSize, MostSize) ?? DefaultSize;

    /// <summary>Where the figure and its numbers go, checked.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="inputs">Files that must not be replaced.</param>
    /// <exception cref="UsageException">Something cannot be written.</exception>
    internal (IReadOnlyList<string> Sheets, string Json) Outputs(ParseResult parsed, IReadOnlyList<string> inputs)
    {
        var name = Path.Combine("out", string.Join('-', inputs.Select(Path.GetFileNameWithoutExtension)) + "-" + _name);
        string[] sheets = parsed.GetValue(_output) is { Length: > 0 } given ? given : [name + ".png", name + ".svg"];
        foreach (var sheet in sheets)
        {
            OutputFiles.CheckPicture(sheet, "--output", drawing: true, inputs);
        }

        var json = parsed.GetValue(_json) ?? Path.ChangeExtension(sheets[0], ".json");
        if (json != "-")
        {
            OutputFiles.CheckFile(json, "--json");
        }

        return (sheets, json);
    }

    /// <summary>A place in a picture.</summary>
    internal static Option<string[]> At(string option, string description) => new(option)
    {
        HelpName = "X,Y",
        Description = description,
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Reads <c>x,y</c>.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    internal static FigurePoint Point(string text, string option)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var x)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var y)
            ? new(x, y)
            : throw new UsageException(
                $"{option}: expects a place in the picture as X,Y in pixels from its upper left, e.g. 120,64, not '{text}'");
    }

    /// <summary>Reads a whole number.</summary>
    /// <exception cref="UsageException">It is none, or out of range.</exception>
    internal static int? Whole(string? text, string option, int least, int most) => text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most ? n
        : throw new UsageException($"{option}: expects a whole number {least}…{most}, not '{text}'");
}
